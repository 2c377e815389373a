/** What the panel shows of one inspection: the texts, whether the maps are theirs, the maps, how not to read them, and sections of other views. */
import { attentionsOf } from '../../src/shared/attention/attentionKind.ts';
import type { AttentionKind } from '../../src/shared/attention/attentionKind.ts';
import { possibleOmissions, sourceCoverage } from '../../src/shared/attention/sourceCoverage.ts';
import { wordsOf } from '../../src/shared/attention/words.ts';
import type { SideSpan } from '../../src/shared/highlight.ts';
import { attentionMap } from '../../src/shared/inspection.ts';
import type { Inspection } from '../../src/shared/inspection.ts';
import type { Span } from '../../src/shared/span.ts';
import { element } from './element.ts';
import { exportMenu } from './exportMenu.ts';
import type { ExportChoice } from './exportMenu.ts';
import { createMapSection } from './mapSection.ts';
import { pointerOf } from './pointer.ts';
import type { PointedTexts } from './pointer.ts';
import { reproduction } from './reproduction.ts';
import type { ShownMap } from './shownMap.ts';
import { createTextView } from './textView.ts';
import type { TextPoint } from './textView.ts';

export interface InspectionSection {
  readonly element: HTMLElement;
  /** `seconds` is how long the inspect pass took. */
  show(inspection: Inspection, seconds: number | undefined): void;
  /** Points at the first token or word on these characters for as long as nothing else is pointed at; none: at nothing. */
  showPlace(spans: readonly SideSpan[]): void;
  /** Nothing is pointed at, pinned or placed any more. */
  clear(): void;
}

export interface InspectionSectionOptions {
  /** Pointed at or pinned, anywhere in the section: what of the two texts that is, with weights. The editor link listens here. */
  readonly onPoint?: (map: ShownMap, texts: PointedTexts) => void;
  /** The user wants what is shown as a file, or copied; without it there is no menu. */
  readonly onExport?: (choice: ExportChoice, map: ShownMap) => void;
  /** Heads that are silenced in the run that is shown; the overview crosses them out. */
  readonly knockedOut?: (kind: AttentionKind, layer: number, head: number) => boolean;
  /** Other views of the inspection, below the maps: made by `section(title, content)` and told of each inspection by `show`. */
  readonly sections?: readonly { readonly element: HTMLElement; show(inspection: Inspection): void }[];
}

export function createInspectionSection({
  onPoint = () => undefined,
  onExport,
  knockedOut = () => false,
  sections = [],
}: InspectionSectionOptions = {}): InspectionSection {
  let map: ShownMap | undefined;
  let omissions: readonly Span[] = [];
  const pointerAt = (at: TextPoint | undefined): ReturnType<typeof pointerOf> =>
    at === undefined || map === undefined ? undefined : pointerOf(map, at.side, at.unit);
  const texts = createTextView({
    onPoint: (at, byKeyboard) => maps.point(pointerAt(at), { pin: false, byKeyboard }),
    onPin: (at) => maps.point(pointerAt(at), { pin: true, byKeyboard: false }),
  });
  const reproduced = element('div');
  const maps = createMapSection({
    onMap(next) {
      const { inspection, options, texts: units } = next;
      // Hundreds of elements: made anew only where they are others.
      if (map?.inspection !== inspection || map.options.words !== options.words) {
        const source = { text: inspection.sourceText, units: units.source };
        texts.show({ texts: { source, target: { text: inspection.targetText, units: units.target } }, omissions });
      }
      map = next;
      texts.allow((side, unit) => pointerOf(next, side, unit) !== undefined);
    },
    onPoint(pointed) {
      texts.point(pointed);
      if (map !== undefined) onPoint(map, pointed);
    },
    knockedOut,
  });
  const menu =
    onExport &&
    exportMenu((choice) => {
      if (map !== undefined) onExport(choice, map);
    });
  const caveat = element(
    'p',
    { class: 'caveat muted' },
    'Attention weights show where the model looked, not by themselves why it wrote what it wrote. ' +
      'And an encoder position is more than its token: each layer mixes in its neighbours.',
  );
  const root = element(
    'section',
    { class: 'inspection', 'aria-label': 'Attention' },
    texts.element,
    element('div', { class: 'reproduction-and-export' }, reproduced, menu),
    maps.element,
    caveat,
    ...sections.map((each) => each.element),
  );
  root.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') maps.clear();
  });
  return {
    element: root,
    show(inspection, seconds) {
      omissions = omissionsOf(inspection);
      reproduced.replaceChildren(reproduction(inspection, seconds));
      maps.show(inspection);
      for (const each of sections) each.show(inspection);
    },
    showPlace(spans) {
      const [at] = spans.flatMap(({ side, start, end }) =>
        (map?.texts[side] ?? []).flatMap(({ span }, unit) => (span.start < end && start < span.end ? [{ side, unit }] : [])),
      );
      maps.place(pointerAt(at));
    },
    clear: () => maps.clear(),
  };
}

/** Of translations only: a summary leaves out on purpose. */
function omissionsOf(inspection: Inspection): readonly Span[] {
  if (inspection.task.kind !== 'translate') return [];
  const { defaultCrossAttention, sourceText, targetText, source, target } = inspection;
  const { layer, head, step } = defaultCrossAttention;
  const words = wordsOf(sourceText, source);
  const coverage = sourceCoverage({
    weights: attentionMap(attentionsOf(inspection, 'cross'), layer, head),
    source: words,
    target: wordsOf(targetText, target),
    step,
  });
  return possibleOmissions(coverage, words);
}
