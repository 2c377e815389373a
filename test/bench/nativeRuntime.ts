/** onnxruntime-node in the place of onnxruntime-web, for the same engine over the same graphs; see nativeEngine.ts. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { InferenceSession as NativeSession, Tensor } from 'onnxruntime-node';

export { Tensor };

/** What the engine sets for wasm means nothing here. */
export const env = { wasm: {} };

interface WebOptions {
  readonly graphOptimizationLevel: 'all';
  readonly externalData: readonly { readonly path: string; readonly data: Uint8Array }[];
}

export const InferenceSession = {
  /** Takes bytes as onnxruntime-web does; onnxruntime-node reads external weights only from beside the graph's file. One thread, as in a webview. */
  async create(graph: Uint8Array, { externalData, graphOptimizationLevel }: WebOptions): Promise<NativeSession> {
    const folder = mkdtempSync(path.join(tmpdir(), 'saccade-native-'));
    try {
      for (const { path: name, data } of externalData) writeFileSync(path.join(folder, name), data);
      const file = path.join(folder, 'graph.onnx');
      writeFileSync(file, graph);
      return await NativeSession.create(file, {
        graphOptimizationLevel,
        executionProviders: ['cpu'],
        intraOpNumThreads: 1,
        interOpNumThreads: 1,
      });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
