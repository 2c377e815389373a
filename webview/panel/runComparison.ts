/** Two runs over the same source side by side: texts, log-probabilities, attention. Knows no engine. */
import { FULL_LOSS } from '../../src/shared/highlight.ts';
import type { Inspection } from '../../src/shared/inspection.ts';
import type { Intervention } from '../../src/shared/intervention.ts';
import { attentionReceived, meanLogProbability, tokenDifference } from '../../src/shared/runDifference.ts';
import type { DifferencePart } from '../../src/shared/runDifference.ts';
import { t } from '../../src/shared/words.ts';
import { element } from './element.ts';
import { helpButton } from './help.ts';
import { tokenFigures } from './tokenRow.ts';

export interface ComparedRun {
  readonly name: string;
  readonly intervention: Intervention;
  readonly inspection: Inspection;
  /** Of the first run's target under this run's intervention, in nats; undefined for the first run itself. `[first target]` */
  readonly originalLogProbabilities: Float32Array | undefined;
}

const PART_TAGS = { same: 'span', removed: 'del', added: 'ins' } as const satisfies Record<DifferencePart['kind'], string>;

/** `original` is the run without intervention, which both runs' losses are of. */
export function runComparison(one: ComparedRun, other: ComparedRun, original: Inspection): HTMLElement {
  return element(
    'div',
    { class: 'run-comparison' },
    element('h3', { class: 'overline' }, t('Text')),
    textDifference(one.inspection, other.inspection),
    element('h3', { class: 'overline' }, t('Log-probability'), ' ', helpButton('logProbability')),
    figures(one, other),
    ...(other.originalLogProbabilities === undefined ? [] : losses(other, original)),
    element('h3', { class: 'overline' }, t('Cross-attention'), ' ', helpButton('attentionReceived')),
    element(
      'p',
      { class: 'muted' },
      t('What each source token gets of it, on average over heads and target tokens: B less A, in percent.'),
    ),
    attentionChange(one.inspection, other.inspection),
  );
}

/** What is only in the first is crossed out, what is only in the other underlined. */
export function textDifference(one: Pick<Inspection, 'target'>, other: Pick<Inspection, 'target'>): HTMLElement {
  const parts = tokenDifference(one.target, other.target);
  if (parts.every(({ kind }) => kind === 'same')) return element('p', { class: 'muted' }, t('Both are the same.'));
  return element('p', { class: 'text-difference', dir: 'auto' }, ...parts.map(({ kind, text }) => element(PART_TAGS[kind], {}, text)));
}

function figures(one: ComparedRun, other: ComparedRun): HTMLElement {
  const row = (letter: string, { name, inspection }: ComparedRun): HTMLElement => {
    const mean = meanLogProbability(inspection.logProbabilities);
    return element(
      'tr',
      {},
      element('th', { scope: 'row' }, letter),
      element('td', {}, name),
      element('td', { class: 'figures' }, signed(mean)),
    );
  };
  return element(
    'table',
    { class: 'run-figures' },
    element('caption', { class: 'visually-hidden' }, t('Log-probability of each run’s own target, in nats a token')),
    element('tbody', {}, row('A', one), row('B', other)),
  );
}

function losses({ originalLogProbabilities }: ComparedRun, original: Inspection): HTMLElement[] {
  return [
    element(
      'p',
      { class: 'muted' },
      t('What the first text’s tokens lose under B, in nats: the stronger the shade, the more depended on what was changed.'),
    ),
    tokenLosses(original, originalLogProbabilities!),
  ];
}

/** @param logProbabilities of the original's target under an intervention, in nats. `[target]` */
export function tokenLosses(original: Inspection, logProbabilities: Float32Array): HTMLElement {
  const tokens = original.target.map(({ label }, position) => {
    const change = logProbabilities[position]! - original.logProbabilities[position]!;
    return { label, share: -change / FULL_LOSS, figure: signed(change) };
  });
  return tokenFigures(t('Change of log-probability of each token of the first text'), tokens);
}

function attentionChange(one: Inspection, other: Inspection): HTMLElement {
  const [before, after] = [one, other].map(({ crossAttentions }) => attentionReceived(crossAttentions)) as [Float32Array, Float32Array];
  const changes = Array.from(before, (share, position) => after[position]! - share);
  const largest = Math.max(0.02, ...changes.map(Math.abs));
  const tokens = one.source.map(({ label }, position) => {
    const change = changes[position]!;
    return { label, share: Math.abs(change) / largest, figure: signed(100 * change, 1) };
  });
  return tokenFigures(t('Change of the attention that each source token gets, in percent'), tokens);
}

/** With a real minus sign. */
export function signed(value: number, digits = 2): string {
  const rounded = Math.abs(value).toFixed(digits);
  if (Number(rounded) === 0) return rounded;
  return `${value < 0 ? '−' : '+'}${rounded}`;
}
