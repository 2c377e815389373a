/** What sets two runs over the same source apart: tokens, attention, log-probability. Pure. */
import type { AttentionMaps, AxisToken } from './inspection.ts';

export interface DifferencePart {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
}

/** A longest common subsequence of the tokens (Wagner & Fischer 1974); neighbours of one kind are joined. Control tokens are left out. */
export function tokenDifference(before: readonly AxisToken[], after: readonly AxisToken[]): DifferencePart[] {
  const [one, other] = [before, after].map((tokens) => tokens.filter(({ span }) => span.end > span.start)) as [AxisToken[], AxisToken[]];
  const width = other.length + 1;
  /** `[i, j]`: the longest common subsequence of what follows token i of one and token j of the other. */
  const longest = new Uint16Array((one.length + 1) * width);
  for (let i = one.length - 1; i >= 0; i--) {
    for (let j = other.length - 1; j >= 0; j--) {
      const isSame = one[i]!.label === other[j]!.label;
      longest[i * width + j] = isSame
        ? longest[(i + 1) * width + j + 1]! + 1
        : Math.max(longest[(i + 1) * width + j]!, longest[i * width + j + 1]!);
    }
  }
  const parts: { kind: DifferencePart['kind']; text: string }[] = [];
  const add = (kind: DifferencePart['kind'], { label }: AxisToken): void => {
    const last = parts.at(-1);
    if (last?.kind === kind) last.text += label;
    else parts.push({ kind, text: label });
  };
  let [i, j] = [0, 0];
  while (i < one.length || j < other.length) {
    if (i < one.length && j < other.length && one[i]!.label === other[j]!.label) {
      add('same', one[i++]!);
      j++;
    } else if (j === other.length || (i < one.length && longest[(i + 1) * width + j]! >= longest[i * width + j + 1]!))
      add('removed', one[i++]!);
    else add('added', other[j++]!);
  }
  return parts;
}

/** What each key gets of the attention of an average query, layer and head; sums to 1. `[keys]` */
export function attentionReceived({ keys, data }: AttentionMaps): Float32Array {
  const received = new Float32Array(keys);
  const rows = data.length / keys;
  for (const [index, weight] of data.entries()) received[index % keys]! += weight / rows;
  return received;
}

/** Nats a token. */
export function meanLogProbability(logProbabilities: Float32Array): number {
  return logProbabilities.reduce((sum, value) => sum + value, 0) / Math.max(1, logProbabilities.length);
}
