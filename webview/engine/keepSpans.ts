/**
 * Greedy decoding that writes every sentinel of the source, none more often than the source has it, and does not repeat itself. Knows no text.
 *
 * While a target is written, tokens of sentinels that it has used up are barred, and those that repeat what was said (repetition.ts); for each
 * sentinel still to come the place is noted where it would have cost the least log-probability. A target that ends without some of them is begun
 * again: up to the earliest of those places, the sentinel, and greedily on from there. Same tokens as models/training/span_keeping.py.
 *
 * The model's first choice is hardly ever barred, so a target is written in runs of steps and looked at afterwards; where a token should not
 * have been, it is begun again up to there, and goes on token by token.
 */
import { generate, type GenerateOptions, type TargetRequest, type TokenScores } from './generate.ts';
import { repetitionRule } from './repetition.ts';
import type { DecodingModel, EncodedSources } from './seq2seqModel.ts';
import type { TargetRule, TokenRule } from './tokenRule.ts';

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

export interface KeptTargetRequest extends Omit<TargetRequest, 'rule'> {
  readonly sourceIds: readonly number[];
  /** A summary need not have every sentinel. */
  readonly mayLeaveOut: boolean;
}

/** @throws the signal's reason once it is aborted */
export async function generateKeepingSpans(
  model: DecodingModel,
  encoded: EncodedSources,
  requests: readonly KeptTargetRequest[],
  tokens: SentinelTokens,
  { signal, onStep }: GenerateOptions = {},
): Promise<KeptTarget[]> {
  const wanted = requests.map(({ sourceIds }) => countSentinels(sourceIds, tokens));
  const kept = requests.map((): KeptTarget => ({ targetIds: [], overruled: [] }));
  const rules = requests.map(({ sourceIds }) => repetitionRule(sourceIds, model.config.noRepeatNgram));
  let begun = requests.map((_, index): Begun => {
    const { prefix = [] } = requests[index]!;
    return { index, prefix, attempt: new Attempt(wanted[index]!, tokens, rules[index], prefix), byScores: false };
  });
  while (begun.length > 0) {
    const shown = kept.map(({ targetIds }) => targetIds);
    const targets = await generate(
      model,
      encoded,
      begun.map(({ index, prefix, attempt, byScores }) => {
        const { source, startToken, maxTokens } = requests[index]!;
        const rule = byScores
          ? { choose: (logits: Float32Array) => attempt.choose(logits) }
          : { accept: (token: number, scores: TokenScores | undefined) => attempt.accept(token, scores), watched: attempt.watched };
        return { source, startToken, maxTokens, prefix, rule };
      }),
      {
        signal,
        onStep: (written) => {
          begun.forEach(({ index }, row) => (shown[index] = written[row]!));
          return onStep?.(shown);
        },
      },
    );
    begun = begun.flatMap(({ index, attempt, byScores }, row): Begun[] => {
      const targetIds = targets[row]!;
      if (attempt.hasRefused && !byScores) return [{ index, prefix: targetIds, attempt, byScores: true }];
      kept[index] = { targetIds, overruled: attempt.overruled };
      if (requests[index]!.mayLeaveOut || targetIds.at(-1) !== model.config.endToken) return [];
      const place = attempt.earliestPlace();
      if (place === undefined) return [];
      const prefix = [...targetIds.slice(0, place.position), place.token];
      const overruled = [...attempt.overruled.filter((position) => position < place.position), place.position];
      return [{ index, prefix, attempt: new Attempt(wanted[index]!, tokens, rules[index], prefix, overruled), byScores }];
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
  readonly attempt: Attempt;
  /** Whether each token is chosen by the scores of the whole vocabulary; else the most probable one is taken until a rule forbids it. */
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
  /** Tokens whose scores `accept` asks for, in ascending order: all that write a sentinel of the source. */
  readonly watched: readonly number[];
  /** Whether a token was not accepted. */
  hasRefused = false;
  private readonly targetIds: number[] = [];
  /** Sentinel -> how often it is still to be written. */
  private readonly left: Map<number, number>;
  private readonly places = new Map<number, Place>();
  /** A source without sentinels bars none. */
  private readonly barsUsedUp: boolean;

  constructor(
    wanted: ReadonlyMap<number, number>,
    private readonly tokens: SentinelTokens,
    private readonly rule: TargetRule | undefined,
    prefix: readonly number[],
    overruled: readonly number[] = [],
  ) {
    this.overruled = [...overruled];
    this.left = new Map(wanted);
    this.barsUsedUp = wanted.size > 0;
    const watched = [...tokens.sentinelOf].flatMap(([token, sentinel]) => (wanted.has(sentinel) ? [token] : []));
    this.watched = watched.sort((one, other) => one - other);
    for (const token of prefix) this.written(token);
  }

  /** The most probable of the allowed tokens. */
  choose(logits: Float32Array): number {
    const isAllowed = this.rule?.(this.targetIds);
    let first = 0;
    let chosen = -1;
    for (let token = 0; token < logits.length; token++) {
      if (logits[token]! > logits[first]!) first = token;
      if (chosen >= 0 && logits[token]! <= logits[chosen]!) continue;
      if (isAllowed?.(token) !== false && !this.isUsedUp(token)) chosen = token;
    }
    if (chosen !== first) this.overruled.push(this.targetIds.length);
    this.notePlaces(chosen, logits[chosen]!, (token) => logits[token]!, isAllowed);
    this.written(chosen);
    return chosen;
  }

  /** Whether the model's first choice is allowed. */
  accept(token: number, scores: TokenScores | undefined): boolean {
    const isAllowed = this.rule?.(this.targetIds);
    this.hasRefused = isAllowed?.(token) === false || this.isUsedUp(token);
    if (this.hasRefused) return false;
    if (scores) this.notePlaces(token, scores.best, (other) => scores.of(other), isAllowed);
    this.written(token);
    return true;
  }

  /** Where the first of the missing sentinels is to be put; undefined where none is missing. */
  earliestPlace(): Place | undefined {
    let earliest: Place | undefined;
    for (const place of [...this.places].sort(([one], [other]) => one - other).map(([, place]) => place))
      if (earliest === undefined || place.position < earliest.position) earliest = place;
    return earliest;
  }

  private isUsedUp(token: number): boolean {
    const sentinel = this.barsUsedUp ? this.tokens.sentinelOf.get(token) : undefined;
    return sentinel !== undefined && !this.left.get(sentinel);
  }

  /** Whether each sentinel that is still to come would have cost less before this token than anywhere else. */
  private notePlaces(chosen: number, score: number, scoreOf: (token: number) => number, isAllowed: TokenRule | undefined): void {
    if (!this.tokens.standsApart(chosen)) return;
    const best = new Map<number, number>();
    for (const token of this.watched) {
      const sentinel = this.tokens.sentinelOf.get(token)!;
      const other = best.get(sentinel);
      const isBetter = other === undefined || scoreOf(token) > scoreOf(other);
      if (isBetter && this.left.get(sentinel) && isAllowed?.(token) !== false) best.set(sentinel, token);
    }
    best.delete(this.tokens.sentinelOf.get(chosen) ?? -1);
    for (const [sentinel, token] of best) {
      const cost = score - scoreOf(token);
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
