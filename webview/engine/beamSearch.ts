/**
 * Beam search over several texts at once: keeps the `beams` likeliest beginnings of each target, and of the finished ones the best by
 * log-probability per token. Same rules as Python's transformers with `length_penalty` 1 and `early_stopping` off. Knows no text.
 */
import type { TargetRequest, GenerateOptions } from './generate.ts';
import type { EncodedSources, Seq2SeqModel } from './seq2seqModel.ts';
import type { TargetRule, TokenRule } from './tokenRule.ts';

export interface BeamRequest extends Omit<TargetRequest, 'prefix' | 'rule'> {
  /** Which tokens may follow a beginning of the target; undefined where every token may. */
  readonly rule?: TargetRule | undefined;
}

export interface BeamTarget {
  readonly targetIds: readonly number[];
  /** Positions at which the model's first choice was not taken, because the whole became likelier without it. */
  readonly overruled: readonly number[];
  /** Sum of the tokens' log-probabilities divided by their number, in nats. */
  readonly score: number;
}

interface Hypothesis {
  readonly ids: readonly number[];
  readonly overruled: readonly number[];
  /** Log-probability of all tokens, in nats. */
  readonly logProbability: number;
  /** The row of the decoding that it goes on from. */
  readonly row: number;
}

/**
 * The best targets of each request, best first, at most `beams` of them; `</s>` included unless the limit came first.
 * @throws the signal's reason once it is aborted
 */
export async function beamSearch(
  model: Seq2SeqModel,
  encoded: EncodedSources,
  requests: readonly BeamRequest[],
  beams: number,
  { signal, onStep }: GenerateOptions = {},
): Promise<BeamTarget[][]> {
  const texts = requests.map((request, row) => new TextBeams(request, beams, model.config.endToken, row));
  const decoding = await model.decode(
    encoded,
    requests.map(({ source }) => source),
  );
  try {
    for (let open = texts; open.length > 0;) {
      signal?.throwIfAborted();
      const running = open.flatMap((text) => text.running.map((hypothesis) => ({ text, hypothesis })));
      const rows = running.map(({ hypothesis }) => hypothesis.row);
      await decoding.select(rows);
      const { logits = new Float32Array() } = await decoding.step(
        running.map(({ text, hypothesis }) => hypothesis.ids.at(-1) ?? text.request.startToken),
        { logits: true },
      );
      const width = logits.length / rows.length;
      let row = 0;
      for (const text of open) row = text.advance(row, (index) => logits.subarray(index * width, (index + 1) * width));
      open = open.filter(({ done }) => !done);
      await onStep?.(texts.map((text) => text.best()[0]?.targetIds ?? []));
    }
    return texts.map((text) => text.best());
  } finally {
    decoding.dispose();
  }
}

class TextBeams {
  running: readonly Hypothesis[];
  done = false;
  /** Best first. */
  private finished: readonly BeamTarget[] = [];

  constructor(
    readonly request: BeamRequest,
    private readonly beams: number,
    private readonly endToken: number,
    row: number,
  ) {
    this.running = [{ ids: [], overruled: [], logProbability: 0, row }];
  }

  /** The finished targets, or the likeliest beginning where none is finished. */
  best(): BeamTarget[] {
    if (this.finished.length > 0) return [...this.finished];
    return this.running.slice(0, 1).map(target);
  }

  /**
   * Takes the scores of the running hypotheses, which stand in the rows from `firstRow` on.
   * @returns the row behind them
   */
  advance(firstRow: number, logitsOf: (row: number) => Float32Array): number {
    const { request, beams, endToken } = this;
    // Twice as many as go on, so that enough are left when the best ones end here.
    const candidates = this.running
      .flatMap((hypothesis, index) => {
        return likeliest(logitsOf(firstRow + index), 2 * beams, request.rule?.(hypothesis.ids)).map(
          ({ token, isFirstChoice, logProbability }) => ({
            ids: [...hypothesis.ids, token],
            overruled: isFirstChoice ? hypothesis.overruled : [...hypothesis.overruled, hypothesis.ids.length],
            logProbability: hypothesis.logProbability + logProbability,
            row: firstRow + index,
          }),
        );
      })
      .sort((one, other) => other.logProbability - one.logProbability)
      .slice(0, 2 * beams);
    const ends = ({ ids }: Hypothesis): boolean => ids.at(-1) === endToken || ids.length === request.maxTokens;
    const ended = candidates.slice(0, beams).filter(ends);
    this.finished = [...this.finished, ...ended.map(target)].sort((one, other) => other.score - one.score).slice(0, beams);
    const behind = firstRow + this.running.length;
    this.running = candidates.filter((candidate) => !ends(candidate)).slice(0, beams);
    const [likeliestRunning] = this.running;
    const worst = this.finished.length < beams ? -Infinity : this.finished.at(-1)!.score;
    this.done = !likeliestRunning || likeliestRunning.logProbability / likeliestRunning.ids.length <= worst;
    return behind;
  }
}

function target({ ids, overruled, logProbability }: Hypothesis): BeamTarget {
  return { targetIds: ids, overruled, score: logProbability / Math.max(1, ids.length) };
}

export interface NextToken {
  readonly token: number;
  readonly isFirstChoice: boolean;
  /** In nats. */
  readonly logProbability: number;
}

/** The `count` likeliest of the allowed tokens, best first, with their log softmax. */
export function likeliest(logits: Float32Array, count: number, allows: TokenRule | undefined): NextToken[] {
  const best: number[] = [];
  let first = 0;
  for (let token = 0; token < logits.length; token++) {
    const logit = logits[token]!;
    if (logit > logits[first]!) first = token;
    if ((best.length === count && logit <= logits[best[count - 1]!]!) || allows?.(token) === false) continue;
    let place = Math.min(best.length, count - 1);
    for (; place > 0 && logits[best[place - 1]!]! < logit; place--) best[place] = best[place - 1]!;
    best[place] = token;
  }
  const maximum = logits[first]!;
  let sum = 0;
  for (const logit of logits) sum += Math.exp(logit - maximum);
  const logSum = maximum + Math.log(sum);
  return best.map((token) => ({ token, isFirstChoice: token === first, logProbability: logits[token]! - logSum }));
}
