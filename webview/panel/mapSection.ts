/**
 * One inspection's attention: which map, layer and head, seen as an overview of all heads, a heatmap or lines, with options and read-out. Owns what
 * is pointed at; the text view is told, and tells.
 */
import { attentionsOf } from '../../src/shared/attention/attentionKind.ts';
import type { AttentionKind } from '../../src/shared/attention/attentionKind.ts';
import { attentionName, shortAttentionName } from '../../src/shared/attention/attentionNames.ts';
import { missingParts, type Inspection } from '../../src/shared/inspection.ts';
import { t } from '../../src/shared/words.ts';
import { element } from './element.ts';
import { createFoldedTable } from './figuresTable.ts';
import { helpButton } from './help.ts';
import { icon } from './icon.ts';
import { createMapChoices } from './mapChoices.ts';
import { MAP_KINDS, choiceName, defaultChoice, hasNorms, validChoice } from './mapOf.ts';
import type { MapChoice } from './mapOf.ts';
import { createMapOptions } from './mapOptions.ts';
import { mapTable } from './mapTable.ts';
import { createMapViews } from './mapViews.ts';
import { Pointing } from './pointing.ts';
import type { PinOptions } from './pointing.ts';
import { pointedTexts } from './pointer.ts';
import type { PointedTexts, Pointer } from './pointer.ts';
import { readingOf } from './reading.ts';
import { createReadout } from './readout.ts';
import { prepareRollout } from './rollouts.ts';
import { DEFAULT_OPTIONS, shownMap } from './shownMap.ts';
import type { ShownMap } from './shownMap.ts';
import { observeTheme } from './themeColours.ts';
import { tabs, toggleButton } from './toolkit.ts';

export interface MapSection {
  readonly element: HTMLElement;
  /** Keeps the map, layer, head and options that the user chose, where this inspection has them. */
  show(inspection: Inspection): void;
  /** Until something else is pointed at; pinned, until it is pinned again or cleared. */
  point(pointer: Pointer | undefined, how: { readonly pin: boolean } & PinOptions): void;
  /** What the editor's cursors are on; shown for as long as nothing is pointed at or pinned. */
  place(pointers: readonly Pointer[]): void;
  /** Nothing is pointed at, pinned or placed any more. */
  clear(): void;
}

export interface MapSectionOptions {
  /** Another map is shown, or the same in another way. */
  readonly onMap: (map: ShownMap) => void;
  /** `isPlaced`: neither the pointer nor a pin says what is pointed at, only the editor's cursors. */
  readonly onPoint: (texts: PointedTexts, isPlaced: boolean) => void;
  /** Heads that are silenced in the run that is shown. */
  readonly knockedOut: (kind: AttentionKind, layer: number, head: number) => boolean;
}

export function createMapSection({ onMap, onPoint, knockedOut }: MapSectionOptions): MapSection {
  let inspection: Inspection | undefined;
  let kind: AttentionKind = 'cross';
  let options = DEFAULT_OPTIONS;
  let map: ShownMap | undefined;
  /** The drawing that was asked for last. */
  let latest = {};
  const chosen = new Map<AttentionKind, MapChoice>();
  const pointing = new Pointing(tell);

  const views = createMapViews({
    onChange: draw,
    onHover: (pointer) => pointing.hover(pointer, false),
    onPin: (pointer, how) => pointing.pin(pointer, how),
    onHoverHead(reading, byKeyboard) {
      if (reading === undefined) tell(false);
      else readout.show(reading, byKeyboard);
    },
    onOpenHead: choose,
    knockedOut,
  });
  const choices = createMapChoices(choose);
  const optionsView = createMapOptions({
    onOptions(next) {
      options = next;
      draw();
    },
    onStep: (step) => choose({ step }),
  });
  const readout = createReadout();
  const table = createFoldedTable();
  const explained = element('span');
  const share = element('span', { class: 'source-share' }, ' ', t('Share of the source'), ' ', helpButton('sourceShare'));
  const explanation = element('p', { class: 'muted explanation' }, explained, share);
  const optionsButton = toggleButton(icon('options'), t('Options of the maps'), (open) => (optionsView.element.hidden = !open));
  optionsView.element.hidden = true;
  const content = element(
    'div',
    { class: 'map' },
    element('div', { class: 'toolbar' }, views.switch, optionsButton),
    optionsView.element,
    choices.element,
    views.element,
    readout.element,
    explanation,
    table.element,
  );
  const root = tabs(
    t('Attention maps'),
    MAP_KINDS.map((each) => ({ title: attentionName(each), short: shortAttentionName(each) })),
    content,
    (index) => {
      kind = MAP_KINDS[index] ?? 'cross';
      pointing.forget();
      draw();
    },
  );
  observeTheme(draw);

  function choiceOf(shown: Inspection): MapChoice {
    return validChoice(shown, kind, chosen.get(kind) ?? defaultChoice(shown, kind));
  }

  function choose(change: Partial<MapChoice>): void {
    if (inspection === undefined) return;
    chosen.set(kind, validChoice(inspection, kind, { ...choiceOf(inspection), ...change }));
    draw();
  }

  /** Draws once what the choice needs is there; what is shown stays until then, dimmed. */
  function draw(): void {
    if (inspection === undefined) return;
    const choice = choiceOf(inspection);
    const drawing = (latest = {});
    const { layers } = attentionsOf(inspection, kind);
    const isOver = (): boolean => latest !== drawing;
    const preparing = choice.head === 'rollout' ? prepareRollout(inspection, kind, choice.layer ?? layers - 1, isOver) : undefined;
    content.classList.toggle('preparing', preparing !== undefined);
    content.setAttribute('aria-busy', String(preparing !== undefined));
    if (preparing === undefined) drawMap(inspection, choice);
    else
      void preparing.then(() => {
        if (!isOver()) draw();
      });
  }

  function drawMap(inspection: Inspection, choice: MapChoice): void {
    const rows = map?.rows.length;
    const columns = map?.columns.length;
    map = shownMap(inspection, kind, choice, options);
    pointing.forget({ keepPin: map.rows.length === rows && map.columns.length === columns });
    optionsView.show({ options, step: map.step, canNorm: hasNorms(inspection, choice) });
    views.show(map);
    const isOne = views.view !== 'overview';
    for (const part of [choices.element, explanation, table.element]) part.hidden = !isOne;
    if (isOne) tellOfOne(inspection, map);
    onMap(map);
    tell(false);
  }

  /** What surrounds one map, and takes longer to make than the overview of them all. */
  function tellOfOne(inspection: Inspection, one: ShownMap): void {
    choices.show(one);
    explained.textContent = [one.explanation, ...missingParts(inspection)].join(' ');
    share.hidden = one.step === undefined;
    table.show(() => mapTable(one, `${attentionName(one.kind)}, ${choiceName(one.choice)}`));
  }

  function tell(announce: boolean): void {
    if (map === undefined) return;
    const [first, ...more] = pointing.current;
    views.mark(pointing.current);
    readout.show(first === undefined ? views.hint : readingOf(map, [first, ...more]), announce);
    onPoint(pointedTexts(map, pointing.current), pointing.isPlaced);
  }

  return {
    element: root,
    show(next) {
      inspection = next;
      pointing.forget();
      draw();
    },
    point(pointer, { pin, ...how }) {
      if (pin) pointing.pin(pointer, how);
      else pointing.hover(pointer, how.byKeyboard);
    },
    place: (pointers) => pointing.place(pointers),
    clear: () => pointing.clear(),
  };
}
