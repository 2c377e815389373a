/** Columns of the output layer for tokens that many runs choose among. Knows neither languages nor graphs. */

/** Of so many lists of tokens they are kept: a person translates into one language, and now and then back. */
const KEPT = 2;

/** Tokens whose rows are turned at once, so that both what is read and what is written stays in the cache. */
const TURNED = 16;

export class OutputColumns {
  private readonly kept = new Map<Uint16Array, Float32Array>();

  /** @param embedding `[vocabularySize, hiddenSize]`, which the output layer is tied to */
  constructor(
    private readonly embedding: Float32Array,
    private readonly hiddenSize: number,
  ) {}

  /** `[hiddenSize, tokens]`, row-major; the same list gives the same columns. */
  of(tokens: Uint16Array): Float32Array {
    const columns = this.kept.get(tokens) ?? this.turned(tokens);
    // The one that was asked for last is the last in the map.
    this.kept.delete(tokens);
    this.kept.set(tokens, columns);
    if (this.kept.size > KEPT) this.kept.delete(this.kept.keys().next().value!);
    return columns;
  }

  private turned(tokens: Uint16Array): Float32Array {
    const { embedding, hiddenSize } = this;
    const columns = new Float32Array(hiddenSize * tokens.length);
    for (let from = 0; from < tokens.length; from += TURNED) {
      const to = Math.min(tokens.length, from + TURNED);
      for (let i = 0, row = 0; i < hiddenSize; i++, row += tokens.length)
        for (let token = from; token < to; token++) columns[row + token] = embedding[tokens[token]! * hiddenSize + i]!;
    }
    return columns;
  }
}
