/** What the panel shows of one inspection: the texts, whether the maps are theirs, the maps, and how not to read them. */
import { levelsOf, type Highlight, type SideSpan, type TextSide } from '../../src/shared/highlight.ts';
import type { Inspection } from '../../src/shared/inspection.ts';
import { element } from './element.ts';
import { createMapSection } from './mapSection.ts';
import { reproduction } from './reproduction.ts';
import { createTextPair } from './textPair.ts';

export interface InspectionSection {
  readonly element: HTMLElement;
  /** `seconds` is how long the inspect pass took. */
  show(inspection: Inspection, seconds: number | undefined): void;
  /** What the editor's cursor is on; none where it is on neither text. */
  showPlace(spans: readonly SideSpan[]): void;
  clearHighlight(): void;
}

export function createInspectionSection(onHighlight: (highlight: Highlight | undefined) => void): InspectionSection {
  const texts = createTextPair();
  const reproduced = element('div');
  const maps = createMapSection((highlight) => {
    texts.highlight(shownSpans(highlight, 'source'), shownSpans(highlight, 'target'));
    onHighlight(highlight);
  });
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
    showPlace: (spans) => maps.showPlace(spans),
    clearHighlight: () => maps.clear(),
  };
}

/** The focus, and what more than a little attention went to. */
function shownSpans(highlight: Highlight | undefined, side: TextSide): SideSpan[] {
  if (highlight === undefined) return [];
  const levels = levelsOf(highlight);
  return [...highlight.focus, ...highlight.attended.filter((_, index) => levels[index]! > 1)].filter((span) => span.side === side);
}
