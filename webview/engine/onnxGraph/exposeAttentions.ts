/**
 * Makes a graph tell its attention: probabilities, norms of values and what goes into each layer become outputs, and a mask of heads an input.
 * What it computed before stays the same, bit for bit, while no head is masked.
 */
import { computeProbabilities } from './computeProbabilities.ts';
import { elementType, FLOAT } from './elementType.ts';
import { findAttentions, type Attention } from './findAttentions.ts';
import { GraphEditor } from './graphEditor.ts';
import { GraphIndex } from './graphIndex.ts';
import { layerInput } from './layerInput.ts';
import type { GraphProto } from './onnx_pb.ts';
import { outputProjection } from './outputProjection.ts';

export interface ExposedAttention {
  /** Output: `[1, heads, queries, keys]`, or without the 1. */
  readonly probabilities: string;
  /** Output: `[keys, heads, heads]`; undefined where the graph hides them. */
  readonly valueProducts: string | undefined;
  /** Output: `[1, positions, hiddenSize]`; undefined for cross-attention, and where the graph hides it. */
  readonly layerInput: string | undefined;
}

export interface ExposedGraph {
  /** By layer. */
  readonly self: readonly ExposedAttention[];
  readonly cross: readonly ExposedAttention[];
}

/** Inputs that are added where there is such attention: `[layers, heads]`, 1 for a head that works. */
export const HEAD_MASKS = { self: 'saccade/self_head_mask', cross: 'saccade/cross_head_mask' } as const;

/** For text after text alone: a batch of one. */
export function exposeAttentions(graph: GraphProto): ExposedGraph {
  const index = new GraphIndex(graph);
  const editor = new GraphEditor(graph);
  const found = findAttentions(index);
  const exposed = { self: [] as ExposedAttention[], cross: [] as ExposedAttention[] };
  for (const kind of ['self', 'cross'] as const) {
    const ofKind = found.filter((attention) => attention.kind === kind);
    if (ofKind.length > 0) editor.input(HEAD_MASKS[kind], ['layers', 'heads']);
    for (const [layer, attention] of ofKind.entries()) {
      const name = `saccade/${kind}.${layer}`;
      const before = kind === 'self' ? layerInput(index, attention.keysFrom) : undefined;
      const { probabilities, values, gathered } = opened(editor, index, attention);
      exposed[kind].push({
        valueProducts: values === undefined ? undefined : exposeValueProducts(editor, index, { values, gathered }, `${name}.valueProducts`),
        layerInput: before === undefined ? undefined : editor.output(`${name}.input`, before, ['batch', 'positions', 'size']),
        probabilities: editor.output(`${name}.probabilities`, probabilities, MAP_DIMS),
      });
      maskHeads(editor, index, attention, HEAD_MASKS[kind], layer);
    }
  }
  editor.finish();
  return exposed;
}

const MAP_DIMS = ['batch_or_heads', 'heads_or_queries', 'queries_or_keys', 'keys'];

/** Values by head, and what the heads have gathered of them. */
interface Gathering {
  readonly values: string;
  readonly gathered: string;
}

/** Probabilities are what the heads would attend to, whether or not they are masked. */
function opened(
  editor: GraphEditor,
  index: GraphIndex,
  attention: Attention,
): { readonly probabilities: string; readonly values: string | undefined; readonly gathered: string } {
  if ('fused' in attention) return { ...computeProbabilities(editor, attention.fused), gathered: attention.fused.node.output[0]! };
  const { softmax, product } = attention;
  const isTransposed = product.opType === 'FusedMatMul' && product.attribute.some(({ name }) => name.startsWith('trans'));
  const quantizer = index.producer(product.input[1]!);
  const values = quantizer?.opType === 'DynamicQuantizeLinear' ? quantizer.input[0]! : product.input[1]!;
  return { probabilities: softmax.output[0]!, values: isTransposed ? undefined : values, gathered: product.output[0]! };
}

/** What goes on from the probabilities, or from a whole node, is masked: a head without probabilities gathers nothing. */
function maskHeads(editor: GraphEditor, index: GraphIndex, attention: Attention, headMask: string, layer: number): void {
  const isFused = 'fused' in attention;
  const maker = isFused ? attention.fused.node : attention.softmax;
  const made = maker.output[0]!;
  const op = editor.op.bind(editor, editor.behind(maker));
  const row = op('Gather', [headMask, editor.integers([layer])], { axis: 0 });
  const mask = op('Reshape', [row, editor.integers(isFused ? [1, 1, -1, 1] : [-1, 1, 1])]);
  const type = elementType(index, made);
  const typed = type === FLOAT ? mask : op('Cast', [mask], { to: type });
  if (!isFused) editor.replace(made, op('Mul', [made, typed]));
  else {
    const byHead = op('Reshape', [made, editor.integers([0, 0, attention.fused.heads, -1])]);
    editor.replace(made, op('Reshape', [op('Mul', [byHead, typed]), editor.integers([0, 0, -1])]));
  }
}

/** Of each key position the products f_h · f_g of the heads' values behind the output projection (Kobayashi et al. 2020). */
function exposeValueProducts(editor: GraphEditor, index: GraphIndex, { values, gathered }: Gathering, output: string): string | undefined {
  const projection = outputProjection(index, gathered);
  if (!projection) return undefined;
  const place = editor.atEnd;
  const float = (value: string): string => editor.op(place, 'Cast', [value], { to: FLOAT });
  const { weight, quantized, isTransposed } = projection;
  const plain = float(quantized ? editor.op(place, 'DequantizeLinear', [weight, quantized.scale, quantized.zeroPoint]) : weight);
  const matrix = isTransposed ? editor.op(place, 'Transpose', [plain], { perm: [1, 0] }) : plain;
  const part = (shape: string, start: number, end: number): string =>
    editor.op(place, 'Slice', [shape, editor.integers([start]), editor.integers([end])]);
  const shapeOf = (value: string): string => editor.op(place, 'Shape', [value]);
  const rest = editor.integers([-1]);
  const valueShape = editor.op(place, 'Concat', [rest, part(shapeOf(values), -2, 2 ** 31 - 1)], { axis: 0 });
  const byHead = editor.op(place, 'Reshape', [float(values), valueShape]);
  const weightShape = editor.op(place, 'Concat', [part(shapeOf(byHead), 0, 1), rest, part(shapeOf(matrix), 1, 2)], { axis: 0 });
  const transformed = editor.op(place, 'MatMul', [byHead, editor.op(place, 'Reshape', [matrix, weightShape])]);
  const ofKey = editor.op(place, 'Transpose', [transformed], { perm: [1, 0, 2] });
  const products = editor.op(place, 'MatMul', [ofKey, editor.op(place, 'Transpose', [transformed], { perm: [1, 2, 0] })]);
  return editor.output(output, products, ['keys', 'heads', 'other_heads']);
}
