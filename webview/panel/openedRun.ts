/** A run of what if in the place of the one that it set out from: its maps, its name and its silenced heads, with the way back. Knows no maps. */
import type { Inspection } from '../../src/shared/inspection.ts';
import type { HeadPlace } from '../../src/shared/intervention.ts';
import type { WhatIf } from '../../src/shared/question.ts';
import { t } from '../../src/shared/words.ts';
import { element } from './element.ts';
import { button } from './toolkit.ts';

export interface OpenedRun {
  readonly name: string;
  readonly inspection: Inspection;
  /** Heads that added nothing. */
  readonly knockedOut: readonly HeadPlace[];
}

export function openedRun(name: string, { intervention, inspection }: Pick<WhatIf, 'intervention' | 'inspection'>): OpenedRun {
  const { layers, heads } = inspection.crossAttentions;
  const allCross = Array.from({ length: layers * heads }, (_, index): HeadPlace => {
    return { kind: 'cross', layer: Math.floor(index / heads), head: index % heads };
  });
  return { name, inspection, knockedOut: [...intervention.knockedOut, ...(intervention.encoder.kind === 'silenced' ? allCross : [])] };
}

export function openedRunBar({ name }: OpenedRun, onBack: () => void): HTMLElement {
  return element(
    'div',
    { class: 'opened-run', role: 'status' },
    element(
      'div',
      {},
      element('h2', { class: 'overline' }, t('What if')),
      element('p', {}, element('strong', {}, element('bdi', {}, name))),
    ),
    button(t('Back to the run as it was'), 'secondary', onBack),
  );
}
