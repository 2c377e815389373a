/**
 * `node --import=tsx test/bench/findComments.ts LANGUAGE BYTES`: how long it takes to find the comments of a long text in a session that has read nothing
 * before, grammar and all, and for how long the thread was taken at most, as one line of JSON; nothing where the machine has no such text. A process of
 * its own, so that nobody has read the grammar or run this code before.
 */
import assert from 'node:assert/strict';
import { commentScan } from '../../src/editor/comments.ts';
import { shortcutOf } from '../../src/editor/grammar/lineShortcut.ts';
import { scopedText } from '../../src/editor/grammar/scopedComments.ts';
import { TokenizedLines } from '../../src/editor/grammar/tokenizedLines.ts';
import { inSlices } from '../../src/editor/inSlices.ts';
import { MARKDOWN, markdownText } from '../../src/editor/markdownText.ts';
import { installedGrammars } from '../grammars/installedGrammars.ts';
import { longText, type LongLanguage } from '../grammars/longTexts.ts';

interface Timed {
  readonly milliseconds: number;
  readonly longestBlock: number;
  /** Of all threads, the ones too that compile this code and free its memory. */
  readonly processorMilliseconds: number;
}

/** In milliseconds: just opened, where it was read ahead (`src/editor/readAhead.ts`), and after an edit of it; by marks alone. */
export interface Found {
  readonly found: number;
  readonly longestBlock: number;
  readonly processor: number;
  readonly foundWhereReadAhead: number;
  readonly longestBlockWhereReadAhead: number;
  readonly foundAfterAnEdit: number;
  readonly longestBlockAfterAnEdit: number;
  readonly foundByMarks: number;
}

/** As the extension runs it; a timer that comes late tells how long the thread was taken. */
async function timed(work: () => Promise<unknown>): Promise<Timed> {
  let last = performance.now();
  let longest = 0;
  const tick = (): void => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
  };
  const timer = setInterval(tick, 1);
  const [begun, used] = [performance.now(), process.cpuUsage()];
  await work();
  const milliseconds = performance.now() - begun;
  const { user, system } = process.cpuUsage(used);
  tick();
  clearInterval(timer);
  return { milliseconds, longestBlock: longest, processorMilliseconds: (user + system) / 1000 };
}

const [language, bytes] = [process.argv[2] as LongLanguage, Number(process.argv[3])];
// What most of TypeScript's one file has, behind a beginning without comments.
const text = longText(language, bytes, language === 'javascript' && bytes < 5_000_000 ? 2_000_000 : 0);
if (text !== undefined) {
  const grammars = await installedGrammars();
  const syntax = await grammars.syntaxOf(language);
  const lines = text.split('\n');
  let tokenized: TokenizedLines | undefined;
  const find = (now: readonly string[]): Promise<Timed> =>
    timed(async () => {
      if (language === MARKDOWN) return markdownText(now, syntax, undefined, () => assert.fail('nothing is in focus'));
      const known = (tokenized ??= new TokenizedLines(await grammars.grammarOf(language), shortcutOf(language)));
      return inSlices(
        (function* () {
          return yield* scopedText(now, yield* known.read(now), syntax);
        })(),
      );
    });
  const first = await find(lines);
  const again = await find(lines);
  const edited = await find(lines.with(lines.length >> 1, `${lines[lines.length >> 1]!} `));
  const marks = await timed(() => inSlices(commentScan(lines, syntax)));
  const figures: Found = {
    found: first.milliseconds,
    longestBlock: first.longestBlock,
    processor: first.processorMilliseconds,
    foundWhereReadAhead: again.milliseconds,
    longestBlockWhereReadAhead: again.longestBlock,
    foundAfterAnEdit: edited.milliseconds,
    longestBlockAfterAnEdit: edited.longestBlock,
    foundByMarks: marks.milliseconds,
  };
  console.log(JSON.stringify(figures));
}
