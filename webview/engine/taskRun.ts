/** What a run of a task is asked for, tells on its way and gives in the end. Knows no engine. */
import type { SegmentResult } from '../../src/shared/segmentResult.ts';
import type { Language } from '../../src/shared/task.ts';
import type { Term } from '../../src/shared/terms.ts';

export interface TaskRun {
  /** One for each source text, in their order. */
  readonly results: readonly SegmentResult[];
  readonly encodeSeconds: number;
  readonly decodeSeconds: number;
}

export interface RunOptions {
  /** Upper limit of target tokens; by default what the model was made for and the source's length make sensible. */
  readonly maxTargetTokens?: number;
  /** Beams of the search; 1, the default, is greedy decoding. */
  readonly beams?: number;
  /** Whether texts that are in the target language already come back as they are, without target tokens. */
  readonly leaveTarget?: boolean | undefined;
  /** What translations must say for words of their sources. */
  readonly terms?: readonly Term[] | undefined;
  /** Texts whose targets are known. */
  readonly remembered?: readonly { readonly source: string; readonly target: string }[] | undefined;
  /** The language of the texts, for models that are told. */
  readonly from?: Language | undefined;
  /** What every target begins with. */
  readonly prefix?: string | undefined;
  /** Whether the results are to have the log-probability of each target token, which costs a pass over each. */
  readonly scores?: boolean;
  readonly signal?: AbortSignal;
  /** Called after each run of steps, and where a long batch is encoded in part; the target text so far is made only where it is asked for. */
  readonly onProgress?: (progress: RunProgress) => void | Promise<void>;
}

export interface RunProgress {
  /** How many texts are finished. */
  readonly finished: number;
  /** The first text in the making: its index among the source texts, its target so far. */
  readonly current: () => { readonly segment: number; readonly text: string };
}
