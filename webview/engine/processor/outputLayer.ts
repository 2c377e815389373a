/** Logits of the decoder's states, and the tokens they choose. Knows neither sources nor targets. */
import type { Address, Kernels } from './kernels.ts';
import type { ProcessorWeights } from './processorWeights.ts';

/** Some states `[rows, size]`, as the output layer reads them. */
export interface RoundedStates {
  readonly rows: number;
  /** int16 */
  readonly integers: Address;
  /** `[rows]` */
  readonly scales: Address;
}

/** In the kernels' memory. */
export interface TokenList {
  readonly address: Address;
  readonly tokens: Uint16Array;
}

/** What the token of a state is looked for among, besides the tokens that every state has. */
export interface OwnCandidates {
  readonly list: TokenList;
  /** A token that is less likely than this among them is looked for in the whole vocabulary. */
  readonly leastProbability: number;
}

export interface Chosen {
  readonly token: number;
  /** Its logit. */
  readonly score: number;
}

export class OutputLayer {
  private readonly everyToken: TokenList;

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
    const { kernels, size } = this;
    return kernels.borrow([(rows * size) / 2, rows], (integers, scales) => {
      const found = Float32Array.from({ length: rows }, (_, row) =>
        kernels.run.roundTo16(states + floats(row * size), size, integers + halves(row * size)),
      );
      kernels.floats(scales, rows).set(found);
      return use({ rows, integers: integers, scales: scales });
    });
  }

  /** Logits of the listed tokens. `[rows, tokens]` */
  logitsOf(states: RoundedStates, { address, tokens }: TokenList): Float32Array {
    const count = states.rows * tokens.length;
    return this.kernels.borrow([count], (logits) => {
      this.score(states, { address, tokens }, logits, tokens.length);
      return this.kernels.floats(logits, count).slice();
    });
  }

  /** Logits of the whole vocabulary. `[rows, vocabulary]` */
  logits(states: RoundedStates): Float32Array {
    return this.logitsOf(states, this.everyToken);
  }

  /** The most probable token of each state among the frequent ones and its own; where it is too improbable, of the whole vocabulary. */
  choose(states: RoundedStates, frequent: TokenList, own: readonly OwnCandidates[]): Chosen[] {
    const { kernels } = this;
    const common = frequent.tokens.length;
    const stride = common + Math.max(...own.map(({ list }) => list.tokens.length));
    return kernels.borrow([states.rows * stride], (logits) => {
      this.score(states, frequent, logits, stride);
      return own.map(({ list, leastProbability }, row) => {
        const ofRow = logits + floats(row * stride);
        const state = this.rowOf(states, row);
        this.score(state, list, ofRow + floats(common), stride);
        const count = common + list.tokens.length;
        if (count === 0) return this.chooseAmongAll(state);
        const { index, score } = this.best(ofRow, count);
        if (kernels.run.probabilityOf(score, ofRow, count) < leastProbability) return this.chooseAmongAll(state);
        return { token: index < common ? frequent.tokens[index]! : list.tokens[index - common]!, score };
      });
    });
  }

  private chooseAmongAll(state: RoundedStates): Chosen {
    const count = this.everyToken.tokens.length;
    return this.kernels.borrow([count], (logits) => {
      this.score(state, this.everyToken, logits, count);
      const { index, score } = this.best(logits, count);
      return { token: index, score };
    });
  }

  private rowOf({ integers, scales }: RoundedStates, row: number): RoundedStates {
    return { rows: 1, integers: integers + halves(row * this.size), scales: scales + floats(row) };
  }

  private score({ rows, integers, scales }: RoundedStates, { address, tokens }: TokenList, to: Address, stride: number): void {
    const { weights, size } = this;
    const { run } = this.kernels;
    this.kernels.borrow([run.scoreWork(rows, size)], (work) =>
      run.scoreTokens(integers, scales, rows, size, address, tokens.length, weights.embedding, weights.embeddingScales, to, stride, work),
    );
  }

  private best(logits: Address, count: number): { readonly index: number; readonly score: number } {
    const index = this.kernels.run.indexOfLargest(logits, count);
    return { index, score: this.kernels.floats(logits, count)[index]! };
  }
}

function floats(count: number): number {
  return count * Float32Array.BYTES_PER_ELEMENT;
}

function halves(count: number): number {
  return count * Int16Array.BYTES_PER_ELEMENT;
}
