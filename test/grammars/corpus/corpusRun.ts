/** Puts one file after the other through "all comments of the file" with the real edit path, and counts what was harmed. */
import { readFileSync } from 'node:fs';
import { everyComment } from '../../../src/editor/everyComment.ts';
import { atOnce } from '../../../src/editor/inSlices.ts';
import type { Paragraph } from '../../../src/editor/selectedPassage.ts';
import type { SourceText } from '../../../src/editor/sourceText.ts';
import { replacement } from '../../../src/editor/targetText.ts';
import { textAfter } from '../../../src/editor/textEdit.ts';
import { withKept } from '../../../src/shared/keptPattern.ts';
import type { Protection } from '../../../src/shared/protectedSpans.ts';
import type { InstalledGrammars } from '../installedGrammars.ts';
import { changedTokens, codeTokens } from './codeTokens.ts';
import type { CorpusFile } from './corpusFiles.ts';
import { parserOf } from './parsers.ts';

export interface Harm {
  readonly file: string;
  readonly what: string;
}

export interface CorpusResult {
  files: number;
  paragraphs: number;
  edited: number;
  /** Files of which the language's own parser has read both texts. */
  parsed: number;
  readonly languages: Set<string>;
  /** Of which a parser has read a file. The others have none on this machine, or one that does not take their files as they are either. */
  readonly parsedLanguages: Set<string>;
  readonly changedCodeTokens: Harm[];
  readonly lostSpans: Harm[];
  readonly parseFailures: Harm[];
}

/** What the model is not to change: what the fixtures that hold it equal to Python's say, and what the extension keeps besides. */
export function modelProtection(): Protection {
  const ofModel = JSON.parse(readFileSync(new URL('../../fixtures/protect.json', import.meta.url), 'utf8')) as Protection;
  return { ...ofModel, pattern: withKept(ofModel.pattern) };
}

export type Translate = (paragraphs: readonly string[]) => Promise<readonly string[]>;

export async function corpusRun(
  grammars: InstalledGrammars,
  files: readonly CorpusFile[],
  translate: Translate,
  protection: Protection,
): Promise<CorpusResult> {
  const result: CorpusResult = {
    files: 0,
    paragraphs: 0,
    edited: 0,
    parsed: 0,
    languages: new Set(),
    parsedLanguages: new Set(),
    changedCodeTokens: [],
    lostSpans: [],
    parseFailures: [],
  };
  for (const { path: file, language, text } of files) {
    result.files++;
    result.languages.add(language);
    const source = await commentsOf(grammars, language, text);
    if (source === undefined) continue;
    result.paragraphs += source.paragraphs.length;
    const targets = await translate(source.paragraphs.map((paragraph) => paragraph.text));
    const { lines, eol, syntax } = source.document;
    const after = textAfter(lines, eol, source.selection, replacement(source, targets, { wrapColumn: 0 }));
    if (after !== text) result.edited++;

    const grammar = await grammars.grammarOf(language);
    const isProse = syntax.prose !== undefined;
    const changed = changedTokens(codeTokens(text, grammar, isProse), codeTokens(after, grammar, isProse));
    result.changedCodeTokens.push(...changed.map((what) => ({ file, what })));

    const paragraphsAfter = (await commentsOf(grammars, language, after))?.paragraphs ?? [];
    result.lostSpans.push(...lostSpans(source.paragraphs, paragraphsAfter, after, protection).map((what) => ({ file, what })));

    const parser = parserOf(language);
    if (parser !== undefined && parser.parse(text) === undefined) {
      result.parsed++;
      result.parsedLanguages.add(language);
      const error = parser.parse(after);
      if (error !== undefined) result.parseFailures.push({ file, what: `${parser.name}: ${error}` });
    }
  }
  return result;
}

async function commentsOf(grammars: InstalledGrammars, language: string, text: string): Promise<SourceText | undefined> {
  const source = atOnce(everyComment(await grammars.read(language, text, true, false)));
  return 'nothingToDo' in source ? undefined : source;
}

/** Spans of the source's paragraphs that the document does not have as often afterwards, in its paragraphs or at all. */
function lostSpans(before: readonly Paragraph[], after: readonly Paragraph[], documentAfter: string, { pattern }: Protection): string[] {
  const wanted = counts(before.map(({ text }) => text).join('\n'), pattern);
  const there = counts(after.map(({ text }) => text).join('\n'), pattern);
  return [...wanted].flatMap(([span, count]) => {
    const found = Math.max(there.get(span) ?? 0, documentAfter.split(span).length - 1);
    return found < count ? [`${span} (${count - found} of ${count})`] : [];
  });
}

function counts(text: string, pattern: string): Map<string, number> {
  const found = new Map<string, number>();
  for (const [span] of text.matchAll(new RegExp(pattern, 'g'))) found.set(span, (found.get(span) ?? 0) + 1);
  return found;
}
