/** What the processor computes, against the same in plain loops. Node 20 runs the build without relaxed SIMD; the browser tests run the other. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Kernels, type Address } from '../../webview/engine/processor/kernels.ts';
import { RoundedStates } from '../../webview/engine/processor/roundedStates.ts';

const kernels = await Kernels.open(4e6);
const { run } = kernels;

/** Numbers that differ, some of them negative, by a seed. */
function numbers(count: number, seed: number): Float32Array {
  return Float32Array.from({ length: count }, (_, index) => Math.sin((index + 1) * (seed + 1.3)) * 2);
}

function integers(count: number, seed: number): Int8Array {
  return Int8Array.from({ length: count }, (_, index) => Math.round(Math.sin((index + 1) * (seed + 0.7)) * 31));
}

const put = (content: Float32Array | Int8Array | Uint16Array): Address =>
  kernels.allocateWith(content instanceof Int8Array ? new Uint8Array(content.buffer) : content);
const taken = (address: Address, count: number): Float32Array => kernels.floats(address, count).slice();

function assertClose(actual: Float32Array, expected: readonly number[], tolerance = 1e-5): void {
  assert.equal(actual.length, expected.length);
  const largest = Math.max(1, ...expected.map(Math.abs));
  for (const [index, value] of expected.entries()) {
    const off = Math.abs(actual[index]! - value);
    assert.ok(off <= tolerance * largest, `number ${index} is ${actual[index]!} instead of ${value}`);
  }
}

/** Weights of a layer as the kernels read them, and their values `[k, n]`. */
function layer(
  k: number,
  n: number,
): { readonly weights: Address; readonly scales: Address; readonly of: (row: number, column: number) => number } {
  const quantised = integers(k * n, k);
  const scales = numbers((k * n) / 32, n).map((scale) => 0.01 + Math.abs(scale) / 50);
  return {
    weights: put(quantised),
    scales: put(scales),
    of: (row, column) => quantised[(column >> 5) * 32 * k + 32 * row + (column & 31)]! * scales[(column >> 5) * k + row]!,
  };
}

const sum = (count: number, term: (index: number) => number): number => {
  let total = 0;
  for (let index = 0; index < count; index++) total += term(index);
  return total;
};

describe('kernels of the processor', () => {
  for (const [name, work, multiply, activation] of [
    ['addProduct', run.productWork, run.addProduct, (x: number) => x],
    ['addActiveProduct', run.activeWork, run.addActiveProduct, (x: number) => Math.max(0, x)],
  ] as const) {
    it(`${name} adds the product to what is there, of any number of rows`, () => {
      const shapes = { rows: fc.integer({ min: 1, max: 70 }), k: fc.integer({ min: 1, max: 40 }), panels: fc.integer({ min: 1, max: 3 }) };
      fc.assert(
        fc.property(fc.record(shapes), ({ rows, k: quarter, panels }) => {
          // Beyond 512 rows of weights they are expanded in parts.
          const [k, n] = [16 * quarter, 32 * panels];
          const [x, before] = [numbers(rows * k, 1), numbers(rows * n, 2)];
          const { weights, scales, of } = layer(k, n);
          const [from, to] = [put(x), put(before)];
          kernels.borrow([work(rows, k)], (room) => multiply(from, rows, k, n, weights, scales, to, room));
          const expected = Array.from(before, (start, index) => {
            const [row, column] = [Math.floor(index / n), index % n];
            return start + sum(k, (inner) => activation(x[row * k + inner]!) * of(inner, column));
          });
          assertClose(taken(to, rows * n), expected);
          for (const address of [weights, scales, from, to]) kernels.free(address);
        }),
        { numRuns: 25 },
      );
    });
  }

  it('attend weighs the values of each head by the softmax of its scores', () => {
    const [heads, headSize] = [3, 32];
    const size = heads * headSize;
    for (const length of [1, 3, 4, 37]) {
      const [query, keys, values] = [numbers(size, 1), numbers(length * size, 2), numbers(length * size, 3)];
      const to = kernels.allocateFloats(size);
      kernels.borrow([run.attendWork(length)], (work) => run.attend(put(query), put(keys), put(values), length, heads, headSize, to, work));
      const expected = Array.from({ length: size }, (_, column) => {
        const first = column - (column % headSize);
        const scores = Array.from({ length }, (_, position) =>
          Math.exp(sum(headSize, (i) => query[first + i]! * keys[position * size + first + i]!) / Math.sqrt(headSize)),
        );
        const total = sum(length, (position) => scores[position]!);
        return sum(length, (position) => (scores[position]! / total) * values[position * size + column]!);
      });
      assertClose(taken(to, size), expected);
    }
  });

  describe('the output layer', () => {
    const [vocabulary, size] = [50, 64];
    const quantised = integers(vocabulary * size, 5);
    const scales = numbers((vocabulary * size) / 32, 6).map((scale) => Math.abs(scale) / 100);
    const [embedding, embeddingScales] = [put(quantised), put(scales)];
    const tokensOf = (count: number): Uint16Array => Uint16Array.from({ length: count }, (_, index) => (index * 7) % vocabulary);
    const logit = (state: Float32Array, token: number): number =>
      sum(size, (i) => state[i]! * quantised[token * size + i]! * scales[(token * size + i) >> 5]!);
    /** States are rounded to 16 bits. */
    const TOLERANCE = 3e-4;

    it('scoreTokens gives the logits of any tokens', () => {
      const state = numbers(size, 1);
      for (const count of [0, 1, 7]) {
        const tokens = tokensOf(count);
        const [rounded, logits] = [kernels.allocate(2 * size), kernels.allocateFloats(count)];
        const scale = run.roundTo16(put(state), size, rounded);
        run.scoreTokens(rounded, scale, size, put(tokens), count, embedding, embeddingScales, logits);
        const expected = Array.from(tokens, (token) => logit(state, token));
        assertClose(taken(logits, count), expected, TOLERANCE);
      }
    });

    it('scorePanels gives the logits of tokens that are laid out, for any number of states, and writes nothing between their rows', () => {
      for (const rows of [1, 3, 4, 9])
        for (const count of [0, 8, 296]) {
          const tokens = tokensOf(count);
          const stride = count + 3;
          const [x, before] = [numbers(rows * size, rows), numbers(rows * stride, 3)];
          const [panels, units] = [kernels.allocate(count * size), kernels.allocateFloats((count * size) / 32)];
          run.layOutPanels(put(tokens), count, embedding, embeddingScales, size, panels, units);
          const to = put(before);
          RoundedStates.lend(kernels, put(x), rows, size, ({ integers: states, scales: stateScales }) =>
            kernels.borrow([run.panelWork(rows, size)], (work) =>
              run.scorePanels(states, stateScales, rows, size, panels, units, count, to, stride, work),
            ),
          );
          const expected = Array.from(before, (kept, index) => {
            const [row, column] = [Math.floor(index / stride), index % stride];
            return column < count ? logit(x.subarray(row * size, (row + 1) * size), tokens[column]!) : kept;
          });
          assertClose(taken(to, rows * stride), expected, TOLERANCE);
        }
    });
  });

  it('normalise, fill, addToEach and embed treat rows', () => {
    const [rows, size] = [3, 32];
    const [x, weight, bias] = [numbers(rows * size, 1), numbers(size, 2), numbers(size, 3)];
    const to = kernels.allocateFloats(rows * size);
    run.normalise(put(x), rows, size, put(weight), put(bias), to);
    const normal = Array.from(x, (value, index) => {
      const row = x.subarray(index - (index % size), index - (index % size) + size);
      const mean = sum(size, (i) => row[i]!) / size;
      const variance = sum(size, (i) => (row[i]! - mean) ** 2) / size;
      return ((value - mean) / Math.sqrt(variance + 1e-5)) * weight[index % size]! + bias[index % size]!;
    });
    assertClose(taken(to, rows * size), normal);
    run.addToEach(to, rows, size, put(bias));
    assertClose(
      taken(to, rows * size),
      normal.map((value, index) => value + bias[index % size]!),
    );
    run.fill(to, rows, size, put(weight));
    assertClose(
      taken(to, rows * size),
      normal.map((_, index) => weight[index % size]!),
    );
    const [quantised, scales] = [integers(4 * size, 1), numbers(4, 4)];
    run.embed(2, put(quantised), put(scales), size, put(bias), to);
    assertClose(
      taken(to, size),
      Array.from(bias, (position, i) => quantised[2 * size + i]! * scales[2]! * Math.sqrt(size) + position),
    );
  });

  it('unpacks integers of any number of bits, in the order of a matrix and in that of products', () => {
    for (const bits of [4, 5, 6, 7, 8]) {
      const [rows, columns] = [3, 64];
      const values = Array.from({ length: rows * columns }, (_, index) => ((index * 37) % (1 << bits)) - (1 << (bits - 1)));
      const packed = new Uint8Array((values.length * bits) / 8 + 8);
      for (const [index, value] of values.entries())
        for (let bit = 0; bit < bits; bit++) {
          const place = index * bits + bit;
          if (((value + (1 << (bits - 1))) >> bit) & 1) packed[place >> 3]! |= 1 << (place & 7);
        }
      const [stored, to] = [kernels.allocateWith(packed), kernels.allocate(values.length)];
      const bytes = (): Int8Array => new Int8Array(run.memory.buffer, to, values.length).slice();
      run.unpackRows(stored, bits, values.length, to);
      assert.deepEqual([...bytes()], values);
      run.unpackColumns(stored, bits, rows, columns, to);
      const inPanels = [0, 1].flatMap((panel) =>
        [0, 1, 2].flatMap((row) => values.slice(row * columns + 32 * panel, row * columns + 32 * panel + 32)),
      );
      assert.deepEqual([...bytes()], inPanels);
    }
  });

  it('finds the first of the largest, and its probability', () => {
    const logits = Float32Array.of(-3, 2, 5, 1, 5, -90, -200);
    const address = put(logits);
    assert.equal(run.indexOfLargest(address, logits.length), 2);
    const expected = 1 / sum(logits.length, (index) => Math.exp(logits[index]! - 5));
    assertClose(Float32Array.of(run.probabilityOf(5, address, logits.length)), [expected], 1e-6);
  });
});
