/** Stored weights -> the numbers that the graphs read. What is stored is a decision about size, what is run about speed. */
import { damagedFile } from './fileFailure.ts';
import { SINGLES } from './halfPrecision.ts';

/** In the model's folder; its checksum tells one training from another. */
export const WEIGHTS_PATH = 'onnx/weights.blocks.bin';

/** Numbers that share a scale. */
export const BLOCK = 32;

const WORD_BYTES = 8;

/** How many bits an integer may have. */
export const WEIGHT_BITS = [4, 5, 6, 7, 8] as const;

/**
 * What the file holds: integers of so many bits in blocks, as models/training/blocks.py packs them, then the scale of each block, then the
 * numbers that are in no block. The latter two are in half precision.
 */
export interface StoredWeights {
  readonly bits: (typeof WEIGHT_BITS)[number];
  readonly blocks: number;
  readonly halves: number;
}

export class Weights {
  private known: WeakRef<Float32Array> | undefined;
  private readonly words: DataView;
  /** Of the blocks, in half precision. */
  readonly scales: Uint16Array;
  /** The numbers in no block, in half precision. */
  readonly rest: Uint16Array;

  /** @throws SaccadeError of kind "badModel" where the file is not as long as it must be */
  constructor(
    stored: ArrayBuffer,
    private readonly shape: StoredWeights,
  ) {
    const { bits, blocks, halves } = shape;
    const scalesFrom = (blocks * BLOCK * bits) / 8;
    const bytes = scalesFrom + 2 * (blocks + halves);
    if (stored.byteLength !== bytes) throw damagedFile(WEIGHTS_PATH, `has ${stored.byteLength} bytes instead of ${bytes}`);
    this.words = new DataView(stored);
    this.scales = new Uint16Array(stored, scalesFrom, blocks);
    this.rest = new Uint16Array(stored, scalesFrom + 2 * blocks, halves);
  }

  /** All numbers. They are five times as large as what is stored, and a loaded graph has its own, so they are there only while somebody holds them. */
  expanded(): Float32Array {
    const known = this.known?.deref();
    if (known) return known;
    const { blocks, halves } = this.shape;
    const numbers = new Float32Array(blocks * BLOCK + halves);
    this.expandBlocks(0, numbers.subarray(0, blocks * BLOCK));
    for (let i = 0, to = blocks * BLOCK; i < halves; i++) numbers[to + i] = SINGLES[this.rest[i]!]!;
    this.known = new WeakRef(numbers);
    return numbers;
  }

  /** The integers of so many blocks, as they are stored, and as many bytes behind them as a reader of words may read past their end. */
  packedBlocks(first: number, count: number): Uint8Array {
    const { buffer, byteLength } = this.words;
    const bytes = (BLOCK * this.shape.bits) / 8;
    return new Uint8Array(buffer, first * bytes, Math.min(count * bytes + WORD_BYTES, byteLength - first * bytes));
  }

  /** Into `row`, the numbers of one token. The file begins with the embedding, `[vocabularySize, hiddenSize]`, whose rows are whole blocks. */
  embeddingRow(token: number, row: Float32Array): void {
    this.expandBlocks((token * row.length) / BLOCK, row);
  }

  /** Consecutive blocks from `first` on, as many as there is room for. */
  private expandBlocks(first: number, numbers: Float32Array): void {
    const { words, scales } = this;
    const { bits } = this.shape;
    // Eight integers are `bits` bytes, and the second four may begin in the middle of one. Their word may reach into the scales, not past them.
    const second = bits >> 1;
    const shift = (4 * bits) & 7;
    let from = (first * BLOCK * bits) / 8;
    for (let block = first, to = 0; to < numbers.length; block++) {
      const scale = SINGLES[scales[block]!]!;
      for (const end = to + BLOCK; to < end; to += 8, from += bits) {
        expandFour(words.getUint32(from, true), bits, scale, numbers, to);
        expandFour(words.getUint32(from + second, true) >>> shift, bits, scale, numbers, to + 4);
      }
    }
  }
}

/** Written out: it is done ten million times while a model is loaded. */
function expandFour(word: number, bits: number, scale: number, numbers: Float32Array, to: number): void {
  const mask = (1 << bits) - 1;
  const zero = 1 << (bits - 1);
  numbers[to] = ((word & mask) - zero) * scale;
  numbers[to + 1] = (((word >>> bits) & mask) - zero) * scale;
  numbers[to + 2] = (((word >>> (2 * bits)) & mask) - zero) * scale;
  numbers[to + 3] = (((word >>> (3 * bits)) & mask) - zero) * scale;
}
