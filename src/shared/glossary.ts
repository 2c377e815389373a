/** A glossary as a file of tab-separated lines: read, checked, added to. Knows no disk. */
import { languageOfTag, LANGUAGES, type Language } from './task.ts';
import { TermIndex, type Term } from './terms.ts';
import { t } from './words.ts';

export interface GlossaryEntry extends Term {
  /** Of the target; undefined where it counts for all. */
  readonly language: Language | undefined;
}

/** Why a line is left out. */
export interface GlossaryProblem {
  /** Counts from 0. */
  readonly line: number;
  readonly message: string;
}

export interface Glossary {
  readonly entries: readonly GlossaryEntry[];
  readonly problems: readonly GlossaryProblem[];
}

/** Stands for the word itself: it is never translated. */
export const NEVER = '-';
const MOST_ENTRIES = 50_000;
/** Characters of a source or of a translation. */
export const LONGEST_TERM = 200;
const HEADER = /^source\ttarget(\t|$)/i;
const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;

export const GLOSSARY_HEADER = `# Words that Saccade translates as you say, in every text of this folder. A line has three columns with a tab between them:
#   the word or phrase as it stands in texts
#   its translation, or ${NEVER} where it is never translated
#   the language it is translated into, one of: ${LANGUAGES.join(' ')}; without one, the line counts for all
# Case counts, but for a capital at the beginning of a sentence. Plurals and other forms are lines of their own. Lines that begin with # are comments.
source\ttarget\tlanguage
`;

/** Reads every line that can be read; of equal sources for one language the first counts. Linear in the length of `text`. */
export function parseGlossary(text: string): Glossary {
  const entries: GlossaryEntry[] = [];
  const problems: GlossaryProblem[] = [];
  const lineOf = new Map<string, number>();
  for (const [line, content] of linesOf(text).entries()) {
    if (isNoEntry(content)) continue;
    const entry = parseLine(content);
    if (typeof entry === 'string') {
      problems.push({ line, message: entry });
      continue;
    }
    const key = keyOf(entry);
    const before = lineOf.get(key);
    if (before !== undefined) {
      problems.push({ line, message: t('“{0}” is in line {1} already. Leave one of the two.', entry.source, before + 1) });
    } else if (entries.length === MOST_ENTRIES) {
      problems.push({ line, message: t('A glossary has at most {0} entries. This line and those below it are left out.', MOST_ENTRIES) });
      break;
    } else {
      lineOf.set(key, line);
      entries.push(entry);
    }
  }
  return { entries, problems };
}

/** Those for a language; where a source has an entry for just that language, it counts. */
export function termsFor(entries: readonly GlossaryEntry[], target: Language): Term[] {
  // Of equal sources an index takes the last.
  return [...entries.filter(({ language }) => language === undefined), ...entries.filter(({ language }) => language === target)];
}

/** Those of the terms that stand in the texts: what a run need not carry is left out. */
export function termsIn(texts: readonly string[], terms: readonly Term[]): Term[] {
  const found = new Set<string>();
  const index = new TermIndex(terms.map(({ source }) => ({ source, target: source })));
  for (const text of texts) for (const { target: source } of index.find(text)) found.add(source);
  return terms.filter(({ source }) => found.has(source));
}

/** The file with the entry in the place of the one for the same source and language, or at its end. */
export function withEntry(text: string, entry: GlossaryEntry): string {
  const line = [entry.source, entry.target === entry.source ? NEVER : entry.target, ...(entry.language ? [entry.language] : [])].join('\t');
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const lines = text.split(/\r?\n/);
  const same = lines.findIndex((content) => {
    const other = isNoEntry(content) ? undefined : parseLine(content);
    return typeof other === 'object' && keyOf(other) === keyOf(entry);
  });
  if (same >= 0) return lines.with(same, line).join(eol);
  return `${text}${text === '' || text.endsWith('\n') ? '' : eol}${line}${eol}`;
}

function linesOf(text: string): string[] {
  return text.replace(/^\uFEFF/, '').split(/\r?\n/);
}

function isNoEntry(line: string): boolean {
  return line.trim() === '' || line.startsWith('#') || HEADER.test(line);
}

function keyOf({ source, language }: GlossaryEntry): string {
  return `${language ?? ''}\t${source}`;
}

/** The entry, or what is wrong with the line. */
function parseLine(line: string): GlossaryEntry | string {
  const columns = line.split('\t').map((column) => column.trim().replace(/\s+/g, ' '));
  const [source = '', target = '', language = '', ...rest] = columns;
  if (columns.length === 1)
    return t('There is no tab in this line: write the word, a tab, and its translation, or {0} where it is never translated.', NEVER);
  if (rest.some((column) => column !== '')) return t('This line has more than three columns: word, translation, language.');
  if (!LETTER_OR_DIGIT.test(source)) return t('The first column has no letter or digit: it must be a word or phrase.');
  if (source.length > LONGEST_TERM || target.length > LONGEST_TERM) return t('A column has at most {0} characters.', LONGEST_TERM);
  const to = languageOfTag(language);
  if (language !== '' && to === undefined) return t('“{0}” is none of the languages {1}.', language, LANGUAGES.join(', '));
  return { source, target: target === '' || target === NEVER ? source : target, language: to };
}
