/** Drops from a graph what does not lead to the outputs that are kept. */
import { innerGraphs } from './checkGraph.ts';
import type { GraphProto, NodeProto } from './onnx_pb.ts';

export function keepOutputs(graph: GraphProto, isKept: (output: string) => boolean): void {
  graph.output = graph.output.filter(({ name }) => isKept(name));
  const needed = new Set(graph.output.map(({ name }) => name));
  const kept: NodeProto[] = [];
  for (const node of [...graph.node].reverse()) {
    if (!node.output.some((value) => needed.has(value))) continue;
    kept.push(node);
    for (const value of valuesRead(node)) needed.add(value);
  }
  graph.node = kept.reverse();
  graph.input = graph.input.filter(({ name }) => needed.has(name));
  graph.initializer = graph.initializer.filter(({ name }) => needed.has(name));
}

/** By itself and by the graphs inside it. */
function valuesRead(node: NodeProto): string[] {
  return [
    ...node.input,
    ...innerGraphs(node).flatMap((inner) => [...inner.node.flatMap(valuesRead), ...inner.output.map(({ name }) => name)]),
  ];
}
