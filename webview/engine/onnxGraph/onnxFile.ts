/** ONNX files <-> messages. The file is untrusted: what is damaged, or asks for a file that is not the model's, is refused. Knows no runtime. */
import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { SaccadeError } from '../../../src/shared/failure.ts';
import { t } from '../../../src/shared/words.ts';
import { unusableFile } from '../fileFailure.ts';
import {
  ModelProtoSchema,
  StringStringEntryProtoSchema,
  TensorProto_DataLocation,
  TensorProtoSchema,
  type GraphProto,
  type ModelProto,
  type TensorProto,
} from './onnx_pb.ts';
import { checkGraph } from './checkGraph.ts';

export interface OnnxFile {
  /** For errors. */
  readonly name: string;
  readonly model: ModelProto;
  readonly graph: GraphProto;
  /** Tensors of `graph` are views on it. */
  readonly bytes: Uint8Array;
}

/** Tensors from this size on stay in the file that they came in; the runtime wants to see the small ones, which are shapes. */
const EXTERNAL_BYTES = 1024;

/** @throws SaccadeError of kind "badModel" */
export function readOnnx(name: string, bytes: Uint8Array): OnnxFile {
  let model: ModelProto;
  try {
    model = fromBinary(ModelProtoSchema, bytes);
  } catch {
    // Whatever it was: a length that lies, a text that is none, messages in messages until the stack is full.
    throw new SaccadeError('badModel', t('{0} is no ONNX file, or it is damaged. Download the model again.', name));
  }
  const { graph } = model;
  if (!graph || graph.node.length === 0) throw unusableFile(name, 'has no graph');
  checkGraph(name, graph);
  return { name, model, graph, bytes };
}

/** Files beside it that its tensors lie in. */
export function externalFiles({ graph }: OnnxFile): string[] {
  return [...new Set(graph.initializer.flatMap((tensor) => externalEntry(tensor, 'location') ?? []))];
}

export function externalEntry({ externalData, dataLocation }: TensorProto, key: string): string | undefined {
  return dataLocation === TensorProto_DataLocation.EXTERNAL ? externalData.find((entry) => entry.key === key)?.value : undefined;
}

/**
 * A file of the graph alone, a few hundred kB: its large tensors point into the bytes that they were read from, so that nothing is copied.
 * @param location what the runtime is to know those bytes as
 */
export function writeOnnx({ model, graph, bytes }: OnnxFile, location: string): Uint8Array {
  const initializer = graph.initializer.map((tensor) => {
    const { rawData, name, dims, dataType } = tensor;
    if (rawData.length < EXTERNAL_BYTES || rawData.buffer !== bytes.buffer) return tensor;
    const entries = { location, offset: String(rawData.byteOffset - bytes.byteOffset), length: String(rawData.length) };
    const externalData = Object.entries(entries).map(([key, value]) => create(StringStringEntryProtoSchema, { key, value }));
    return create(TensorProtoSchema, { name, dims, dataType, externalData, dataLocation: TensorProto_DataLocation.EXTERNAL });
  });
  return toBinary(ModelProtoSchema, { ...model, graph: { ...graph, initializer } });
}
