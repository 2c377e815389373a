/** Every run ends in exactly one outcome, whatever the page says afterwards. */
import assert from 'node:assert/strict';
import { EngineRuns, type Run } from '../../src/panel/engineRuns.ts';
import type { RunFacts } from '../../src/shared/engineStatus.ts';
import type { SegmentText } from '../../src/shared/segmentResult.ts';

const FACTS: RunFacts = { path: 'wasm', reason: '', sourceTokens: 0, targetTokens: 0, encodeSeconds: 0, decodeSeconds: 0 };

function started(...segments: string[]): { runs: EngineRuns; run: Run; sent: unknown[]; heard: string[] } {
  const sent: unknown[] = [];
  const heard: string[] = [];
  const runs = new EngineRuns((type, payload) => sent.push({ type, ...payload }));
  const run = runs.start({ task: { kind: 'translate', to: 'de' }, segments, beams: 1 }, { id: 'model', files: [] }, ({ text }) =>
    heard.push(text),
  );
  return { runs, run, sent, heard };
}

describe('runs of the engine', () => {
  it('finish once; later messages change nothing', async () => {
    const { runs, run } = started();
    runs.finished({ runId: 1, facts: FACTS });
    runs.failed({ runId: 1, failure: { kind: 'internal', message: 'late' } });
    assert.equal((await run.outcome).kind, 'finished');
    assert.equal(runs.busy, false);
  });

  it('put results in the place of their segment, in whatever order they come', async () => {
    const { runs, run } = started('first', 'second', 'third');
    const of = (targetText: string): SegmentText => ({ sourceText: '', targetText, truncated: false, lostSpans: [] });
    runs.resulted({ runId: 1, segments: [1], results: [of('zwei')] });
    runs.resulted({ runId: 7, segments: [1], results: [of('other')] });
    runs.resulted({ runId: 1, segments: [2, 0], results: [of('drei'), of('eins')] });
    runs.finished({ runId: 1, facts: FACTS });
    const outcome = await run.outcome;
    assert.ok(outcome.kind === 'finished');
    assert.deepEqual(
      outcome.results.map(({ targetText }) => targetText),
      ['eins', 'zwei', 'drei'],
    );
  });

  it('hear only their own progress and end', async () => {
    const { runs, run, heard } = started();
    runs.progressed({ runId: 7, finished: 0, segment: 0, text: 'other' });
    runs.progressed({ runId: 1, finished: 0, segment: 0, text: 'own' });
    runs.cancelled({ runId: 7 });
    assert.equal(runs.busy, true);
    runs.cancelled({ runId: 1 });
    assert.deepEqual(heard, ['own']);
    assert.equal((await run.outcome).kind, 'cancelled');
  });

  it('ask the page to cancel, and wait for its answer', () => {
    const { runs, run, sent } = started();
    run.cancel();
    assert.deepEqual(sent.at(-1), { type: 'cancel', runId: 1 });
    assert.equal(runs.busy, true);
  });

  it('fail in words when the page is gone', async () => {
    const { runs, run } = started();
    runs.pageLost();
    const outcome = await run.outcome;
    assert.ok(outcome.kind === 'failed' && outcome.failure.kind === 'engineLost');
    assert.match(outcome.failure.message, /Your text is unchanged/);
  });
});
