/** Columns of the output layer for tokens that many runs choose among. Knows neither languages nor graphs. */
import type { Weights } from './weights.ts';

/** Of so many lists of tokens they are kept: a person translates into one language, and now and then back. */
const KEPT = 2;

/** Tokens whose rows are turned at once, so that both what is read and what is written stays in the cache. */
const TURNED = 16;

const NONE: Float32Array = new Float32Array(0);

export class OutputColumns {
  private readonly kept = new Map<Uint16Array, Float32Array>();

  /** @param weights whose embedding the output layer is tied to */
  constructor(
    private readonly weights: Pick<Weights, 'embeddingRow'>,
    private readonly hiddenSize: number,
  ) {}

  /** `[hiddenSize, tokens]`, row-major; the same list gives the same columns. */
  of(tokens: Uint16Array): Float32Array {
    // Where nothing is chosen among them; that list must not take a language's place.
    if (tokens.length === 0) return NONE;
    const columns = this.kept.get(tokens) ?? this.turned(tokens);
    // The one that was asked for last is the last in the map.
    this.kept.delete(tokens);
    this.kept.set(tokens, columns);
    if (this.kept.size > KEPT) this.kept.delete(this.kept.keys().next().value!);
    return columns;
  }

  private turned(tokens: Uint16Array): Float32Array {
    const { weights, hiddenSize } = this;
    const columns = new Float32Array(hiddenSize * tokens.length);
    const rows = new Float32Array(TURNED * hiddenSize);
    for (let from = 0; from < tokens.length; from += TURNED) {
      const count = Math.min(TURNED, tokens.length - from);
      for (let token = 0; token < count; token++)
        weights.embeddingRow(tokens[from + token]!, rows.subarray(token * hiddenSize, (token + 1) * hiddenSize));
      for (let i = 0, to = from; i < hiddenSize; i++, to += tokens.length)
        for (let token = 0; token < count; token++) columns[to + token] = rows[token * hiddenSize + i]!;
    }
    return columns;
  }
}
