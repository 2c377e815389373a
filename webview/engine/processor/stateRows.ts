/** The layers' arithmetic on rows of states, `[rows, size]`. Knows neither encoder nor decoder. */
import { damagedFile } from '../fileFailure.ts';
import type { OwnModelConfig } from '../modelConfig.ts';
import type { Address, Kernels } from './kernels.ts';
import type { Attention, EncoderLayer, Linear, Norm, ProcessorWeights } from './processorWeights.ts';

/** What a row attends to: `[length, size]` each. */
export interface KeyValues {
  readonly keys: Address;
  readonly values: Address;
  readonly length: number;
}

/** Rows whose inner states, the largest of a layer, stay in the cache until they are read; a multiple of every tile's rows. */
const NEAR_ROWS = 240;

export class StateRows {
  readonly size: number;

  constructor(
    readonly kernels: Kernels,
    private readonly weights: ProcessorWeights,
    private readonly config: OwnModelConfig,
    private readonly heads: number,
  ) {
    this.size = config.hiddenSize;
  }

  /**
   * What enters the first layer, of a token that the model reads at a position.
   * @throws SaccadeError of kind "badModel" where it has no such token
   */
  embed(token: number, position: number, to: Address): void {
    const { embedding, embeddingScales, positions } = this.weights;
    if (token >= this.config.vocabularySize) throw damagedFile('tokenizer.json', 'names tokens that the model does not have');
    this.kernels.run.embed(token, embedding, embeddingScales, this.size, this.row(positions, position), to);
  }

  /** Where row `index` of states begins. */
  row(states: Address, index: number): Address {
    return states + index * this.size * Float32Array.BYTES_PER_ELEMENT;
  }

  normalise(states: Address, rows: number, { weight, bias }: Norm, to: Address): void {
    this.kernels.run.normalise(states, rows, this.size, weight, bias, to);
  }

  /** to = x * weights + bias */
  linear(x: Address, rows: number, linear: Linear, to: Address): void {
    this.kernels.run.fill(to, rows, linear.outputs, linear.bias);
    this.addProduct(x, rows, linear, to);
  }

  /** to += x * weights + bias */
  addLinear(x: Address, rows: number, linear: Linear, to: Address): void {
    this.kernels.run.addToEach(to, rows, linear.outputs, linear.bias);
    this.addProduct(x, rows, linear, to);
  }

  /** to += ReLU(x) * weights + bias */
  private addActiveLinear(x: Address, rows: number, { inputs, outputs, weights, scales, bias }: Linear, to: Address): void {
    const { run } = this.kernels;
    run.addToEach(to, rows, outputs, bias);
    this.kernels.borrow([run.activeWork(rows, inputs)], (work) =>
      run.addActiveProduct(x, rows, inputs, outputs, weights, scales, to, work),
    );
  }

  /** What the rows attend to is added to them; row i, of which `query` makes its question, to `sources(i)`. */
  addAttention(states: Address, rows: number, { query, output }: Attention, normal: Address, sources: (row: number) => KeyValues): void {
    const { run } = this.kernels;
    const count = rows * this.size;
    const all = Array.from({ length: rows }, (_, row) => sources(row));
    const longest = Math.max(...all.map(({ length }) => length));
    this.kernels.borrow([count, count, run.attendWork(longest)], (queries, attended, work) => {
      this.linear(normal, rows, query, queries);
      for (const [row, { keys, values, length }] of all.entries())
        run.attend(this.row(queries, row), keys, values, length, this.heads, this.size / this.heads, this.row(attended, row), work);
      this.addLinear(attended, rows, output, states);
    });
  }

  addFeedForward(states: Address, rows: number, layer: EncoderLayer): void {
    for (let row = 0; row < rows; row += NEAR_ROWS)
      this.addFeedForwardOfNear(this.row(states, row), Math.min(NEAR_ROWS, rows - row), layer);
  }

  private addFeedForwardOfNear(states: Address, rows: number, { inner, outer, feedForwardNorm }: EncoderLayer): void {
    this.kernels.borrow([rows * this.size, rows * inner.outputs], (normal, within) => {
      this.normalise(states, rows, feedForwardNorm, normal);
      this.linear(normal, rows, inner, within);
      this.addActiveLinear(within, rows, outer, states);
    });
  }

  private addProduct(x: Address, rows: number, { inputs, outputs, weights, scales }: Linear, to: Address): void {
    const { run } = this.kernels;
    this.kernels.borrow([run.productWork(rows, inputs)], (work) => run.addProduct(x, rows, inputs, outputs, weights, scales, to, work));
  }
}
