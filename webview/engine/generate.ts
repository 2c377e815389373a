/** Greedy decoding of several targets at once: the most probable token each time, or a chosen one, until `</s>` or the limit. Knows no text. */
import { DROPPED_SHARE, watchedStep, type Decoding, type EncodedSources, type DecodingModel, type WatchedScores } from './seq2seqModel.ts';

/** What one target is to be. */
export interface TargetRequest {
  /** Index of its source among the encoded ones. */
  readonly source: number;
  /** First decoder token: the task. */
  readonly startToken: number;
  readonly maxTokens: number;
  /** Tokens that the target begins with, whatever the model prefers; they count towards `maxTokens`. */
  readonly prefix?: readonly number[];
  /** Looks at each token after the prefix; without it the most probable ones are taken as they come. */
  readonly rule?: TokenByToken | undefined;
}

export type TokenByToken =
  | {
      /** Chooses by the scores of the whole vocabulary, which cost a step for each token. */
      readonly choose: (logits: Float32Array) => number;
    }
  | {
      /** Told of each token in order; false ends the target before it. */
      readonly accept: (token: number, scores: TokenScores | undefined) => boolean;
      /** Tokens whose scores `accept` asks for. Where there are any, each token is the most probable of the whole vocabulary. */
      readonly watched: readonly number[];
    };

/** Scores that the logits had at one position. */
export interface TokenScores {
  /** Of the most probable token. */
  readonly best: number;
  /** Of a watched one. */
  of(token: number): number;
}

export interface GenerateOptions {
  /** Checked between steps, or between runs of steps that take as long as `RUN_TOKENS` allow. */
  readonly signal?: AbortSignal | undefined;
  /** Called after each of them with the targets so far, as they were asked for. */
  readonly onStep?: ((targets: readonly (readonly number[])[]) => void | Promise<void>) | undefined;
}

/** Tokens of all rows that are written between two looks at the signal, and the most steps: what a run costs besides its steps is small by then. */
const RUN_TOKENS = 256;
const RUN_STEPS = 32;

/**
 * The target ids of each request, `</s>` included unless the limit or a rule came first.
 * @throws the signal's reason once it is aborted
 */
export async function generate(
  model: DecodingModel,
  encoded: EncodedSources,
  requests: readonly TargetRequest[],
  { signal, onStep }: GenerateOptions = {},
): Promise<number[][]> {
  const writings = requests.map((request) => new Writing(request, model.config.endToken));
  const watchedBy = ({ rule }: TargetRequest): readonly number[] => (rule && 'watched' in rule ? rule.watched : []);
  const watched = [...new Set(requests.flatMap(watchedBy))];
  const exact = new Set(requests.flatMap((request) => (watchedBy(request).length > 0 ? [request.source] : [])));
  const decoding = await model.decode(
    encoded,
    requests.map(({ source }) => source),
    { watched, isExact: (source) => exact.has(source) },
  );
  /** What each row of the decoding writes; finished ones stay until they are dropped. */
  let rows: readonly Writing[] = writings;
  try {
    while (rows.some(({ isOpen }) => isOpen)) {
      signal?.throwIfAborted();
      const open = rows.filter(({ isOpen }) => isOpen);
      if (open.length <= (1 - DROPPED_SHARE) * rows.length) {
        await decoding.select(rows.flatMap(({ isOpen }, row) => (isOpen ? [row] : [])));
        rows = open;
      }
      if (open.some(({ needsStep }) => needsStep)) await writeToken(decoding, rows, watched);
      else {
        const left = Math.max(...open.map((writing) => writing.tokensLeft));
        const count = Math.min(left, RUN_STEPS, Math.ceil(RUN_TOKENS / rows.length));
        const steps = await decoding.greedy(
          rows.map(({ lastToken }) => lastToken),
          count,
        );
        for (const { next, scores } of steps)
          for (const [row, writing] of rows.entries()) writing.write(next[row]!, scoresOf(scores, row, watched));
      }
      await onStep?.(writings.map(({ target }) => target));
    }
    return writings.map(({ target }) => target);
  } finally {
    decoding.dispose();
  }
}

async function writeToken(decoding: Decoding, rows: readonly Writing[], watched: readonly number[]): Promise<void> {
  const step = await decoding.step(
    rows.map(({ lastToken }) => lastToken),
    { logits: rows.some(({ needsLogits }) => needsLogits) },
  );
  const { next, scores } = watchedStep(step, watched);
  const width = (step.logits?.length ?? 0) / rows.length;
  for (const [row, writing] of rows.entries())
    writing.write(next[row]!, scoresOf(scores, row, watched), step.logits?.subarray(row * width, (row + 1) * width));
}

function scoresOf(scores: WatchedScores | undefined, row: number, watched: readonly number[]): TokenScores | undefined {
  if (!scores) return undefined;
  return { best: scores.best[row]!, of: (token) => scores.watched[row * watched.length + watched.indexOf(token)]! };
}

/** One target in the making. */
class Writing {
  readonly target: number[] = [];
  private refused = false;

  constructor(
    private readonly request: TargetRequest,
    private readonly endToken: number,
  ) {}

  get isOpen(): boolean {
    return !this.refused && this.tokensLeft > 0 && this.target.at(-1) !== this.endToken;
  }

  get tokensLeft(): number {
    return this.request.maxTokens - this.target.length;
  }

  get lastToken(): number {
    return this.target.at(-1) ?? this.request.startToken;
  }

  /** Whether the decoding must not go on by itself. */
  get needsStep(): boolean {
    const { rule } = this.request;
    return this.isOpen && (this.forced !== undefined || (rule !== undefined && 'choose' in rule));
  }

  get needsLogits(): boolean {
    const { rule } = this.request;
    return this.isOpen && this.forced === undefined && rule !== undefined && ('choose' in rule || rule.watched.length > 0);
  }

  private get forced(): number | undefined {
    return this.request.prefix?.[this.target.length];
  }

  /** @param next the most probable token; it means nothing where the target is finished */
  write(next: number, scores: TokenScores | undefined, logits?: Float32Array): void {
    if (!this.isOpen) return;
    const { rule } = this.request;
    if (this.forced !== undefined) this.target.push(this.forced);
    else if (rule && 'choose' in rule) this.target.push(rule.choose(logits!));
    else if (rule && !rule.accept(next, scores)) this.refused = true;
    else this.target.push(next);
  }
}
