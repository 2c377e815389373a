/** One map as the views show it: its rows, columns and weights after merging and thresholding, and where they stand in the two texts. Pure. */
import type { TextSide } from '../../src/shared/highlight.ts';
import type { AttentionKind } from '../../src/shared/attention/attentionKind.ts';
import { keepMass } from '../../src/shared/attention/keepMass.ts';
import type { MeasureId } from '../../src/shared/attention/measures.ts';
import { scaleShares } from '../../src/shared/attention/weightScale.ts';
import type { WeightScale } from '../../src/shared/attention/weightScale.ts';
import { mutualAlignment } from '../../src/shared/attention/wordAlignment.ts';
import { isControl, mergeToWords, wordOfToken, wordsOf } from '../../src/shared/attention/words.ts';
import type { Word } from '../../src/shared/attention/words.ts';
import type { AxisToken, Inspection, RowStep } from '../../src/shared/inspection.ts';
import { axesOf, weightsOf } from './mapOf.ts';
import type { MapChoice } from './mapOf.ts';

/** How any map is shown, whichever was chosen. */
export interface MapOptions {
  readonly scale: WeightScale;
  /** Share of each row's weight that its kept cells have; 1 keeps all. */
  readonly mass: number;
  /** Subwords merged to words. */
  readonly words: boolean;
  /** Norms of what is added to the query instead of weights, where the choice has them. */
  readonly norms: boolean;
}

export const DEFAULT_OPTIONS: MapOptions = { scale: 'linear', mass: 1, words: false, norms: false };

/** What a row or column stands for: a word, or a token that is taken for one; a token's label has its white space. */
export type Unit = Word;

export interface ShownMap {
  readonly inspection: Inspection;
  readonly kind: AttentionKind;
  readonly choice: MapChoice;
  readonly options: MapOptions;
  readonly measure: MeasureId;
  readonly explanation: string;
  readonly step: RowStep | undefined;
  readonly rows: readonly Unit[];
  readonly columns: readonly Unit[];
  /** `[rows, columns]`, row-major. */
  readonly values: Float32Array;
  /** Where each weight lies on the colour scale, from 0 to 1. `[rows, columns]` */
  readonly shares: Float32Array;
  readonly maximum: number;
  readonly rowText: TextSide;
  readonly columnText: TextSide;
  /** All tokens or words of each text, in order: of the target also the task's token, with which it begins. */
  readonly texts: Readonly<Record<TextSide, readonly Unit[]>>;
  /** The unit of its text that each row and column stands for. */
  readonly rowUnits: Int32Array;
  readonly columnUnits: Int32Array;
}

/** The result's options say what is shown: an alignment is of words, whatever was asked for. */
export function shownMap(inspection: Inspection, kind: AttentionKind, choice: MapChoice, asked: MapOptions): ShownMap {
  const isAlignment = choice.head === 'alignment';
  const options = isAlignment ? { ...asked, words: true } : asked;
  const axes = axesOf(inspection, kind, isAlignment ? 'predicts' : choice.step);
  const { values: weights, measure } = weightsOf(inspection, kind, choice, options.norms);
  const { sourceText, targetText, source, target, decoderInput } = inspection;
  const unitsOf = (text: string, tokens: readonly AxisToken[]): readonly Unit[] =>
    options.words ? wordsOf(text, tokens) : tokens.map(unitOfToken);
  const texts = { source: unitsOf(sourceText, source), target: unitsOf(targetText, [...decoderInput.slice(0, 1), ...target]) };
  const [rowSource, columnSource] = [textOf(inspection, axes.rowText), textOf(inspection, axes.columnText)];
  const rows = unitsOf(rowSource, axes.rows);
  const columns = unitsOf(columnSource, axes.columns);
  const ofUnits = options.words ? mergeToWords(weights, rows, columns) : weights;
  const merged = isAlignment ? alignedWeights(inspection, weights, rows, columns) : ofUnits;
  const values = options.mass < 1 ? keepMass(merged, columns.length, options.mass) : merged;
  return {
    ...{ inspection, kind, choice, options, measure, rows, columns, values, texts },
    ...{ explanation: axes.explanation, step: axes.step, rowText: axes.rowText, columnText: axes.columnText },
    shares: scaleShares(values, columns.length, options.scale),
    maximum: largest(values),
    // The tokens that a decoder position writes are one later in the target than those that it reads.
    rowUnits: unitIndices(rows, texts[axes.rowText], axes.step === 'predicts' ? 1 : 0),
    columnUnits: unitIndices(columns, texts[axes.columnText], 0),
  };
}

/** The weights of the pairs of words that are aligned, and 0 for all others. */
function alignedWeights(
  { defaultCrossAttention }: Inspection,
  weights: Float32Array,
  target: readonly Unit[],
  source: readonly Unit[],
): Float32Array {
  const values = new Float32Array(target.length * source.length);
  for (const link of mutualAlignment({ weights, source, target, step: defaultCrossAttention.step }))
    values[link.target * source.length + link.source] = link.weight;
  return values;
}

function textOf({ sourceText, targetText }: Inspection, side: TextSide): string {
  return side === 'source' ? sourceText : targetText;
}

function unitOfToken(token: AxisToken, position: number): Unit {
  const { label, span } = token;
  return { label, span, kind: isControl(token) ? 'control' : 'word', tokens: { start: position, end: position + 1 } };
}

/** For each unit of an axis the unit of the text that has its first token, which stands `shift` tokens later there. */
function unitIndices(units: readonly Unit[], text: readonly Unit[], shift: number): Int32Array {
  const unitOfPosition = wordOfToken(text);
  return Int32Array.from(units, ({ tokens }) => unitOfPosition[tokens.start + shift] ?? -1);
}

/** The largest value, 0 for none. A loop, because spreading a large map over Math.max overflows the stack. */
export function largest(values: Float32Array): number {
  let maximum = 0;
  for (const value of values) if (value > maximum) maximum = value;
  return maximum;
}
