/** The attention measures against Python, which computes them from the same numbers: each value to 1e-5. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { headMax, headMean, layerMax, layerMean } from '../../src/shared/attention/aggregate.ts';
import type { AttentionKind } from '../../src/shared/attention/attentionKind.ts';
import { confidence, defaultAgreement, entropy, normalisedEntropy, stepAgreement } from '../../src/shared/attention/headMeasures.ts';
import { keepMass } from '../../src/shared/attention/keepMass.ts';
import { normWeights } from '../../src/shared/attention/normWeights.ts';
import { leadingComponents } from '../../src/shared/attention/leadingComponents.ts';
import { fromComponents, principalComponents } from '../../src/shared/attention/principalComponents.ts';
import { crossRollout, selfRollout } from '../../src/shared/attention/rollout.ts';
import { atOnce } from '../../src/editor/inSlices.ts';
import { cosineSimilarity } from '../../src/shared/attention/similarity.ts';
import { sourceCoverage } from '../../src/shared/attention/sourceCoverage.ts';
import { sourceShare } from '../../src/shared/attention/sourceShare.ts';
import { scaleShares, WEIGHT_SCALES } from '../../src/shared/attention/weightScale.ts';
import { mutualAlignment } from '../../src/shared/attention/wordAlignment.ts';
import { mergeToWords, type Word } from '../../src/shared/attention/words.ts';
import { ROW_STEPS, type AttentionMaps, type AxisToken, type ValueProducts } from '../../src/shared/inspection.ts';

const TOLERANCE = 1e-5;
const FOLDER = new URL('../fixtures/golden/attention/', import.meta.url);

interface Packed {
  readonly shape: readonly number[];
  readonly base64: string;
}
type Numbers = number | readonly Numbers[];
interface Expected {
  readonly [name: string]: Numbers | Expected;
}
interface AttentionCase {
  readonly name: string;
  readonly text: string;
  readonly sourceIds: readonly number[];
  readonly targetIds: readonly number[];
  /** How many tokens each word has. */
  readonly words: Readonly<Record<'source' | 'target', readonly number[]>>;
  readonly attentions: Readonly<Record<AttentionKind, Packed>>;
  readonly valueProducts: Readonly<Record<AttentionKind, Packed>>;
  readonly hiddenStates: Packed;
  readonly expected: Expected;
}

const END_TOKEN = 2;
const KINDS: readonly AttentionKind[] = ['encoder', 'decoder', 'cross'];

function unpack({ shape, base64 }: Packed): { shape: readonly number[]; data: Float32Array } {
  const bytes = Uint8Array.from(Buffer.from(base64, 'base64'));
  return { shape, data: new Float32Array(bytes.buffer) };
}

function mapsOf(packed: Packed): AttentionMaps {
  const { shape, data } = unpack(packed);
  const [layers = 0, heads = 0, queries = 0, keys = 0] = shape;
  return { layers, heads, queries, keys, data };
}

function productsOf(packed: Packed): ValueProducts {
  const { shape, data } = unpack(packed);
  const [layers = 0, keys = 0, heads = 0] = shape;
  return { layers, keys, heads, data };
}

const flat = (numbers: Numbers): number[] => (typeof numbers === 'number' ? [numbers] : numbers.flatMap(flat));

function assertClose(found: ArrayLike<number>, expected: Numbers, what: string): void {
  const numbers = flat(expected);
  assert.ok(numbers.length > 0, what);
  assert.equal(found.length, numbers.length, what);
  for (const [i, number] of numbers.entries()) {
    assert.ok(Math.abs(found[i]! - number) <= TOLERANCE * Math.max(1, Math.abs(number)), `${what} [${i}]: ${found[i]} is not ${number}`);
  }
}

/** All layers' maps one after the other. */
const everyLayer = (layers: number, map: (layer: number) => Float32Array): number[] =>
  Array.from({ length: layers }, (_, layer) => Array.from(map(layer))).flat();

function wordsOf(ids: readonly number[], counts: readonly number[]): Word[] {
  let end = 0;
  return counts.map((count) => {
    const start = end;
    end += count;
    return { label: '', span: { start, end }, kind: ids[start] === END_TOKEN ? 'control' : 'word', tokens: { start, end } };
  });
}

function tokensOf(ids: readonly number[]): AxisToken[] {
  return ids.map((id, start) => ({ id, label: String(id), span: { start, end: id === END_TOKEN ? start : start + 1 } }));
}

describe('attention measures against Python', () => {
  const cases = readdirSync(FOLDER).map((name) => JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as AttentionCase);

  it('has texts, one with a word of several tokens', () => {
    assert.ok(cases.length >= 2);
    assert.ok(cases.some(({ words }) => words.source.some((count) => count > 1)));
  });

  for (const golden of cases) {
    describe(golden.name, () => {
      const { expected } = golden;
      const attentions = Object.fromEntries(KINDS.map((kind) => [kind, mapsOf(golden.attentions[kind])])) as Record<
        AttentionKind,
        AttentionMaps
      >;
      const products = Object.fromEntries(KINDS.map((kind) => [kind, productsOf(golden.valueProducts[kind])])) as Record<
        AttentionKind,
        ValueProducts
      >;
      const { cross } = attentions;
      const lastMean = headMean(cross, cross.layers - 1);
      const words = { source: wordsOf(golden.sourceIds, golden.words.source), target: wordsOf(golden.targetIds, golden.words.target) };
      const { shape, data: states } = unpack(golden.hiddenStates);
      const [layers = 0, positions = 0, size = 0] = shape;
      const lastStates = states.subarray((layers - 1) * positions * size);

      for (const kind of KINDS) {
        const maps = attentions[kind];
        const of = expected[kind] as Readonly<Record<string, Numbers>>;
        it(`${kind}: means, maxima and norms`, () => {
          assertClose(
            everyLayer(maps.layers, (layer) => headMean(maps, layer)),
            of['headMean']!,
            'headMean',
          );
          assertClose(
            everyLayer(maps.layers, (layer) => headMax(maps, layer)),
            of['headMax']!,
            'headMax',
          );
          assertClose(layerMean(maps), of['layerMean']!, 'layerMean');
          assertClose(layerMax(maps), of['layerMax']!, 'layerMax');
          assertClose(
            everyLayer(maps.heads, (head) => normWeights(maps, products[kind], maps.layers - 1, head)),
            of['headNorms']!,
            'headNorms',
          );
          assertClose(
            everyLayer(maps.layers, (layer) => normWeights(maps, products[kind], layer, null)),
            of['layerNorms']!,
            'layerNorms',
          );
        });

        it(`${kind}: rollout`, () => {
          const { encoder, decoder } = attentions;
          const rolled = (layer: number): Float32Array =>
            kind === 'cross' ? atOnce(crossRollout(encoder, decoder, maps, layer)) : atOnce(selfRollout(maps, layer));
          assertClose(everyLayer(maps.layers, rolled), of['rollout']!, 'rollout');
        });

        it(`${kind}: entropy and confidence`, () => {
          assertClose(entropy(maps), of['entropy']!, 'entropy');
          assertClose(normalisedEntropy(maps, kind), of['normalisedEntropy']!, 'normalisedEntropy');
          assertClose(confidence(maps, kind === 'decoder' ? undefined : maps.keys - 1), of['confidence']!, 'confidence');
        });
      }

      it('agreements and share of the source', () => {
        const [source, target] = [tokensOf(golden.sourceIds), tokensOf(golden.targetIds)];
        assertClose(stepAgreement(cross, source, target), expected['stepAgreement'] as Numbers, 'stepAgreement');
        const lastLayer = { layer: cross.layers - 1, head: null, step: 'reads' } as const;
        assertClose(defaultAgreement(cross, source, lastLayer), expected['defaultAgreement'] as Numbers, 'defaultAgreement');
        const found = sourceShare({ maps: cross, products: products.cross }, { maps: attentions.decoder, products: products.decoder });
        assertClose(found, expected['sourceShare'] as Numbers, 'sourceShare');
      });

      it('words, their alignment and coverage', () => {
        assertClose(mergeToWords(lastMean, words.target, words.source), expected['merged'] as Numbers, 'merged');
        const links = expected['mutualLinks'] as Readonly<Record<string, Numbers>>;
        const coverage = expected['coverage'] as Readonly<Record<string, Numbers>>;
        for (const step of ROW_STEPS) {
          const aligned = { weights: lastMean, ...words, step };
          assert.deepEqual(
            mutualAlignment(aligned).map(({ source, target }) => [source, target]),
            links[step],
          );
          assertClose(sourceCoverage(aligned), coverage[step]!, `coverage, ${step}`);
        }
      });

      it('mass and scales', () => {
        for (const [mass, kept] of Object.entries(expected['keptMass'] as Readonly<Record<string, Numbers>>)) {
          assertClose(keepMass(lastMean, cross.keys, Number(mass)), kept, `mass ${mass}`);
        }
        const scaled = expected['scaled'] as Readonly<Record<string, Numbers>>;
        for (const scale of WEIGHT_SCALES) assertClose(scaleShares(lastMean, cross.keys, scale), scaled[scale]!, scale);
      });

      it('similarity and principal components', () => {
        assertClose(
          cosineSimilarity({ layers, positions, size, data: states }, layers - 1),
          expected['similarity'] as Numbers,
          'similarity',
        );
        const components = expected['components'] as Readonly<Record<string, readonly Numbers[]>>;
        const found = principalComponents(lastStates, positions, size, components['shares']!.length);
        assertClose(found.scores, components['scores']!, 'scores');
        assertClose(found.shares, components['shares']!, 'shares');
        assertClose(fromComponents(found, 2), components['restored']!, 'restored');
        const wanted = components['shares']!.length;
        const leading = leadingComponents(lastStates, positions, size, wanted);
        assertClose(leading.scores, components['scores']!, 'scores of leading components');
        assertClose(leading.shares, components['shares']!, 'shares of leading components');
      });
    });
  }
});
