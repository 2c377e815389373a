/** Refuses graphs that cannot be walked: values that come from nowhere or from themselves, nesting without end, data outside the folder. */
import { unusableFile } from '../fileFailure.ts';
import type { GraphProto, NodeProto, TensorProto } from './onnx_pb.ts';

/** The largest exports of translation models have some 20,000. */
const MOST_NODES = 500_000;
const DEEPEST_NESTING = 8;

/** @throws SaccadeError of kind "badModel" */
export function checkGraph(file: string, graph: GraphProto): void {
  let nodes = 0;
  const refuse = (what: string): never => {
    throw unusableFile(file, what);
  };

  function check(part: GraphProto, outer: ReadonlySet<string>, depth: number): void {
    if (depth > DEEPEST_NESTING) refuse(`nests graphs more than ${DEEPEST_NESTING} deep`);
    if ((nodes += part.node.length) > MOST_NODES) refuse(`has more than ${MOST_NODES} nodes`);
    for (const tensor of part.initializer) checkTensor(tensor);
    const known = new Set([...part.initializer, ...part.input].map(({ name }) => name));
    for (const tensor of part.sparseInitializer) known.add(tensor.values?.name ?? '');
    const isKnown = (value: string): boolean => value === '' || known.has(value) || outer.has(value);
    for (const node of part.node) {
      // A graph lists its nodes in the order of their work: in a cycle some value is read before it is made.
      const missing = node.input.find((value) => !isKnown(value));
      if (missing !== undefined) refuse(`reads the value "${missing.slice(0, 80)}" before it is made`);
      for (const attribute of node.attribute) {
        for (const tensor of [...(attribute.t ? [attribute.t] : []), ...attribute.tensors]) checkTensor(tensor);
      }
      for (const inner of innerGraphs(node)) check(inner, new Set([...outer, ...known]), depth + 1);
      for (const value of node.output) {
        if (value !== '' && known.has(value)) refuse(`makes the value "${value.slice(0, 80)}" twice`);
        known.add(value);
      }
    }
    const missing = part.output.find(({ name }) => !isKnown(name));
    if (missing) refuse(`has no "${missing.name.slice(0, 80)}" to give`);
  }

  function checkTensor({ externalData, dims }: TensorProto): void {
    if (dims.some((size) => size < 0n)) refuse('has a tensor of a negative size');
    const location = externalData.find(({ key }) => key === 'location')?.value;
    if (location !== undefined && !isPlainName(location)) refuse('wants to read outside of its folder');
  }

  check(graph, new Set(), 0);
}

/** The branches of an If, the body of a Loop. */
export function innerGraphs({ attribute }: NodeProto): GraphProto[] {
  return attribute.flatMap(({ g, graphs }) => [...(g ? [g] : []), ...graphs]);
}

function isPlainName(name: string): boolean {
  return /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/.test(name);
}
