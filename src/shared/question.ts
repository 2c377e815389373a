/** What can be asked of the opened model about a finished segment, and what it answers. Plain data. */
import { arraysOf, type AxisToken, type Inspection } from './inspection.ts';
import type { Intervention } from './intervention.ts';

/** `maps`: the model as it was. */
export type Question =
  | { readonly kind: 'maps' }
  | { readonly kind: 'whatIf'; readonly intervention: Intervention }
  /** `counts`: how many states, or components of them, are kept. */
  | { readonly kind: 'bottleneck'; readonly counts: readonly number[] }
  | { readonly kind: 'reconstruction' };

/** What the model writes under an intervention. */
export interface WhatIf {
  readonly intervention: Intervention;
  /** Of the new target. */
  readonly inspection: Inspection;
  /** What each token of the segment's own target would have been under the intervention, in nats. `[target]` */
  readonly originalLogProbabilities: Float32Array;
}

/** The segment's own target, teacher-forced, when the decoder reads less of the encoder's states. */
export interface Bottleneck {
  /** Source positions, the one with most cross-attention first: the order in which states are kept. */
  readonly mostAttended: readonly number[];
  readonly points: readonly BottleneckPoint[];
}

export interface BottleneckPoint {
  readonly count: number;
  /** Log-probability of each target token, in nats, with that many states; undefined where none would be left. `[target]` */
  readonly states: Float32Array | undefined;
  /** With that many principal components. `[target]` */
  readonly components: Float32Array;
}

/** The source restored from its own states, teacher-forced. */
export interface Reconstruction {
  readonly source: readonly AxisToken[];
  /** In nats. `[source]` */
  readonly logProbabilities: Float32Array;
}

export type Answer =
  | { readonly kind: 'maps'; readonly inspection: Inspection }
  | { readonly kind: 'whatIf'; readonly whatIf: WhatIf }
  | { readonly kind: 'bottleneck'; readonly bottleneck: Bottleneck }
  | { readonly kind: 'reconstruction'; readonly reconstruction: Reconstruction };

/** What is large about an answer, and can go to another thread without a copy. */
export function answerArrays(answer: Answer): Float32Array[] {
  switch (answer.kind) {
    case 'maps':
      return arraysOf(answer.inspection);
    case 'whatIf':
      return arraysOf(answer.whatIf.inspection);
    case 'bottleneck':
    case 'reconstruction':
      return [];
  }
}
