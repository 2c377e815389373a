/** The steps of a decoder, however its files divide them: one graph with branches, one for the first step and one for the others, or none with a cache. */
import type { Device } from '../../../src/shared/engineStatus.ts';
import type { DecoderFiles } from '../../../src/shared/hubLayout.ts';
import type { OnnxFile } from '../onnxGraph/onnxFile.ts';
import { booleanTensor, disposeAll, floatsOf, int64Tensor, type Tensor, type Tensors } from '../onnxRuntime.ts';
import { emptyCache, feedsOf, loadHubGraph, type ExternalContent, type HubGraph } from './hubGraph.ts';

/** What rows of targets have read, for the steps that follow. */
export interface DecoderState {
  /** Every token so far, the start token included. `[rows][written]` */
  readonly read: readonly (readonly number[])[];
  /** Cached keys and values by the names of the inputs that take them; empty before the first step, and where there is no cache. */
  readonly past: Tensors;
}

export interface DecoderStep {
  /** `[rows, vocabulary]`, row-major */
  readonly logits: Float32Array;
  readonly state: DecoderState;
}

export interface HubDecoder {
  /** Reads one more token in each row. What `state` held is disposed of. @param memory what the rows' sources are */
  step(state: DecoderState, tokens: readonly number[], memory: Tensors): Promise<DecoderStep>;
  release(): Promise<void>;
}

export async function loadHubDecoder(
  files: DecoderFiles,
  open: (path: string) => OnnxFile,
  device: Device,
  content: ExternalContent,
): Promise<HubDecoder> {
  const load = (path: string): Promise<HubGraph> => loadHubGraph(open(path), device, content);
  const first = await load(files.kind === 'merged' ? files.merged : files.first);
  const further = files.kind === 'pair' ? await load(files.further) : first;
  const name = files.kind === 'merged' ? files.merged : files.first;

  return {
    async step({ read, past }, tokens, memory) {
      const isFirst = (read[0]?.length ?? 0) === 0;
      const graph = isFirst ? first : further;
      const rows = tokens.length;
      const all = tokens.map((token, row) => [...(read[row] ?? []), token]);
      const ids = files.kind === 'whole' ? all : tokens.map((token) => [token]);
      const cached = isFirst ? emptyCache(graph, rows) : past;
      const feeds = feedsOf(graph, name, {
        ...memory,
        ...cached,
        input_ids: int64Tensor(ids.flat(), [rows, ids[0]!.length]),
        use_cache_branch: booleanTensor(!isFirst),
      });
      const keeps = files.kind === 'whole' ? [] : graph.outputs.filter((output) => output.startsWith('present.'));
      const results = await graph.graph.run(feeds, ['logits', ...keeps]);
      const made = Object.fromEntries(keeps.map((output) => [output.replace('present.', 'past_key_values.'), results[output]!]));
      // Behind the first step the keys and values of the source stay as they are; a merged decoder gives empty ones in their place.
      const stays = (input: string): boolean => !isFirst && input.includes('.encoder.');
      const next = { ...cached, ...Object.fromEntries(Object.entries(made).filter(([input]) => !stays(input))) };
      const kept = new Set(Object.values(next));
      disposeAll([...Object.values(cached), ...Object.values(made)].filter((tensor) => !kept.has(tensor)));
      return { logits: await lastLogits(results['logits']!, rows), state: { read: all, past: next } };
    },
    async release() {
      await Promise.all([...new Set([first, further])].map(({ graph }) => graph.release()));
    },
  };
}

/** Of the last position of each row, of `[rows, positions, vocabulary]`. */
async function lastLogits(tensor: Tensor, rows: number): Promise<Float32Array> {
  const all = await floatsOf(tensor);
  const width = tensor.dims.at(-1) ?? 0;
  if (all.length === rows * width) return all;
  const positions = all.length / rows / width;
  const last = new Float32Array(rows * width);
  for (let row = 0; row < rows; row++)
    last.set(all.subarray(((row + 1) * positions - 1) * width, (row + 1) * positions * width), row * width);
  return last;
}
