/**
 * Every head of one kind of attention as a small multiple: one canvas with all tiles, and a button over each. Knows heads and what is measured
 * of them; which head is open is told.
 */
import type { AttentionKind } from '../../src/shared/attention/attentionKind.ts';
import type { WeightScale } from '../../src/shared/attention/weightScale.ts';
import type { AttentionMaps } from '../../src/shared/inspection.ts';
import { t } from '../../src/shared/words.ts';
import { element } from './element.ts';
import { paintTiles, tilesOf } from './overviewPixels.ts';
import type { Tile, TilePlace } from './overviewPixels.ts';
import type { Pointer } from './pointer.ts';
import type { ThemeColours } from './themeColours.ts';

export interface HeadPlace {
  readonly layer: number;
  /** null: all of the layer's heads. */
  readonly head: number | null;
}

export interface OverviewData {
  readonly kind: AttentionKind;
  readonly maps: AttentionMaps;
  readonly scale: WeightScale;
  readonly colours: ThemeColours;
  /** Heads in the order in which they are shown, with a figure each; undefined: by layer and head. */
  readonly order: readonly RankedHead[] | undefined;
  /** Heads that are silenced: weak, and crossed out. */
  readonly knockedOut: (layer: number, head: number) => boolean;
  /** The one that the heatmap shows. */
  readonly open: HeadPlace | undefined;
}

export interface RankedHead {
  readonly layer: number;
  readonly head: number;
  /** Such as "0.43". */
  readonly figure: string;
}

export interface OverviewOptions {
  readonly onOpen: (place: HeadPlace) => void;
  readonly onHover: (place: HeadPlace | undefined, byKeyboard: boolean) => void;
}

export interface Overview {
  readonly element: HTMLElement;
  show(data: OverviewData): void;
  /** Draws the row or column that is pointed at into every tile; positions of tokens. */
  point(pointers: readonly Pointer[]): void;
}

// In CSS pixels.
const GAP = 3;
const ROW_LABEL = 16;
const LARGEST_TILE = 72;
const CAPTION = 13;
/** A tile as wide as this has room for its figure below. */
const FIGURE_WIDTH = 48;

export function createOverview({ onOpen, onHover }: OverviewOptions): Overview {
  const tilesSheet = element('canvas', { class: 'overview-tiles', 'aria-hidden': 'true' });
  const pointerSheet = element('canvas', { class: 'overview-pointer', 'aria-hidden': 'true' });
  const grid = element('div', { class: 'overview-grid', role: 'group' });
  const root = element('div', { class: 'overview' }, tilesSheet, pointerSheet, grid);
  let data: OverviewData | undefined;
  let places: readonly TilePlace[] = [];
  let buttons: HTMLElement[] = [];
  let pointers: readonly Pointer[] = [];
  /** Pooled once for a map, a size and a scale; the theme and the order change only how they are painted. */
  let pooled: { readonly maps: AttentionMaps; readonly key: string; readonly tiles: readonly Tile[] } | undefined;

  function draw(): void {
    if (data === undefined || root.clientWidth === 0) return;
    const { maps, scale, colours, order, knockedOut, open } = data;
    const { layers, heads, queries, keys } = maps;
    const left = order === undefined ? ROW_LABEL : 0;
    const caption = order === undefined ? 0 : CAPTION;
    const top = order === undefined ? CAPTION : 0;
    const across = Math.max(1, Math.min(LARGEST_TILE, Math.floor((root.clientWidth - left - (heads - 1) * GAP) / heads)));
    const down = Math.round(across * Math.min(1.5, Math.max(0.5, queries / keys)));
    const lines = Math.ceil((order?.length ?? layers * heads) / heads);
    const ratio = devicePixelRatio;
    const size = { width: left + heads * across + (heads - 1) * GAP, height: top + lines * (down + caption + GAP) - GAP };
    const key = `${across} ${down} ${ratio} ${scale}`;
    if (pooled?.maps !== maps || pooled.key !== key)
      pooled = { maps, key, tiles: tilesOf(maps, Math.round(down * ratio), Math.round(across * ratio), scale) };
    const shown =
      order ?? Array.from({ length: layers * heads }, (_, i) => ({ layer: Math.floor(i / heads), head: i % heads, figure: '' }));
    places = shown.map(({ layer, head }, index) => ({
      x: Math.round((left + (index % heads) * (across + GAP)) * ratio),
      y: Math.round((top + Math.floor(index / heads) * (down + caption + GAP)) * ratio),
      width: Math.round(across * ratio),
      height: Math.round(down * ratio),
      dimmed: knockedOut(layer, head),
    }));
    const device = { width: Math.ceil(size.width * ratio), height: Math.ceil(size.height * ratio) };
    for (const sheet of [tilesSheet, pointerSheet]) {
      sheet.width = device.width;
      sheet.height = device.height;
      Object.assign(sheet.style, { width: `${device.width / ratio}px`, height: `${device.height / ratio}px` });
    }
    const tiles = shown.map(({ layer, head }) => pooled!.tiles[layer * heads + head]!);
    const pixels = paintTiles(device, tiles, places, colours.low, colours.high);
    tilesSheet.getContext('2d')?.putImageData(new ImageData(pixels, device.width, device.height), 0, 0);
    Object.assign(grid.style, {
      gridTemplateColumns: `${left > 0 ? `${left - GAP}px ` : ''}repeat(${heads}, ${across}px)`,
      gridAutoRows: `${down + caption}px`,
      gap: `${GAP}px`,
      width: `${size.width}px`,
    });
    placeButtons(shown, { across, down, isOpen: (layer, head) => open?.layer === layer && open.head === head });
    tilesSheet.dataset['kind'] = data.kind;
    drawPointer();
  }

  function placeButtons(
    shown: readonly RankedHead[],
    {
      across,
      down,
      isOpen,
    }: { readonly across: number; readonly down: number; readonly isOpen: (layer: number, head: number | null) => boolean },
  ): void {
    const { order, maps, knockedOut } = data!;
    const focused = buttons.indexOf(document.activeElement as HTMLElement);
    const children: HTMLElement[] = [];
    buttons = [];
    const add = (place: HeadPlace, name: string, ...content: HTMLElement[]): void => {
      const made = element(
        'button',
        { type: 'button', 'aria-label': name, 'aria-pressed': String(isOpen(place.layer, place.head)) },
        ...content,
      );
      made.className = place.head === null ? 'overview-layer' : 'overview-tile';
      made.tabIndex = -1;
      made.addEventListener('click', () => onOpen(place));
      made.addEventListener('pointerenter', () => onHover(place, false));
      made.addEventListener('focus', () => onHover(place, made.matches(':focus-visible')));
      buttons.push(made);
      children.push(made);
    };
    if (order === undefined) {
      const heading = (text: string): HTMLElement => element('span', { class: 'overview-head', 'aria-hidden': 'true' }, text);
      children.push(heading(''), ...Array.from({ length: maps.heads }, (_, head) => heading(String(head))));
    }
    for (const [index, { layer, head, figure }] of shown.entries()) {
      if (order === undefined && index % maps.heads === 0)
        add({ layer, head: null }, t('Layer {0}, mean of its heads', layer), element('span', {}, String(layer)));
      const out = knockedOut(layer, head);
      const place = t('Layer {0}, head {1}', layer, head);
      const named = figure === '' ? place : t('{0}: {1}', place, figure);
      const name = out ? t('{0}, knocked out', named) : named;
      const frame = element('span', { class: out ? 'overview-frame out' : 'overview-frame' });
      frame.style.height = `${down}px`;
      const caption =
        order === undefined
          ? []
          : [
              element(
                'span',
                { class: 'overview-caption' },
                across < FIGURE_WIDTH ? `${layer}·${head}` : `${layer}·${head}\u2002${figure}`,
              ),
            ];
      add({ layer, head }, name, frame, ...caption);
    }
    grid.style.gridTemplateRows = order === undefined ? `${CAPTION - GAP}px` : '';
    grid.setAttribute('aria-label', order === undefined ? t('Heads by layer') : t('Heads in order'));
    grid.classList.toggle('ranked', order !== undefined);
    grid.replaceChildren(...children);
    const stop = buttons[focused] ?? buttons.find((made) => made.getAttribute('aria-pressed') === 'true') ?? buttons[0];
    if (stop !== undefined) stop.tabIndex = 0;
    if (focused >= 0) stop?.focus();
  }

  function drawPointer(): void {
    const context = pointerSheet.getContext('2d');
    if (data === undefined || context === null) return;
    const { maps, colours } = data;
    context.clearRect(0, 0, pointerSheet.width, pointerSheet.height);
    context.fillStyle = colours.text;
    context.globalAlpha = 0.75;
    const line = Math.max(1, Math.round(devicePixelRatio));
    for (const { x, y, width, height } of places) {
      for (const { row, column } of pointers) {
        if (row !== undefined) context.fillRect(x, y + Math.floor(((row + 0.5) * height) / maps.queries), width, line);
        if (column !== undefined) context.fillRect(x + Math.floor(((column + 0.5) * width) / maps.keys), y, line, height);
      }
    }
  }

  grid.addEventListener('pointerleave', () => onHover(undefined, false));
  grid.addEventListener('focusout', (event) => {
    if (!(event.relatedTarget instanceof Node && grid.contains(event.relatedTarget))) onHover(undefined, false);
  });
  grid.addEventListener('keydown', (event) => {
    const at = buttons.indexOf(document.activeElement as HTMLElement);
    if (at < 0 || data === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    // By layer each line has its layer's button before its heads'.
    const line = data.maps.heads + (data.order === undefined ? 1 : 0);
    const last = buttons.length - 1;
    const moves: Partial<Record<string, number>> = {
      ArrowLeft: at - 1,
      ArrowRight: at + 1,
      ArrowUp: at - line,
      ArrowDown: at + line,
      Home: at - (at % line),
      End: Math.min(last, at - (at % line) + line - 1),
    };
    const to = moves[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = buttons[to];
    if (next === undefined) return;
    buttons[at]!.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  });
  new ResizeObserver(draw).observe(root);

  return {
    element: root,
    show(next) {
      data = next;
      draw();
    },
    point(next) {
      pointers = next;
      drawPointer();
    },
  };
}
