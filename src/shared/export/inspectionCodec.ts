/** An inspection as JSON and back: one line for each of its members, which the compiler asks for. Knows no file. */
import {
  ROW_STEPS,
  type Alternative,
  type AttentionMaps,
  type AxisToken,
  type CrossAttentionChoice,
  type HeadAnswers,
  type HiddenStates,
  type Inspection,
  type ValueProducts,
} from '../inspection.ts';
import type { Span } from '../span.ts';
import { LANGUAGES, type Task } from '../task.ts';
import { finite, integer, list, nested, oneOf, plain, record, text, type Codec, type Nested } from './codec.ts';

/** What the views can still show; a file that asks for more is not one of ours. */
const LONGEST = { text: 100_000, label: 10_000, tokens: 4096, layers: 64, heads: 64, size: 8192, names: 64, id: 2 ** 31 };

const span: Codec<Span> = record<Span>({ start: integer(0, LONGEST.text), end: integer(0, LONGEST.text) });
const tokens = list<AxisToken>(record<AxisToken>({ id: integer(0, LONGEST.id), label: text(LONGEST.label), span }), LONGEST.tokens);
const positions = list(integer(0, LONGEST.tokens), LONGEST.tokens);

const task: Codec<Task> = {
  write: (value) => value,
  read(json, place) {
    const { kind } = record<Pick<Task, 'kind'>>({ kind: oneOf(['translate', 'summarise', 'headline', 'reconstruct', 'text2text']) }).read(
      json,
      place,
    );
    return kind === 'translate' ? { kind, ...record({ to: oneOf(LANGUAGES) }).read(json, place) } : { kind };
  },
};

/** `[layers][heads][queries][keys]` */
const maps: Codec<AttentionMaps> = numbers(
  [LONGEST.layers, LONGEST.heads, LONGEST.tokens, LONGEST.tokens],
  ({ layers, heads, queries, keys }) => [layers, heads, queries, keys],
  ([layers = 0, heads = 0, queries = 0, keys = 0], data) => ({ layers, heads, queries, keys, data }),
);

/** `[layers][keys][heads][heads]` */
const valueProducts: Codec<ValueProducts> = orNothing<ValueProducts>(
  { layers: 0, keys: 0, heads: 0, data: new Float32Array(0) },
  numbers(
    [LONGEST.layers, LONGEST.tokens, LONGEST.heads, LONGEST.heads],
    ({ layers, keys, heads }) => [layers, keys, heads, heads],
    ([layers = 0, keys = 0, heads = 0], data) => ({ layers, keys, heads, data }),
  ),
);

/** `[layers + 1][positions][size]` */
const hiddenStates: Codec<HiddenStates> = numbers(
  [LONGEST.layers, LONGEST.tokens, LONGEST.size],
  ({ layers, positions: count, size }) => [layers, count, size],
  ([layers = 0, count = 0, size = 0], data) => ({ layers, positions: count, size, data }),
);

const alternative = record<Alternative>({ id: integer(0, LONGEST.id), label: text(LONGEST.label), logProbability: finite });

const names = list(text(LONGEST.label), LONGEST.names);

const answerRows = orNothing<Nested>({ shape: [0, 0], data: new Float32Array(0) }, nested(2, [LONGEST.tokens, LONGEST.names]));

/** `probabilities` as `[rows][names]` */
const headAnswers: Codec<HeadAnswers> = {
  write: ({ names: answers, probabilities }) => ({
    names: answers,
    probabilities: answerRows.write({ shape: [probabilities.length / answers.length, answers.length], data: probabilities }),
  }),
  read(json, place) {
    const read = record({ names, probabilities: answerRows }).read(json, place);
    return { names: read.names, probabilities: read.probabilities.data };
  },
};

const logProbabilities: Codec<Float32Array> = {
  write: (data) => nested(1, []).write({ shape: [data.length], data }),
  read: (json, place) => nested(1, [LONGEST.tokens]).read(json, place).data,
};

const choice = record<CrossAttentionChoice>({
  layer: integer(0, LONGEST.layers),
  head: plain('a head or null', (json): json is number | null => json === null || (Number.isInteger(json) && (json as number) >= 0)),
  step: oneOf(ROW_STEPS),
});

export const inspectionCodec: Codec<Inspection> = record<Inspection>({
  task,
  sourceText: text(LONGEST.text),
  targetText: text(LONGEST.text),
  source: tokens,
  decoderInput: tokens,
  target: tokens,
  encoderAttentions: maps,
  decoderAttentions: maps,
  crossAttentions: maps,
  encoderValueProducts: valueProducts,
  decoderValueProducts: valueProducts,
  crossValueProducts: valueProducts,
  encoderHiddenStates: hiddenStates,
  alternatives: list(list(alternative, LONGEST.names), LONGEST.tokens),
  language: headAnswers,
  classes: headAnswers,
  logProbabilities,
  overruled: positions,
  mismatches: positions,
  defaultCrossAttention: choice,
});

/** What a model does not tell is an empty list. */
function orNothing<Value extends { readonly data: Float32Array }>(nothing: Value, codec: Codec<Value>): Codec<Value> {
  return {
    write: (value) => (value.data.length === 0 ? [] : codec.write(value)),
    read: (json, place) => (Array.isArray(json) && json.length === 0 ? nothing : codec.read(json, place)),
  };
}

/** Nested lists that are a typed array and the lengths of its axes. */
function numbers<Value extends { readonly data: Float32Array }>(
  longest: readonly number[],
  shapeOf: (value: Value) => readonly number[],
  make: (shape: readonly number[], data: Float32Array) => Value,
): Codec<Value> {
  const lists = nested(longest.length, longest);
  return {
    write: (value) => lists.write({ shape: shapeOf(value), data: value.data }),
    read(json, place) {
      const { shape, data } = lists.read(json, place);
      return make(shape, data);
    },
  };
}
