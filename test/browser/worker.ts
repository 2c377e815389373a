/** The engine in a worker of a plain page, on any path, and what it asks of the GPU. */
import { countsSince, gpuCounts, type GpuCounts } from '../bench/browser/gpuCounters.ts';
import * as ort from '#onnxruntime';
import type { Intervention } from '../../src/shared/intervention.ts';
import type { Task } from '../../src/shared/task.ts';
import type { Engine } from '../../webview/engine/engine.ts';
import type { EngineFiles } from '../../webview/engine/arrivingFiles.ts';
import { loadEngine } from '../../webview/engine/loadEngine.ts';
import { answer } from '../bench/browser/rpc.ts';

export interface RunQuestion {
  readonly task: Task;
  readonly texts: readonly string[];
  readonly maxTargetTokens: number;
  readonly beams: number;
}

export interface Written {
  readonly targetIds: readonly (readonly number[])[];
  readonly decodeSeconds: number;
  readonly gpu: GpuCounts;
}

export interface WhatIfQuestion {
  readonly task: Task;
  readonly text: string;
  readonly maxTargetTokens: number;
  readonly intervention: Intervention;
}

/** What is compared with Python. */
export interface WhatIfWritten {
  readonly targetIds: readonly number[];
  readonly logProbabilities: readonly number[];
  readonly originalLogProbabilities: readonly number[];
}

let engine: Engine | undefined;

const methods = {
  async load(files: EngineFiles): Promise<void> {
    engine = await loadEngine(files);
  },

  /** As a driver that goes away does it. */
  async loseGpu(): Promise<void> {
    const device = await ort.env.webgpu.device;
    device.destroy();
  },

  async run({ task, texts, maxTargetTokens, beams }: RunQuestion): Promise<Written> {
    if (!engine) throw new Error('The engine has not been loaded.');
    const before = gpuCounts();
    const { results, decodeSeconds } = await engine.run(task, texts, { maxTargetTokens, beams });
    const gpu = countsSince(before);
    // What comes again is to be encoded again.
    await engine.forgetEncoded();
    return { targetIds: results.map(({ targetIds }) => targetIds), decodeSeconds, gpu };
  },

  async whatIf({ task, text, maxTargetTokens, intervention }: WhatIfQuestion): Promise<WhatIfWritten> {
    if (!engine) throw new Error('The engine has not been loaded.');
    const { results } = await engine.run(task, [text], { maxTargetTokens });
    const { inspection, originalLogProbabilities } = await engine.whatIf(task, results[0]!, intervention, { maxTargetTokens });
    return {
      targetIds: inspection.target.map(({ id }) => id),
      logProbabilities: [...inspection.logProbabilities],
      originalLogProbabilities: [...originalLogProbabilities],
    };
  },
};

export type WorkerMethods = typeof methods;

answer<WorkerMethods>(methods);
