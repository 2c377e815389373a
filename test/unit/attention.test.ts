/** What must hold of the attention measures whatever the numbers are. Their values are compared with Python in test/golden. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { headMean, layerMax, layerMean } from '../../src/shared/attention/aggregate.ts';
import { confidence, defaultAgreement, entropy, normalisedEntropy, stepAgreement } from '../../src/shared/attention/headMeasures.ts';
import { keepMass } from '../../src/shared/attention/keepMass.ts';
import { measures } from '../../src/shared/attention/measures.ts';
import { normWeights, rowShares } from '../../src/shared/attention/normWeights.ts';
import { leadingComponents, type LeadingComponents } from '../../src/shared/attention/leadingComponents.ts';
import { fromComponents, principalComponents } from '../../src/shared/attention/principalComponents.ts';
import { crossRollout, selfRollout } from '../../src/shared/attention/rollout.ts';
import { atOnce } from '../../src/editor/inSlices.ts';
import { cosineSimilarity } from '../../src/shared/attention/similarity.ts';
import { possibleOmissions, sourceCoverage } from '../../src/shared/attention/sourceCoverage.ts';
import { sourceShare } from '../../src/shared/attention/sourceShare.ts';
import { scaleShares, shareOf, WEIGHT_SCALES, weightAt } from '../../src/shared/attention/weightScale.ts';
import { greatestAlignment, mutualAlignment } from '../../src/shared/attention/wordAlignment.ts';
import { mergeToWords, wordsOf, type Word } from '../../src/shared/attention/words.ts';
import type { AttentionMaps, AxisToken, ValueProducts } from '../../src/shared/inspection.ts';

/** Numbers from 0 to 1, the same in every run (Lehmer). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}

function randomMaps(seed: number, layers: number, heads: number, queries: number, keys: number, causal = false): AttentionMaps {
  const random = randomNumbers(seed);
  const data = new Float32Array(layers * heads * queries * keys);
  for (let row = 0; row < data.length; row += keys) {
    const visible = causal ? ((row / keys) % queries) + 1 : keys;
    const weights = Array.from({ length: visible }, () => random() ** 4 + 1e-6);
    const sum = weights.reduce((one, other) => one + other, 0);
    data.set(
      weights.map((weight) => weight / sum),
      row,
    );
  }
  return { layers, heads, queries, keys, data };
}

function randomProducts(seed: number, layers: number, keys: number, heads: number): ValueProducts {
  const random = randomNumbers(seed);
  const data = new Float32Array(layers * keys * heads * heads);
  for (let at = 0; at < data.length; at += heads * heads) {
    const vectors = Array.from({ length: heads }, () => Array.from({ length: 3 }, () => random() - 0.5));
    for (const [g, one] of vectors.entries()) {
      for (const [h, other] of vectors.entries()) data[at + g * heads + h] = one.reduce((sum, value, i) => sum + value * other[i]!, 0);
    }
  }
  return { layers, keys, heads, data };
}

const rowSums = (values: Float32Array, keys: number): number[] =>
  Array.from({ length: values.length / keys }, (_, row) =>
    values.subarray(row * keys, (row + 1) * keys).reduce((sum, value) => sum + value, 0),
  );

function assertSums(values: Float32Array, keys: number, expected = 1): void {
  for (const sum of rowSums(values, keys)) assert.ok(Math.abs(sum - expected) < 1e-5, String(sum));
}

/** Tokens of a text that is the labels joined; those in angle brackets are control tokens. */
function tokensOf(...labels: string[]): { text: string; tokens: AxisToken[] } {
  let text = '';
  const tokens = labels.map((label, id) => {
    const start = text.length;
    if (!/^<.*>$/.test(label)) text += label;
    return { id, label, span: { start, end: text.length } };
  });
  return { text, tokens };
}

const labelsOf = (...labels: string[]): string[] => {
  const { text, tokens } = tokensOf(...labels);
  return wordsOf(text, tokens).map(({ label }) => label);
};

describe('attention measures', () => {
  const encoder = randomMaps(1, 3, 4, 9, 9);
  const decoder = randomMaps(2, 2, 4, 6, 6, true);
  const cross = randomMaps(3, 2, 4, 6, 9);

  it('means have rows that sum to 1, maxima are nowhere below', () => {
    assertSums(headMean(encoder, 2), 9);
    assertSums(layerMean(cross), 9);
    const [most, mean] = [layerMax(cross), layerMean(cross)];
    assert.ok(most.every((value, i) => value >= mean[i]!));
  });

  it('rollout has rows that sum to 1, the decoder’s looks at nothing later', () => {
    for (let layer = 0; layer < 3; layer++) assertSums(atOnce(selfRollout(encoder, layer)), 9);
    for (let layer = 0; layer < 2; layer++) assertSums(atOnce(crossRollout(encoder, decoder, cross, layer)), 9);
    const rolled = atOnce(selfRollout(decoder));
    assertSums(rolled, 6);
    for (let query = 0; query < 6; query++) for (let key = query + 1; key < 6; key++) assert.equal(rolled[query * 6 + key], 0);
  });

  it('rollout of attention to oneself is oneself', () => {
    const identity = (size: number): AttentionMaps => ({
      layers: 2,
      heads: 1,
      queries: size,
      keys: size,
      data: Float32Array.from({ length: 2 * size * size }, (_, i) => (Math.floor((i % (size * size)) / size) === i % size ? 1 : 0)),
    });
    assert.deepEqual(atOnce(selfRollout(identity(5))), identity(5).data.subarray(0, 25));
    assert.deepEqual(atOnce(crossRollout(identity(5), identity(5), identity(5))), identity(5).data.subarray(0, 25));
  });

  it('the norm of a layer is at most the sum of the norms of its heads', () => {
    const products = randomProducts(4, 2, 9, 4);
    const whole = normWeights(cross, products, 1, null);
    const parts = [0, 1, 2, 3].map((head) => normWeights(cross, products, 1, head));
    assert.ok(whole.every((norm, i) => norm <= parts.reduce((sum, part) => sum + part[i]!, 0) + 1e-6));
    assertSums(rowShares(whole, 9), 9);
    assert.deepEqual(rowShares(new Float32Array(3), 3), new Float32Array(3));
  });

  it('the share of the source is 1 where self-attention adds nothing, and one half where both add alike', () => {
    const products = randomProducts(4, 2, 9, 4);
    const silent = { maps: decoder, products: { layers: 2, keys: 6, heads: 4, data: new Float32Array(2 * 6 * 16) } };
    for (const share of sourceShare({ maps: cross, products }, silent)) assert.ok(Math.abs(share - 1) < 1e-6);
    for (const share of sourceShare({ maps: cross, products }, { maps: cross, products })) assert.ok(Math.abs(share - 0.5) < 1e-6);
  });

  it('a head that looks at one key is certain, one that looks at all alike is not', () => {
    const sharp = { layers: 1, heads: 1, queries: 2, keys: 4, data: Float32Array.of(0, 1, 0, 0, 0, 0, 0, 1) };
    const even = { ...sharp, data: new Float32Array(8).fill(0.25) };
    assert.deepEqual(entropy(sharp), Float32Array.of(0));
    assert.ok(Math.abs(entropy(even)[0]! - Math.log(4)) < 1e-6);
    assert.deepEqual(normalisedEntropy(even, 'cross'), Float32Array.of(1));
    assert.deepEqual(confidence(sharp, 3), Float32Array.of(0.5));
    const evenSteps = { ...even, queries: 3, keys: 3, data: Float32Array.of(1, 0, 0, 0.5, 0.5, 0, 1 / 3, 1 / 3, 1 / 3) };
    assert.ok(Math.abs(normalisedEntropy(evenSteps, 'decoder')[0]! - 1) < 1e-6);
  });

  it('a head that looks where it looked a step before agrees with itself', () => {
    const { tokens } = tokensOf('a', 'b', '</s>');
    const row = [0.2, 0.3, 0.5];
    const maps = { layers: 1, heads: 2, queries: 3, keys: 3, data: Float32Array.from([...row, ...row, ...row, 1, 0, 0, 0, 1, 0, 1, 0, 0]) };
    assert.deepEqual(stepAgreement(maps, tokens, tokens), Float32Array.of(1, 0));
  });

  it('a head agrees with the default where both look most at the same token, the end left out', () => {
    const { tokens } = tokensOf('a', 'b', '</s>');
    const heads = [
      [0.2, 0.3, 0.5, 0.6, 0.3, 0.1],
      [0.1, 0.9, 0, 0.1, 0.9, 0],
    ];
    const maps = { layers: 1, heads: 2, queries: 2, keys: 3, data: Float32Array.from(heads.flat()) };
    assert.deepEqual(defaultAgreement(maps, tokens, { layer: 0, head: 0, step: 'reads' }), Float32Array.of(1, 0.5));
  });
});

describe('words', () => {
  it('are parted at their boundaries, in any script, whatever the tokens', () => {
    assert.deepEqual(labelsOf('Retur', 'ns', ' the', ' list', '.', '</s>'), ['Returns', 'the', 'list', '.', '</s>']);
    assert.deepEqual(labelsOf('Schlu', '\u0308', 'ssel', ' da', '!?'), ['Schlu\u0308ssel', 'da', '!?']);
    assert.deepEqual(labelsOf('don', "'", 't', ' (', 'a', ')'), ["don't", '(', 'a', ')']);
    assert.deepEqual(labelsOf('<2de>', 'a', ' ', '  b', '  ', '</s>'), ['<2de>', 'a', 'b', '</s>']);
    assert.deepEqual(labelsOf(' see `open()`', ', not', 'hing'), ['see `open()`', ', nothing']);
  });

  it('keep the bytes of one character together', () => {
    const text = 'a🙂';
    const spans = [[0, 1], [1, 3], [1, 3], [1, 3], [1, 3], [3, 3]] as const; // prettier-ignore
    const tokens = spans.map(([start, end], id) => ({ id, label: id === 5 ? '</s>' : text.slice(start, end), span: { start, end } }));
    assert.deepEqual(
      wordsOf(text, tokens).map(({ label, kind, tokens: { start, end } }) => [label, kind, start, end]),
      [['a', 'word', 0, 1], ['🙂', 'punctuation', 1, 5], ['</s>', 'control', 5, 6]], // prettier-ignore
    );
  });

  it('hold every token once and every character, for random cuts of a text', () => {
    const random = randomNumbers(7);
    const text = 'Die  Größe von `max_len` – «não» 漢字かな 👩‍💻 e\u0301, 3.14\n\tZu Ende.  ';
    for (let round = 0; round < 200; round++) {
      const cuts = [0, ...Array.from({ length: text.length }, (_, i) => i).filter(() => random() < 0.4), text.length];
      const tokens = cuts.slice(1).map((end, id) => ({ id, label: text.slice(cuts[id], end), span: { start: cuts[id]!, end } }));
      const words = wordsOf(text, tokens);
      let [position, offset] = [0, 0];
      for (const word of words) {
        assert.deepEqual([word.tokens.start, word.span.start], [position, offset]);
        assert.ok(word.tokens.end > position);
        assert.equal(text.slice(word.span.start, word.span.end).trim(), word.label);
        assert.notEqual(word.label, '');
        ({ tokens: { end: position }, span: { end: offset } } = word); // prettier-ignore
      }
      assert.deepEqual([position, offset], [tokens.length, text.length]);
    }
  });

  it('keep the mass of each row when tokens are merged', () => {
    const random = randomNumbers(11);
    const cut = (length: number): Word[] => {
      const words: Word[] = [];
      for (let start = 0; start < length;) {
        const end = Math.min(length, start + 1 + Math.floor(random() * 3));
        words.push({ label: '', span: { start, end }, kind: 'word', tokens: { start, end } });
        start = end;
      }
      return words;
    };
    const [rows, columns] = [cut(13), cut(17)];
    const values = randomMaps(5, 1, 1, 13, 17).data;
    assertSums(mergeToWords(values, rows, columns), columns.length);
    const single = (length: number): Word[] => Array.from({ length }, (_, i) => ({ ...rows[0]!, tokens: { start: i, end: i + 1 } }));
    assert.deepEqual(mergeToWords(values, single(13), single(17)), values);
  });
});

describe('word alignment', () => {
  const source = tokensOf('the', ' big', ' house', '.', '</s>');
  const target = tokensOf('das', ' gro', 'ße', ' Haus', '.', '</s>');
  const words = { source: wordsOf(source.text, source.tokens), target: wordsOf(target.text, target.tokens) };
  // Columns: the, big, house, ".", </s>. Every row prefers </s>, which no link may have.
  const predicts = Float32Array.from(
    [
      [0.3, 0.1, 0.05, 0, 0.55],
      [0.1, 0.3, 0.05, 0, 0.55],
      [0.1, 0.05, 0.25, 0, 0.6],
      [0.1, 0.1, 0.2, 0.05, 0.55],
      [0, 0, 0.05, 0.4, 0.55],
      [0.2, 0.2, 0.2, 0.2, 0.2],
    ].flat(),
  );
  const read = new Float32Array(30);
  read.set(predicts.subarray(0, 25), 5);

  it('links each token to its greatest, a word to those of all its tokens, at either step', () => {
    const expected = [[0, 0], [1, 1], [2, 1], [2, 2], [3, 3]]; // prettier-ignore
    const pairs = (weights: Float32Array, step: 'predicts' | 'reads'): number[][] =>
      greatestAlignment({ weights, ...words, step }).map(({ source, target }) => [source, target]);
    assert.deepEqual(pairs(predicts, 'predicts'), expected);
    assert.deepEqual(pairs(read, 'reads'), expected);
  });

  it('links the words that are each other’s greatest', () => {
    const pairs = mutualAlignment({ weights: predicts, ...words, step: 'predicts' });
    assert.deepEqual(
      pairs.map(({ source, target }) => [source, target]),
      [[0, 0], [1, 1], [2, 2], [3, 3]], // prettier-ignore
    );
  });

  it('has none where there are no words', () => {
    const { text, tokens } = tokensOf('</s>');
    const none = { weights: new Float32Array(30), source: wordsOf(text, tokens), target: words.target, step: 'reads' } as const;
    assert.deepEqual([mutualAlignment(none), greatestAlignment(none)], [[], []]);
  });

  it('covers what was attended to, and tells runs of words that were not', () => {
    const coverage = sourceCoverage({ weights: predicts, ...words, step: 'predicts' });
    assert.deepEqual(coverage.slice(0, 4), Float32Array.of(0.3, 0.3, 0.25, 0.4));
    const { text, tokens } = tokensOf('we', ' ate', ',', ' then', ' left', ' it', ' all', '.', '</s>');
    const left = possibleOmissions(Float32Array.of(0.5, 0.1, 0.9, 0.02, 0, 0.1, 0.6, 0, 0), wordsOf(text, tokens));
    assert.deepEqual(
      left.map(({ start, end }) => text.slice(start, end)),
      ['ate, then left it'],
    );
    assert.deepEqual(possibleOmissions(Float32Array.of(0.5, 0.1, 0, 0.1, 0.9, 0, 0, 0, 0), wordsOf(text, tokens)), []);
  });
});

describe('mass, scales and states', () => {
  it('keeps the fewest weights that have the mass, all of it with 1, one with 0', () => {
    const { data } = randomMaps(9, 1, 1, 20, 30);
    for (const mass of [0.3, 0.8, 0.95]) {
      const kept = keepMass(data, 30, mass);
      for (const [row, sum] of rowSums(kept, 30).entries()) {
        assert.ok(sum >= mass - 1e-6);
        const least = Math.min(...kept.subarray(row * 30, (row + 1) * 30).filter((weight) => weight > 0));
        assert.ok(sum - least < mass);
      }
    }
    assert.deepEqual(keepMass(data, 30, 1), data);
    assert.deepEqual(keepMass(Float32Array.of(0.25, 0.25, 0.25, 0.25, 0, 0, 0, 0), 4, 0.5), Float32Array.of(0.25, 0.25, 0, 0, 0, 0, 0, 0));
    assert.deepEqual(keepMass(Float32Array.of(0.1, 0.7, 0.2), 3, 0), Float32Array.of(0, Math.fround(0.7), 0));
  });

  it('scales grow with the weight from 0 to 1, and the legend leads back', () => {
    const { data } = randomMaps(10, 1, 1, 5, 8);
    for (const scale of WEIGHT_SCALES) {
      const shares = scaleShares(data, 8, scale);
      assert.equal(Math.max(...shares), 1);
      assert.ok(shares.every((share) => share >= 0 && share <= 1));
      for (const share of [0.25, 0.5, 1]) assert.ok(Math.abs(shareOf(weightAt(share, 0.7, scale), 0.7, scale) - share) < 1e-9);
    }
    assert.deepEqual(scaleShares(new Float32Array(4), 2, 'log'), new Float32Array(4));
    assert.ok(rowSums(scaleShares(data, 8, 'row'), 8).every((sum) => sum >= 1));
  });

  it('a state is wholly like itself and as unlike its opposite', () => {
    const data = Float32Array.of(1, 2, 2, -1, -2, -2, 0, 0, 0);
    const alike = cosineSimilarity({ layers: 1, positions: 3, size: 3, data }, 0);
    for (const [i, cosine] of [1, -1, 0, -1, 1, 0, 0, 0, 0].entries()) assert.ok(Math.abs(alike[i]! - cosine) < 1e-6);
  });

  it('leading components are the first of all components, of few positions and of many', () => {
    for (const [positions, size] of [
      [3, 40],
      [40, 3],
      [60, 90],
    ] as const) {
      // Directions differ less and less in how far states spread along them.
      const states = Float32Array.from({ length: positions * size }, (_, i) => Math.sin(i * i * 0.7) / (1 + (i % size) / 4));
      const [all, leading] = [principalComponents, leadingComponents].map((find) => find(states, positions, size, 2)) as [
        LeadingComponents,
        LeadingComponents,
      ];
      assert.equal(leading.count, 2);
      for (const [i, score] of all.scores.entries()) assert.ok(Math.abs(score - leading.scores[i]!) < 1e-5, `score ${i}`);
      for (const [i, share] of all.shares.entries()) assert.ok(Math.abs(share - leading.shares[i]!) < 1e-6, `share ${i}`);
    }
  });

  it('components find the plane that states lie in, more positions than dimensions or fewer', () => {
    for (const [positions, size] of [
      [5, 40],
      [40, 5],
    ] as const) {
      const random = randomNumbers(13);
      const plane = [0, 1].map(() => Array.from({ length: size }, () => random() - 0.5));
      const states = new Float32Array(positions * size);
      for (let position = 0; position < positions; position++) {
        const [x, y] = [4 * random(), random()];
        for (let i = 0; i < size; i++) states[position * size + i] = 3 + x * plane[0]![i]! + y * plane[1]![i]!;
      }
      const components = principalComponents(states, positions, size, 4);
      assert.ok(Math.abs(components.shares[0]! + components.shares[1]! - 1) < 1e-6);
      assert.ok(components.shares[0]! > components.shares[1]!);
      const restored = fromComponents(components, 2);
      assert.ok(restored.every((value, i) => Math.abs(value - states[i]!) < 1e-5));
      for (let component = 0; component < 2; component++) {
        const direction = components.directions.subarray(component * size, (component + 1) * size);
        assert.ok(Math.abs(direction.reduce((sum, value) => sum + value * value, 0) - 1) < 1e-6);
        assert.ok(Math.max(...direction) >= -Math.min(...direction));
      }
    }
    for (const [states, positions, size] of [
      [new Float32Array(12).fill(2), 4, 3],
      [Float32Array.of(1, 2, 3), 1, 3],
    ] as const)
      assert.equal(leadingComponents(states, positions, size, 2).count, 0);
    assert.equal(principalComponents(new Float32Array(12).fill(2), 4, 3, 2).count, 0);
    assert.equal(principalComponents(Float32Array.of(1, 2, 3), 1, 3, 2).count, 0);
  });
});

describe('measures in words', () => {
  for (const [id, { name, definition, caveat }] of Object.entries(measures())) {
    it(`${id} has a name, a definition and a caveat in sentences`, () => {
      assert.ok(name.length > 3);
      for (const words of [definition, caveat]) assert.match(words, /[.)]$/);
    });
  }
});
