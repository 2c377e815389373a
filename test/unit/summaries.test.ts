/** Summaries: parts of long texts and their levels, how they are shown, the forms of a first line. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { RunOutcome } from '../../src/panel/engineRuns.ts';
import { segmentTexts } from '../../src/shared/segments.ts';
import { partsOf } from '../../src/summaries/parts.ts';
import { commitSubject, docSentence, LONGEST_SUBJECT } from '../../src/summaries/sentenceForms.ts';
import { summaryLevels, type SummaryTask } from '../../src/summaries/summaryLevels.ts';
import { summaryPage } from '../../src/summaries/summaryPage.ts';

const SENTENCE = fc
  .array(fc.constantFrom('Open', 'the', 'file', '`path`', 'before', 'server', 'é', '日本', 'x'.repeat(50)), { minLength: 1, maxLength: 30 })
  .map((words) => `${words.join(' ')}.`);

/** Stands in for the engine: keeps so many characters of each text. */
function keeping(length: number): { run: (task: SummaryTask, segments: readonly string[]) => Promise<RunOutcome>; tasks: string[] } {
  const tasks: string[] = [];
  return {
    tasks,
    run: (task, segments) => {
      tasks.push(`${task.kind} ${segments.length}`);
      const results = segments.map((sourceText) => ({
        sourceText,
        targetText: sourceText.slice(0, length),
        truncated: false,
        lostSpans: [],
      }));
      return Promise.resolve({ kind: 'finished', runId: tasks.length, results, facts: {} as never });
    },
  };
}

describe('parts of a text', () => {
  it('are short, in order, and leave nothing out but spaces and what has no letters', () => {
    fc.assert(
      fc.property(fc.array(SENTENCE, { minLength: 1, maxLength: 40 }), (sentences) => {
        const text = sentences.join(' ');
        const { segments } = partsOf(text);
        let done = 0;
        for (const { start, end } of segments) {
          assert.ok(end - start <= 400 && start < end && start >= done);
          assert.doesNotMatch(text.slice(done, start), /\p{L}/u);
          done = end;
        }
        assert.doesNotMatch(text.slice(done), /\p{L}/u);
      }),
    );
  });

  it('are of like length, so that none is a remainder', () => {
    const text = Array.from({ length: 14 }, (_, index) => `Sentence ${index} is forty characters long, or so.`).join(' ');
    const lengths = segmentTexts(partsOf(text)).map(({ length }) => length);
    assert.equal(lengths.length, 2);
    assert.ok(Math.max(...lengths) < 1.3 * Math.min(...lengths), String(lengths));
  });
});

describe('levels of summaries', () => {
  const long = Array.from({ length: 60 }, (_, index) => `Sentence number ${index} is here to be summed up.`).join(' ');

  it('are one for a short text', async () => {
    const { run, tasks } = keeping(20);
    const outcome = await summaryLevels([partsOf('Open the file.')], { kind: 'headline' }, run);
    assert.ok(outcome.kind === 'finished');
    assert.deepEqual(tasks, ['headline 1']);
    assert.equal(outcome.levels[0].targets[0]!.text, 'Open the file.');
  });

  it('end with one summary of each text, and only that one is a headline', async () => {
    const { run, tasks } = keeping(100);
    const outcome = await summaryLevels([partsOf(long), partsOf('Close it.')], { kind: 'headline' }, run);
    assert.ok(outcome.kind === 'finished');
    assert.ok(outcome.levels.length >= 3);
    assert.deepEqual(
      tasks.map((task) => task.split(' ')[0]),
      [...outcome.levels.slice(1).map(() => 'summarise'), 'headline'],
    );
    assert.deepEqual(
      outcome.levels.at(-1)!.sources.map(({ segments }) => segments.length),
      [1, 1],
    );
    assert.equal(outcome.levels.at(-1)!.targets[1]!.text, 'Close it.');
  });

  it('end even where summaries are as long as what they are of', async () => {
    const { run } = keeping(10_000);
    const outcome = await summaryLevels([partsOf(long)], { kind: 'summarise' }, run);
    assert.ok(outcome.kind === 'finished' && outcome.levels.length === 2);
  });

  it('stop with the run that does', async () => {
    const outcome = await summaryLevels([partsOf(long)], { kind: 'summarise' }, () => Promise.resolve({ kind: 'cancelled' }));
    assert.deepEqual(outcome, { kind: 'cancelled' });
  });

  it('are shown as they are, whatever Markdown would make of them', async () => {
    const { run } = keeping(100);
    const outcome = await summaryLevels([partsOf('Use `List<T>` & *all* of __init__.')], { kind: 'summarise' }, run);
    assert.ok(outcome.kind === 'finished');
    const page = summaryPage({ title: 'Summary of a_b.md', read: 'Of all.', placeOf: () => undefined }, outcome.levels);
    assert.ok(page.startsWith('# Summary of a\\_b.md\n\nUse \\`List\\<T\\>\\` \\& \\*all\\* of \\_\\_init\\_\\_.\n'), page);
  });

  it('are shown with what they are of', async () => {
    const { run } = keeping(100);
    const outcome = await summaryLevels([partsOf(long)], { kind: 'summarise' }, run);
    assert.ok(outcome.kind === 'finished');
    const page = summaryPage({ title: 'Summary of a', read: 'Of all.', placeOf: (offset) => `from ${offset}` }, outcome.levels);
    assert.match(page, /^# Summary of a\n\nSentence number 0[^\n]*\n\n> Of all\.\n/);
    for (const [index, { start }] of outcome.levels[0].sources[0]!.segments.entries())
      assert.ok(page.includes(`### ${index + 1} · from ${start}\n`));
  });
});

describe('the first line of something', () => {
  it('is one sentence with a full stop in a docstring', () => {
    assert.equal(docSentence('reads the file and\ncloses it'), 'Reads the file and closes it.');
    assert.equal(docSentence('Read the file. It must exist.'), 'Read the file.');
    assert.equal(docSentence('readFile is slow'), 'readFile is slow.');
    assert.equal(docSentence('Is it there?'), 'Is it there?');
  });

  it('is short and without a full stop in a commit', () => {
    assert.equal(commitSubject('read the file.'), 'Read the file');
    assert.equal(commitSubject(`${'读取文件'.repeat(15)}，${'关闭文件'.repeat(15)}。`), '读取文件'.repeat(15));
    const cut = commitSubject('Reads every line of the file before it is closed, because the server must not be started while it is open.');
    assert.equal(cut, 'Reads every line of the file before it is closed');
    fc.assert(
      fc.property(SENTENCE, (sentence) => {
        const subject = commitSubject(sentence);
        assert.ok(subject.length <= LONGEST_SUBJECT && subject.length > 0);
        assert.equal((subject.match(/`/g)?.length ?? 0) % 2, 0);
      }),
    );
  });
});
