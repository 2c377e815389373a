/** A run with its attention as a file: what is in it, written and read. Reading needs no model and is total. */
import { SaccadeError } from '../failure.ts';
import { hasValueProducts, type AttentionMaps, type AxisToken, type Inspection } from '../inspection.ts';
import { t } from '../words.ts';
import { integer, Misfit, oneOf, plain, record, text } from './codec.ts';
import { inspectionCodec } from './inspectionCodec.ts';

export interface SavedRun {
  readonly model: SavedModel;
  readonly inspection: Inspection;
}

export interface SavedModel {
  readonly id: string;
  /** Of the file with the most weights, in lower-case hexadecimal. */
  readonly sha256: string;
}

/**
 * The one that a saved run names the model by.
 * @param files at least one
 */
export function largestFile<File extends { readonly bytes: number }>(files: readonly File[]): File {
  return files.reduce((largest, file) => (file.bytes > largest.bytes ? file : largest));
}

export const SAVED_RUN_EXTENSION = 'saccade.json';
/** Larger than any run of a text of a thousand tokens. */
export const SAVED_RUN_LONGEST_BYTES = 256 * 2 ** 20;

const FORMAT = 'saccade-run';
const VERSION = 1;

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
    ...(inspectionCodec.write(run.inspection) as object),
  };
  return `{\n${Object.entries(members)
    .map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`)
    .join(',\n')}\n}\n`;
}

/** @throws SaccadeError of kind "badInput" that says what is wrong with the file and what to do */
export function readSavedRun(content: string): SavedRun {
  if (content.length > SAVED_RUN_LONGEST_BYTES) throw refusal(t('it is too large for one'));
  try {
    const json: unknown = parsed(content);
    if (header.read(json, '').version > VERSION) {
      throw new SaccadeError('badInput', t('The run was saved by a newer Saccade. Update the extension to open it.'));
    }
    const run = { model: record({ model }).read(json, '').model, inspection: inspectionCodec.read(json, '') };
    assertFits(run.inspection);
    return run;
  } catch (error) {
    throw error instanceof Misfit ? refusal(error.message) : error;
  }
}

function refusal(reason: string): SaccadeError {
  return new SaccadeError('badInput', t('The file is no run that Saccade has saved, or it is damaged: {0}.', reason));
}

function parsed(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    throw new Misfit(t('it is not JSON'));
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
  expect(
    !hasValueProducts(run) ||
      (run.encoderValueProducts.keys === source && run.crossValueProducts.keys === source && run.decoderValueProducts.keys === target),
    'the texts and the value products',
  );
  for (const [maps, products] of [
    [run.encoderAttentions, run.encoderValueProducts],
    [run.decoderAttentions, run.decoderValueProducts],
    [run.crossAttentions, run.crossValueProducts],
  ] as const) {
    expect(products.layers === 0 || (maps.layers === products.layers && maps.heads === products.heads), 'the heads and the value products');
  }
  const states = run.encoderHiddenStates;
  const isKnownLayers = [1, run.encoderAttentions.layers + 1].includes(states.layers);
  expect(states.positions === source && isKnownLayers, 'the source and encoderHiddenStates');
  expect(run.alternatives.length === target && run.alternatives.every(({ length }) => length > 0), 'the target and alternatives');
  expect(run.language.names.length === run.language.probabilities.length, 'the answers of language');
  expect(run.classes.names.length * source === run.classes.probabilities.length, 'the source and classes');
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
