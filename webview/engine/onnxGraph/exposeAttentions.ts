/**
 * Makes a graph tell its attention: probabilities, norms of values and what goes into each layer become outputs, and a mask of heads an input.
 * What it computed before stays the same, bit for bit, while no head is masked.
 */
import { elementType, FLOAT } from './elementType.ts';
import { findAttentions, type Attention } from './findAttentions.ts';
import { GraphEditor } from './graphEditor.ts';
import { GraphIndex } from './graphIndex.ts';
import { layerInput } from './layerInput.ts';
import type { GraphProto, NodeProto } from './onnx_pb.ts';
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
      exposed[kind].push({
        valueProducts: exposeValueProducts(editor, index, attention, `${name}.valueProducts`),
        layerInput: before === undefined ? undefined : editor.output(`${name}.input`, before, ['batch', 'positions', 'size']),
        probabilities: exposeProbabilities(editor, index, attention.softmax, HEAD_MASKS[kind], layer, `${name}.probabilities`),
      });
    }
  }
  editor.finish();
  return exposed;
}

/** The map is what the head would attend to; what goes on from there is masked. */
function exposeProbabilities(
  editor: GraphEditor,
  index: GraphIndex,
  softmax: NodeProto,
  headMask: string,
  layer: number,
  output: string,
): string {
  const probabilities = softmax.output[0]!;
  const place = editor.behind(softmax);
  const mask = editor.op(place, 'Reshape', [
    editor.op(place, 'Gather', [headMask, editor.integers([layer])], { axis: 0 }),
    editor.integers([-1, 1, 1]),
  ]);
  const type = elementType(index, probabilities);
  const typed = type === FLOAT ? mask : editor.op(place, 'Cast', [mask], { to: type });
  editor.multiply(place, probabilities, typed);
  return editor.output(output, probabilities, ['batch_or_heads', 'heads_or_queries', 'queries_or_keys', 'keys']);
}

/** Of each key position the products f_h · f_g of the heads' values behind the output projection (Kobayashi et al. 2020). */
function exposeValueProducts(editor: GraphEditor, index: GraphIndex, { product }: Attention, output: string): string | undefined {
  const projection = outputProjection(index, product);
  const values = product.input[1]!;
  const quantizer = index.producer(values);
  const source = quantizer?.opType === 'DynamicQuantizeLinear' ? quantizer.input[0]! : values;
  if (!projection || (product.opType === 'FusedMatMul' && product.attribute.some(({ name }) => name.startsWith('trans')))) return undefined;
  const place = editor.atEnd;
  const float = (value: string): string => editor.op(place, 'Cast', [value], { to: FLOAT });
  const { weight, quantized, isTransposed } = projection;
  const plain = float(quantized ? editor.op(place, 'DequantizeLinear', [weight, quantized.scale, quantized.zeroPoint]) : weight);
  const matrix = isTransposed ? editor.op(place, 'Transpose', [plain], { perm: [1, 0] }) : plain;
  const part = (shape: string, start: number, end: number): string =>
    editor.op(place, 'Slice', [shape, editor.integers([start]), editor.integers([end])]);
  const shapeOf = (value: string): string => editor.op(place, 'Shape', [value]);
  const rest = editor.integers([-1]);
  const valueShape = editor.op(place, 'Concat', [rest, part(shapeOf(source), -2, 2 ** 31 - 1)], { axis: 0 });
  const byHead = editor.op(place, 'Reshape', [float(source), valueShape]);
  const weightShape = editor.op(place, 'Concat', [part(shapeOf(byHead), 0, 1), rest, part(shapeOf(matrix), 1, 2)], { axis: 0 });
  const transformed = editor.op(place, 'MatMul', [byHead, editor.op(place, 'Reshape', [matrix, weightShape])]);
  const ofKey = editor.op(place, 'Transpose', [transformed], { perm: [1, 0, 2] });
  const products = editor.op(place, 'MatMul', [ofKey, editor.op(place, 'Transpose', [transformed], { perm: [1, 2, 0] })]);
  return editor.output(output, products, ['keys', 'heads', 'other_heads']);
}
