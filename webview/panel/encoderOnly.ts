/**
 * The encoder alone: what is read from its states by the heads on them, how alike the states of tokens are and where they lie, layer by layer. Knows no
 * engine: an inspection has it all.
 */
import { leadingComponents } from '../../src/shared/attention/leadingComponents.ts';
import type { LeadingComponents } from '../../src/shared/attention/leadingComponents.ts';
import { cosineSimilarity } from '../../src/shared/attention/similarity.ts';
import type { HiddenStates, Inspection } from '../../src/shared/inspection.ts';
import { t } from '../../src/shared/words.ts';
import { element } from './element.ts';
import { createFoldedTable } from './figuresTable.ts';
import type { FiguresTable } from './figuresTable.ts';
import { createHeadAnswersView } from './headAnswersView.ts';
import { helpButton } from './help.ts';
import { createProjectionPlot, percentOf } from './projectionPlot.ts';
import type { Reading } from './readout.ts';
import { createSmallMap } from './smallMap.ts';
import type { SmallMapData } from './smallMap.ts';
import { tokenName } from './tokenRow.ts';

export interface EncoderOnly {
  readonly element: HTMLElement;
  /** Keeps the layer that was chosen, where this inspection has it. */
  show(inspection: Inspection): void;
}

interface Layer {
  /** `[tokens, tokens]` */
  readonly cosines: Float32Array;
  readonly components: LeadingComponents;
}

const COMPONENTS = 2;
const LIKEST = 3;

export function createEncoderOnly(): EncoderOnly {
  let inspection: Inspection | undefined;
  let layers: (Layer | undefined)[] = [];
  let chosen = Infinity;
  const answers = createHeadAnswersView();
  const slider = element('input', { type: 'range', class: 'slider layer-slider', min: '0', step: '1', 'aria-label': t('Layer') });
  slider.addEventListener('input', () => {
    chosen = Number(slider.value);
    draw();
  });
  const told = element('p', { class: 'figures layer-told' });
  const similarity = createSmallMap((pointer) => projection.mark([pointer?.row, pointer?.column].filter((token) => token !== undefined)));
  const projection = createProjectionPlot((token) => similarity.point(token));
  const variance = element('p', { class: 'muted' });
  const table = createFoldedTable();
  const root = element(
    'div',
    { class: 'encoder-only' },
    answers.element,
    element('h3', { class: 'overline' }, t('Hidden states')),
    slider,
    told,
    element('h3', { class: 'overline' }, t('Similarity'), ' ', helpButton('similarity')),
    similarity.element,
    element('h3', { class: 'overline' }, t('Projection'), ' ', helpButton('projection')),
    projection.element,
    variance,
    table.element,
  );

  function layerAt(index: number, states: HiddenStates): Layer {
    const { positions, size, data } = states;
    return (layers[index] ??= {
      cosines: cosineSimilarity(states, index),
      components: leadingComponents(data.subarray(index * positions * size, (index + 1) * positions * size), positions, size, COMPONENTS),
    });
  }

  function draw(): void {
    if (inspection === undefined) return;
    const { encoderHiddenStates: states, source } = inspection;
    const last = states.layers - 1;
    const layer = Math.min(chosen, last);
    const { cosines, components } = layerAt(layer, states);
    const labels = source.map(tokenName);
    slider.hidden = last === 0;
    slider.max = String(last);
    slider.value = String(layer);
    told.textContent = nameOf(layer, last);
    slider.setAttribute('aria-valuetext', told.textContent);
    projection.show(components, labels);
    similarity.show(similarityOf(layer, labels, cosines));
    variance.textContent = t('These two directions have {0} of the variance.', percentOf(components.shares));
    table.show(() => tableOf(layer, labels, { cosines, components }));
  }

  return {
    element: root,
    show(next) {
      if (next === inspection) return;
      inspection = next;
      layers = [];
      answers.show(next);
      draw();
    },
  };
}

/** All cosines of a layer may lie close together: the scale begins at the least of them. */
function similarityOf(layer: number, labels: readonly string[], cosines: Float32Array): SmallMapData {
  const least = cosines.reduce((lowest, cosine) => Math.min(lowest, cosine), 1);
  const from = least.toFixed(2);
  return {
    values: cosines,
    shares: cosines.map((cosine) => (least < 1 ? (cosine - least) / (1 - least) : 1)),
    rows: labels,
    columns: labels,
    name: t('Similarity of each two tokens at layer {0}', layer),
    legend: { name: t('Colour scale from {0}, the least cosine of this layer, to 1', from), from, to: '1.00' },
    facts: { layer: String(layer) },
    readingOf: (row, column) => readingOf(cosines, labels, row, column),
  };
}

function nameOf(layer: number, last: number): string {
  // The states that a model shows are all of them, or the last ones only.
  if (layer === last) return t('Layer {0} of {1}: what the decoder reads', layer, last);
  return layer === 0 ? t('Layer 0 of {0}: the tokens and their places, before any attention', last) : t('Layer {0} of {1}', layer, last);
}

/** The tokens most like one, the likest first. */
function likest(cosines: Float32Array, count: number, token: number): { readonly token: number; readonly cosine: number }[] {
  return Array.from(cosines.subarray(token * count, (token + 1) * count), (cosine, other) => ({ token: other, cosine }))
    .filter((other) => other.token !== token)
    .sort((one, other) => other.cosine - one.cosine)
    .slice(0, LIKEST);
}

function readingOf(cosines: Float32Array, labels: readonly string[], row: number, column: number | undefined): Reading {
  const others =
    column === undefined ? likest(cosines, labels.length, row) : [{ token: column, cosine: cosines[row * labels.length + column]! }];
  return {
    token: labels[row]!,
    relation: 'alike',
    links: others.map(({ token, cosine }) => ({ token: labels[token]!, weight: cosine })),
    facts: [t('token {0}', row), ...(column === undefined ? [] : [t('token {0}', column)]), t('cosine')],
  };
}

function tableOf(layer: number, labels: readonly string[], { cosines, components }: Layer): FiguresTable {
  return {
    caption: t('Hidden states at layer {0}: where each token lies along the two components, and the tokens most like it', layer),
    columns: [t('Token'), t('First'), t('Second'), t('Most like it')],
    rows: labels.map((label, token) => [
      label,
      ...Array.from({ length: COMPONENTS }, (_, axis) =>
        axis < components.count ? components.scores[token * components.count + axis]!.toFixed(2) : '0',
      ),
      likest(cosines, labels.length, token)
        .map((other) => `${labels[other.token]!} ${other.cosine.toFixed(2)}`)
        .join(', '),
    ]),
  };
}
