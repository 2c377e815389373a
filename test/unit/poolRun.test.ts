/** How a run is divided among workers: every segment gets its result once, progress only grows, and there is exactly one end. */
import assert from 'node:assert/strict';
import type { RunMeasures } from '../../src/shared/engineStatus.ts';
import type { SegmentResult } from '../../src/shared/segmentResult.ts';
import { PoolRun, type RunEnd } from '../../webview/schedule/poolRun.ts';
import { RunSchedule, type Progress, type Slice } from '../../webview/schedule/runSchedule.ts';
import { RunSpeeds } from '../../webview/schedule/runSpeeds.ts';
import { mostWorkers, worthwhileWorkers } from '../../webview/schedule/workerCount.ts';

const MEASURES: RunMeasures = { sourceTokens: 3, targetTokens: 2, encodeSeconds: 0.5, decodeSeconds: 1 };

function resultOf(sourceText: string): SegmentResult {
  const targetText = sourceText.toUpperCase();
  return {
    sourceText,
    targetText,
    sourceIds: [],
    targetIds: [],
    protectedTerms: [],
    overruled: [],
    truncated: false,
    lostSpans: [],
    nBest: [],
  };
}

const resultsOf = ({ texts }: Slice): SegmentResult[] => texts.map(resultOf);

/** A run that notes what it tells, and what it tells of each segment. */
function started(segments: readonly string[]): {
  run: PoolRun;
  told: Progress[];
  targets: (string | undefined)[];
  ends: RunEnd[];
} {
  const told: Progress[] = [];
  const targets = new Array<string | undefined>(segments.length).fill(undefined);
  const ends: RunEnd[] = [];
  const run = new PoolRun(
    { runId: 1, task: { kind: 'translate', to: 'de' }, segments, beams: 1 },
    {
      progress: (progress) => told.push(progress),
      results({ segments: places, results }) {
        for (const [index, place] of places.entries()) {
          assert.equal(targets[place], undefined, `segment ${place} has one result`);
          targets[place] = results[index]!.targetText;
        }
      },
      end: (end) => ends.push(end),
    },
  );
  return { run, told, targets, ends };
}

const texts = (count: number): string[] => Array.from({ length: count }, (_, index) => `text ${index}`);

function slicesFor(workers: number, count: number): number[] {
  const schedule = new RunSchedule(texts(count));
  const sizes: number[] = [];
  for (let slice = schedule.next(workers); slice; slice = schedule.next(workers)) sizes.push(slice.texts.length);
  return sizes;
}

describe('slices of a run', () => {
  it('cover every text once, in order', () => {
    const schedule = new RunSchedule(texts(333));
    const given: string[] = [];
    for (let slice = schedule.next(3); slice; slice = schedule.next(3)) given.push(...slice.texts);
    assert.deepEqual(given, texts(333));
  });

  it('are as large as the engine sorts for one worker, and shrink towards the end for several', () => {
    assert.deepEqual(slicesFor(1, 300), [128, 128, 44]);
    const sizes = slicesFor(2, 1000);
    assert.equal(sizes[0], 128);
    assert.deepEqual(
      sizes,
      sizes.toSorted((one, other) => other - one),
    );
    assert.ok(sizes.slice(-4).every((size) => size <= 32));
    assert.ok(
      sizes.slice(0, -1).every((size) => size % 32 === 0),
      'full batches',
    );
  });

  it('begin with one batch where the speed is not known, unless one slice is all', () => {
    assert.equal(new RunSchedule(texts(300)).next(1, { probe: true })?.texts.length, 32);
    assert.equal(new RunSchedule(texts(128)).next(1, { probe: true })?.texts.length, 128);
  });

  it('have equal texts once', () => {
    const schedule = new RunSchedule(['same', 'other', 'same']);
    const slice = schedule.next(1)!;
    assert.deepEqual(slice.texts, ['same', 'other']);
    const { segments, results } = schedule.completed(slice, resultsOf(slice));
    assert.deepEqual(segments, [0, 2, 1]);
    assert.deepEqual(
      results.map(({ sourceText }) => sourceText),
      ['same', 'same', 'other'],
    );
    assert.equal(schedule.isComplete, true);
  });
});

describe('run whose device was lost', () => {
  it('gives what was not written to the next worker, and has its one end then', () => {
    const segments = texts(300);
    const { run, targets, ends } = started(segments);
    const [written, lost] = [run.next(1)!, run.next(1)!];
    run.completed(written, resultsOf(written), MEASURES);
    run.giveBack(lost);
    assert.deepEqual(ends, []);
    for (let slice = run.next(1); slice; slice = run.next(1)) run.completed(slice, resultsOf(slice), MEASURES);
    assert.deepEqual(
      targets,
      segments.map((text) => text.toUpperCase()),
    );
    assert.deepEqual(
      ends.map(({ kind }) => kind),
      ['finished'],
    );
  });

  it('ends as cancelled where nobody waits for it any more', () => {
    const { run, ends } = started(texts(2));
    const slice = run.next(1)!;
    run.cancel();
    run.giveBack(slice);
    assert.deepEqual(ends, [{ kind: 'cancelled' }]);
  });
});

describe('run on several workers', () => {
  it('puts each result in its place, whichever worker is first', () => {
    const segments = [...texts(200), ...texts(50)];
    const { run, targets, ends } = started(segments);
    const open: Slice[] = [];
    for (let slice = run.next(2); slice; slice = run.next(2)) open.push(slice);
    assert.ok(open.length > 2);
    for (const slice of open.toReversed()) run.completed(slice, resultsOf(slice), MEASURES);
    assert.deepEqual(
      targets,
      segments.map((text) => text.toUpperCase()),
    );
    const count = open.length;
    const measures = { sourceTokens: 3 * count, targetTokens: 2 * count, encodeSeconds: 0.5 * count, decodeSeconds: count };
    assert.deepEqual(ends, [{ kind: 'finished', measures }]);
    assert.equal(run.charactersLeft, 0);
  });

  it('adds up the progress of all, and shows the first text in the making', () => {
    const { run, told } = started(texts(200));
    const [first, second] = [run.next(2)!, run.next(2)!];
    run.progressed(second, { finished: 3, segment: 4, text: 'later' });
    run.tellProgress();
    run.progressed(first, { finished: 2, segment: 1, text: 'earlier' });
    run.tellProgress();
    run.completed(first, resultsOf(first), MEASURES);
    run.tellProgress();
    const from = second.first;
    assert.deepEqual(told, [
      { finished: 3, segment: from + 4, text: 'later' },
      { finished: 5, segment: 1, text: 'earlier' },
      { finished: first.texts.length + 3, segment: from + 4, text: 'later' },
    ]);
  });

  it('is cancelled once no worker has a slice any more, and gives none', () => {
    const { run, ends, targets } = started(texts(300));
    const [first, second] = [run.next(2)!, run.next(2)!];
    run.cancel();
    assert.equal(run.next(2), undefined);
    run.dropped(first);
    assert.deepEqual(ends, []);
    run.completed(second, resultsOf(second), MEASURES);
    assert.deepEqual(ends, [{ kind: 'cancelled' }]);
    assert.ok(targets.every((target) => target === undefined));
  });

  it('is cancelled at once while no worker has begun', () => {
    const { run, ends } = started(texts(3));
    run.cancel();
    assert.deepEqual(ends, [{ kind: 'cancelled' }]);
    assert.equal(run.ended, true);
  });

  it('fails once, whatever the other workers answer', () => {
    const { run, ends, told } = started(texts(300));
    const [first, second] = [run.next(2)!, run.next(2)!];
    const failure = { kind: 'engineLost', message: 'The engine stopped.' } as const;
    run.fail(failure);
    run.fail({ ...failure, message: 'again' });
    run.progressed(second, { finished: 1, segment: 0, text: 'late' });
    run.tellProgress();
    run.completed(first, resultsOf(first), MEASURES);
    run.cancel();
    assert.deepEqual(ends, [{ kind: 'failed', failure }]);
    assert.deepEqual(told, []);
  });

  it('finishes without texts when it is asked for the first', () => {
    const { run, ends } = started([]);
    assert.equal(run.next(1), undefined);
    assert.equal(ends[0]?.kind, 'finished');
  });
});

describe('speed of runs', () => {
  it('is known by task and beams after the first slice', () => {
    const speeds = new RunSpeeds();
    const order = { task: { kind: 'translate', to: 'de' }, segments: [], beams: 1 } as const;
    assert.equal(speeds.isKnown(order), false);
    speeds.note(order, { first: 0, texts: ['123', '456'] }, MEASURES);
    assert.equal(speeds.secondsFor({ ...order, task: { kind: 'translate', to: 'fr' } }, 12), 3);
    assert.equal(speeds.isKnown({ ...order, beams: 4 }), false);
  });
});

describe('number of workers', () => {
  it('leaves a core to the page where there are more than four', () => {
    assert.deepEqual([1, 2, 4, 5, 16].map(mostWorkers), [1, 2, 4, 4, 4]);
  });

  it('is one for a short run, and grows with the work', () => {
    const counts = [1, 5, 15, 30, 100].map((seconds) => worthwhileWorkers(seconds, 1, 4));
    assert.deepEqual(counts, [1, 2, 3, 4, 4]);
    assert.equal(worthwhileWorkers(100, 1, 1), 1);
    assert.equal(worthwhileWorkers(15, 10, 4), 1);
  });
});
