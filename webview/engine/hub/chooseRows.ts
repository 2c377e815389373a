/** Rows of tensors, in another order or several times. Knows no model. */
import { create, toBinary } from '@bufbuild/protobuf';
import type { Device } from '../../../src/shared/engineStatus.ts';
import {
  AttributeProto_AttributeType as AttributeType,
  AttributeProtoSchema,
  GraphProtoSchema,
  ModelProtoSchema,
  NodeProtoSchema,
  OperatorSetIdProtoSchema,
  TensorProto_DataType as DataType,
  ValueInfoProtoSchema,
  type ValueInfoProto,
} from '../onnxGraph/onnx_pb.ts';
import { int64Tensor, loadGraph, type Graph, type Tensor, type Tensors } from '../onnxRuntime.ts';

export class RowChooser {
  /** One for each type of numbers, made when it is first needed. */
  private readonly graphs = new Map<string, Promise<Graph>>();

  constructor(private readonly device: Device) {}

  async choose(tensors: Tensors, rows: readonly number[]): Promise<Record<string, Tensor>> {
    const wanted = int64Tensor(rows, [rows.length]);
    const chosen: Record<string, Tensor> = {};
    for (const [name, all] of Object.entries(tensors)) {
      const graph = await this.graphFor(all);
      chosen[name] = (await graph.run({ all, rows: wanted }, ['chosen']))['chosen']!;
    }
    return chosen;
  }

  async release(): Promise<void> {
    await Promise.all([...this.graphs.values()].map(async (graph) => (await graph).release()));
  }

  private graphFor({ type, dims }: Tensor): Promise<Graph> {
    const key = `${type} ${dims.length}`;
    const graph =
      this.graphs.get(key) ??
      loadGraph('rows', gatherModel(TYPES[type] ?? DataType.FLOAT, dims.length), { device: this.device, weights: new Uint8Array() });
    this.graphs.set(key, graph);
    return graph;
  }
}

/** The smallest graph there is: with it the device is there before the model is. */
export function loadStarter(device: Device): Promise<Graph> {
  return loadGraph('rows', gatherModel(DataType.FLOAT, 1), { device, weights: new Uint8Array() });
}

const TYPES: Readonly<Partial<Record<Tensor['type'], number>>> = {
  float32: DataType.FLOAT,
  float16: DataType.FLOAT16,
  int64: DataType.INT64,
};

/** A graph of one node. */
function gatherModel(elementType: number, rank: number): Uint8Array {
  const value = (name: string, elemType: number, ofRank: number): ValueInfoProto => {
    const dim = Array.from({ length: ofRank }, (_, axis) => ({ value: { case: 'dimParam' as const, value: `${name}.${axis}` } }));
    return create(ValueInfoProtoSchema, { name, type: { value: { case: 'tensorType', value: { elemType, shape: { dim } } } } });
  };
  const axis = create(AttributeProtoSchema, { name: 'axis', type: AttributeType.INT, i: 0n });
  const graph = create(GraphProtoSchema, {
    name: 'rows',
    node: [create(NodeProtoSchema, { opType: 'Gather', input: ['all', 'rows'], output: ['chosen'], attribute: [axis] })],
    input: [value('all', elementType, rank), value('rows', DataType.INT64, 1)],
    output: [value('chosen', elementType, rank)],
  });
  const opsetImport = [create(OperatorSetIdProtoSchema, { version: 17n })];
  return toBinary(ModelProtoSchema, create(ModelProtoSchema, { irVersion: 8n, opsetImport, graph }));
}
