/** One inspection's maps: choice of map, layer and head, the heatmap with its legend and zoom, and the read-out. */
import type { Highlight, SideSpan } from '../../src/shared/highlight.ts';
import { ROW_STEPS, attentionMap } from '../../src/shared/inspection.ts';
import type { Inspection, RowStep } from '../../src/shared/inspection.ts';
import type { Cell } from './cellMove.ts';
import { largest } from './colourScale.ts';
import { element } from './element.ts';
import { createHeatmap } from './heatmap.ts';
import { placeHighlight, rowsHighlight } from './highlightOf.ts';
import { icon } from './icon.ts';
import { legend } from './legend.ts';
import { MAP_KINDS, MAP_TITLES, ROW_NAMES, defaultChoice, hasHead, headName, mapOf, titleOf } from './mapOf.ts';
import type { AttentionMapView, MapChoice, MapKind } from './mapOf.ts';
import { mapSummary } from './mapSummary.ts';
import { createReadout } from './readout.ts';
import { observeTheme, readThemeColours } from './themeColours.ts';
import { visibleLabel } from './tokenLabel.ts';
import { dropdown, iconButton, tabs } from './toolkit.ts';

export interface MapSection {
  readonly element: HTMLElement;
  /** Keeps the map, layer and head that the user chose, where this inspection has them. */
  show(inspection: Inspection): void;
  /** What the editor's cursor is on, for as long as no cell is current; none where it is on neither text. */
  showPlace(spans: readonly SideSpan[]): void;
  /** Leaves neither a cell current nor a place. */
  clear(): void;
}

/** `onHighlight` is told what the query of the current cell attended to, or what the cursor's tokens have to do with the other text. */
export function createMapSection(onHighlight: (highlight: Highlight | undefined) => void): MapSection {
  let inspection: Inspection | undefined;
  let place: readonly SideSpan[] = [];
  /** Of the row that was pointed at last, which is many cells. */
  let row: { readonly values: Float32Array; readonly row: number } | undefined;
  let kind: MapKind = 'cross';
  const chosen = new Map<MapKind, MapChoice>();

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

  function current(shown: Inspection): { readonly view: AttentionMapView; readonly choice: MapChoice } {
    const first = defaultChoice(shown, kind);
    const choice = chosen.get(kind) ?? first;
    const view = mapOf(shown, kind, choice.step);
    return hasHead(view.maps, choice) ? { view, choice } : { view: mapOf(shown, kind, first.step), choice: first };
  }

  function showChoices(): void {
    if (inspection === undefined) return;
    const shown = inspection;
    const { view, choice } = current(shown);
    const { layers, heads } = view.maps;
    const choose = (change: Partial<MapChoice>): void => {
      chosen.set(kind, { ...current(shown).choice, ...change });
      draw();
    };
    const rowChoices = ROW_STEPS.map((step) => ({ value: step, text: ROW_NAMES[step] }));
    const layerChoices = Array.from({ length: layers }, (_, layer) => ({ value: String(layer), text: `Layer ${layer}` }));
    const headChoices = [null, ...Array(heads).keys()].map((each) => ({
      value: String(each ?? 'mean'),
      text: each === null ? 'Mean' : headName(each),
    }));
    choices.replaceChildren(
      dropdown('Layer', layerChoices, String(choice.layer), (value) => choose({ layer: Number(value) })),
      dropdown('Head, or the mean of all', headChoices, String(choice.head ?? 'mean'), (value) =>
        choose({ head: value === 'mean' ? null : Number(value) }),
      ),
      ...(view.step === undefined
        ? []
        : [
            dropdown('Rows: the target token written, or read', rowChoices, view.step, (value) =>
              choose({ step: ROW_STEPS.find((step) => step === value)! }),
            ),
          ]),
    );
  }

  function draw(): void {
    if (inspection === undefined) return;
    const { view, choice } = current(inspection);
    const values = attentionMap(view.maps, choice.layer, choice.head);
    const colours = readThemeColours();
    const colourScale = { low: colours.low, high: colours.high, maximum: largest(values) };
    const rowLabels = view.rows.map(({ label }) => visibleLabel(label));
    const columnLabels = view.columns.map(({ label }) => visibleLabel(label));
    heatmap.show({
      values,
      labels: { rows: rowLabels, columns: columnLabels, markedRows: new Set(view.step === 'predicts' ? inspection.mismatches : []) },
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
      row = undefined;
      onHighlight(inspection && place.length > 0 ? highlightOf(inspection, place) : undefined);
      return;
    }
    const { view, choice } = current(inspection);
    const { layer, head: headNumber } = choice;
    const query = view.rows[cell.row];
    const key = view.columns[cell.column];
    if (query === undefined || key === undefined) return;
    readout.show(
      {
        query: visibleLabel(query.label),
        key: visibleLabel(key.label),
        queryPosition: cell.row,
        keyPosition: cell.column,
        weight: heatmap.canvas.values[cell.row * view.columns.length + cell.column] ?? 0,
        head: `layer ${layer} · ${headName(headNumber).toLowerCase()}`,
        note: view.step && noteOf(inspection, view.step, cell.row),
      },
      byKeyboard,
    );
    const { values } = heatmap.canvas;
    if (row?.values === values && row.row === cell.row) return;
    row = { values, row: cell.row };
    onHighlight(rowsHighlight(view, values, [cell.row]));
  }

  /** By the map that is shown where it is of both texts, else by the one that aligns them best. */
  function highlightOf(shown: Inspection, spans: readonly SideSpan[]): Highlight | undefined {
    const { view, choice } =
      kind === 'cross'
        ? current(shown)
        : { view: mapOf(shown, 'cross', defaultChoice(shown, 'cross').step), choice: defaultChoice(shown, 'cross') };
    return placeHighlight(view, attentionMap(view.maps, choice.layer, choice.head), spans);
  }

  return {
    element: root,
    show(next) {
      inspection = next;
      place = [];
      showChoices();
      draw();
    },
    showPlace(spans) {
      place = spans;
      if (heatmap.current === undefined) tell(undefined, false);
    },
    clear() {
      place = [];
      heatmap.clear();
      tell(undefined, false);
    },
  };
}

/** The other token of a row of the decoder, and how probable the one that it wrote was. */
function noteOf({ decoderInput, target, logProbabilities }: Inspection, step: RowStep, row: number): string {
  const label = visibleLabel((step === 'predicts' ? decoderInput : target)[row]?.label ?? '');
  const probability = Math.exp(logProbabilities[row] ?? NaN).toFixed(3);
  return `${step === 'predicts' ? 'written after' : 'then written:'} \u2068${label}\u2069, p = ${probability}`;
}
