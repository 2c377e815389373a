/** What sets two runs apart, and what an intervention is called. */
import assert from 'node:assert/strict';
import type { AxisToken } from '../../src/shared/inspection.ts';
import { NO_INTERVENTION } from '../../src/shared/intervention.ts';
import { mostAttended } from '../../src/shared/mostAttended.ts';
import { attentionReceived, meanLogProbability, tokenDifference } from '../../src/shared/runDifference.ts';
import { interventionName } from '../../webview/panel/interventionName.ts';
import { madeRun } from '../preview/madeRuns.ts';

const tokens = (text: string): AxisToken[] => [
  ...[...text.matchAll(/\s*\S+/g)].map(({ 0: label, index }) => ({ id: 0, label, span: { start: index, end: index + label.length } })),
  { id: 2, label: '</s>', span: { start: 0, end: 0 } },
];

describe('difference of two runs', () => {
  it('keeps what both wrote in order, and names the rest removed or added', () => {
    assert.deepEqual(tokenDifference(tokens('Gibt die Anzahl der Zeilen'), tokens('Gibt eine Anzahl Zeilen zurück')), [
      { kind: 'same', text: 'Gibt' },
      { kind: 'removed', text: ' die' },
      { kind: 'added', text: ' eine' },
      { kind: 'same', text: ' Anzahl' },
      { kind: 'removed', text: ' der' },
      { kind: 'same', text: ' Zeilen' },
      { kind: 'added', text: ' zurück' },
    ]);
    assert.deepEqual(tokenDifference(tokens('Same.'), tokens('Same.')), [{ kind: 'same', text: 'Same.' }]);
    assert.deepEqual(tokenDifference(tokens(''), tokens('')), []);
  });

  it('gives back either text when the other parts are dropped', () => {
    const words = ['a', 'b', 'c'];
    const text = (seed: number): string => Array.from({ length: 9 }, (_, index) => words[(seed * (index + 3) * 7 + index) % 3]).join(' ');
    for (let seed = 1; seed < 40; seed++) {
      const [before, after] = [text(seed), text(seed + 1)];
      const parts = tokenDifference(tokens(before), tokens(after));
      const without = (kind: string): string =>
        parts
          .filter((part) => part.kind !== kind)
          .map((part) => part.text)
          .join('');
      assert.deepEqual([without('added').trim(), without('removed').trim()], [before, after]);
    }
  });

  it('shares out the attention of an average query', () => {
    const data = Float32Array.of(0.5, 0.5, 0, 0.1, 0.2, 0.7);
    const received = attentionReceived({ layers: 1, heads: 1, queries: 2, keys: 3, data });
    for (const [key, share] of [0.3, 0.35, 0.35].entries()) assert.ok(Math.abs(received[key]! - share) < 1e-6);
    assert.deepEqual(
      mostAttended({ layers: 1, heads: 1, queries: 2, keys: 3, data: Float32Array.of(0.2, 0.5, 0.3, 0, 0.2, 0.8) }),
      [2, 1, 0],
    );
    assert.equal(meanLogProbability(Float32Array.of(-1, -3)), -2);
  });
});

describe('name of an intervention', () => {
  const inspection = madeRun('Open the file', 'Öffne die Datei');

  it('says each thing that was done', () => {
    const intervention = {
      knockedOut: [{ kind: 'cross', layer: 1, head: 2 } as const],
      maskedSource: [1],
      forcedPrefix: [5],
      encoder: { kind: 'silenced' } as const,
    };
    assert.equal(interventionName(intervention, inspection, ['Lies']), 'Without cross 1·2; “the” hidden; begins “Lies”; encoder silenced');
    assert.equal(interventionName(NO_INTERVENTION, inspection, []), 'As it was');
  });

  it('counts heads that are too many to name', () => {
    const knockedOut = Array.from({ length: 8 }, (_, head) => ({ kind: 'encoder', layer: 0, head }) as const);
    assert.equal(interventionName({ ...NO_INTERVENTION, knockedOut }, inspection, []), 'Without 8 heads');
  });
});
