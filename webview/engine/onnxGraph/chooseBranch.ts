/** A merged decoder with one of its branches in place of the If: the same graph as if it had been exported alone. Knows no attention. */
import { create } from '@bufbuild/protobuf';
import { NodeProtoSchema, type GraphProto, type NodeProto } from './onnx_pb.ts';

/** @param condition the input that decides between the branches */
export function chooseBranch(graph: GraphProto, condition: string, value: boolean): void {
  graph.node = graph.node.flatMap((node): NodeProto[] => {
    if (node.opType !== 'If' || node.input[0] !== condition) return [node];
    const branch = node.attribute.find(({ name }) => name === (value ? 'then_branch' : 'else_branch'))?.g;
    if (!branch) return [node];
    graph.initializer.push(...branch.initializer);
    graph.valueInfo.push(...branch.valueInfo);
    // What the If gives may have names of its own.
    const given = node.output.flatMap((name, position) => {
      const inner = branch.output[position]?.name;
      return name === '' || inner === undefined || inner === name
        ? []
        : create(NodeProtoSchema, { opType: 'Identity', input: [inner], output: [name] });
    });
    return [...branch.node, ...given];
  });
  graph.input = graph.input.filter(({ name }) => name !== condition);
}
