/** What goes into a layer: the stream that its attention's result is added to. Knows models that norm before and after. */
import type { GraphIndex } from './graphIndex.ts';

const NORMS = new Set([
  ...['LayerNormalization', 'SimplifiedLayerNormalization', 'RMSNormalization', 'Cast', 'Identity'],
  ...['Mul', 'Div', 'Sub', 'Add', 'Sqrt', 'Pow', 'ReduceMean', 'Reciprocal'],
]);
const DEEPEST_WALK = 12;

/** @param keysFrom what the layer's keys are projected from */
export function layerInput(index: GraphIndex, keysFrom: string): string | undefined {
  let values = [keysFrom];
  for (let depth = 0; depth < DEEPEST_WALK; depth++) {
    const found = values.find((value) => isAddedTo(index, value));
    if (found !== undefined) return found;
    // Where an addition and the norm behind it have become one node, the sum is its fourth output.
    const sum = values.map((value) => index.producer(value)).find((node) => node?.opType.startsWith('Skip'))?.output[3];
    if (sum) return sum;
    const makers = values.map((value) => index.producer(value)).filter((node) => node && NORMS.has(node.opType));
    values = [...new Set(makers.flatMap((node) => index.variable(node!)))];
  }
  return undefined;
}

/** Whether something that the graph has computed is added to it. */
function isAddedTo(index: GraphIndex, value: string): boolean {
  return index
    .readersOf(value)
    .some((node) => (node.opType === 'Add' && index.variable(node).length === 2) || node.opType.startsWith('Skip'));
}
