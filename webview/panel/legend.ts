/** The legend of a colour scale: its gradient, the weights at its ends, and on a logarithmic one those between. */
import { LOG_DECADES, weightAt } from '../../src/shared/attention/weightScale.ts';
import { t } from '../../src/shared/words.ts';
import type { ColourScale } from './colourScale.ts';
import { element } from './element.ts';

export interface LegendWords {
  /** In a sentence. */
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

export function legend(scale: ColourScale): HTMLElement {
  return legendOf(scale, words(scale), scale.scale === 'log' ? LOG_DECADES : 1);
}

/** @param parts that ticks divide the bar into */
export function legendOf({ low, high }: Pick<ColourScale, 'low' | 'high'>, { name, from, to }: LegendWords, parts = 1): HTMLElement {
  const bar = element('div', { class: 'legend-bar' });
  bar.style.background = `linear-gradient(to right, rgb(${low.join(' ')}), rgb(${high.join(' ')}))`;
  for (let part = 1; part < parts; part++) {
    const tick = element('span', { class: 'legend-tick' });
    tick.style.insetInlineStart = `${(100 * part) / parts}%`;
    bar.append(tick);
  }
  return element('div', { class: 'legend', role: 'img', 'aria-label': name, title: name }, from, bar, to);
}

function words({ maximum, scale }: ColourScale): LegendWords {
  const most = maximum.toFixed(2);
  switch (scale) {
    case 'linear':
      return { name: t('Colour scale from 0 to {0}, the largest weight of this map', maximum.toFixed(3)), from: '0', to: most };
    case 'log': {
      const least = weightAt(0, maximum, 'log').toPrecision(1);
      return {
        name: t('Logarithmic colour scale from {0} and less to {1}, the largest weight of this map', least, maximum.toFixed(3)),
        from: `≤${least}`,
        to: most,
      };
    }
    case 'row':
      return { name: t('Colour scale from 0 to the largest weight of each row'), from: '0', to: t('row max.') };
  }
}
