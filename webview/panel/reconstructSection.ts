/** "Reconstruct": the source restored from its own latent, and how hard each of its tokens is to restore. Knows no engine. */
import { FULL_LOSS } from '../../src/shared/highlight.ts';
import type { LossSpan } from '../../src/shared/highlight.ts';
import type { Inspection } from '../../src/shared/inspection.ts';
import type { Reconstruction } from '../../src/shared/question.ts';
import { meanLogProbability } from '../../src/shared/runDifference.ts';
import { t } from '../../src/shared/words.ts';
import { createAsking } from './asking.ts';
import { element } from './element.ts';
import { helpButton } from './help.ts';
import { lossSpans } from './lossSpans.ts';
import { textDifference } from './runComparison.ts';
import { section } from './section.ts';
import { tokenFigures, tokenName } from './tokenRow.ts';

export interface Restored {
  readonly reconstruction: Reconstruction;
  /** Of the source as the model writes it from the same states. */
  readonly written: Inspection;
}

export interface ReconstructOptions {
  /** Undefined where it was stopped; rejects with a message fit for the user. */
  readonly reconstruct: () => Promise<Restored | undefined>;
  readonly stop: () => void;
  /** The loss of each token, to be shown in the editor; none: no longer. */
  readonly markInEditor: (spans: readonly LossSpan[]) => void;
}

export interface ReconstructSection {
  readonly element: HTMLElement;
  /** Begins anew with an inspection of another text. */
  show(inspection: Inspection): void;
  /** Nothing is marked in the editor any more. */
  clear(): void;
}

const NAMED_TOKENS = 3;

export function createReconstructSection({ reconstruct, stop, markInEditor }: ReconstructOptions): ReconstructSection {
  let spans: readonly LossSpan[] = [];
  const isMarked = element('input', { type: 'checkbox' });
  isMarked.addEventListener('change', () => markInEditor(isMarked.checked ? spans : []));
  const mark = element('label', { class: 'mark-in-editor' }, isMarked, t('Mark in the editor'));
  mark.hidden = true;
  const found = element('div', { class: 'reconstruct-found' });
  const asking = createAsking({
    label: t('Reconstruct'),
    running: t('Reconstructing'),
    ask: reconstruct,
    onFound(restored) {
      found.replaceChildren(...findings(restored));
      spans = lossSpans(restored.reconstruction);
      mark.hidden = false;
      isMarked.checked = true;
      markInEditor(spans);
      return t('Restored: {0}', restored.written.targetText || t('(nothing)'));
    },
    stop,
  });
  const content = element(
    'div',
    { class: 'reconstruct' },
    element(
      'p',
      { class: 'muted' },
      t(
        'The model writes the source again from the encoder’s states. A token that is hard to restore is one that they hold little of, or that is odd in its place.',
      ),
    ),
    asking.element,
    mark,
    found,
  );
  function clear(): void {
    if (isMarked.checked) markInEditor([]);
    isMarked.checked = false;
  }

  const root = section(t('Reconstruct'), content);
  root.classList.add('reconstruct-section');
  return {
    element: root,
    show() {
      asking.reset();
      found.replaceChildren();
      mark.hidden = true;
      clear();
    },
    clear,
  };
}

function findings({ reconstruction: { source, logProbabilities }, written }: Restored): HTMLElement[] {
  const tokens = source.map(({ label }, position) => ({ label, loss: -logProbabilities[position]! }));
  const hardest = tokens
    .toSorted((one, other) => other.loss - one.loss)
    .slice(0, NAMED_TOKENS)
    .map(({ label, loss }) => `“${tokenName({ label })}” ${loss.toFixed(2)}`);
  return [
    element('h3', { class: 'overline' }, t('Difference from the source')),
    textDifference({ target: source }, written),
    element('h3', { class: 'overline' }, t('Reconstruction loss'), ' ', helpButton('reconstructionLoss')),
    element(
      'p',
      { class: 'muted' },
      t('In nats, {0} a token on average. Hardest: {1}.', (-meanLogProbability(logProbabilities)).toFixed(2), hardest.join(', ')),
    ),
    tokenFigures(
      t('Reconstruction loss of each source token, in nats'),
      tokens.map(({ label, loss }) => ({ label, share: loss / FULL_LOSS, figure: loss.toFixed(2) })),
    ),
  ];
}
