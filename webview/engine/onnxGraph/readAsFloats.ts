/** Lets an input of a half-precision graph be given in fp32. */
import { FLOAT } from './elementType.ts';
import { GraphEditor } from './graphEditor.ts';
import type { GraphProto } from './onnx_pb.ts';

export function readAsFloats(graph: GraphProto, name: string): void {
  const input = graph.input.find((each) => each.name === name);
  if (input?.type?.value.case !== 'tensorType') return;
  const tensor = input.type.value.value;
  if (tensor.elemType === FLOAT) return;
  const editor = new GraphEditor(graph);
  editor.convert(name, tensor.elemType);
  tensor.elemType = FLOAT;
  editor.finish();
}
