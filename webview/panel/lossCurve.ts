/** Loss against how much of the encoder's states is kept, as a drawing and as a table. Knows numbers only. */
import { t } from '../../src/shared/words.ts';
import { drawnWidth } from './drawnWidth.ts';
import { element, svgElement } from './element.ts';
import type { FiguresTable } from './figuresTable.ts';

export type Kept = 'states' | 'components';

export interface LossPoint {
  /** How many are kept. */
  readonly count: number;
  /** In nats a target token; undefined where nothing would be left. */
  readonly states: number | undefined;
  readonly components: number;
}

export interface LossCurveData {
  readonly points: readonly LossPoint[];
  /** One of the points, and which of the curves it is on. */
  readonly chosen: LossPoint;
  readonly kept: Kept;
  /** Loss with everything there, in nats a token. */
  readonly whole: number;
}

export interface LossCurve {
  readonly element: HTMLElement;
  show(data: LossCurveData): void;
}

// In CSS pixels.
const HEIGHT = 160;
const [LEFT, TOP, BOTTOM] = [30, 20, 126];
const RIGHT_MARGIN = 10;
const MARK = 2.5;

export function createLossCurve(): LossCurve {
  let data: LossCurveData | undefined;
  const place = element('div');
  const drawn = drawnWidth(place, draw);
  const key = element(
    'p',
    { class: 'curve-key muted', 'aria-hidden': 'true' },
    ...keyOf('states', t('States')),
    ...keyOf('components', t('Components')),
  );

  function draw(): void {
    if (data !== undefined) place.replaceChildren(drawing(data, drawn.width));
  }

  return {
    element: element('div', { class: 'loss-curve' }, place, key),
    show(next) {
      data = next;
      draw();
    },
  };
}

function drawing({ points, chosen, kept, whole }: LossCurveData, width: number): SVGElement {
  const right = width - RIGHT_MARGIN;
  const last = points.at(-1)!.count;
  const most = Math.max(whole, 0.1, ...points.flatMap(({ states = 0, components }) => [states, components]));
  const x = (count: number): number => LEFT + ((right - LEFT) * count) / last;
  const y = (loss: number): number => BOTTOM - ((BOTTOM - TOP) * loss) / most;
  const line = (kind: Kept): SVGElement => {
    const places = points.flatMap((point) => (point[kind] === undefined ? [] : [{ x: x(point.count), y: y(point[kind]) }]));
    const path = places.map((at, index) => `${index === 0 ? 'M' : 'L'}${figure(at.x)} ${figure(at.y)}`).join('');
    const emphasis = kind === kept ? ' chosen' : '';
    return svgElement('g', { class: `curve ${kind}${emphasis}` }, [
      svgElement('path', { d: path }),
      ...places.map((at) => mark(kind, at, MARK)),
    ]);
  };
  const now = chosen[kept];
  const [wholeAt, chosenAt] = [figure(y(whole)), figure(x(chosen.count))];
  return svgElement(
    'svg',
    { class: 'curve-drawing', width: String(width), height: String(HEIGHT), role: 'img', 'aria-label': inWords(points, whole) },
    [
      svgElement('path', { class: 'curve-axis', d: `M${LEFT} ${TOP}V${BOTTOM}H${right}` }),
      svgElement('path', { class: 'curve-whole', d: `M${LEFT} ${wholeAt}H${right}` }),
      svgElement('path', { class: 'curve-chosen', d: `M${chosenAt} ${TOP}V${BOTTOM}` }),
      ...(kept === 'states' ? [line('components'), line('states')] : [line('states'), line('components')]),
      ...(now === undefined
        ? []
        : [svgElement('g', { class: `curve ${kept} chosen` }, [mark(kept, { x: x(chosen.count), y: y(now) }, 2 * MARK)])]),
      words(most.toFixed(1), LEFT - 4, TOP + 4, 'end'),
      words('0', LEFT - 4, BOTTOM + 3, 'end'),
      words(t('nats a token'), LEFT, TOP - 8, 'start'),
      words('0', LEFT, BOTTOM + 14, 'middle'),
      words(String(last), right, BOTTOM + 14, 'middle'),
      words(t('kept'), (LEFT + right) / 2, BOTTOM + 28, 'middle'),
    ],
  );
}

export function lossTable(points: readonly LossPoint[]): FiguresTable {
  return {
    caption: t('Loss in nats a target token, by how many are kept'),
    columns: [t('Kept'), t('States'), t('Components')],
    rows: points.map(({ count, states, components }) => [String(count), states?.toFixed(2) ?? t('none left'), components.toFixed(2)]),
  };
}

function inWords(points: readonly LossPoint[], whole: number): string {
  const first = points.find(({ states }) => states !== undefined)!;
  const last = points.at(-1)!;
  return t(
    'Loss in nats a target token: states from {0} with {1} to {2} with {3}; components from {4} with {1} to {5} with {3}; {6} with everything there.',
    first.states!.toFixed(2),
    first.count,
    last.states!.toFixed(2),
    last.count,
    first.components.toFixed(2),
    last.components.toFixed(2),
    whole.toFixed(2),
  );
}

function keyOf(kind: Kept, text: string): Element[] {
  const sample = svgElement('svg', { class: 'curve-sample', viewBox: '0 0 28 10', width: '28', height: '10' }, [
    svgElement('g', { class: `curve ${kind} chosen` }, [svgElement('path', { d: 'M1 5H27' }), mark(kind, { x: 14, y: 5 }, MARK)]),
  ]);
  return [sample, element('span', {}, text)];
}

/** Round for states, square for components. */
function mark(kind: Kept, { x, y }: { readonly x: number; readonly y: number }, size: number): SVGElement {
  return kind === 'states'
    ? svgElement('circle', { cx: figure(x), cy: figure(y), r: figure(size) })
    : svgElement('rect', { x: figure(x - size), y: figure(y - size), width: figure(2 * size), height: figure(2 * size) });
}

function words(text: string, x: number, y: number, anchor: 'start' | 'middle' | 'end'): SVGElement {
  const made = svgElement('text', { x: figure(x), y: figure(y), 'text-anchor': anchor });
  made.textContent = text;
  return made;
}

function figure(value: number): string {
  return String(Math.round(100 * value) / 100);
}
