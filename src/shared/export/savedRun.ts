/** A run with its attention as a file: what is in it, written and read. Reading needs no model and is total. */
import { SaccadeError } from '../failure.ts';
import { ROW_STEPS, type AttentionMaps, type AxisToken, type CrossAttentionChoice, type Inspection } from '../inspection.ts';
import type { Span } from '../span.ts';
import { LANGUAGES, type Task } from '../task.ts';
import { integer, list, Misfit, nested, oneOf, plain, record, text, type Codec, type Nested } from './codec.ts';

export interface SavedRun {
  readonly model: SavedModel;
  readonly inspection: Inspection;
}

export interface SavedModel {
  readonly id: string;
  /** Of the file with the weights, in lower-case hexadecimal. */
  readonly sha256: string;
}

export const SAVED_RUN_EXTENSION = 'saccade.json';
/** Larger than any run of a text of a thousand tokens. */
export const SAVED_RUN_LONGEST_BYTES = 256 * 2 ** 20;

const FORMAT = 'saccade-run';
const VERSION = 1;

const LONGEST = { text: 100_000, label: 10_000, tokens: 4096, layers: 64, heads: 64, size: 8192, id: 2 ** 31 };

const span: Codec<Span> = record<Span>({ start: integer(0, LONGEST.text), end: integer(0, LONGEST.text) });
const tokens = list<AxisToken>(record<AxisToken>({ id: integer(0, LONGEST.id), label: text(LONGEST.label), span }), LONGEST.tokens);
const positions = list(integer(0, LONGEST.tokens), LONGEST.tokens);

const task: Codec<Task> = {
  write: (value) => value,
  read(json, place) {
    const { kind } = record<Pick<Task, 'kind'>>({ kind: oneOf(['translate', 'summarise', 'headline', 'reconstruct']) }).read(json, place);
    return kind === 'translate' ? { kind, ...record({ to: oneOf(LANGUAGES) }).read(json, place) } : { kind };
  },
};

/** `[layers][heads][queries][keys]` */
const maps: Codec<AttentionMaps> = numbers(
  [LONGEST.layers, LONGEST.heads, LONGEST.tokens, LONGEST.tokens],
  ({ layers, heads, queries, keys }) => [layers, heads, queries, keys],
  ([layers = 0, heads = 0, queries = 0, keys = 0], data) => ({ layers, heads, queries, keys, data }),
);

const logProbabilities: Codec<Float32Array> = {
  write: (data) => nested(1, []).write({ shape: [data.length], data }),
  read: (json, place) => nested(1, [LONGEST.tokens]).read(json, place).data,
};

const choice = record<CrossAttentionChoice>({
  layer: integer(0, LONGEST.layers),
  head: plain('a head or null', (json): json is number | null => json === null || (Number.isInteger(json) && (json as number) >= 0)),
  step: oneOf(ROW_STEPS),
});

const inspection = record<Inspection>({
  task,
  sourceText: text(LONGEST.text),
  targetText: text(LONGEST.text),
  source: tokens,
  decoderInput: tokens,
  target: tokens,
  encoderAttentions: maps,
  decoderAttentions: maps,
  crossAttentions: maps,
  logProbabilities,
  overruled: positions,
  mismatches: positions,
  defaultCrossAttention: choice,
});

const header = record({ format: oneOf([FORMAT]), version: integer(1, 1_000_000) });
const model = record<SavedModel>({
  id: text(200),
  sha256: plain('a SHA-256 in hexadecimal', (json): json is string => typeof json === 'string' && /^[0-9a-f]{64}$/.test(json)),
});

/** One line for each member, so that the file can be looked at. */
export function writeSavedRun(run: SavedRun): string {
  const members = {
    format: FORMAT,
    version: VERSION,
    model: model.write(run.model),
    ...(inspection.write(run.inspection) as object),
  };
  return `{\n${Object.entries(members)
    .map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`)
    .join(',\n')}\n}\n`;
}

/** @throws SaccadeError of kind "badInput" that says what is wrong with the file and what to do */
export function readSavedRun(content: string): SavedRun {
  if (content.length > SAVED_RUN_LONGEST_BYTES) throw refusal('it is too large for one');
  try {
    const json: unknown = parsed(content);
    if (header.read(json, '').version > VERSION) {
      throw new SaccadeError('badInput', 'The run was saved by a newer Saccade. Update the extension to open it.');
    }
    const run = { model: record({ model }).read(json, '').model, inspection: inspection.read(json, '') };
    assertFits(run.inspection);
    return run;
  } catch (error) {
    throw error instanceof Misfit ? refusal(error.message) : error;
  }
}

function refusal(reason: string): SaccadeError {
  return new SaccadeError('badInput', `The file is no run that Saccade has saved, or it is damaged: ${reason}.`);
}

function parsed(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    throw new Misfit('it is not JSON');
  }
}

/** What the views rely on without looking: every map has its tokens, every span its characters, every position its token. */
function assertFits(run: Inspection): void {
  const expect = (fits: boolean, what: string): void => {
    if (!fits) throw new Misfit(`${what} do not fit together`);
  };
  const [source, target] = [run.source.length, run.target.length];
  const areOf = ({ queries, keys }: AttentionMaps, rows: number, columns: number): boolean => queries === rows && keys === columns;
  expect(run.decoderInput.length === target && run.logProbabilities.length === target, 'the tokens of the target');
  expect(areOf(run.encoderAttentions, source, source), 'the source and encoderAttentions');
  expect(areOf(run.decoderAttentions, target, target), 'the target and decoderAttentions');
  expect(areOf(run.crossAttentions, target, source), 'the texts and crossAttentions');
  expect(run.decoderAttentions.layers === run.crossAttentions.layers, 'the decoder’s layers');
  const within = (list: readonly AxisToken[], { length }: string): boolean =>
    list.every(({ span: { start, end } }) => start <= end && end <= length);
  expect(within(run.source, run.sourceText), 'source and sourceText');
  expect(within(run.target, run.targetText) && within(run.decoderInput, run.targetText), 'target and targetText');
  expect(
    [...run.overruled, ...run.mismatches].every((position) => position < target),
    'overruled, mismatches and the target',
  );
  const { layer, head } = run.defaultCrossAttention;
  expect(layer < run.crossAttentions.layers && (head === null || head < run.crossAttentions.heads), 'defaultCrossAttention and the heads');
}

/** Nested lists that are a typed array and the lengths of its axes. */
function numbers<Value extends { readonly data: Float32Array }>(
  longest: readonly number[],
  shapeOf: (value: Value) => readonly number[],
  make: (shape: readonly number[], data: Float32Array) => Value,
): Codec<Value> {
  const lists: Codec<Nested> = nested(longest.length, longest);
  return {
    write: (value) => lists.write({ shape: shapeOf(value), data: value.data }),
    read(json, place) {
      const { shape, data } = lists.read(json, place);
      return make(shape, data);
    },
  };
}
