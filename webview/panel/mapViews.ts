/** The three ways to see maps: all heads as an overview, one map as a heatmap or as lines. Knows which is chosen; no options, no pins and no texts. */
import { attentionsOf } from '../../src/shared/attention/attentionKind.ts';
import type { AttentionKind } from '../../src/shared/attention/attentionKind.ts';
import { t } from '../../src/shared/words.ts';
import { element } from './element.ts';
import { createHeadOrder } from './headOrder.ts';
import { createHeatmapView } from './heatmapView.ts';
import { createLines } from './lines.ts';
import type { MapChoice } from './mapOf.ts';
import { createOverview } from './overview.ts';
import type { HeadPlace } from './overview.ts';
import type { Pointer } from './pointer.ts';
import type { PinOptions } from './pointing.ts';
import { segmented } from './segmented.ts';
import type { ShownMap } from './shownMap.ts';
import { readThemeColours } from './themeColours.ts';

export type MapView = 'overview' | 'map' | 'lines';

export interface MapViewsOptions {
  /** Another view or order was chosen: what is shown is to be shown anew. */
  readonly onChange: () => void;
  readonly onHover: (pointer: Pointer | undefined) => void;
  readonly onPin: (pointer: Pointer | undefined, how: PinOptions) => void;
  /** A head of the overview, in words, or none any more. */
  readonly onHoverHead: (reading: string | undefined, byKeyboard: boolean) => void;
  readonly onOpenHead: (choice: Pick<MapChoice, 'layer' | 'head'>) => void;
  /** Heads that are silenced in the run that is shown. */
  readonly knockedOut: (kind: AttentionKind, layer: number, head: number) => boolean;
}

export interface MapViews {
  readonly element: HTMLElement;
  /** The buttons that choose one. */
  readonly switch: HTMLElement;
  readonly view: MapView;
  /** What to do here, for as long as nothing is pointed at. */
  readonly hint: string;
  show(map: ShownMap): void;
  mark(pointers: readonly Pointer[]): void;
}

const views = (): readonly { readonly value: MapView; readonly text: string }[] => [
  { value: 'overview', text: t('All heads') },
  { value: 'map', text: t('Map') },
  { value: 'lines', text: t('Lines') },
];

export function createMapViews({ onChange, onHover, onPin, onHoverHead, onOpenHead, knockedOut }: MapViewsOptions): MapViews {
  let view: MapView = 'map';
  let map: ShownMap | undefined;
  const isOut = (layer: number, head: number): boolean => map !== undefined && knockedOut(map.kind, layer, head);
  const heatmap = createHeatmapView({ onHover, onPin });
  const lines = createLines({ onHover, onPin });
  const overview = createOverview({
    onOpen({ layer, head }) {
      choose('map');
      onOpenHead({ layer, head: head ?? 'mean' });
      heatmap.focus();
    },
    onHover: (place, byKeyboard) =>
      onHoverHead(place && order.reading(place, place.head !== null && isOut(place.layer, place.head)), byKeyboard),
  });
  const order = createHeadOrder(onChange);
  const choice = segmented(t('View'), views(), (next) => {
    choose(next);
    onChange();
  });
  choose(view);

  function choose(next: MapView): void {
    view = next;
    choice.choose(view);
  }

  return {
    element: element('div', { class: 'map-views' }, order.element, overview.element, heatmap.element, lines.element),
    switch: choice.element,
    get view() {
      return view;
    },
    get hint() {
      if (view !== 'overview')
        return t('Point at a token or a cell; click to keep it, with Ctrl beside others. Arrow keys move, Escape clears.');
      return order.ranked() === undefined
        ? t('Rows are layers, columns heads; each tile is shaded from 0 to its own largest weight. Click one to open it.')
        : t('Each tile is a head, from 0 to its own largest weight. Click one to open it.');
    },
    show(next) {
      map = next;
      const { inspection, kind, choice, options } = next;
      for (const [part, shown] of [
        [overview.element, view === 'overview'],
        [order.element, view === 'overview'],
        [heatmap.element, view === 'map'],
        [lines.element, view === 'lines'],
      ] as const)
        part.hidden = !shown;
      order.show(inspection, kind);
      const colours = readThemeColours();
      if (view === 'map') heatmap.show(next, colours);
      else if (view === 'lines') lines.show(next, colours);
      else
        overview.show({
          kind,
          maps: attentionsOf(inspection, kind),
          scale: options.scale,
          colours,
          order: order.ranked(),
          knockedOut: isOut,
          open: headOf(choice),
        });
    },
    mark(pointers) {
      if (map === undefined) return;
      const shown = map;
      if (view === 'map') heatmap.mark(pointers);
      else if (view === 'lines') lines.point(pointers);
      else overview.point(pointers.map((pointer) => tokensOf(shown, pointer)));
    },
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
