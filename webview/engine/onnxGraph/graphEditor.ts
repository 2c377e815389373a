/** Puts nodes, inputs and outputs into a graph. Knows what ONNX asks of them, and no model. */
import { create } from '@bufbuild/protobuf';
import {
  AttributeProto_AttributeType as AttributeType,
  AttributeProtoSchema,
  NodeProtoSchema,
  TensorProto_DataType as DataType,
  TensorProtoSchema,
  ValueInfoProtoSchema,
  type AttributeProto,
  type GraphProto,
  type NodeProto,
  type ValueInfoProto,
} from './onnx_pb.ts';

/** In front of the name of every value that is put in; a graph that has such names already was not exported by anybody. */
const OWN = 'saccade/';

export class GraphEditor {
  private count = 0;
  private readonly after = new Map<NodeProto, NodeProto[]>();
  private readonly first: NodeProto[] = [];
  private readonly last: NodeProto[] = [];

  private readonly prefix: string;

  constructor(private readonly graph: GraphProto) {
    // Each editor leaves the graph longer than it was.
    this.prefix = `${OWN}${graph.node.length}/`;
  }

  /** A node and the one value that it makes; where it stands is said by `place`. */
  op(
    place: NodeProto[],
    opType: string,
    input: readonly string[],
    attributes: Readonly<Record<string, number | readonly number[]>> = {},
  ): string {
    const output = this.name(opType);
    place.push(node(opType, input, output, attributes));
    return output;
  }

  /** Lets everybody in the graph who reads `value` read `other` instead; nodes that are put in read what they say. */
  replace(value: string, other: string): void {
    for (const each of this.graph.node) each.input = each.input.map((input) => (input === value ? other : input));
  }

  /** `value` as another type, read by everybody who read `value`. */
  convert(value: string, elementType: number): void {
    this.replace(value, this.op(this.first, 'Cast', [value], { to: elementType }));
  }

  /** Nodes that stand right behind `anchor`. */
  behind(anchor: NodeProto): NodeProto[] {
    const nodes = this.after.get(anchor) ?? [];
    this.after.set(anchor, nodes);
    return nodes;
  }

  get atEnd(): NodeProto[] {
    return this.last;
  }

  integers(values: readonly number[]): string {
    const name = this.name('integers');
    const int64Data = values.map(BigInt);
    this.graph.initializer.push(create(TensorProtoSchema, { name, dataType: DataType.INT64, dims: [BigInt(values.length)], int64Data }));
    return name;
  }

  /** fp32 */
  floats(values: readonly number[]): string {
    const name = this.name('floats');
    const floatData = [...values];
    this.graph.initializer.push(create(TensorProtoSchema, { name, dataType: DataType.FLOAT, dims: [BigInt(values.length)], floatData }));
    return name;
  }

  input(name: string, dims: readonly string[]): string {
    this.graph.input.push(floats(name, dims));
    return name;
  }

  /** Gives `value` as fp32 under a name of its own. */
  output(name: string, value: string, dims: readonly string[]): string {
    this.last.push(node('Cast', [value], name, { to: DataType.FLOAT }));
    this.graph.output.push(floats(name, dims));
    return name;
  }

  private name(what: string): string {
    return `${this.prefix}${what}.${this.count++}`;
  }

  finish(): void {
    this.graph.node = [...this.first, ...this.graph.node.flatMap((each) => [each, ...(this.after.get(each) ?? [])]), ...this.last];
  }
}

function node(
  opType: string,
  input: readonly string[],
  output: string,
  attributes: Readonly<Record<string, number | readonly number[]>>,
): NodeProto {
  const attribute = Object.entries(attributes).map(([name, value]): AttributeProto => {
    return typeof value === 'number'
      ? create(AttributeProtoSchema, { name, type: AttributeType.INT, i: BigInt(value) })
      : create(AttributeProtoSchema, { name, type: AttributeType.INTS, ints: value.map(BigInt) });
  });
  return create(NodeProtoSchema, { opType, input: [...input], output: [output], attribute });
}

function floats(name: string, dims: readonly string[]): ValueInfoProto {
  const dim = dims.map((dimParam) => ({ value: { case: 'dimParam' as const, value: dimParam } }));
  return create(ValueInfoProtoSchema, {
    name,
    type: { value: { case: 'tensorType', value: { elemType: DataType.FLOAT, shape: { dim } } } },
  });
}
