/** Computes beside a fused attention, from what goes into it, the probabilities that it keeps to itself. Knows no model. */
import { FLOAT } from './elementType.ts';
import type { FusedAttention } from './fusedAttention.ts';
import type { GraphEditor } from './graphEditor.ts';

const LOWEST = -3.402_823_466e38;

export interface FusedParts {
  /** `[texts, heads, queries, keys]`, fp32 */
  readonly probabilities: string;
  /** `[texts, heads, keys, headSize]`, fp32 */
  readonly values: string;
}

export function computeProbabilities(editor: GraphEditor, attention: FusedAttention): FusedParts {
  const { node, heads, keyMask, masked, bias, isCausal, scale } = attention;
  const place = editor.behind(node);
  const op = editor.op.bind(editor, place);
  const float = (value: string): string => op('Cast', [value], { to: FLOAT });
  const byHead = ({ value, weight, bias: added, columns }: FusedAttention['query']): string => {
    const slice = (tensor: string, axis: number): string =>
      columns ? op('Slice', [float(tensor), ...[columns[0], columns[1], axis].map((each) => editor.integers([each]))]) : float(tensor);
    const product = weight === undefined ? float(value) : op('MatMul', [float(value), slice(weight, 1)]);
    const whole = added === undefined ? product : op('Add', [product, slice(added, 0)]);
    return op('Transpose', [op('Reshape', [whole, editor.integers([0, 0, heads, -1])])], { perm: [0, 2, 1, 3] });
  };
  const query = byHead(attention.query);
  const products = op('MatMul', [query, op('Transpose', [byHead(attention.key)], { perm: [0, 1, 3, 2] })]);
  const sizeOf = (value: string, axis: number): string => op('Gather', [op('Shape', [value]), editor.integers([axis])]);
  let scores =
    scale === undefined ? op('Div', [products, op('Sqrt', [float(sizeOf(query, 3))])]) : op('Mul', [products, editor.floats([scale])]);
  if (bias !== undefined) scores = op('Add', [scores, float(bias)]);
  if (keyMask !== undefined) {
    const absent = op('Sub', [editor.floats([1]), float(keyMask)]);
    const penalty = op('Mul', [absent, editor.floats([masked])]);
    scores = op('Add', [scores, op('Unsqueeze', [penalty, editor.integers([1, 2])])]);
  }
  if (isCausal) {
    const scalar = (value: string): string => op('Squeeze', [value]);
    const upTo = (axis: number): string => op('Range', [editor.integers([0]), sizeOf(products, axis), editor.integers([1])].map(scalar));
    const isLater = op('Greater', [upTo(3), op('Unsqueeze', [upTo(2), editor.integers([1])])]);
    scores = op('Where', [isLater, editor.floats([LOWEST]), scores]);
  }
  return { probabilities: op('Softmax', [scores], { axis: -1 }), values: byHead(attention.value) };
}
