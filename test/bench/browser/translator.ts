/** What both sides of the comparison can be asked, each in a worker of its own. */
import type { Device } from '../../../src/shared/engineStatus.ts';
import type { Language } from '../../../src/shared/task.ts';
import type { GpuCounts } from './gpuCounters.ts';

export interface TranslateRequest {
  readonly to: Language;
  readonly texts: readonly string[];
  /** By default 16 more than twice the source, at most what the model was made for: the engine's own rule. */
  readonly maxTargetTokens?: number;
}

export interface Translated {
  readonly sourceIds: readonly (readonly number[])[];
  /** Greedy, `</s>` included unless the limit came first. */
  readonly targetIds: readonly (readonly number[])[];
  /** Of each target, the positions where a rule of the side's own was stronger than the model's first choice. */
  readonly overruled: readonly (readonly number[])[];
  /** From texts to texts. */
  readonly seconds: number;
  /** Encoder and decoder alone, from ids to ids. */
  readonly modelSeconds: number;
  /** The decoder alone, where the side tells it. */
  readonly decodeSeconds?: number;
  /** Until the first target token, where the side tells it. */
  readonly firstTokenSeconds?: number;
  /** What the run asked of the GPU; all zero on wasm. */
  readonly gpu: GpuCounts;
}

export interface Translator {
  translate(request: TranslateRequest): Promise<Translated>;
}

export interface PeerOptions {
  readonly device: Device;
  /** Path, on the server, of the folder that has the model's folder: the peer takes a whole URL for a remote one. */
  readonly models: string;
  readonly modelId: string;
  /** URL of the folder that has onnxruntime-web's files. */
  readonly runtime: string;
}

export interface Peer extends Translator {
  load(options: PeerOptions): Promise<{ readonly seconds: number }>;
}
