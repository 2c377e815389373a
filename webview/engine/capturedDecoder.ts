/** Which recorded step a decoding gets: one for a single row, others for batches, each recorded when it is first needed. Knows no graph. */
import { CapturedDecoding, type DecodeOtherwise } from './capturedDecoding.ts';
import type { CapturedStep, CrossStates } from './capturedStep.ts';
import type { Decoding } from './seq2seqModel.ts';

/** Rows of the recordings for batches, fewest first; four are the beams of a text. Rows that nobody needs cost as much as others. */
const BATCH_ROWS = [4, 8, 32] as const;
export type BatchRows = (typeof BATCH_ROWS)[number];

export interface CapturedDecoderOptions {
  /** For a single row; has passed the self-check before the decoder is used. */
  readonly single: CapturedStep;
  /** @throws SaccadeError where the device cannot record it */
  readonly load: (rows: BatchRows) => Promise<CapturedStep>;
  /** Whether a new recording writes what the reference writes; it is not used before. */
  readonly check: (step: CapturedStep) => Promise<boolean>;
}

export class CapturedDecoder {
  private readonly single: CapturedStep;
  /** Undefined where the device cannot have it. */
  private readonly batches = new Map<BatchRows, Promise<CapturedStep | undefined>>();
  private readonly taken = new Set<CapturedStep>();

  constructor(private readonly options: CapturedDecoderOptions) {
    this.single = options.single;
  }

  /** On a recorded step where one is free that has so many rows. */
  async decode(cross: CrossStates, sources: readonly number[], watched: readonly number[], otherwise: DecodeOtherwise): Promise<Decoding> {
    const step = await this.take(sources.length);
    if (!step) return otherwise(sources);
    await step.begin(cross, sources);
    return new CapturedDecoding(step, sources, watched, otherwise, this);
  }

  /** The smallest step that has so many rows, for the caller alone until it gives it back; undefined where there is none or it is taken. */
  async take(rowCount: number): Promise<CapturedStep | undefined> {
    const rows = BATCH_ROWS.find((count) => count >= rowCount);
    const step = rowCount === 1 ? this.single : rows && (await this.batch(rows));
    if (!step || this.taken.has(step)) return undefined;
    this.taken.add(step);
    return step;
  }

  giveBack(step: CapturedStep): void {
    this.taken.delete(step);
  }

  async release(): Promise<void> {
    await this.single.release();
    for (const step of this.batches.values()) await (await step)?.release();
  }

  private batch(rows: BatchRows): Promise<CapturedStep | undefined> {
    const known = this.batches.get(rows);
    if (known) return known;
    const step = this.checked(rows);
    this.batches.set(rows, step);
    return step;
  }

  private async checked(rows: BatchRows): Promise<CapturedStep | undefined> {
    try {
      const step = await this.options.load(rows);
      if (await this.options.check(step)) return step;
      await step.release();
    } catch {
      // Whether the device still works is said by what decodes in its place.
    }
    return undefined;
  }
}
