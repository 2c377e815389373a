/**
 * Finds the attention of a graph by its structure: a softmax over a product of two computed matrices, which weights a third, or a node that is
 * all of that. Names of nodes mean nothing here. Knows what self- and cross-attention are, not whose model it is.
 */
import { fusedAttention, type FusedAttention } from './fusedAttention.ts';
import { attribute, GraphIndex } from './graphIndex.ts';
import type { NodeProto } from './onnx_pb.ts';

export type Attention = {
  /** Keys of cross-attention come from what the graph is given, those of self-attention from what it computes. */
  readonly kind: 'self' | 'cross';
  /** What the keys are made of: what went into the layer, normed where the model norms it first. */
  readonly keysFrom: string;
} & (OpenAttention | { readonly fused: FusedAttention });

export interface OpenAttention {
  /** Makes the probabilities. */
  readonly softmax: NodeProto;
  /** Makes the sum of the values that they weight. */
  readonly product: NodeProto;
}

const SOFTMAXES = new Set(['Softmax', 'BiasSoftmax']);
const PRODUCTS = new Set(['MatMul', 'FusedMatMul', 'MatMulInteger', 'MatMulIntegerToFloat']);
/** What may stand between the probabilities and the values. */
const AFTER_SOFTMAX = new Set([
  'Cast',
  'Dropout',
  'Identity',
  'Where',
  'Reshape',
  'DynamicQuantizeLinear',
  'QuantizeLinear',
  'DequantizeLinear',
]);
/** What may stand between the scores and the softmax: scale, mask and bias. */
const BEFORE_SOFTMAX = new Set([
  ...[
    'Add',
    'Sub',
    'Mul',
    'Div',
    'Where',
    'Cast',
    'Max',
    'Clip',
    'Identity',
    'Reshape',
    'Expand',
    'Squeeze',
    'Unsqueeze',
    'DequantizeLinear',
  ],
]);
/** What a projection and the split into heads are made of; only their first input matters. */
const PROJECTION = new Set([
  ...['Transpose', 'Reshape', 'Cast', 'Identity', 'Squeeze', 'Unsqueeze', 'Expand', 'Slice', 'Split', 'Add', 'Mul', 'Div'],
  ...['MatMul', 'Gemm', 'FusedMatMul', 'MatMulInteger', 'MatMulIntegerToFloat', 'DynamicQuantizeMatMul', 'MatMulNBits', 'FusedGemm'],
  ...['DynamicQuantizeLinear', 'QuantizeLinear', 'DequantizeLinear'],
]);
const DEEPEST_WALK = 24;

/** In the order of the layers, which is that of the work. */
export function findAttentions(index: GraphIndex): Attention[] {
  return index.graph.node.flatMap((node): Attention[] => {
    const fused = fusedAttention(index, node);
    if (fused) {
      // Where the node projects the keys itself, it reads the layer's input.
      const keysFrom = fused.key.weight === undefined ? madeOf(index, fused.key.value) : fused.key.value;
      return [{ kind: fused.key.weight !== undefined || index.producer(keysFrom) ? 'self' : 'cross', keysFrom, fused }];
    }
    if (!SOFTMAXES.has(node.opType) || !isOverLastAxis(node)) return [];
    const product = weighted(index, node.output[0]!);
    const scores = product && scoresOf(index, node.input[0]!);
    if (!scores) return [];
    const keysFrom = madeOf(index, scores.input[1]!);
    return [{ kind: index.producer(keysFrom) ? 'self' : 'cross', softmax: node, product, keysFrom }];
  });
}

function isOverLastAxis(node: NodeProto): boolean {
  const axis = Number(attribute(node, 'axis')?.i ?? -1n);
  return axis === -1 || axis >= 2;
}

/** The product whose left side the probabilities are. */
function weighted(index: GraphIndex, probabilities: string, depth = 0): NodeProto | undefined {
  if (depth > DEEPEST_WALK) return undefined;
  for (const reader of index.readersOf(probabilities)) {
    if (PRODUCTS.has(reader.opType) && reader.input[0] === probabilities && !index.isConstant(reader.input[1]!)) return reader;
    if (!AFTER_SOFTMAX.has(reader.opType)) continue;
    const found = weighted(index, reader.output[0]!, depth + 1);
    if (found) return found;
  }
  return undefined;
}

/** The product of queries and keys that scores are made of. */
function scoresOf(index: GraphIndex, value: string, depth = 0): NodeProto | undefined {
  const node = index.producer(value);
  if (!node || depth > DEEPEST_WALK) return undefined;
  if (PRODUCTS.has(node.opType)) return index.variable(node).length >= 2 ? node : undefined;
  if (!BEFORE_SOFTMAX.has(node.opType)) return undefined;
  for (const input of index.variable(node)) {
    const found = scoresOf(index, input, depth + 1);
    if (found) return found;
  }
  return undefined;
}

/** What keys or values are projected from: an input of the graph, or what some other node has computed. */
function madeOf(index: GraphIndex, value: string): string {
  for (let depth = 0; depth < DEEPEST_WALK; depth++) {
    const node = index.producer(value);
    if (!node || !PROJECTION.has(node.opType)) return value;
    const variable = index.variable(node).filter((input) => !isQuantizationScale(index, input) && !isShape(node, input));
    if (variable.length !== 1) return value;
    value = variable[0]!;
  }
  return value;
}

/** Whether it is the scale that a quantised product is multiplied with, or the zero point that it is given. */
function isQuantizationScale(index: GraphIndex, value: string): boolean {
  const node = index.producer(value);
  if (node?.opType === 'DynamicQuantizeLinear') return value !== node.output[0];
  if (node?.opType !== 'Mul') return false;
  const variable = index.variable(node);
  return variable.length === 1 && isQuantizationScale(index, variable[0]!);
}

function isShape({ opType, input }: NodeProto, value: string): boolean {
  return ['Reshape', 'Expand', 'Slice', 'Split', 'Squeeze', 'Unsqueeze'].includes(opType) && value !== input[0];
}
