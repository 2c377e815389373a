/** A graph as it came from the Hub, loaded, with the names, types and sizes of what it reads and gives. Knows no model. */
import type { Device } from '../../../src/shared/engineStatus.ts';
import { unusableFile } from '../fileFailure.ts';
import { FLOAT16 } from '../onnxGraph/elementType.ts';
import { externalFiles, writeOnnx, type OnnxFile } from '../onnxGraph/onnxFile.ts';
import { TensorProto_DataType as DataType, type ValueInfoProto } from '../onnxGraph/onnx_pb.ts';
import { emptyTensor, loadGraph, WEIGHTS_LOCATION, type Graph, type Tensor, type Tensors } from '../onnxRuntime.ts';

export interface HubGraph {
  readonly graph: Graph;
  readonly inputs: ReadonlyMap<string, GraphValue>;
  readonly outputs: readonly string[];
}

interface GraphValue {
  readonly elementType: number;
  /** Undefined for sizes that a run decides. */
  readonly dims: readonly (number | undefined)[];
}

/** Content of the files beside a graph that its tensors lie in, by their names. */
export type ExternalContent = (name: string) => Uint8Array;

/** @throws SaccadeError of kind "device" */
export async function loadHubGraph(file: OnnxFile, device: Device, content: ExternalContent): Promise<HubGraph> {
  const otherWeights = new Map(externalFiles(file).map((name) => [name, content(name)]));
  const graph = await loadGraph(file.name, writeOnnx(file, WEIGHTS_LOCATION), { device, weights: file.bytes, otherWeights });
  const given = new Set(file.graph.initializer.map(({ name }) => name));
  const inputs = file.graph.input.filter(({ name }) => !given.has(name));
  return {
    graph,
    inputs: new Map(inputs.map((info) => [info.name, graphValue(info)])),
    outputs: file.graph.output.map(({ name }) => name),
  };
}

function graphValue({ type }: ValueInfoProto): GraphValue {
  if (type?.value.case !== 'tensorType') return { elementType: DataType.UNDEFINED, dims: [] };
  const { elemType, shape } = type.value.value;
  const dims = (shape?.dim ?? []).map(({ value }) => (value.case === 'dimValue' ? Number(value.value) : undefined));
  return { elementType: elemType, dims };
}

/** Those of `offered` that the graph reads. @throws SaccadeError of kind "badModel" that names what nobody offers */
export function feedsOf({ inputs }: HubGraph, name: string, offered: Tensors): Tensors {
  const entries = [...inputs.keys()].map((input) => {
    const tensor = offered[input];
    if (tensor) return [input, tensor] as const;
    throw unusableFile(name, `wants "${input.slice(0, 80)}", which no model of its kind does`);
  });
  return Object.fromEntries(entries);
}

/** No cached keys and values yet, for each of the graph's inputs that are some: `[rows, heads, 0, headSize]`. */
export function emptyCache({ inputs }: HubGraph, rows: number): Record<string, Tensor> {
  return Object.fromEntries(
    [...inputs].flatMap(([name, { elementType, dims }]) => {
      if (!name.startsWith('past_key_values.')) return [];
      const [, heads = 1, , headSize = 1] = dims;
      return [[name, emptyTensor(elementType === FLOAT16 ? 'float16' : 'float32', [rows, heads, 0, headSize])]];
    }),
  );
}
