/** Greedy decoding of several targets at once: the most probable token each time, or a chosen one, until `</s>` or the limit. Knows no text. */
import { DROPPED_SHARE, type Decoding, type EncodedSources, type Seq2SeqModel } from './seq2seqModel.ts';

/** What one target is to be. */
export interface TargetRequest {
  /** Index of its source among the encoded ones. */
  readonly source: number;
  /** First decoder token: the task. */
  readonly startToken: number;
  readonly maxTokens: number;
  /** Tokens that the target begins with, whatever the model prefers; they count towards `maxTokens`. */
  readonly prefix?: readonly number[];
  /** Chooses each token after the prefix by the scores of the whole vocabulary; without it the most probable one is taken. */
  readonly choose?: (logits: Float32Array) => number;
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
 * The target ids of each request, `</s>` included unless the limit came first.
 * @throws the signal's reason once it is aborted
 */
export async function generate(
  model: Seq2SeqModel,
  encoded: EncodedSources,
  requests: readonly TargetRequest[],
  { signal, onStep }: GenerateOptions = {},
): Promise<number[][]> {
  const targets = requests.map((): number[] => []);
  /** Which request each row of the decoding writes; finished ones stay until they are dropped. */
  let rows = requests.map((_, index) => index);
  const isOpen = (index: number): boolean => {
    const target = targets[index]!;
    return target.length < requests[index]!.maxTokens && target.at(-1) !== model.config.endToken;
  };
  const lastToken = (index: number): number => targets[index]!.at(-1) ?? requests[index]!.startToken;
  const decoding = await model.decode(
    encoded,
    requests.map(({ source }) => source),
  );
  try {
    while (rows.some(isOpen)) {
      signal?.throwIfAborted();
      const open = rows.filter(isOpen);
      if (open.length <= (1 - DROPPED_SHARE) * rows.length) {
        await decoding.select(rows.flatMap((index, row) => (isOpen(index) ? [row] : [])));
        rows = open;
      }
      const openRequests = open.map((index) => ({ ...requests[index]!, written: targets[index]!.length }));
      const byScores = openRequests.some(({ prefix = [], choose, written }) => choose !== undefined || written < prefix.length);
      if (byScores) await writeToken(decoding, requests, targets, rows, isOpen);
      else {
        const left = Math.max(...openRequests.map(({ maxTokens, written }) => maxTokens - written));
        const count = Math.min(left, RUN_STEPS, Math.ceil(RUN_TOKENS / rows.length));
        const steps = await decoding.greedy(rows.map(lastToken), count);
        for (const next of steps) {
          for (const [row, index] of rows.entries()) if (isOpen(index)) targets[index]!.push(next[row]!);
        }
      }
      await onStep?.(targets);
    }
    return targets;
  } finally {
    decoding.dispose();
  }
}

async function writeToken(
  decoding: Decoding,
  requests: readonly TargetRequest[],
  targets: readonly number[][],
  rows: readonly number[],
  isOpen: (index: number) => boolean,
): Promise<void> {
  const written = rows.map((index) => {
    const [{ startToken, prefix = [], choose }, target] = [requests[index]!, targets[index]!];
    return { target, open: isOpen(index), read: target.at(-1) ?? startToken, forced: prefix[target.length], choose };
  });
  const { next, logits } = await decoding.step(
    written.map(({ read }) => read),
    { logits: written.some(({ open, forced, choose }) => open && forced === undefined && choose !== undefined) },
  );
  const width = (logits?.length ?? 0) / rows.length;
  for (const [row, { target, open, forced, choose }] of written.entries()) {
    if (!open) continue;
    const chosen = choose && logits && forced === undefined ? choose(logits.subarray(row * width, (row + 1) * width)) : next[row]!;
    target.push(forced ?? chosen);
  }
}
