/** Rollouts of inspections, each computed once, a slice at a time: at hundreds of tokens they take longer than a frame. Knows no views. */
import type { AttentionKind } from '../../src/shared/attention/attentionKind.ts';
import { attentionsOf } from '../../src/shared/attention/attentionKind.ts';
import { crossRollout, selfRollout } from '../../src/shared/attention/rollout.ts';
import type { Inspection } from '../../src/shared/inspection.ts';

/** A frame has 16, of which the rest is for drawing and for the pointer. */
const SLICE_MILLISECONDS = 9;

const known = new WeakMap<Inspection, Map<string, Float32Array>>();

/** Up to and with layer `last`: `[queries, keys]`. At once, unless it was prepared. */
export function rolloutOf(inspection: Inspection, kind: AttentionKind, last: number): Float32Array {
  return found(inspection, kind, last) ?? keep(inspection, kind, last, runFor(Infinity, work(inspection, kind, last))!);
}

/** Undefined where it is known, or was made in the time of a slice; else ends when it is there, or early once `isOver` says so. */
export function prepareRollout(
  inspection: Inspection,
  kind: AttentionKind,
  last: number,
  isOver: () => boolean,
): Promise<void> | undefined {
  if (found(inspection, kind, last) !== undefined) return undefined;
  const making = work(inspection, kind, last);
  const made = runFor(SLICE_MILLISECONDS, making);
  if (made === undefined) return goOn();
  keep(inspection, kind, last, made);
  return undefined;

  async function goOn(): Promise<void> {
    for (let made: Float32Array | undefined; made === undefined;) {
      await new Promise(afterFrame);
      if (isOver()) return;
      made = runFor(SLICE_MILLISECONDS, making);
      if (made !== undefined) keep(inspection, kind, last, made);
    }
  }
}

/** Once the browser has had its turn to paint. */
function afterFrame(resolve: (value: unknown) => void): void {
  requestAnimationFrame(() => setTimeout(resolve));
}

/** What it makes, or undefined where it needs more time. */
function runFor(milliseconds: number, making: Generator<undefined, Float32Array>): Float32Array | undefined {
  const end = performance.now() + milliseconds;
  for (;;) {
    const step = making.next();
    if (step.done === true) return step.value;
    if (performance.now() >= end) return undefined;
  }
}

function found(inspection: Inspection, kind: AttentionKind, last: number): Float32Array | undefined {
  return known.get(inspection)?.get(`${kind} ${last}`);
}

function keep(inspection: Inspection, kind: AttentionKind, last: number, made: Float32Array): Float32Array {
  const ofInspection = known.get(inspection) ?? new Map<string, Float32Array>();
  known.set(inspection, ofInspection.set(`${kind} ${last}`, made));
  return made;
}

function work(inspection: Inspection, kind: AttentionKind, last: number): Generator<undefined, Float32Array> {
  const { encoderAttentions, decoderAttentions, crossAttentions } = inspection;
  if (kind === 'cross') return crossRollout(encoderAttentions, decoderAttentions, crossAttentions, last);
  return selfRollout(attentionsOf(inspection, kind), last);
}
