/**
 * A decoding on a recorded step. What a recording cannot follow, rows that become several or texts that are too long, goes on in another
 * decoding, which first reads what was read. Knows no graph.
 */
import type { CapturedStep } from './capturedStep.ts';
import { watchedStep, type Decoding, type GreedyStep, type Step } from './seq2seqModel.ts';

/** Steps between two looks at what was written: what rows write behind their ends meanwhile is lost work, and a look waits for the GPU. */
const STEPS_PER_LOOK = 8;

/** Begins another decoding of these sources. */
export type DecodeOtherwise = (sources: readonly number[]) => Promise<Decoding>;

/** Where steps come from and go back to. */
export interface StepStore {
  take(rowCount: number): Promise<CapturedStep | undefined>;
  giveBack(step: CapturedStep): void;
}

export class CapturedDecoding implements Decoding {
  /** What goes on: a step, with the row of it that each row of the decoding stands in, or another decoding. */
  private current: { readonly step: CapturedStep; readonly places: readonly number[] } | { readonly other: Decoding };
  /** What the rows have read: `[positions][rows]`. */
  private read: (readonly number[])[] = [];
  /** What the rows of the step read next unless they are told; undefined after a beginning. */
  private written: Int32Array | undefined;

  /** @param step has begun these sources, in its rows from 0 on */
  constructor(
    step: CapturedStep,
    private sources: readonly number[],
    private readonly watched: readonly number[],
    private readonly otherwise: DecodeOtherwise,
    private readonly store: StepStore,
  ) {
    this.current = { step, places: sources.map((_, row) => row) };
  }

  async step(tokens: readonly number[], wanted: { readonly logits: boolean }): Promise<Step> {
    const { current } = await this.withRoom();
    if ('other' in current) return current.other.step(tokens, wanted);
    const { step, places } = current;
    const [next] = await this.replay(step, places, tokens, 1);
    if (!wanted.logits) return { next: next!, logits: undefined };
    const scores = await step.logits();
    const width = scores.length / step.rows;
    const logits = new Float32Array(places.length * width);
    places.forEach((place, row) => logits.set(scores.subarray(place * width, (place + 1) * width), row * width));
    return { next: next!, logits };
  }

  async greedy(tokens: readonly number[], count: number): Promise<readonly GreedyStep[]> {
    const { current } = await this.withRoom();
    if ('other' in current) return current.other.greedy(tokens, count);
    // A recording keeps the scores of its last step only.
    if (this.watched.length > 0) return [watchedStep(await this.step(tokens, { logits: true }), this.watched)];
    const { step, places } = current;
    const steps = await this.replay(step, places, tokens, Math.min(count, step.room, STEPS_PER_LOOK));
    return steps.map((next) => ({ next, scores: undefined }));
  }

  async select(rows: readonly number[]): Promise<void> {
    const { current } = this;
    if ('other' in current) {
      await current.other.select(rows);
      return;
    }
    const choose = <Value>(values: readonly Value[]): Value[] => rows.map((row) => values[row]!);
    if (new Set(rows).size < rows.length) {
      const other = await this.handOver(current.step);
      await other.select(rows);
      return;
    }
    this.sources = choose(this.sources);
    this.read = this.read.map(choose);
    this.current = await this.onFewest(current.step, choose(current.places));
  }

  dispose(): void {
    if ('other' in this.current) this.current.other.dispose();
    else this.store.giveBack(this.current.step);
  }

  /** Moves to a smaller step where there is one. */
  private async onFewest(step: CapturedStep, places: readonly number[]): Promise<CapturedDecoding['current']> {
    const smaller = await this.store.take(places.length);
    if (!smaller) return { step, places };
    if (smaller.rows >= step.rows) {
      this.store.giveBack(smaller);
      return { step, places };
    }
    smaller.takeOver(step, places);
    this.store.giveBack(step);
    this.written = undefined;
    return { step: smaller, places: places.map((_, row) => row) };
  }

  private async replay(step: CapturedStep, places: readonly number[], tokens: readonly number[], count: number): Promise<Int32Array[]> {
    const { written } = this;
    if (!written || places.some((place, row) => written[place] !== tokens[row])) {
      const told = new Int32Array(step.rows);
      places.forEach((place, row) => (told[place] = tokens[row]!));
      step.write(told);
    }
    const steps = await step.replay(count);
    this.written = steps.at(-1);
    const next = steps.map((all) => Int32Array.from(places, (place) => all[place]!));
    this.read.push(tokens, ...next.slice(0, -1).map((each) => [...each]));
    return next;
  }

  /** Itself, with something in `current` that can read one more token. */
  private async withRoom(): Promise<this> {
    if ('step' in this.current && this.current.step.room === 0) await this.handOver(this.current.step);
    return this;
  }

  private async handOver(step: CapturedStep): Promise<Decoding> {
    const other = await this.otherwise(this.sources);
    for (const tokens of this.read) await other.step(tokens, { logits: false });
    this.store.giveBack(step);
    this.current = { other };
    return other;
  }
}
