/** What the panel shows of one inspection: the texts, whether the maps are theirs, the maps, how not to read them, and sections of other views. */
import { attentionsOf } from '../../src/shared/attention/attentionKind.ts';
import { possibleOmissions, sourceCoverage } from '../../src/shared/attention/sourceCoverage.ts';
import { wordsOf } from '../../src/shared/attention/words.ts';
import type { SideSpan } from '../../src/shared/highlight.ts';
import { attentionMap, isTold } from '../../src/shared/inspection.ts';
import type { Inspection } from '../../src/shared/inspection.ts';
import { isSameHead } from '../../src/shared/intervention.ts';
import type { Span } from '../../src/shared/span.ts';
import { t } from '../../src/shared/words.ts';
import { element } from './element.ts';
import { exportMenu } from './exportMenu.ts';
import type { ExportChoice } from './exportMenu.ts';
import { createMapSection } from './mapSection.ts';
import { openedRunBar } from './openedRun.ts';
import type { OpenedRun } from './openedRun.ts';
import { pointerOf, pointersAt } from './pointer.ts';
import type { PointedTexts } from './pointer.ts';
import { reproduction } from './reproduction.ts';
import type { ShownMap } from './shownMap.ts';
import { createTextView } from './textView.ts';
import type { TextPoint } from './textView.ts';

export interface InspectionSection {
  readonly element: HTMLElement;
  /** `seconds` is how long the inspect pass took. */
  show(inspection: Inspection, seconds: number | undefined): void;
  /** Another run over the same source in the place of the one shown, until the user goes back or another inspection comes; undefined: back. */
  open(run: OpenedRun | undefined): void;
  /** Points at the tokens or words on these characters for as long as nothing else is pointed at; none: at nothing. */
  showPlace(spans: readonly SideSpan[]): void;
  /** Nothing is pointed at, pinned or placed any more. */
  clear(): void;
}

export interface InspectionSectionOptions {
  /** Pointed at or pinned, anywhere in the section: what of the two texts that is, with weights. The editor link listens here; the target that is
   * pointed at may be that of an opened run. `isPlaced`: it is the editor that points, if anybody does. */
  readonly onPoint?: (map: ShownMap, texts: PointedTexts, isPlaced: boolean) => void;
  /** The user wants what is shown as a file, or copied; without it there is no menu. */
  readonly onExport?: (choice: ExportChoice, map: ShownMap) => void;
  /** Other views of the inspection, below the maps. */
  readonly sections?: readonly InspectionPart[];
}

/** Made by `section(title, content)`. */
export interface InspectionPart {
  readonly element: HTMLElement;
  /** Told of each inspection. */
  show(inspection: Inspection): void;
  /** Nothing is pointed out any more. */
  clear?(): void;
}

export function createInspectionSection({
  onPoint = () => undefined,
  onExport,
  sections = [],
}: InspectionSectionOptions = {}): InspectionSection {
  let map: ShownMap | undefined;
  let original: { readonly inspection: Inspection; readonly seconds: number | undefined } | undefined;
  let opened: OpenedRun | undefined;
  let omissions: readonly Span[] = [];
  const pointerAt = (at: TextPoint | undefined): ReturnType<typeof pointerOf> =>
    at === undefined || map === undefined ? undefined : pointerOf(map, at.side, at.unit);
  const texts = createTextView({
    onPoint: (at, byKeyboard) => maps.point(pointerAt(at), { pin: false, byKeyboard }),
    onPin: (at, add) => maps.point(pointerAt(at), { pin: true, byKeyboard: false, add }),
  });
  const bar = element('div');
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
    onPoint(pointed, isPlaced) {
      texts.point(pointed);
      if (map !== undefined) onPoint(map, pointed, isPlaced);
    },
    knockedOut: (kind, layer, head) => opened?.knockedOut.some((out) => isSameHead(out, { kind, layer, head })) ?? false,
  });
  const menu =
    onExport &&
    exportMenu((choice) => {
      if (map !== undefined) onExport(choice, map);
    });
  const caveat = element(
    'p',
    { class: 'caveat muted' },
    t(
      'Attention weights show where the model looked, not by themselves why it wrote what it wrote. ' +
        'And an encoder position is more than its token: each layer mixes in its neighbours.',
    ),
  );
  const root = element(
    'section',
    { class: 'inspection', 'aria-label': t('Attention'), tabindex: '-1' },
    bar,
    texts.element,
    element('div', { class: 'reproduction-and-export' }, reproduced, menu),
    maps.element,
    caveat,
    ...sections.map((each) => each.element),
  );
  root.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') clear();
  });

  function clear(): void {
    maps.clear();
    for (const each of sections) each.clear?.();
  }

  /** The opened run, else the one that it set out from. */
  function showRun(): void {
    if (original === undefined) return;
    const { inspection, seconds } = opened === undefined ? original : { ...opened, seconds: undefined };
    bar.replaceChildren(...(opened === undefined ? [] : [openedRunBar(opened, () => open(undefined))]));
    omissions = omissionsOf(inspection);
    reproduced.replaceChildren(reproduction(inspection, seconds));
    maps.show(inspection);
  }

  function open(run: OpenedRun | undefined): void {
    opened = run;
    showRun();
    root.scrollIntoView({ block: 'start' });
    // The button that was pressed may be gone.
    (bar.querySelector<HTMLElement>('vscode-button') ?? root).focus();
  }

  return {
    element: root,
    show(inspection, seconds) {
      original = { inspection, seconds };
      opened = undefined;
      showRun();
      for (const each of sections) each.show(inspection);
    },
    open,
    showPlace(spans) {
      const known = spans.filter(({ side }) => opened === undefined || side === 'source');
      maps.place(map === undefined ? [] : pointersAt(map, known));
    },
    clear,
  };
}

/** Of translations only: a summary leaves out on purpose. */
function omissionsOf(inspection: Inspection): readonly Span[] {
  if (inspection.task.kind !== 'translate' || !isTold(inspection.crossAttentions)) return [];
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
