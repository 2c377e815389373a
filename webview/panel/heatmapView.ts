/** A shown map as a heatmap with its legend and zoom buttons, and in words for a screen reader. */
import { attentionName } from '../../src/shared/attention/attentionNames.ts';
import { t } from '../../src/shared/words.ts';
import { element } from './element.ts';
import { createHeatmap } from './heatmap.ts';
import type { HeatmapOptions } from './heatmap.ts';
import { icon } from './icon.ts';
import { legend } from './legend.ts';
import { choiceName } from './mapOf.ts';
import { mapSummary } from './mapSummary.ts';
import type { Pointer } from './pointer.ts';
import type { ShownMap } from './shownMap.ts';
import type { ThemeColours } from './themeColours.ts';
import { visibleLabel } from './tokenLabel.ts';
import { iconButton } from './toolkit.ts';

export interface HeatmapView {
  readonly element: HTMLElement;
  show(map: ShownMap, colours: ThemeColours): void;
  mark(pointers: readonly Pointer[]): void;
  focus(): void;
}

export function createHeatmapView(options: HeatmapOptions): HeatmapView {
  const heatmap = createHeatmap(options);
  const scale = element('div', { class: 'scale' });
  const summary = element('p', { class: 'visually-hidden', id: 'saccade-map-summary' });
  heatmap.canvas.setAttribute('aria-describedby', summary.id);
  const zoom = element(
    'div',
    { class: 'zoom', role: 'group', 'aria-label': t('Zoom') },
    iconButton(icon('zoomOut'), t('Zoom out (−)'), () => heatmap.zoom(-1)),
    iconButton(icon('zoomIn'), t('Zoom in (+, or Ctrl and the mouse wheel)'), () => heatmap.zoom(1)),
    iconButton(icon('fit'), t('Fit the whole map (0)'), () => heatmap.fit()),
  );
  return {
    element: element('div', { class: 'heatmap-view' }, element('div', { class: 'scale-and-zoom' }, scale, zoom), heatmap.element, summary),
    show({ inspection, kind, choice, options, step, rows, columns, values, shares, maximum }, colours) {
      const rowLabels = rows.map(({ label }) => visibleLabel(label));
      const columnLabels = columns.map(({ label }) => visibleLabel(label));
      const colourScale = { low: colours.low, high: colours.high, maximum, scale: options.scale };
      const isMarked = ({ tokens: { start, end } }: ShownMap['rows'][number]): boolean =>
        step === 'predicts' && inspection.mismatches.some((position) => position >= start && position < end);
      heatmap.show({
        values,
        shares,
        labels: { rows: rowLabels, columns: columnLabels, markedRows: new Set([...rows.keys()].filter((row) => isMarked(rows[row]!))) },
        scale: colourScale,
        colours,
        name: t('{0}, {1}. Arrow keys move from cell to cell.', attentionName(kind), choiceName(choice)),
        facts: { kind, layer: String(choice.layer ?? 'all'), head: String(choice.head) },
      });
      scale.replaceChildren(legend(colourScale));
      summary.textContent = mapSummary(values, rowLabels, columnLabels);
    },
    mark: (pointers) => heatmap.mark(pointers),
    focus: () => heatmap.canvas.focus(),
  };
}
