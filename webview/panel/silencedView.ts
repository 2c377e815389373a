/** What becomes of a target when no head of the cross-attention adds anything: what the decoder says alone, and what each token then loses. */
import { headMean } from '../../src/shared/attention/aggregate.ts';
import { scaleShares } from '../../src/shared/attention/weightScale.ts';
import type { Inspection } from '../../src/shared/inspection.ts';
import type { WhatIf } from '../../src/shared/question.ts';
import { meanLogProbability } from '../../src/shared/runDifference.ts';
import { t } from '../../src/shared/words.ts';
import { element } from './element.ts';
import { foldedTable } from './figuresTable.ts';
import { signed, textDifference, tokenLosses } from './runComparison.ts';
import { segmented } from './segmented.ts';
import { largest } from './shownMap.ts';
import { createSmallMap } from './smallMap.ts';
import type { SmallMapData } from './smallMap.ts';
import { tokenName } from './tokenRow.ts';

const LINKS = 3;

/**
 * Decoder only: its text against the one with the encoder, and its self-attention.
 * @param onOpen the user wants to see all of its maps
 */
export function decoderAlone(original: Inspection, { inspection: alone }: WhatIf, onOpen: () => void): HTMLElement {
  const all = element('button', { type: 'button', class: 'link' }, t('Show all its heads'));
  all.addEventListener('click', onOpen);
  const map = createSmallMap();
  const { layers } = alone.decoderAttentions;
  const choice = segmented(
    t('Layer'),
    Array.from({ length: layers }, (_, layer) => ({ value: String(layer), text: t('Layer {0}', layer) })),
    (layer) => map.show(selfAttention(alone, Number(layer))),
  );
  choice.choose('0');
  map.show(selfAttention(alone, 0));
  return element(
    'div',
    { class: 'decoder-alone' },
    element('h3', { class: 'overline' }, t('Against the text with the encoder')),
    textDifference(original, alone),
    element('h3', { class: 'overline' }, t('Its self-attention')),
    element('p', { class: 'muted' }, t('The mean of a layer’s heads. Rows: target tokens when written. Columns: tokens read before.')),
    choice.element,
    map.element,
    all,
  );
}

/** Encoder and decoder: what the source is worth to each token. */
export function lossWithoutEncoder(original: Inspection, { originalLogProbabilities: alone }: WhatIf): HTMLElement {
  const { target, logProbabilities: whole } = original;
  const [before, after] = [meanLogProbability(whole), meanLogProbability(alone)];
  return element(
    'div',
    { class: 'encoder-loss' },
    element(
      'p',
      { class: 'figures' },
      t(
        '{0} nats a token with the encoder, {1} without: the source is worth {2}.',
        signed(before),
        signed(after),
        (before - after).toFixed(2),
      ),
    ),
    tokenLosses(original, alone),
    foldedTable(() => ({
      caption: t('Log-probability of each target token in nats, with the encoder and without'),
      columns: [t('Token'), t('With'), t('Without'), t('Change')],
      rows: target.map((token, position) => [
        tokenName(token),
        signed(whole[position]!),
        signed(alone[position]!),
        signed(alone[position]! - whole[position]!),
      ]),
    })),
  );
}

function selfAttention({ decoderAttentions, decoderInput, target }: Inspection, layer: number): SmallMapData {
  const values = headMean(decoderAttentions, layer);
  const columns = decoderInput.map(tokenName);
  const most = largest(values);
  return {
    values,
    shares: scaleShares(values, columns.length, 'linear'),
    rows: target.map(tokenName),
    columns,
    name: t('Self-attention of the decoder alone, layer {0}, mean of its heads', layer),
    legend: { name: t('Colour scale from 0 to {0}, the largest weight of this map', most.toFixed(3)), from: '0', to: most.toFixed(2) },
    facts: { layer: String(layer) },
    readingOf: (row, column) => ({
      token: tokenName(target[row]!),
      relation: 'keys',
      links: Array.from(values.subarray(row * columns.length, (row + 1) * columns.length), (weight, key) => ({ key, weight }))
        .filter(({ key }) => column === undefined || key === column)
        .sort((one, other) => other.weight - one.weight)
        .slice(0, LINKS)
        .map(({ key, weight }) => ({ token: columns[key]!, weight })),
      facts: [t('query {0}', row), ...(column === undefined ? [] : [t('key {0}', column)]), t('layer {0} · mean', layer)],
    }),
  };
}
