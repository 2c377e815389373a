/** The editor's side: what becomes of real files, how fast comments are found, and for how long nobody else gets the thread. */
import { commentScan } from '../../src/editor/comments.ts';
import { shortcutOf } from '../../src/editor/grammar/lineShortcut.ts';
import { scopedText } from '../../src/editor/grammar/scopedComments.ts';
import { TokenizedLines } from '../../src/editor/grammar/tokenizedLines.ts';
import { inSlices } from '../../src/editor/inSlices.ts';
import { corpusFiles } from '../grammars/corpus/corpusFiles.ts';
import { corpusRun, modelProtection } from '../grammars/corpus/corpusRun.ts';
import { standIn } from '../grammars/corpus/standIn.ts';
import { installedGrammars } from '../grammars/installedGrammars.ts';
import { longText } from '../grammars/longTexts.ts';
import { report, rounded } from './report.ts';

const MEGABYTE = 1_000_000;

export async function editor(): Promise<void> {
  await corpus();
  for (const language of ['javascript', 'typescript', 'python', 'c', 'cpp'] as const) {
    const text = longText(language, MEGABYTE, language === 'javascript' ? 2 * MEGABYTE : 0);
    if (text !== undefined) await found(language, text);
  }
  await found('javascript', longText('javascript', 9 * MEGABYTE)!);
}

async function corpus(): Promise<void> {
  const protection = modelProtection();
  const turnRound = (texts: readonly string[]): Promise<string[]> => Promise.resolve(texts.map((text) => standIn(text, protection)));
  const result = await corpusRun(await installedGrammars(), corpusFiles(), turnRound, protection);
  for (const harm of [...result.changedCodeTokens, ...result.lostSpans, ...result.parseFailures]) console.error(harm.file, harm.what);
  report('editor', {
    files: result.files,
    changedCodeTokens: result.changedCodeTokens.length,
    lostSpans: result.lostSpans.length,
    parseFailures: result.parseFailures.length,
    languages: result.languages.size,
    paragraphs: result.paragraphs,
    parsed: result.parsed,
    notParsed: [...result.languages].filter((language) => !result.parsedLanguages.has(language)),
  });
}

/** In a document that was just opened, in one that was read ahead (`src/editor/readAhead.ts`), and after an edit of it. */
async function found(language: string, text: string): Promise<void> {
  const grammars = await installedGrammars();
  const [grammar, syntax] = [await grammars.grammarOf(language), await grammars.syntaxOf(language)];
  const lines = text.split('\n');
  const tokenized = new TokenizedLines(grammar, shortcutOf(language));
  const find = (now: readonly string[]): Promise<Timed> =>
    timed(
      (function* () {
        return yield* scopedText(now, yield* tokenized.read(now), syntax);
      })(),
    );
  const marks = await timed(commentScan(lines, syntax));
  const first = await find(lines);
  const again = await find(lines);
  const edited = await find(lines.with(lines.length >> 1, `${lines[lines.length >> 1]!} `));
  report('editor', {
    language,
    bytes: text.length,
    lines: lines.length,
    unit: 'ms',
    foundByGrammar: first.milliseconds,
    longestBlock: first.longestBlock,
    foundWhereReadAhead: again.milliseconds,
    longestBlockWhereReadAhead: again.longestBlock,
    foundAfterAnEdit: edited.milliseconds,
    longestBlockAfterAnEdit: edited.longestBlock,
    foundByMarks: marks.milliseconds,
  });
}

interface Timed {
  readonly milliseconds: number;
  readonly longestBlock: number;
}

/** As the extension runs it; a timer that comes late tells how long the thread was taken. */
async function timed(work: Generator<unknown, unknown>): Promise<Timed> {
  let last = performance.now();
  let longest = 0;
  const tick = (): void => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
  };
  const timer = setInterval(tick, 1);
  const begun = performance.now();
  await inSlices(work);
  const milliseconds = performance.now() - begun;
  tick();
  clearInterval(timer);
  return { milliseconds: rounded(milliseconds), longestBlock: rounded(longest) };
}
