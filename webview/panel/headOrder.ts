/** In which order the overview shows heads, and what is measured of one. Knows the measures and no drawing. */
import { attentionsOf } from '../../src/shared/attention/attentionKind.ts';
import type { AttentionKind } from '../../src/shared/attention/attentionKind.ts';
import { headMeasure } from '../../src/shared/attention/headMeasures.ts';
import type { HeadMeasure } from '../../src/shared/attention/headMeasures.ts';
import { measures } from '../../src/shared/attention/measures.ts';
import { attentionMap } from '../../src/shared/inspection.ts';
import type { Inspection } from '../../src/shared/inspection.ts';
import { t } from '../../src/shared/words.ts';
import { element } from './element.ts';
import { helpButton } from './help.ts';
import type { HeadPlace, RankedHead } from './overview.ts';
import { dropdown } from './toolkit.ts';

/** What heads can be sorted by, and which comes first. */
const ORDERS: readonly { readonly measure: HeadMeasure; readonly first: 'most' | 'least'; readonly kinds: readonly AttentionKind[] }[] = [
  { measure: 'confidence', first: 'most', kinds: ['cross', 'encoder', 'decoder'] },
  { measure: 'entropy', first: 'least', kinds: ['cross', 'encoder', 'decoder'] },
  { measure: 'normalisedEntropy', first: 'least', kinds: ['cross', 'encoder', 'decoder'] },
  { measure: 'defaultAgreement', first: 'most', kinds: ['cross'] },
  { measure: 'stepAgreement', first: 'most', kinds: ['cross'] },
];

export interface HeadOrder {
  readonly element: HTMLElement;
  show(inspection: Inspection, kind: AttentionKind): void;
  /** undefined: by layer and head. */
  ranked(): readonly RankedHead[] | undefined;
  /** A head in words. */
  reading(place: HeadPlace, knockedOut: boolean): string;
}

export function createHeadOrder(onOrder: () => void): HeadOrder {
  const place = element('div', { class: 'choice' });
  const help = element('span', { class: 'choice-help' });
  let of: { readonly inspection: Inspection; readonly kind: AttentionKind } | undefined;
  let chosen: HeadMeasure | undefined;
  /** How many orders the dropdown has: cross-attention has those of self-attention and more. */
  let offered = 0;
  /** Measured once for each inspection and kind. */
  let figures = new Map<HeadMeasure, Float32Array | undefined>();
  /** Of single heads, by measure and head. */
  let single = new Map<string, number>();

  function measured(measure: HeadMeasure): Float32Array | undefined {
    if (!figures.has(measure) && of !== undefined) figures.set(measure, headMeasure(of.inspection, of.kind, measure));
    return figures.get(measure);
  }

  /** Of self-attention one head at a time: all of them at once would hold up the pointer that asks. */
  function ofHead(measure: HeadMeasure, layer: number, head: number): number {
    if (of === undefined) return NaN;
    const maps = attentionsOf(of.inspection, of.kind);
    const index = layer * maps.heads + head;
    if (of.kind === 'cross' || figures.has(measure)) return measured(measure)?.[index] ?? NaN;
    const key = `${measure} ${index}`;
    const known = single.get(key);
    if (known !== undefined) return known;
    const one = { ...maps, layers: 1, heads: 1, data: attentionMap(maps, layer, head) };
    const field = of.kind === 'encoder' ? 'encoderAttentions' : 'decoderAttentions';
    const value = headMeasure({ ...of.inspection, [field]: one }, of.kind, measure)?.[0] ?? NaN;
    single.set(key, value);
    return value;
  }

  function offer(orders: typeof ORDERS): void {
    if (!orders.some(({ measure }) => measure === chosen)) chosen = undefined;
    const choices = [
      { value: '', text: t('By layer') },
      ...orders.map(({ measure, first }) => ({
        value: measure,
        text: first === 'most' ? t('{0}, most first', measures()[measure].name) : t('{0}, least first', measures()[measure].name),
      })),
    ];
    place.replaceChildren(
      dropdown(t('Order of the heads'), choices, chosen ?? '', (value) => {
        chosen = orders.find(({ measure }) => measure === value)?.measure;
        showHelp();
        onOrder();
      }),
    );
    showHelp();
  }

  function showHelp(): void {
    help.replaceChildren(...(chosen === undefined ? [] : [helpButton(chosen)]));
  }

  return {
    element: element('div', { class: 'choices head-order' }, place, help),
    show(inspection, kind) {
      if (of?.inspection === inspection && of.kind === kind) return;
      const orders = ORDERS.filter(({ kinds }) => kinds.includes(kind));
      if (orders.length !== offered) {
        offered = orders.length;
        offer(orders);
      }
      of = { inspection, kind };
      figures = new Map();
      single = new Map();
    },
    ranked() {
      const values = chosen && measured(chosen);
      if (values === undefined || of === undefined) return undefined;
      const { heads } = attentionsOf(of.inspection, of.kind);
      const sign = ORDERS.find(({ measure }) => measure === chosen)?.first === 'least' ? 1 : -1;
      return Array.from(values, (value, index) => ({ value, layer: Math.floor(index / heads), head: index % heads }))
        .sort((one, other) => sign * (one.value - other.value))
        .map(({ value, layer, head }) => ({ layer, head, figure: value.toFixed(2) }));
    },
    reading({ layer, head }, knockedOut) {
      if (of === undefined) return '';
      if (head === null) return t('Layer {0}: the mean of its heads', layer);
      const { kind } = of;
      const told = ORDERS.filter(({ kinds }) => kinds.includes(kind)).map(
        ({ measure }) => `${measures()[measure].name} ${ofHead(measure, layer, head).toFixed(2)}`,
      );
      return knockedOut
        ? t('Layer {0} · head {1}, knocked out: {2}', layer, head, told.join(' · '))
        : t('Layer {0} · head {1}: {2}', layer, head, told.join(' · '));
    },
  };
}
