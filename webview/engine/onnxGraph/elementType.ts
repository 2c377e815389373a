/** Of what type a value's numbers are, as far as the nodes that make it tell. */
import { attribute, type GraphIndex } from './graphIndex.ts';
import { TensorProto_DataType as DataType } from './onnx_pb.ts';

/** As numbers, which is what files have. */
export const FLOAT: number = DataType.FLOAT;
export const FLOAT16: number = DataType.FLOAT16;

const LONGEST_WALK = 10_000;

export function elementType(index: GraphIndex, value: string): number {
  const { graph } = index;
  const initializers = new Map(graph.initializer.map(({ name, dataType }) => [name, dataType]));
  for (let step = 0; step < LONGEST_WALK; step++) {
    const node = index.producer(value);
    if (!node) {
      const input = graph.input.find(({ name }) => name === value)?.type?.value;
      return initializers.get(value) ?? (input?.case === 'tensorType' ? input.value.elemType : FLOAT);
    }
    if (node.opType === 'Cast') return Number(attribute(node, 'to')?.i ?? FLOAT);
    if (node.opType === 'Constant') return attribute(node, 'value')?.t?.dataType ?? FLOAT;
    // Its first input is a condition, or quantised.
    const first = ['Where', 'DequantizeLinear'].includes(node.opType) ? 1 : 0;
    const next = node.input[first];
    if (next === undefined || next === '') return FLOAT;
    value = next;
  }
  return FLOAT;
}
