/** One step of the decoder for some targets: their tokens in, states out. Knows no search. */
import type { OwnModelConfig } from '../modelConfig.ts';
import type { Address, Kernels } from './kernels.ts';
import type { DecoderLayer, ProcessorWeights } from './processorWeights.ts';
import { StateRows, type KeyValues } from './stateRows.ts';
import { TargetCache } from './targetCache.ts';

/** One target in the making. */
export interface Target {
  readonly cache: TargetCache;
  /** What it attends to of its source, by layer. */
  readonly cross: readonly KeyValues[];
}

export class ProcessorDecoder {
  private readonly rows: StateRows;

  constructor(
    private readonly kernels: Kernels,
    private readonly weights: ProcessorWeights,
    private readonly config: OwnModelConfig,
  ) {
    this.rows = new StateRows(kernels, weights, config, config.decoderHeads);
  }

  newCache(): TargetCache {
    return new TargetCache(this.kernels, this.config.decoderLayers, this.config.hiddenSize);
  }

  /** Reads one more token of each target, at `position`, and lends `use` what the output layer reads, `[targets, hiddenSize]`. */
  read<Result>(targets: readonly Target[], tokens: readonly number[], position: number, use: (states: Address) => Result): Result {
    const { kernels, weights, rows } = this;
    const count = targets.length;
    return kernels.borrow([count * rows.size, count * rows.size], (states, normal) => {
      for (const [row, token] of tokens.entries()) rows.embed(token, position, rows.row(states, row));
      for (const [index, layer] of weights.decoderLayers.entries()) {
        rows.normalise(states, count, layer.attentionNorm, normal);
        this.remember(normal, targets, index, layer, position);
        rows.addAttention(states, count, layer.attention, normal, (row) => targets[row]!.cache.of(index, position + 1));
        rows.normalise(states, count, layer.crossAttentionNorm, normal);
        rows.addAttention(states, count, layer.crossAttention, normal, (row) => targets[row]!.cross[index]!);
        rows.addFeedForward(states, count, layer);
      }
      rows.normalise(states, count, weights.decoderNorm, normal);
      return use(normal);
    });
  }

  /** Keys and values of the tokens that are read go into the caches. */
  private remember(normal: Address, targets: readonly Target[], layer: number, { attention }: DecoderLayer, position: number): void {
    const { kernels, rows } = this;
    const count = targets.length;
    kernels.borrow([count * rows.size, count * rows.size], (keys, values) => {
      rows.linear(normal, count, attention.key, keys);
      rows.linear(normal, count, attention.value, values);
      for (const [row, { cache }] of targets.entries()) {
        const to = cache.at(layer, position);
        kernels.floats(to.key, rows.size).set(kernels.floats(rows.row(keys, row), rows.size));
        kernels.floats(to.value, rows.size).set(kernels.floats(rows.row(values, row), rows.size));
      }
    });
  }
}
