/** The choice of layer and head (or several as one) of a map, with help on what that shows. Knows no drawing. */
import { attentionsOf } from '../../src/shared/attention/attentionKind.ts';
import { t } from '../../src/shared/words.ts';
import { element } from './element.ts';
import { helpButton } from './help.ts';
import { headName, layerName } from './mapOf.ts';
import type { HeadPick, MapChoice } from './mapOf.ts';
import type { ShownMap } from './shownMap.ts';
import { dropdown } from './toolkit.ts';

export interface MapChoices {
  readonly element: HTMLElement;
  show(map: ShownMap): void;
}

export function createMapChoices(onChoose: (change: Partial<MapChoice>) => void): MapChoices {
  const layers = element('div', { class: 'choice' });
  const heads = element('div', { class: 'choice' });
  const help = element('span', { class: 'choice-help' });
  /** What the dropdowns hold; they are made anew only where that changes, so that the one in use keeps the focus. */
  let held = { layers: '', heads: '', measure: '' };

  function show({ inspection, kind, choice, measure }: ShownMap): void {
    const maps = attentionsOf(inspection, kind);
    const layerValues = [...Array(maps.layers).keys(), null];
    const headValues: HeadPick[] = [
      'mean',
      'max',
      'rollout',
      ...(kind === 'cross' ? (['alignment'] as const) : []),
      ...(choice.layer === null ? [] : Array(maps.heads).keys()),
    ];
    const next = {
      layers: `${kind} ${maps.layers} ${String(choice.layer)}`,
      heads: `${kind} ${headValues.length} ${choice.head}`,
      measure,
    };
    const choose = (change: Partial<MapChoice>, key: 'layers' | 'heads', value: unknown): void => {
      held = { ...held, [key]: next[key].replace(/\S+$/, String(value)) };
      onChoose(change);
    };
    if (next.layers !== held.layers) {
      const values = layerValues.map((layer) => ({ value: String(layer), text: layerName(layer) }));
      layers.replaceChildren(
        dropdown(t('Layer, or all of them'), values, String(choice.layer), (value) =>
          choose({ layer: value === 'null' ? null : Number(value) }, 'layers', value),
        ),
      );
    }
    if (next.heads !== held.heads) {
      const values = headValues.map((head) => ({ value: String(head), text: headName(head) }));
      heads.replaceChildren(
        dropdown(t('Head, or several as one'), values, String(choice.head), (value) =>
          choose({ head: headValues.find((head) => String(head) === value)! }, 'heads', value),
        ),
      );
    }
    layers.hidden = choice.head === 'alignment';
    if (next.measure !== held.measure) help.replaceChildren(helpButton(measure));
    held = next;
  }

  return { element: element('div', { class: 'choices' }, layers, heads, help), show };
}
