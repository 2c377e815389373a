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
import { createHeadOrder } from './headOrder.ts';
import { createHeatmapView } from './heatmapView.ts';
import { helpButton } from './help.ts';
import { icon } from './icon.ts';
import { createLines } from './lines.ts';
import { createMapChoices } from './mapChoices.ts';
import { MAP_KINDS, choiceName, defaultChoice, hasNorms, validChoice } from './mapOf.ts';
import type { MapChoice } from './mapOf.ts';
import { createMapOptions } from './mapOptions.ts';
import { createMapTable } from './mapTable.ts';
import { createOverview } from './overview.ts';
import type { HeadPlace } from './overview.ts';
import { Pointing } from './pointing.ts';
import type { PinOptions } from './pointing.ts';
import { pointedTexts } from './pointer.ts';
import type { PointedTexts, Pointer } from './pointer.ts';
import { readingOf } from './reading.ts';
import { createReadout } from './readout.ts';
import { prepareRollout } from './rollouts.ts';
import { segmented } from './segmented.ts';
import { DEFAULT_OPTIONS, shownMap } from './shownMap.ts';
import type { ShownMap } from './shownMap.ts';
import { observeTheme, readThemeColours } from './themeColours.ts';
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
  readonly onPoint: (texts: PointedTexts) => void;
  /** Heads that are silenced in the run that is shown. */
  readonly knockedOut: (kind: AttentionKind, layer: number, head: number) => boolean;
}

type View = 'overview' | 'map' | 'lines';

const views = (): readonly { readonly value: View; readonly text: string }[] => [
  { value: 'overview', text: t('All heads') },
  { value: 'map', text: t('Map') },
  { value: 'lines', text: t('Lines') },
];

const hint = (): string => t('Point at a token or a cell; click to keep it, with Ctrl beside others. Arrow keys move, Escape clears.');
const overviewHint = (): string => t('Each tile is a head, from 0 to its own largest weight. Click one to open it.');

export function createMapSection({ onMap, onPoint, knockedOut }: MapSectionOptions): MapSection {
  let inspection: Inspection | undefined;
  let kind: AttentionKind = 'cross';
  let view: View = 'map';
  let options = DEFAULT_OPTIONS;
  let map: ShownMap | undefined;
  /** The drawing that was asked for last. */
  let latest = {};
  const chosen = new Map<AttentionKind, MapChoice>();
  const pointing = new Pointing(tell);

  const heatmap = createHeatmapView({
    onHover: (pointer) => pointing.hover(pointer, false),
    onPin: (pointer, how) => pointing.pin(pointer, how),
  });
  const lines = createLines({ onHover: (pointer) => pointing.hover(pointer, false), onPin: (pointer, how) => pointing.pin(pointer, how) });
  const overview = createOverview({
    onOpen({ layer, head }) {
      choose({ layer, head: head ?? 'mean' });
      showView('map');
      heatmap.focus();
    },
    onHover: (place, byKeyboard) => tellHead(place, byKeyboard),
  });
  const order = createHeadOrder(() => draw());
  const choices = createMapChoices(choose);
  const optionsView = createMapOptions({
    onOptions(next) {
      options = next;
      draw();
    },
    onStep: (step) => choose({ step }),
  });
  const readout = createReadout();
  const table = createMapTable();
  const explained = element('span');
  const share = element('span', { class: 'source-share' }, ' ', t('Share of the source'), ' ', helpButton('sourceShare'));
  const explanation = element('p', { class: 'muted explanation' }, explained, share);
  const viewSwitch = segmented(t('View'), views(), showView);
  const optionsButton = toggleButton(icon('options'), t('Options of the maps'), (open) => (optionsView.element.hidden = !open));
  optionsView.element.hidden = true;
  const content = element(
    'div',
    { class: 'map' },
    element('div', { class: 'toolbar' }, viewSwitch.element, optionsButton),
    optionsView.element,
    order.element,
    choices.element,
    overview.element,
    heatmap.element,
    lines.element,
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
  viewSwitch.choose(view);
  observeTheme(draw);

  function choiceOf(shown: Inspection): MapChoice {
    return validChoice(shown, kind, chosen.get(kind) ?? defaultChoice(shown, kind));
  }

  function choose(change: Partial<MapChoice>): void {
    if (inspection === undefined) return;
    chosen.set(kind, validChoice(inspection, kind, { ...choiceOf(inspection), ...change }));
    draw();
  }

  function showView(next: View): void {
    view = next;
    viewSwitch.choose(view);
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
    for (const [part, shown] of [
      [overview.element, view === 'overview'],
      [order.element, view === 'overview'],
      [heatmap.element, view === 'map'],
      [lines.element, view === 'lines'],
      [choices.element, view !== 'overview'],
      [explanation, view !== 'overview'],
      [table.element, view !== 'overview'],
    ] as const)
      part.hidden = !shown;
    optionsView.show({ options, step: map.step, canNorm: hasNorms(inspection, choice) });
    order.show(inspection, kind);
    const colours = readThemeColours();
    if (view === 'overview') {
      overview.show({
        kind,
        maps: attentionsOf(inspection, kind),
        scale: options.scale,
        colours,
        order: order.ranked(),
        knockedOut: (layer, head) => knockedOut(kind, layer, head),
        open: headOf(choice),
      });
    } else {
      choices.show(map);
      if (view === 'map') heatmap.show(map, colours);
      else lines.show(map, colours);
      explained.textContent = [map.explanation, ...missingParts(inspection)].join(' ');
      share.hidden = map.step === undefined;
      table.show(map, `${attentionName(kind)}, ${choiceName(choice)}`);
    }
    onMap(map);
    tell(false);
  }

  function tell(announce: boolean): void {
    if (map === undefined) return;
    const shown = map;
    const [first, ...more] = pointing.current;
    if (view === 'map') heatmap.mark(pointing.current);
    else if (view === 'lines') lines.point(pointing.current);
    else overview.point(pointing.current.map((pointer) => tokensOf(shown, pointer)));
    readout.show(first === undefined ? (view === 'overview' ? overviewHint() : hint()) : readingOf(map, [first, ...more]), announce);
    onPoint(pointedTexts(map, pointing.current));
  }

  function tellHead(place: HeadPlace | undefined, announce: boolean): void {
    if (place === undefined || inspection === undefined) tell(false);
    else readout.show(order.reading(place, knockedOut(kind, place.layer, place.head ?? -1)), announce);
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

function headOf({ layer, head }: MapChoice): HeadPlace | undefined {
  if (layer === null) return undefined;
  if (head === 'mean') return { layer, head: null };
  return typeof head === 'number' ? { layer, head } : undefined;
}

/** The pointer in positions of tokens, for views that merge none. */
function tokensOf({ rows, columns }: ShownMap, { row, column }: Pointer): Pointer {
  const first = {
    row: row === undefined ? -1 : rows[row]!.tokens.start,
    column: column === undefined ? -1 : columns[column]!.tokens.start,
  };
  if (row === undefined) return { column: first.column };
  return column === undefined ? { row: first.row } : first;
}
