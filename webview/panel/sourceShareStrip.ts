/** Of each target token how much of what attention added came from the source, and how much from the target before it. Knows no engine. */
import { sourceShare } from '../../src/shared/attention/sourceShare.ts';
import { hasValueProducts, type Inspection } from '../../src/shared/inspection.ts';
import { t } from '../../src/shared/words.ts';
import { element } from './element.ts';
import { tokenName } from './tokenRow.ts';

const shares = new WeakMap<Inspection, Float32Array>();

/** Of each target position the share of the source, from 0 to 1; computed once. `[target]` */
export function sourceSharesOf(inspection: Inspection): Float32Array {
  const known = shares.get(inspection);
  if (known !== undefined) return known;
  const { crossAttentions, crossValueProducts, decoderAttentions, decoderValueProducts } = inspection;
  const made = sourceShare(
    { maps: crossAttentions, products: crossValueProducts },
    { maps: decoderAttentions, products: decoderValueProducts },
  );
  shares.set(inspection, made);
  return made;
}

/** Each token over a bar, of which the filled part is the source's. */
export function sourceShareStrip(inspection: Inspection): HTMLElement {
  if (!hasValueProducts(inspection))
    return element('p', { class: 'muted' }, t('This model does not show the norms of its values, so the share is not known.'));
  const of = sourceSharesOf(inspection);
  const tokens = inspection.target.map((token, position) => {
    const [name, share] = [tokenName(token), of[position]!];
    const told = t('{0}: {1} from the source, {2} from the target before it', name, percent(share), percent(1 - share));
    const made = element(
      'li',
      { class: 'token-share', title: told, 'aria-label': told },
      element('span', {}, name),
      element('span', { class: 'share-bar', 'aria-hidden': 'true' }),
      element('small', { class: 'figures', 'aria-hidden': 'true' }, percent(share)),
    );
    made.style.setProperty('--share', share.toFixed(3));
    return made;
  });
  const mean = of.reduce((sum, share) => sum + share, 0) / Math.max(1, of.length);
  return element(
    'div',
    { class: 'source-share-strip' },
    element(
      'p',
      { class: 'share-key muted', 'aria-hidden': 'true' },
      element('span', { class: 'share-bar' }),
      t('Filled: the source. Empty: the target before it.'),
    ),
    element('ol', { class: 'token-row', 'aria-label': t('Share of the source in each target token'), dir: 'auto' }, ...tokens),
    element('p', { class: 'muted' }, t('On average {0} comes from the source.', percent(mean))),
  );
}

function percent(share: number): string {
  return `${(100 * share).toFixed(0)} %`;
}
