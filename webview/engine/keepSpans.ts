/**
 * Greedy decoding that writes every sentinel of the source, none more often than the source has it, and does not repeat itself. Knows no text.
 *
 * While a target is written, tokens of sentinels that it has used up are barred, and for each one still to come the place is noted where it
 * would have cost the least log-probability. A target that ends without some of them is begun again: up to the earliest of those places,
 * the sentinel, and greedily on from there. A target without sentinels that repeats itself (repetition.ts) is begun again where it did.
 * Same as models/training/span_keeping.py.
 */
import { generate, type GenerateOptions, type TargetRequest } from './generate.ts';
import { firstForbidden, repetitionRule } from './repetition.ts';
import type { EncodedSources, Seq2SeqModel } from './seq2seqModel.ts';
import type { TargetRule } from './tokenRule.ts';

/** What a vocabulary says about sentinels. */
export interface SentinelTokens {
  /** Token -> the sentinel that it writes; tokens that write none are missing. */
  readonly sentinelOf: ReadonlyMap<number, number>;
  /** False where a token goes on with a word or a character, so that nothing may be put before it. */
  standsApart(token: number): boolean;
}

export interface KeptTarget {
  readonly targetIds: readonly number[];
  /** Positions at which a rule overruled the model's first choice. */
  readonly overruled: readonly number[];
}

export interface KeptTargetRequest extends Omit<TargetRequest, 'prefix' | 'choose'> {
  readonly sourceIds: readonly number[];
  /** A summary need not have every sentinel. */
  readonly mayLeaveOut: boolean;
}

/** @throws the signal's reason once it is aborted */
export async function generateKeepingSpans(
  model: Seq2SeqModel,
  encoded: EncodedSources,
  requests: readonly KeptTargetRequest[],
  tokens: SentinelTokens,
  { signal, onStep }: GenerateOptions = {},
): Promise<KeptTarget[]> {
  const wanted = requests.map(({ sourceIds }) => countSentinels(sourceIds, tokens));
  const kept = requests.map((): KeptTarget => ({ targetIds: [], overruled: [] }));
  const rules = requests.map(({ sourceIds }) => repetitionRule(sourceIds, model.config.noRepeatNgram));
  let begun = requests.map((_, index): Begun => ({ index, prefix: [], overruled: [], byScores: wanted[index]!.size > 0 }));
  while (begun.length > 0) {
    const attempts = begun.map(({ index, prefix, overruled }) => new Attempt(wanted[index]!, tokens, rules[index], prefix, overruled));
    const shown = kept.map(({ targetIds }) => targetIds);
    const targets = await generate(
      model,
      encoded,
      begun.map(({ index, prefix, byScores }, row) => {
        const { source, startToken, maxTokens } = requests[index]!;
        const request = { source, startToken, maxTokens, prefix };
        return byScores ? { ...request, choose: (logits: Float32Array) => attempts[row]!.choose(logits) } : request;
      }),
      {
        signal,
        onStep: (written) => {
          begun.forEach(({ index }, row) => (shown[index] = written[row]!));
          return onStep?.(shown);
        },
      },
    );
    begun = begun.flatMap(({ index, byScores }, row): Begun[] => {
      const [attempt, targetIds, rule] = [attempts[row]!, targets[row]!, rules[index]];
      const forbidden = byScores || !rule ? undefined : firstForbidden(targetIds, rule);
      if (forbidden !== undefined) return [{ index, prefix: targetIds.slice(0, forbidden), overruled: [], byScores: true }];
      kept[index] = { targetIds, overruled: attempt.overruled };
      if (requests[index]!.mayLeaveOut || targetIds.at(-1) !== model.config.endToken) return [];
      const place = attempt.earliestPlace();
      if (place === undefined) return [];
      const before = attempt.overruled.filter((position) => position < place.position);
      const prefix = [...targetIds.slice(0, place.position), place.token];
      return [{ index, prefix, overruled: [...before, place.position], byScores }];
    });
  }
  return kept;
}

/**
 * What may follow a beginning of a target in beam search: no sentinel that is used up, and no end while one is missing. Undefined where the
 * source has none.
 */
export function spanRule(
  { sourceIds, mayLeaveOut }: Pick<KeptTargetRequest, 'sourceIds' | 'mayLeaveOut'>,
  tokens: SentinelTokens,
  endToken: number,
): TargetRule | undefined {
  const wanted = countSentinels(sourceIds, tokens);
  if (wanted.size === 0) return undefined;
  return (begun) => {
    const written = countSentinels(begun, tokens);
    return (token) => {
      const sentinel = tokens.sentinelOf.get(token);
      if (sentinel !== undefined) return (written.get(sentinel) ?? 0) < (wanted.get(sentinel) ?? 0);
      return token !== endToken || mayLeaveOut || [...wanted].every(([each, count]) => written.get(each) === count);
    };
  };
}

/** A target that is written from its beginning, once more where something was missing. */
interface Begun {
  /** Of the request. */
  readonly index: number;
  readonly prefix: readonly number[];
  readonly overruled: readonly number[];
  /** Whether each token is chosen by the scores of the whole vocabulary; else it is the most probable one. */
  readonly byScores: boolean;
}

interface Place {
  readonly position: number;
  readonly token: number;
  /** Log-probability of the token that was written less that of the sentinel, in nats. */
  readonly cost: number;
}

class Attempt {
  readonly overruled: number[];
  private readonly targetIds: number[] = [];
  /** Sentinel -> how often it is still to be written. */
  private readonly left: Map<number, number>;
  private readonly places = new Map<number, Place>();

  constructor(
    wanted: ReadonlyMap<number, number>,
    private readonly tokens: SentinelTokens,
    private readonly rule: TargetRule | undefined,
    prefix: readonly number[],
    overruled: readonly number[],
  ) {
    this.overruled = [...overruled];
    this.left = new Map(wanted);
    for (const token of prefix) this.written(token);
  }

  choose(logits: Float32Array): number {
    const isAllowed = this.rule?.(this.targetIds);
    let first = 0;
    let chosen = -1;
    const best = new Map<number, number>();
    for (let token = 0; token < logits.length; token++) {
      if (logits[token]! > logits[first]!) first = token;
      if (chosen >= 0 && logits[token]! <= logits[chosen]! && !this.tokens.sentinelOf.has(token)) continue;
      if (isAllowed?.(token) === false) continue;
      const sentinel = this.left.size > 0 ? this.tokens.sentinelOf.get(token) : undefined;
      if (sentinel !== undefined) {
        if (!this.left.get(sentinel)) continue;
        const other = best.get(sentinel);
        if (other === undefined || logits[token]! > logits[other]!) best.set(sentinel, token);
      }
      if (chosen < 0 || logits[token]! > logits[chosen]!) chosen = token;
    }
    if (chosen !== first) this.overruled.push(this.targetIds.length);
    if (this.tokens.standsApart(chosen)) this.notePlaces(logits, chosen, best);
    this.written(chosen);
    return chosen;
  }

  /** Where the first of the missing sentinels is to be put; undefined where none is missing. */
  earliestPlace(): Place | undefined {
    let earliest: Place | undefined;
    for (const place of [...this.places].sort(([one], [other]) => one - other).map(([, place]) => place))
      if (earliest === undefined || place.position < earliest.position) earliest = place;
    return earliest;
  }

  private notePlaces(logits: Float32Array, chosen: number, best: ReadonlyMap<number, number>): void {
    for (const [sentinel, token] of best) {
      if (this.tokens.sentinelOf.get(chosen) === sentinel) continue;
      const cost = logits[chosen]! - logits[token]!;
      const known = this.places.get(sentinel);
      if (known === undefined || cost < known.cost) this.places.set(sentinel, { position: this.targetIds.length, token, cost });
    }
  }

  private written(token: number): void {
    this.targetIds.push(token);
    const sentinel = this.tokens.sentinelOf.get(token);
    if (sentinel === undefined) return;
    this.left.set(sentinel, Math.max(0, (this.left.get(sentinel) ?? 0) - 1));
    this.places.delete(sentinel);
  }
}

function countSentinels(ids: readonly number[], { sentinelOf }: SentinelTokens): Map<number, number> {
  const counts = new Map<number, number>();
  for (const id of ids) {
    const sentinel = sentinelOf.get(id);
    if (sentinel !== undefined) counts.set(sentinel, (counts.get(sentinel) ?? 0) + 1);
  }
  return counts;
}
