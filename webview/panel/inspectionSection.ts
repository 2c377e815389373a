/** What the panel shows of one inspection: the texts, whether the maps are theirs, the maps, and how not to read them. */
import type { Inspection } from '../../src/shared/inspection.ts';
import { element } from './element.ts';
import { createMapSection } from './mapSection.ts';
import { reproduction } from './reproduction.ts';
import { createTextPair } from './textPair.ts';

export interface InspectionSection {
  readonly element: HTMLElement;
  /** `seconds` is how long the inspect pass took. */
  show(inspection: Inspection, seconds: number | undefined): void;
}

export function createInspectionSection(): InspectionSection {
  const texts = createTextPair();
  const reproduced = element('div');
  const maps = createMapSection(texts.highlight);
  const caveat = element(
    'p',
    { class: 'caveat muted' },
    'Attention weights show where the model looked, not by themselves why it wrote what it wrote. ' +
      'And an encoder position is more than its token: each layer mixes in its neighbours.',
  );
  return {
    element: element('section', { class: 'inspection', 'aria-label': 'Attention' }, texts.element, reproduced, maps.element, caveat),
    show(inspection, seconds) {
      texts.show(inspection.sourceText, inspection.targetText);
      reproduced.replaceChildren(reproduction(inspection, seconds));
      maps.show(inspection);
    },
  };
}
