/**
 * What goes into a node that is a whole attention by itself, as onnxruntime's optimizer makes them: `Attention` and `MultiHeadAttention`. Knows
 * what those of one text at a time have, not how their probabilities are computed.
 */
import { attribute, type GraphIndex } from './graphIndex.ts';
import type { NodeProto } from './onnx_pb.ts';

/** Queries, keys or values of all heads: a product with a slice of a matrix, or a value, and a slice of a bias. */
interface Projected {
  readonly value: string;
  readonly weight: string | undefined;
  readonly bias: string | undefined;
  /** Of the columns of weight and bias; undefined where there is neither. */
  readonly columns: readonly [number, number] | undefined;
}

export interface FusedAttention {
  readonly node: NodeProto;
  readonly heads: number;
  readonly query: Projected;
  readonly key: Projected;
  readonly value: Projected;
  /** `[texts, keys]`, whole numbers: 1 is there. */
  readonly keyMask: string | undefined;
  /** What the mask adds to the scores of keys that are not there. */
  readonly masked: number;
  /** Added to the scores. */
  readonly bias: string | undefined;
  readonly isCausal: boolean;
  /** What scores are multiplied with; undefined for one by the root of the heads' size. */
  readonly scale: number | undefined;
}

/** Undefined for other nodes, and for those whose probabilities cannot be told: with cached keys, packed or quantised. */
export function fusedAttention(index: GraphIndex, node: NodeProto): FusedAttention | undefined {
  if (node.domain !== 'com.microsoft') return undefined;
  const projected = PROJECTIONS[node.opType]?.(index, node);
  if (!projected) return undefined;
  const { keyMask, ...parts } = projected;
  if (keyMask !== undefined && rankOf(index, keyMask) !== 2) return undefined;
  const scale = attribute(node, 'scale')?.f ?? 0;
  return {
    node,
    ...parts,
    keyMask,
    heads: Number(attribute(node, 'num_heads')?.i ?? 0n),
    masked: attribute(node, 'mask_filter_value')?.f ?? -10_000,
    bias: inputOf(node, 5),
    isCausal: attribute(node, 'unidirectional')?.i === 1n,
    scale: scale === 0 ? undefined : scale,
  };
}

type Parts = Pick<FusedAttention, 'query' | 'key' | 'value' | 'keyMask'>;

const PROJECTIONS: Readonly<Record<string, ((index: GraphIndex, node: NodeProto) => Parts | undefined) | undefined>> = {
  Attention(index, node) {
    const [states, weight, bias] = [0, 1, 2].map((place) => inputOf(node, place));
    const size = thirdOf(index, weight, 1);
    const isPlain = inputOf(node, 4) === undefined && attribute(node, 'qkv_hidden_sizes') === undefined && !attribute(node, 'do_rotary')?.i;
    if (states === undefined || size === undefined || !isPlain) return undefined;
    const part = (place: number): Projected => ({ value: states, weight, bias, columns: [place * size, (place + 1) * size] });
    return { query: part(0), key: part(1), value: part(2), keyMask: inputOf(node, 3) };
  },
  MultiHeadAttention(index, node) {
    const values = [0, 1, 2].map((place) => inputOf(node, place));
    const bias = inputOf(node, 3);
    const size = thirdOf(index, bias, 0);
    const hasCache = inputOf(node, 6) !== undefined || inputOf(node, 7) !== undefined;
    if (
      !values.every((value) => value !== undefined && isByPosition(index, value)) ||
      hasCache ||
      (bias !== undefined && size === undefined)
    )
      return undefined;
    const part = (place: number): Projected => ({
      value: values[place]!,
      weight: undefined,
      bias,
      columns: size === undefined ? undefined : [place * size, (place + 1) * size],
    });
    return { query: part(0), key: part(1), value: part(2), keyMask: inputOf(node, 4) };
  },
};

function inputOf({ input }: NodeProto, place: number): string | undefined {
  return input[place] === '' ? undefined : input[place];
}

/** Queries, keys and values share this axis of a tensor that the file has. */
function thirdOf({ graph }: GraphIndex, name: string | undefined, axis: number): number | undefined {
  const size = graph.initializer.find((each) => each.name === name)?.dims[axis];
  return size === undefined || size % 3n !== 0n ? undefined : Number(size / 3n);
}

/** Whether it is `[texts, positions, size]`: what a projection gives. What has been split into heads was transposed, or was given so. */
function isByPosition(index: GraphIndex, value: string): boolean {
  return ['MatMul', 'Gemm', 'Add', 'FusedMatMul', 'MatMulNBits', 'Mul'].includes(index.producer(value)?.opType ?? '');
}

/** Of an input of the graph that reaches this value unchanged but for its type. */
function rankOf(index: GraphIndex, value: string): number | undefined {
  for (let node = index.producer(value); node; node = index.producer(value)) {
    if (node.opType !== 'Cast' && node.opType !== 'Identity') return undefined;
    value = node.input[0]!;
  }
  const type = index.graph.input.find(({ name }) => name === value)?.type?.value;
  return type?.case === 'tensorType' ? type.value.shape?.dim.length : undefined;
}
