/** Logits of the decoder's states, and the tokens they choose. Knows neither sources nor targets. */
import type { Address, Kernels } from './kernels.ts';
import type { ProcessorWeights } from './processorWeights.ts';

/** Tokens whose rows of the embedding stay in the cache while every state is scored. */
const TOKENS_AT_ONCE = 256;

/** States rounded to 16 bits, as the output layer reads them. */
export interface RoundedStates {
  readonly address: Address;
  readonly scales: readonly number[];
}

/** A list of tokens in the kernels' memory. */
export interface TokenList {
  readonly address: Address;
  readonly tokens: Uint16Array;
}

export interface Chosen {
  readonly token: number;
  /** Its logit. */
  readonly score: number;
}

export class OutputLayer {
  readonly everyToken: TokenList;

  constructor(
    private readonly kernels: Kernels,
    private readonly weights: ProcessorWeights,
    private readonly size: number,
    vocabularySize: number,
  ) {
    this.everyToken = this.list(Uint16Array.from({ length: vocabularySize }, (_, token) => token));
  }

  /** Until its address is given to `free`. */
  list(tokens: Uint16Array): TokenList {
    return { address: this.kernels.allocateWith(tokens), tokens };
  }

  /** Lends `use` the states `[rows, size]`, rounded. */
  rounded<Result>(states: Address, rows: number, use: (rounded: RoundedStates) => Result): Result {
    const rowBytes = this.size * Float32Array.BYTES_PER_ELEMENT;
    return this.kernels.borrow([(rows * this.size) / 2], (address) => {
      const scales = Array.from({ length: rows }, (_, row) =>
        this.kernels.run.roundTo16(states + row * rowBytes, this.size, address! + (row * rowBytes) / 2),
      );
      return use({ address: address!, scales });
    });
  }

  /** Logits of the listed tokens, `[rows, tokens]`, of the named rows. */
  score({ address, scales }: RoundedStates, rows: readonly number[], list: TokenList, to: Address): void {
    const { kernels, weights, size } = this;
    const count = list.tokens.length;
    for (let from = 0; from < count; from += TOKENS_AT_ONCE)
      for (const [index, row] of rows.entries())
        kernels.run.scoreTokens(
          address + row * size * Int16Array.BYTES_PER_ELEMENT,
          scales[row]!,
          size,
          list.address + from * Uint16Array.BYTES_PER_ELEMENT,
          Math.min(TOKENS_AT_ONCE, count - from),
          weights.embedding,
          weights.embeddingScales,
          to + (index * count + from) * Float32Array.BYTES_PER_ELEMENT,
        );
  }

  /**
   * The most probable token of each state among those of `list`; of a state whose best has less than its `leastProbabilities` among them, of the
   * whole vocabulary.
   */
  choose(states: RoundedStates, list: TokenList, leastProbabilities: readonly number[]): Chosen[] {
    const { kernels } = this;
    const rows = [...leastProbabilities.keys()];
    const chosen = new Array<Chosen>(rows.length);
    const uncertain: number[] = [];
    const count = list.tokens.length;
    kernels.borrow([rows.length * count], (logits) => {
      this.score(states, rows, list, logits!);
      for (const row of rows) {
        const own = logits! + row * count * Float32Array.BYTES_PER_ELEMENT;
        const { index, score } = this.best(own, count);
        if (kernels.run.probabilityOf(score, own, count) < leastProbabilities[row]!) uncertain.push(row);
        else chosen[row] = { token: list.tokens[index]!, score };
      }
    });
    if (uncertain.length > 0) {
      const exact = this.chooseAmongAll(states, uncertain);
      for (const [index, row] of uncertain.entries()) chosen[row] = exact[index]!;
    }
    return chosen;
  }

  /** The same of the named rows, always of the whole vocabulary. */
  chooseAmongAll(states: RoundedStates, rows: readonly number[]): Chosen[] {
    const { everyToken, kernels } = this;
    const count = everyToken.tokens.length;
    return kernels.borrow([rows.length * count], (logits) => {
      this.score(states, rows, everyToken, logits!);
      return rows.map((_, index) => {
        const best = this.best(logits! + index * count * Float32Array.BYTES_PER_ELEMENT, count);
        return { token: best.index, score: best.score };
      });
    });
  }

  private best(logits: Address, count: number): { readonly index: number; readonly score: number } {
    const index = this.kernels.run.indexOfLargest(logits, count);
    return { index, score: this.kernels.floats(logits, count)[index]! };
  }
}
