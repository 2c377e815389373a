/** Stored weights -> the numbers that the graphs read. What is stored is a decision about size, what is run about speed. */
import { damagedFile } from './fileFailure.ts';
import { SINGLES } from './halfPrecision.ts';
import type { OwnModelConfig } from './modelConfig.ts';

/** In the model's folder; its checksum tells one training from another. */
export const WEIGHTS_PATH = 'onnx/weights.blocks.bin';

/** Numbers that share a scale. */
const BLOCK = 32;

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

/** @throws SaccadeError of kind "badModel" where the file is not as long as it must be */
export function expandWeights(stored: ArrayBuffer, { bits, blocks, halves }: StoredWeights): Float32Array {
  const scalesFrom = (blocks * BLOCK * bits) / 8;
  const bytes = scalesFrom + 2 * (blocks + halves);
  if (stored.byteLength !== bytes) throw damagedFile(WEIGHTS_PATH, `has ${stored.byteLength} bytes instead of ${bytes}`);
  const numbers = new Float32Array(blocks * BLOCK + halves);
  const words = new DataView(stored);
  const scales = new Uint16Array(stored, scalesFrom, blocks);
  // Eight integers are `bits` bytes, and the second four may begin in the middle of one. Their word may reach into the scales, not past them.
  const second = bits >> 1;
  const shift = (4 * bits) & 7;
  let from = 0;
  let to = 0;
  for (let block = 0; block < blocks; block++) {
    const scale = SINGLES[scales[block]!]!;
    for (const end = to + BLOCK; to < end; to += 8, from += bits) {
      expandFour(words.getUint32(from, true), bits, scale, numbers, to);
      expandFour(words.getUint32(from + second, true) >>> shift, bits, scale, numbers, to + 4);
    }
  }
  const rest = new Uint16Array(stored, scalesFrom + 2 * blocks, halves);
  for (let i = 0; i < halves; i++) numbers[to + i] = SINGLES[rest[i]!]!;
  return numbers;
}

/** `[vocabularySize, hiddenSize]`: the numbers begin with it. */
export function embeddingOf(numbers: Float32Array, { vocabularySize, hiddenSize }: OwnModelConfig): Float32Array {
  return numbers.subarray(0, vocabularySize * hiddenSize);
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
