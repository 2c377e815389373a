/** How maps are shown: rows, scale, threshold, words. A grid of labelled choices, each with its help. Knows no map. */
import type { MeasureId } from '../../src/shared/attention/measures.ts';
import type { WeightScale } from '../../src/shared/attention/weightScale.ts';
import { ROW_STEPS } from '../../src/shared/inspection.ts';
import type { RowStep } from '../../src/shared/inspection.ts';
import { t } from '../../src/shared/words.ts';
import { element } from './element.ts';
import { helpButton } from './help.ts';
import { rowName } from './mapOf.ts';
import { segmented } from './segmented.ts';
import type { MapOptions } from './shownMap.ts';

export interface OptionsShown {
  readonly options: MapOptions;
  /** undefined where rows are of the encoder. */
  readonly step: RowStep | undefined;
  /** Whether what is chosen has norms. */
  readonly canNorm: boolean;
}

export interface MapOptionsActions {
  readonly onOptions: (options: MapOptions) => void;
  readonly onStep: (step: RowStep) => void;
}

export interface MapOptionsView {
  readonly element: HTMLElement;
  show(shown: OptionsShown): void;
}

/** In percent; the slider's right end keeps all. */
const LEAST_MASS = 10;

export function createMapOptions({ onOptions, onStep }: MapOptionsActions): MapOptionsView {
  let options: MapOptions | undefined;
  const change = (part: Partial<MapOptions>): void => {
    if (options === undefined) return;
    options = { ...options, ...part };
    onOptions(options);
  };

  const mass = element('input', {
    type: 'range',
    min: String(LEAST_MASS),
    max: '100',
    step: '5',
    'aria-label': t('Share of attention mass that is shown'),
  });
  const massTold = element('output', { class: 'figures' });
  mass.addEventListener('input', () => {
    massTold.textContent = `${mass.value} %`;
    change({ mass: Number(mass.value) / 100 });
  });
  const words = element('input', { type: 'checkbox', id: 'saccade-words' });
  words.addEventListener('change', () => change({ words: words.checked }));
  const scale = segmented<WeightScale>(
    t('Colour scale'),
    [
      { value: 'linear', text: t('Linear') },
      { value: 'log', text: t('Log') },
      { value: 'row', text: t('By row') },
    ],
    (value) => change({ scale: value }),
  );
  const weights = segmented(
    t('Weights'),
    [
      { value: 'weights', text: t('Attention') },
      { value: 'norms', text: t('Norms') },
    ],
    (value) => change({ norms: value === 'norms' }),
  );
  const rows = segmented(
    t('Rows: the target token written, or read'),
    ROW_STEPS.map((value) => ({ value, text: rowName(value) })),
    onStep,
  );
  const rowsOption = option(t('Rows'), 'stepAgreement', rows.element);
  const weightsOption = option(t('Weights'), 'norms', weights.element);
  const root = element(
    'div',
    { class: 'map-options' },
    rowsOption,
    weightsOption,
    option(t('Scale'), undefined, scale.element),
    option(t('Mass'), 'mass', element('div', { class: 'option-value mass' }, mass, massTold)),
    option(t('Words'), 'words', element('label', { class: 'option-value' }, words, t('merge subwords'))),
  );

  return {
    element: root,
    show({ options: next, step, canNorm }) {
      options = next;
      mass.value = String(Math.round(next.mass * 100));
      massTold.textContent = `${mass.value} %`;
      words.checked = next.words;
      scale.choose(next.scale);
      weights.choose(next.norms && canNorm ? 'norms' : 'weights');
      weightsOption.hidden = !canNorm;
      rowsOption.hidden = step === undefined;
      if (step !== undefined) rows.choose(step);
    },
  };
}

function option(name: string, help: MeasureId | undefined, value: HTMLElement): HTMLElement {
  const label = element('span', { class: 'option-name' }, name, ...(help === undefined ? [] : [' ', helpButton(help)]));
  return element('div', { class: 'option' }, label, value);
}
