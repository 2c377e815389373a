/** Logits of the decoder's states, and the tokens they choose. Knows neither sources nor targets. */
import type { Address, Kernels } from './kernels.ts';
import type { ProcessorWeights } from './processorWeights.ts';
import type { RoundedStates } from './roundedStates.ts';
import { TokenPanels } from './tokenPanels.ts';

/** A few tokens, in the kernels' memory. */
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

interface Candidate extends Chosen {
  /** Among the candidates. */
  readonly probability: number;
}

/** Of a state without candidates: every other token is a better choice. */
const NO_CANDIDATE: Candidate = { token: 0, score: -Infinity, probability: 0 };

/** The vocabulary in two parts. */
interface Split {
  readonly frequent: TokenPanels;
  readonly rare: TokenPanels;
}

export class OutputLayer {
  /** As it was last needed: most targets that follow one another are in one language, and have the same frequent tokens. */
  private last: Split | undefined;

  constructor(
    private readonly kernels: Kernels,
    private readonly weights: ProcessorWeights,
    private readonly size: number,
    private readonly vocabularySize: number,
  ) {}

  /** Until its address is given to `free`. */
  list(tokens: Uint16Array): TokenList {
    return { address: this.kernels.allocateWith(tokens), tokens };
  }

  /** Logits of the listed tokens. `[rows, tokens]` */
  logitsOf(states: RoundedStates, list: TokenList): Float32Array {
    const { kernels } = this;
    const width = list.tokens.length;
    return kernels.borrow([states.rows * width], (logits) => {
      for (let row = 0; row < states.rows; row++) this.score(states, row, list, logits + floats(row * width));
      return kernels.floats(logits, states.rows * width).slice();
    });
  }

  /** Logits of the whole vocabulary. `[rows, vocabulary]` */
  logits(states: RoundedStates): Float32Array {
    const { kernels, vocabularySize } = this;
    const all = new Float32Array(states.rows * vocabularySize);
    const { frequent, rare } = (this.last ??= this.split(new Uint16Array(0)));
    for (const panels of [frequent, rare]) {
      const { tokens, width } = panels;
      kernels.borrow([states.rows * width], (logits) => {
        panels.score(states, logits, width);
        const found = kernels.floats(logits, states.rows * width);
        for (let row = 0; row < states.rows; row++)
          for (let index = 0; index < tokens.length; index++) all[row * vocabularySize + tokens[index]!] = found[row * width + index]!;
      });
    }
    return all;
  }

  /** The most probable token of each state among the frequent ones and its own; where it is too improbable, of the whole vocabulary. */
  choose(states: RoundedStates, frequentTokens: Uint16Array, own: readonly OwnCandidates[]): Chosen[] {
    const { frequent, rare } = this.splitBy(frequentTokens);
    const chosen: Chosen[] = [];
    const uncertain: number[] = [];
    for (const [row, candidate] of this.candidates(states, frequent, own).entries()) {
      chosen.push(candidate);
      if (candidate.probability < own[row]!.leastProbability) uncertain.push(row);
    }
    if (uncertain.length > 0 && rare.tokens.length > 0)
      for (const [index, other] of this.bestOf(states, uncertain, rare).entries()) {
        const row = uncertain[index]!;
        if (other.score > chosen[row]!.score) chosen[row] = other;
      }
    return chosen;
  }

  private candidates(states: RoundedStates, frequent: TokenPanels, own: readonly OwnCandidates[]): Candidate[] {
    const { run } = this.kernels;
    const common = frequent.tokens.length;
    const stride = Math.max(frequent.width, common + Math.max(...own.map(({ list }) => list.tokens.length)));
    return this.kernels.borrow([states.rows * stride], (logits) => {
      frequent.score(states, logits, stride);
      return own.map(({ list }, row) => {
        const ofRow = logits + floats(row * stride);
        this.score(states, row, list, ofRow + floats(common));
        const count = common + list.tokens.length;
        if (count === 0) return NO_CANDIDATE;
        const { index, score } = this.best(ofRow, count);
        const token = index < common ? frequent.tokens[index]! : list.tokens[index - common]!;
        return { token, score, probability: run.probabilityOf(score, ofRow, count) };
      });
    });
  }

  /** The most probable of the tokens, for some of the states. */
  private bestOf(states: RoundedStates, rows: readonly number[], panels: TokenPanels): Chosen[] {
    const { tokens, width } = panels;
    return states.lendSome(rows, (some) =>
      this.kernels.borrow([some.rows * width], (logits) => {
        panels.score(some, logits, width);
        return rows.map((_, index) => {
          const { index: place, score } = this.best(logits + floats(index * width), tokens.length);
          return { token: tokens[place]!, score };
        });
      }),
    );
  }

  private splitBy(frequent: Uint16Array): Split {
    if (this.last?.frequent.tokens === frequent) return this.last;
    this.last?.frequent.free();
    this.last?.rare.free();
    return (this.last = this.split(frequent));
  }

  private split(frequent: Uint16Array): Split {
    const isFrequent = new Uint8Array(this.vocabularySize);
    for (const token of frequent) isFrequent[token] = 1;
    const rare = Uint16Array.from(isFrequent.keys()).filter((token) => isFrequent[token] === 0);
    const panels = (tokens: Uint16Array): TokenPanels => new TokenPanels(this.kernels, this.weights, this.size, tokens);
    return { frequent: panels(frequent), rare: panels(rare) };
  }

  /** Logits `[tokens]` of one state at `to`. */
  private score(states: RoundedStates, row: number, { address, tokens }: TokenList, to: Address): void {
    const { kernels, weights, size } = this;
    const { embedding, embeddingScales } = weights;
    kernels.run.scoreTokens(states.integersOf(row), states.scaleOf(row), size, address, tokens.length, embedding, embeddingScales, to);
  }

  private best(logits: Address, count: number): { readonly index: number; readonly score: number } {
    const index = this.kernels.run.indexOfLargest(logits, count);
    return { index, score: this.kernels.floats(logits, count)[index]! };
  }
}

function floats(count: number): number {
  return count * Float32Array.BYTES_PER_ELEMENT;
}
