/** The weights where the kernels read them: integers a byte each, scales and vectors in fp32. Knows no arithmetic. */
import { damagedFile } from '../fileFailure.ts';
import { SINGLES } from '../halfPrecision.ts';
import type { OwnModelConfig } from '../modelConfig.ts';
import { BLOCK, type Weights } from '../weights.ts';
import type { Address, Kernels } from './kernels.ts';

/** y = x * weights + bias */
export interface Linear {
  readonly inputs: number;
  readonly outputs: number;
  readonly weights: Address;
  readonly scales: Address;
  readonly bias: Address;
}

export interface Norm {
  readonly weight: Address;
  readonly bias: Address;
}

export interface Attention {
  readonly key: Linear;
  readonly value: Linear;
  readonly query: Linear;
  readonly output: Linear;
}

export interface EncoderLayer {
  readonly attention: Attention;
  readonly attentionNorm: Norm;
  readonly inner: Linear;
  readonly outer: Linear;
  readonly feedForwardNorm: Norm;
}

export interface DecoderLayer extends EncoderLayer {
  readonly crossAttention: Attention;
  readonly crossAttentionNorm: Norm;
}

export interface ProcessorWeights {
  /** int8 `[vocabulary, size]` */
  readonly embedding: Address;
  readonly embeddingScales: Address;
  /** `[positions, size]` */
  readonly positions: Address;
  readonly encoderLayers: readonly EncoderLayer[];
  readonly encoderNorm: Norm;
  readonly decoderLayers: readonly DecoderLayer[];
  readonly decoderNorm: Norm;
  /** The encoder-only heads: `[2 * size, outputs]`, row-major. */
  readonly headWeights: Float32Array;
  readonly headBias: Float32Array;
}

/** What a model's weights take, in bytes. */
export function weightBytes({ weights: { blocks, halves } }: OwnModelConfig): number {
  return blocks * (BLOCK + Float32Array.BYTES_PER_ELEMENT) + halves * Float32Array.BYTES_PER_ELEMENT;
}

/**
 * Of what the kernels are given nothing is checked while they run.
 * @throws SaccadeError of kind "badModel" where the sizes are not those of the weights, or none that kernels can compute with
 */
function checkSizes(config: OwnModelConfig): void {
  const {
    hiddenSize: size,
    vocabularySize,
    feedForwardSizes,
    positions,
    encoderLayers,
    decoderLayers,
    encoderHeads,
    decoderHeads,
  } = config;
  const { encoder, decoder } = feedForwardSizes;
  const outputs = config.classifiers.languages.length + config.classifiers.classes.length;
  const attention = { matrices: 4 * size * size, vectors: 6 * size };
  const feedForward = (inner: number): { matrices: number; vectors: number } => ({ matrices: 2 * size * inner, vectors: inner + 3 * size });
  const matrices =
    vocabularySize * size +
    encoderLayers * (attention.matrices + feedForward(encoder).matrices) +
    decoderLayers * (2 * attention.matrices + feedForward(decoder).matrices);
  const vectors =
    4 * size +
    encoderLayers * (attention.vectors + feedForward(encoder).vectors) +
    decoderLayers * (2 * attention.vectors + feedForward(decoder).vectors) +
    2 * positions * size +
    (2 * size + 1) * outputs;
  const isWhole = [size / BLOCK, encoder / BLOCK, decoder / BLOCK, size / encoderHeads / 16, size / decoderHeads / 16].every(
    Number.isInteger,
  );
  const longest = Math.max(config.maxSourceTokens, config.maxTargetTokens);
  if (
    !isWhole ||
    longest > positions ||
    vocabularySize > 2 ** 16 ||
    matrices !== config.weights.blocks * BLOCK ||
    vectors !== config.weights.halves
  )
    throw damagedFile('config.json', 'has other sizes than the weights');
}

/**
 * Takes arrays from the file in its order: matrices and vectors each in that of `state_dict()`, as models/training/weights.py writes them.
 * @throws SaccadeError of kind "badModel" where they are not those of the configuration
 */
export function placeWeights(kernels: Kernels, weights: Weights, config: OwnModelConfig): ProcessorWeights {
  const { hiddenSize: size, vocabularySize, feedForwardSizes, positions: length, encoderLayers, decoderLayers, classifiers } = config;
  const { bits } = config.weights;
  const { run } = kernels;
  checkSizes(config);
  let block = 0;
  let half = 0;

  function matrix(rows: number, columns: number, place: (stored: Address, to: Address) => void): { weights: Address; scales: Address } {
    const blocks = (rows * columns) / BLOCK;
    const stored = kernels.allocateWith(weights.packedBlocks(block, blocks));
    const to = kernels.allocate(rows * columns);
    place(stored, to);
    kernels.free(stored);
    const scales = kernels.allocateFloats(blocks);
    block += blocks;
    return { weights: to, scales };
  }

  function numbers(count: number): Float32Array {
    half += count;
    return singlesOf(weights.rest.subarray(half - count, half));
  }

  const vector = (count: number): Address => kernels.allocateWith(numbers(count));

  function linear(inputs: number, outputs: number): Linear {
    const first = block;
    const placed = matrix(inputs, outputs, (stored, to) => run.unpackColumns(stored, bits, inputs, outputs, to));
    const panels = outputs / BLOCK;
    const scales = kernels.floats(placed.scales, inputs * panels);
    for (let row = 0, from = first; row < inputs; row++)
      for (let panel = 0; panel < panels; panel++) scales[panel * inputs + row] = SINGLES[weights.scales[from++]!]!;
    return { inputs, outputs, ...placed, bias: vector(outputs) };
  }

  const norm = (): Norm => ({ weight: vector(size), bias: vector(size) });
  const attention = (): Attention => ({
    key: linear(size, size),
    value: linear(size, size),
    query: linear(size, size),
    output: linear(size, size),
  });
  const feedForward = (inner: number): Pick<EncoderLayer, 'inner' | 'outer' | 'feedForwardNorm'> => ({
    inner: linear(size, inner),
    outer: linear(inner, size),
    feedForwardNorm: norm(),
  });

  const embedding = matrix(vocabularySize, size, (stored, to) => run.unpackRows(stored, bits, vocabularySize * size, to));
  kernels.floats(embedding.scales, block).set(singlesOf(weights.scales.subarray(0, block)));
  return {
    embedding: embedding.weights,
    embeddingScales: embedding.scales,
    encoderLayers: times(encoderLayers, () => ({
      attention: attention(),
      attentionNorm: norm(),
      ...feedForward(feedForwardSizes.encoder),
    })),
    encoderNorm: norm(),
    decoderLayers: times(decoderLayers, () => ({
      attention: attention(),
      attentionNorm: norm(),
      crossAttention: attention(),
      crossAttentionNorm: norm(),
      ...feedForward(feedForwardSizes.decoder),
    })),
    decoderNorm: norm(),
    positions: kernels.allocateWith(sum(numbers(length * size), numbers(length * size))),
    headWeights: numbers(2 * size * (classifiers.languages.length + classifiers.classes.length)),
    headBias: numbers(classifiers.languages.length + classifiers.classes.length),
  };
}

function times<Result>(count: number, make: () => Result): Result[] {
  return Array.from({ length: count }, make);
}

function singlesOf(halves: Uint16Array): Float32Array {
  const singles = new Float32Array(halves.length);
  for (let i = 0; i < halves.length; i++) singles[i] = SINGLES[halves[i]!]!;
  return singles;
}

function sum(high: Float32Array, low: Float32Array): Float32Array {
  return high.map((number, index) => number + low[index]!);
}
