/** Who makes and who reads each value of a graph, and which values are the same in every run. Knows no model. */
import type { AttributeProto, GraphProto, NodeProto } from './onnx_pb.ts';

export class GraphIndex {
  private readonly producers = new Map<string, NodeProto>();
  private readonly readers = new Map<string, NodeProto[]>();
  private readonly constants: Set<string>;
  private readonly positions = new Map<NodeProto, number>();

  constructor(readonly graph: GraphProto) {
    this.constants = new Set(graph.initializer.map(({ name }) => name));
    for (const [position, node] of graph.node.entries()) {
      this.positions.set(node, position);
      for (const value of node.output) this.producers.set(value, node);
      for (const value of node.input) this.readers.set(value, [...(this.readers.get(value) ?? []), node]);
      const inputs = node.input.filter((value) => value !== '');
      if (node.opType === 'Constant' || (inputs.length > 0 && inputs.every((value) => this.constants.has(value))))
        for (const value of node.output) this.constants.add(value);
    }
  }

  producer(value: string): NodeProto | undefined {
    return this.producers.get(value);
  }

  readersOf(value: string): readonly NodeProto[] {
    return this.readers.get(value) ?? [];
  }

  isConstant(value: string): boolean {
    return this.constants.has(value);
  }

  /** Where the node stands in the order of the work. */
  positionOf(node: NodeProto): number {
    return this.positions.get(node) ?? -1;
  }

  /** The inputs that are not the same in every run. */
  variable(node: NodeProto): string[] {
    return node.input.filter((value) => value !== '' && !this.isConstant(value));
  }
}

export function attribute(node: NodeProto, name: string): AttributeProto | undefined {
  return node.attribute.find((each) => each.name === name);
}
