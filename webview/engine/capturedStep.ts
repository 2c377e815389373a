/** A decoder step that WebGPU has recorded for a fixed number of rows, and the buffers that it works on. Knows no search. */
import type { StepPrecision } from '../../src/shared/engineStatus.ts';
import { copyRows, readTensor, writeTensor } from './gpuTensors.ts';
import { fromHalfPrecision } from './halfPrecision.ts';
import type { OwnModelConfig } from './modelConfig.ts';
import {
  captureGraph,
  disposeAll,
  float32Tensor,
  gpuDevice,
  int32Tensor,
  int64Tensor,
  type CapturedGraph,
  type Graph,
  type Tensor,
} from './onnxRuntime.ts';

/** Added to a score, it hides the key: exp() of the result is 0. Exact in half precision too. */
const HIDDEN = -32768;
const HIDDEN_HALF_BITS = 0xf800;

/** Sources behind the encoder, as the step's rows need them. */
export interface CrossStates {
  /** `cross_key.i` and `cross_value.i` of each decoder layer: `[sources, heads, longest source, headSize]`. */
  readonly keyValues: Readonly<Record<string, Tensor>>;
  /** Tokens of each source; what is behind them is padding. */
  readonly lengths: readonly number[];
}

export interface CapturedStepGraphs {
  /** fp16 needs a GPU that has it, and reads half as many bytes for a token. */
  readonly precision: StepPrecision;
  /** For the number of rows that is to be recorded. */
  readonly step: Uint8Array;
  /** Cross keys and values of chosen sources, padded. */
  readonly cross: Graph;
  /** Makes buffers. */
  readonly zeros: Graph;
  /** In the step's precision. */
  readonly weights: Uint8Array;
}

interface StepBuffers {
  /** By the names of the step's inputs. What a row has read: `[rows, ...]`. */
  readonly own: Readonly<Record<string, Tensor>>;
  /** What a row looks at: `[rows, ...]`. */
  readonly cross: Readonly<Record<string, Tensor>>;
  /** Of the token that was read last. `[1, rows]` */
  readonly position: Tensor;
  /** That is read next. `[1, rows]` */
  readonly token: Tensor;
  /** That were written. `[positions, rows]` */
  readonly history: Tensor;
  /** `[rows, vocabulary]` */
  readonly logits: Tensor;
}

export class CapturedStep {
  /** Tokens that each row has read. */
  private read = 0;

  private constructor(
    readonly rows: number,
    private readonly device: GPUDevice,
    private readonly place: Graph,
    private readonly graph: CapturedGraph,
    private readonly buffers: StepBuffers,
  ) {}

  /** @throws SaccadeError of kind "device" */
  static async load(config: OwnModelConfig, rows: number, graphs: CapturedStepGraphs): Promise<CapturedStep> {
    const buffers = await makeBuffers(config, rows, graphs);
    const { own, cross, position, token, history, logits } = buffers;
    const state = { ...own, position, token, history };
    const next = Object.fromEntries(Object.entries(state).map(([name, tensor]) => [`next_${name}`, tensor]));
    const graph = await captureGraph(`captured step of ${rows} rows`, graphs.step, {
      weights: graphs.weights,
      dimensions: { rows, source: config.maxSourceTokens, target: config.maxTargetTokens },
      inputs: { ...state, ...cross },
      outputs: { ...next, logits },
    });
    return new CapturedStep(rows, await gpuDevice(), graphs.cross, graph, buffers);
  }

  /** How many more tokens each row can read. */
  get room(): number {
    return this.buffers.history.dims[0]! - this.read;
  }

  /** Begins a target for each of these sources, at most `rows`, in the rows from 0 on. */
  async begin({ keyValues, lengths }: CrossStates, sources: readonly number[]): Promise<void> {
    const { rows } = this;
    const { cross, own } = this.buffers;
    const positions = cross['cross_key.0']!.dims[2]!;
    // Rows that stand for nothing go along with the first source.
    const sourceOfRow = Array.from({ length: rows }, (_, row) => sources[row] ?? sources[0]!);
    const mask = new Float32Array(rows * positions).fill(HIDDEN);
    for (const [row, source] of sourceOfRow.entries()) mask.fill(0, row * positions, row * positions + lengths[source]!);
    const longest = keyValues['cross_key.0']!.dims[2]!;
    const feeds = {
      ...keyValues,
      rows: int32Tensor(sourceOfRow, [rows]),
      pads: int64Tensor([0, 0, 0, 0, 0, 0, positions - longest, 0], [8]),
      static_mask: float32Tensor(mask, [rows, 1, positions]),
    };
    await this.place.runInto(feeds, Object.fromEntries(Object.entries(cross).map(([name, tensor]) => [`static_${name}`, tensor])));
    const targetMask = own['target_mask']!;
    const isHalf = targetMask.type === 'float16';
    const hidden = isHalf ? new Uint16Array(targetMask.size).fill(HIDDEN_HALF_BITS) : new Float32Array(targetMask.size).fill(HIDDEN);
    writeTensor(this.device, targetMask, hidden);
    this.setRead(0);
  }

  /** Begins with what these rows of another step have read and look at, in the rows from 0 on. */
  takeOver(other: CapturedStep, chosen: readonly number[]): void {
    const rows = chosen.map((row, index) => [row, index] as const);
    const [from, to] = [other, this].map(({ buffers: { own, cross } }) => Object.values({ ...own, ...cross }));
    copyRows(
      this.device,
      from!.map((tensor, index) => ({ from: tensor, to: to![index]!, rows })),
    );
    this.setRead(other.read);
  }

  /** What each row reads next, in place of the token that it wrote last. `[rows]` */
  write(tokens: Int32Array<ArrayBuffer>): void {
    writeTensor(this.device, this.buffers.token, tokens);
  }

  /** Reads a token in each row and writes the likeliest next one, `count` times; gives what was written. `[count][rows]` */
  async replay(count: number): Promise<Int32Array[]> {
    const { rows, read } = this;
    for (let index = 0; index < count; index++) await this.graph.replay();
    this.read += count;
    const written = new Int32Array(await readTensor(this.device, this.buffers.history, read * rows, count * rows));
    return Array.from({ length: count }, (_, index) => written.subarray(index * rows, (index + 1) * rows));
  }

  /** The scores behind the last token that was read. `[rows, vocabulary]`, row-major */
  async logits(): Promise<Float32Array> {
    const { logits } = this.buffers;
    const bytes = await readTensor(this.device, logits, 0, logits.size);
    return logits.type === 'float16' ? fromHalfPrecision(new Uint16Array(bytes)) : new Float32Array(bytes);
  }

  async release(): Promise<void> {
    await this.graph.release();
    const { own, cross, ...others } = this.buffers;
    disposeAll(Object.values({ ...own, ...cross, ...others }));
  }

  private setRead(count: number): void {
    this.read = count;
    writeTensor(this.device, this.buffers.position, new Int32Array(this.rows).fill(count - 1));
  }
}

async function makeBuffers(
  config: OwnModelConfig,
  rows: number,
  { precision, zeros }: Pick<CapturedStepGraphs, 'precision' | 'zeros'>,
): Promise<StepBuffers> {
  const { maxSourceTokens: source, maxTargetTokens: target, decoderHeads: heads, vocabularySize } = config;
  const headSize = config.hiddenSize / heads;
  const make = async (type: StepPrecision | 'int32', dims: readonly number[]): Promise<Tensor> =>
    (await zeros.run({ shape: int64Tensor(dims, [dims.length]) }, [type]))[type]!;
  const own: Record<string, Tensor> = { target_mask: await make(precision, [rows, 1, target]) };
  const cross: Record<string, Tensor> = {};
  for (let layer = 0; layer < config.decoderLayers; layer++) {
    // Keys, and behind them values.
    own[`cache.${layer}`] = await make(precision, [rows, 2 * heads, target, headSize]);
    for (const kind of ['key', 'value']) cross[`cross_${kind}.${layer}`] = await make(precision, [rows, heads, source, headSize]);
    cross[`cross_bias.${layer}`] = await make(precision, [rows, heads, source]);
  }
  return {
    own,
    cross,
    position: await make('int32', [1, rows]),
    token: await make('int32', [1, rows]),
    history: await make('int32', [target, rows]),
    logits: await make(precision, [rows, vocabularySize]),
  };
}
