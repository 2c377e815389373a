/** One inspection's maps: choice of map, layer and head, the heatmap with its legend and zoom, and the read-out. */
import { attentionMap } from '../../src/shared/inspection.ts';
import type { Inspection } from '../../src/shared/inspection.ts';
import type { Span } from '../../src/shared/span.ts';
import type { Cell } from './cellMove.ts';
import { largest } from './colourScale.ts';
import { element } from './element.ts';
import { createHeatmap } from './heatmap.ts';
import { icon } from './icon.ts';
import { legend } from './legend.ts';
import { MAP_KINDS, MAP_TITLES, defaultHead, hasHead, headName, mapOf, titleOf } from './mapOf.ts';
import type { HeadChoice, MapKind } from './mapOf.ts';
import { mapSummary } from './mapSummary.ts';
import { createReadout } from './readout.ts';
import { observeTheme, readThemeColours } from './themeColours.ts';
import { visibleLabel } from './tokenLabel.ts';
import { dropdown, iconButton, tabs } from './toolkit.ts';

export interface MapSection {
  readonly element: HTMLElement;
  /** Keeps the map, layer and head that the user chose, where this inspection has them. */
  show(inspection: Inspection): void;
}

/** `onSpans` is told which characters of the two texts the current cell is about. */
export function createMapSection(onSpans: (source: readonly Span[], target: readonly Span[]) => void): MapSection {
  let inspection: Inspection | undefined;
  let kind: MapKind = 'cross';
  const chosen = new Map<MapKind, HeadChoice>();

  const heatmap = createHeatmap({ onCell: tell });
  const readout = createReadout();
  const choices = element('div', { class: 'choices' });
  const scale = element('div', { class: 'scale' });
  const summary = element('p', { class: 'visually-hidden', id: 'saccade-map-summary' });
  const explanation = element('p', { class: 'muted explanation' });
  heatmap.canvas.setAttribute('aria-describedby', summary.id);
  const zoom = element(
    'div',
    { class: 'zoom', role: 'group', 'aria-label': 'Zoom' },
    iconButton(icon('zoomOut'), 'Zoom out (−)', () => heatmap.zoom(-1)),
    iconButton(icon('zoomIn'), 'Zoom in (+, or Ctrl and the mouse wheel)', () => heatmap.zoom(1)),
    iconButton(icon('fit'), 'Fit the whole map (0)', () => heatmap.fit()),
  );
  const content = element(
    'div',
    { class: 'map' },
    element('div', { class: 'toolbar' }, choices, element('div', { class: 'scale-and-zoom' }, scale, zoom)),
    heatmap.element,
    readout.element,
    explanation,
    summary,
  );
  const root = tabs(
    'Attention maps',
    MAP_KINDS.map((each) => MAP_TITLES[each]),
    content,
    (index) => {
      kind = MAP_KINDS[index] ?? 'cross';
      showChoices();
      draw();
    },
  );
  observeTheme(draw);

  function head(shown: Inspection): HeadChoice {
    const choice = chosen.get(kind);
    return choice !== undefined && hasHead(mapOf(shown, kind).maps, choice) ? choice : defaultHead(shown, kind);
  }

  function showChoices(): void {
    if (inspection === undefined) return;
    const shown = inspection;
    const { layers, heads } = mapOf(shown, kind).maps;
    const choose = (change: Partial<HeadChoice>): void => {
      chosen.set(kind, { ...head(shown), ...change });
      draw();
    };
    const current = head(shown);
    const layerChoices = Array.from({ length: layers }, (_, layer) => ({ value: String(layer), text: `Layer ${layer}` }));
    const headChoices = [null, ...Array(heads).keys()].map((each) => ({ value: String(each ?? 'mean'), text: headName(each) }));
    choices.replaceChildren(
      dropdown('Layer', layerChoices, String(current.layer), (value) => choose({ layer: Number(value) })),
      dropdown('Head', headChoices, String(current.head ?? 'mean'), (value) => choose({ head: value === 'mean' ? null : Number(value) })),
    );
  }

  function draw(): void {
    if (inspection === undefined) return;
    const view = mapOf(inspection, kind);
    const choice = head(inspection);
    const values = attentionMap(view.maps, choice.layer, choice.head);
    const colours = readThemeColours();
    const colourScale = { low: colours.low, high: colours.high, maximum: largest(values) };
    const rowLabels = view.rows.map(({ label }) => visibleLabel(label));
    const columnLabels = view.columns.map(({ label }) => visibleLabel(label));
    heatmap.show({
      values,
      labels: { rows: rowLabels, columns: columnLabels, markedRows: new Set(view.rowText === 'target' ? inspection.mismatches : []) },
      scale: colourScale,
      colours,
      name: `${titleOf(kind)}, layer ${choice.layer}, ${headName(choice.head)}. Arrow keys move from cell to cell.`,
      facts: { kind, layer: String(choice.layer), head: String(choice.head ?? 'mean') },
    });
    scale.replaceChildren(legend(colourScale));
    explanation.textContent = view.explanation;
    summary.textContent = mapSummary(values, rowLabels, columnLabels);
  }

  function tell(cell: Cell | undefined, byKeyboard: boolean): void {
    if (inspection === undefined || cell === undefined) {
      readout.show(undefined, byKeyboard);
      onSpans([], []);
      return;
    }
    const view = mapOf(inspection, kind);
    const { layer, head: headNumber } = head(inspection);
    const query = view.rows[cell.row];
    const key = view.columns[cell.column];
    if (query === undefined || key === undefined) return;
    const read = inspection.decoderInput[cell.row];
    const logProbability = inspection.logProbabilities[cell.row];
    const written = view.rowText === 'target' && read !== undefined && logProbability !== undefined;
    readout.show(
      {
        query: visibleLabel(query.label),
        key: visibleLabel(key.label),
        queryPosition: cell.row,
        keyPosition: cell.column,
        weight: heatmap.canvas.values[cell.row * view.columns.length + cell.column] ?? 0,
        head: `layer ${layer} · ${headName(headNumber).toLowerCase()}`,
        note: written ? `written after \u2068${visibleLabel(read.label)}\u2069, p = ${Math.exp(logProbability).toFixed(3)}` : undefined,
      },
      byKeyboard,
    );
    const spans = { source: [] as Span[], target: [] as Span[] };
    spans[view.rowText].push(query.span);
    spans[view.columnText].push(key.span);
    onSpans(spans.source, spans.target);
  }

  return {
    element: root,
    show(next) {
      inspection = next;
      showChoices();
      draw();
    },
  };
}
