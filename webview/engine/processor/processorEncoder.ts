/** The encoder, and the decoder's cross-attention keys and values. Sources lie one after the other: none is padded. */
import type { OwnModelConfig } from '../modelConfig.ts';
import type { Classified, EncodedSources } from '../seq2seqModel.ts';
import type { Address } from './kernels.ts';
import type { EncoderLayer, ProcessorWeights } from './processorWeights.ts';
import { StateRows, type KeyValues } from './stateRows.ts';
import type { Kernels } from './kernels.ts';

export interface ProcessorSources extends EncodedSources {
  readonly sourceIds: readonly (readonly number[])[];
  /** What the targets of each source attend to, by decoder layer: `[layers][sources]`. */
  readonly crossKeyValues: readonly (readonly KeyValues[])[];
}

/** Where a source's tokens are among those of all. */
interface Span {
  readonly start: number;
  readonly length: number;
}

/** Tokens that are read in one go, in about half a second; more are no quicker a token. */
const PART_TOKENS = 480;

export class ProcessorEncoder {
  private readonly rows: StateRows;

  constructor(
    private readonly kernels: Kernels,
    private readonly weights: ProcessorWeights,
    private readonly config: OwnModelConfig,
  ) {
    this.rows = new StateRows(kernels, weights, config, config.encoderHeads);
  }

  /** @param onPart as in `Seq2SeqModel.encode` */
  async encode(sources: readonly (readonly number[])[], onPart?: () => void | Promise<void>): Promise<ProcessorSources> {
    const parts: ProcessorSources[] = [];
    const dispose = (): void => parts.forEach((part) => part.dispose());
    try {
      for (const part of partsOf(sources)) {
        if (parts.length > 0) await onPart?.();
        parts.push(this.encodePart(part));
      }
    } catch (error) {
      dispose();
      throw error;
    }
    const layers = this.weights.decoderLayers.keys();
    const crossKeyValues = Array.from(layers, (layer) => parts.flatMap((part) => part.crossKeyValues[layer]!));
    return { count: sources.length, sourceIds: sources, crossKeyValues, dispose };
  }

  private encodePart(sources: readonly (readonly number[])[]): ProcessorSources {
    const { kernels, rows, weights } = this;
    const spans = spansOf(sources);
    const tokens = sources.flat();
    const rooms: Address[] = [];
    const room = (): Address => {
      const address = kernels.allocateFloats(tokens.length * rows.size);
      rooms.push(address);
      return address;
    };
    const cross = kernels.borrow([tokens.length * rows.size], (states) => {
      this.embed(sources, states);
      this.transform(states, spans);
      return weights.decoderLayers.map(({ crossAttention }) => {
        const [keys, values] = [room(), room()];
        rows.linear(states, tokens.length, crossAttention.key, keys);
        rows.linear(states, tokens.length, crossAttention.value, values);
        return spans.map((span) => this.partOf(keys, values, span));
      });
    });
    return {
      count: sources.length,
      sourceIds: sources,
      crossKeyValues: cross,
      dispose: () => rooms.forEach((address) => kernels.free(address)),
    };
  }

  /** Their logits are linear in what enters the first layer of a token and what leaves the last; a text's are the mean of its tokens'. */
  classify(sources: readonly (readonly number[])[]): Classified {
    const { languages, classes } = this.config.classifiers;
    const longest = Math.max(...sources.map(({ length }) => length));
    const languageScores = new Float32Array(sources.length * languages.length);
    const classScores = new Float32Array(sources.length * longest * classes.length);
    let first = 0;
    for (const part of partsOf(sources)) {
      const of = (scores: Float32Array, width: number): Float32Array => scores.subarray(first * width);
      this.classifyPart(part, longest, of(languageScores, languages.length), of(classScores, longest * classes.length));
      first += part.length;
    }
    return { languageScores, classScores };
  }

  /** @param languageScores added to */
  private classifyPart(
    sources: readonly (readonly number[])[],
    longest: number,
    languageScores: Float32Array,
    classScores: Float32Array,
  ): void {
    const { size } = this.rows;
    const { languages, classes } = this.config.classifiers;
    const count = sources.flat().length;
    this.kernels.borrow([count * size, count * size], (entering, states) => {
      this.embed(sources, entering);
      this.embed(sources, states);
      this.transform(states, spansOf(sources));
      const scores = this.headScores(entering, states, count);
      const outputs = languages.length + classes.length;
      for (const [source, { start, length }] of spansOf(sources).entries())
        for (let position = 0; position < length; position++) {
          const ofToken = scores.subarray((start + position) * outputs, (start + position + 1) * outputs);
          for (const language of languages.keys()) languageScores[source * languages.length + language]! += ofToken[language]! / length;
          classScores.set(ofToken.subarray(languages.length), (source * longest + position) * classes.length);
        }
    });
  }

  private embed(sources: readonly (readonly number[])[], states: Address): void {
    const { rows } = this;
    let to = states;
    for (const source of sources)
      for (const [position, token] of source.entries()) {
        rows.embed(token, position, to);
        to = rows.row(to, 1);
      }
  }

  /** What enters the first layer becomes what leaves the last. */
  private transform(states: Address, spans: readonly Span[]): void {
    const { rows, weights } = this;
    const count = spans.reduce((sum, { length }) => sum + length, 0);
    for (const layer of weights.encoderLayers) {
      this.addSelfAttention(states, count, layer, spans);
      rows.addFeedForward(states, count, layer);
    }
    rows.normalise(states, count, weights.encoderNorm, states);
  }

  private addSelfAttention(states: Address, count: number, { attention, attentionNorm }: EncoderLayer, spans: readonly Span[]): void {
    const { rows, kernels } = this;
    const numbers = count * rows.size;
    kernels.borrow([numbers, numbers, numbers], (normal, keys, values) => {
      rows.normalise(states, count, attentionNorm, normal);
      rows.linear(normal, count, attention.key, keys);
      rows.linear(normal, count, attention.value, values);
      const ofTokens = spans.flatMap((span) => {
        const own = this.partOf(keys, values, span);
        return Array.from({ length: span.length }, () => own);
      });
      rows.addAttention(states, count, attention, normal, (row) => ofTokens[row]!);
    });
  }

  private partOf(keys: Address, values: Address, { start, length }: Span): KeyValues {
    return { keys: this.rows.row(keys, start), values: this.rows.row(values, start), length };
  }

  /** `[tokens, outputs]` */
  private headScores(entering: Address, states: Address, count: number): Float32Array {
    const { size } = this.rows;
    const { headWeights, headBias } = this.weights;
    const both = [this.kernels.floats(entering, count * size), this.kernels.floats(states, count * size)];
    const scores = new Float32Array(count * headBias.length);
    for (let token = 0; token < count; token++) {
      const of = scores.subarray(token * headBias.length, (token + 1) * headBias.length);
      of.set(headBias);
      for (const [half, numbers] of both.entries())
        for (let i = 0; i < size; i++) {
          const number = numbers[token * size + i]!;
          const from = (half * size + i) * headBias.length;
          for (let output = 0; output < of.length; output++) of[output]! += number * headWeights[from + output]!;
        }
    }
    return scores;
  }
}

/** Sources in their order, by as many as have `PART_TOKENS`; a longer one is a part by itself. */
function partsOf(sources: readonly (readonly number[])[]): (readonly number[])[][] {
  const parts: (readonly number[])[][] = [];
  let tokens = Infinity;
  for (const source of sources) {
    if (tokens + source.length > PART_TOKENS) {
      parts.push([]);
      tokens = 0;
    }
    parts.at(-1)!.push(source);
    tokens += source.length;
  }
  return parts;
}

function spansOf(sources: readonly (readonly number[])[]): Span[] {
  let start = 0;
  return sources.map(({ length }) => {
    start += length;
    return { start: start - length, length };
  });
}
