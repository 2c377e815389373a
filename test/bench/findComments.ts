/**
 * `node --import=tsx test/bench/findComments.ts LANGUAGE [BYTES]`: how long it takes to find the comments of a text in a session that has read nothing
 * before, grammar and all, and for how long the host's thread was taken at most, as one line of JSON; nothing where the machine has no such text.
 * Without BYTES the text is a file of the corpus. A process of its own, so that nobody has read the grammar or run this code before.
 */
import { fileURLToPath } from 'node:url';
import { commentScan } from '../../src/editor/comments.ts';
import { inSlices } from '../../src/editor/inSlices.ts';
import { ThreadReader } from '../../src/editor/reading/threadReader.ts';
import { readerThread } from '../../src/editor/thread/nodeThread.ts';
import { corpusFiles } from '../grammars/corpus/corpusFiles.ts';
import { installedGrammars } from '../grammars/installedGrammars.ts';
import { isLongLanguage, longText } from '../grammars/longTexts.ts';
import { repeatedCorpus } from '../grammars/repeatedCorpus.ts';

interface Timed {
  readonly milliseconds: number;
  readonly longestBlock: number;
  /** Of all threads, the ones too that compile this code and free its memory. */
  readonly processorMilliseconds: number;
}

/** In milliseconds: just opened in a new session, where it was read ahead (`src/editor/readAhead.ts`), and after an edit of it; by marks alone. */
export interface Found {
  readonly found: number;
  readonly processor: number;
  readonly foundWhereReadAhead: number;
  readonly foundAfterAnEdit: number;
  /** Another text as large of the same language, just opened too. */
  readonly foundInAnother: number;
  /** Of these four times. */
  readonly longestBlock: number;
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

function textOf(language: string, bytes: number): string | undefined {
  if (bytes === 0) return corpusFiles().find((file) => file.language === language)?.text;
  // What most of TypeScript's one file has, behind a beginning without comments.
  const from = language === 'javascript' && bytes < 5_000_000 ? 2_000_000 : 0;
  return isLongLanguage(language) ? longText(language, bytes, from) : repeatedCorpus(language, bytes);
}

const [languageId = '', bytes = '0'] = process.argv.slice(2);
const text = textOf(languageId, Number(bytes));
if (text !== undefined) {
  const grammars = await installedGrammars();
  const syntax = await grammars.syntaxOf(languageId);
  const lines = text.split('\n');
  const reader = new ThreadReader(grammars.files, readerThread({ folder: fileURLToPath(new URL('../../dist', import.meta.url)) }));
  // As the extension does when it is activated.
  await reader.startThread();
  const find = (now: readonly string[], key = 1): Promise<Timed> => timed(() => reader.read({ key, languageId, lines: now }));
  const first = await find(lines);
  const again = await find(lines);
  const edited = await find(lines.with(lines.length >> 1, `${lines[lines.length >> 1]!} `));
  const another = await find([...lines], 2);
  const marks = await timed(() => inSlices(commentScan(lines, syntax)));
  const figures: Found = {
    found: first.milliseconds,
    processor: first.processorMilliseconds,
    foundWhereReadAhead: again.milliseconds,
    foundAfterAnEdit: edited.milliseconds,
    foundInAnother: another.milliseconds,
    longestBlock: Math.max(...[first, again, edited, another].map((each) => each.longestBlock)),
    foundByMarks: marks.milliseconds,
  };
  console.log(JSON.stringify(figures));
  reader.dispose();
}
