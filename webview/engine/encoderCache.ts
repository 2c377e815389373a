/** Encoder outputs kept by content: the same selection in another language, or with other beams, is not encoded again. Knows no text. */
import type { EncodedSources, Seq2SeqModel } from './seq2seqModel.ts';

interface Entry {
  readonly encoded: Promise<EncodedSources>;
  readonly bytes: number;
  /** How many work with it now. */
  uses: number;
}

const BYTES_PER_FLOAT = 4;

export class EncoderCache {
  /** Least recently used first. */
  private readonly entries = new Map<string, Entry>();
  private keptBytes = 0;

  /** @param limitBytes what may stay while nobody works with it; what is in use may exceed it */
  constructor(
    private readonly model: Pick<Seq2SeqModel, 'config' | 'encode'>,
    private readonly limitBytes: number,
  ) {}

  /** Lends `use` the encoded sources, which stay until it has ended. `onPart` as in `Seq2SeqModel.encode`. */
  async lend<Result>(
    sources: readonly (readonly number[])[],
    use: (encoded: EncodedSources) => Promise<Result>,
    onPart?: () => void | Promise<void>,
  ): Promise<Result> {
    const key = sources.map((ids) => ids.join(',')).join(';');
    const entry = this.entries.get(key) ?? { encoded: this.model.encode(sources, onPart), bytes: this.bytesOf(sources), uses: 0 };
    if (!this.entries.has(key)) this.keptBytes += entry.bytes;
    entry.uses++;
    this.moveToEnd(key, entry);
    try {
      return await use(await entry.encoded);
    } finally {
      entry.uses--;
      // A batch that could not be encoded is nothing to keep.
      await entry.encoded.catch(() => this.drop(key, entry));
      await this.shrinkTo(this.limitBytes);
    }
  }

  /** Disposes of everything that nobody works with. */
  async clear(): Promise<void> {
    await this.shrinkTo(0);
  }

  private moveToEnd(key: string, entry: Entry): void {
    this.entries.delete(key);
    this.entries.set(key, entry);
  }

  private async shrinkTo(bytes: number): Promise<void> {
    for (const [key, entry] of [...this.entries]) {
      if (this.keptBytes <= bytes) return;
      if (entry.uses > 0) continue;
      this.drop(key, entry);
      (await entry.encoded).dispose();
    }
  }

  private drop(key: string, entry: Entry): void {
    if (this.entries.get(key) !== entry) return;
    this.entries.delete(key);
    this.keptBytes -= entry.bytes;
  }

  /** Of the keys and values of the cross-attention, sources padded to the longest. */
  private bytesOf(sources: readonly (readonly number[])[]): number {
    const { decoderLayers, hiddenSize } = this.model.config;
    const positions = sources.length * Math.max(0, ...sources.map((ids) => ids.length));
    return positions * decoderLayers * 2 * hiddenSize * BYTES_PER_FLOAT;
  }
}
