/** Tokens where their hidden states lie along the two directions in which they differ most, as a drawing. Knows numbers and labels only. */
import type { LeadingComponents } from '../../src/shared/attention/leadingComponents.ts';
import { t } from '../../src/shared/words.ts';
import { drawnWidth } from './drawnWidth.ts';
import { element, svgElement } from './element.ts';

export interface ProjectionPlot {
  readonly element: HTMLElement;
  show(components: LeadingComponents, labels: readonly string[]): void;
  /** Sets tokens off, by position. */
  mark(tokens: readonly number[]): void;
}

// In CSS pixels.
const HEIGHT = 220;
const EDGE = 14;
const MARK = 3;
// Of labels: what is there for a character is a guess that is wide enough.
const [CHARACTER, LINE] = [7, 13];
const LONGEST_LABEL = 14;

/** @param onPoint told the position of the token under the pointer */
export function createProjectionPlot(onPoint: (token: number | undefined) => void): ProjectionPlot {
  const root = element('div', { class: 'projection' });
  const drawn = drawnWidth(root, draw);
  let data: { readonly components: LeadingComponents; readonly labels: readonly string[] } | undefined;
  let dots: SVGElement[] = [];
  let marked: readonly number[] = [];

  function mark(tokens: readonly number[]): void {
    for (const token of marked) dots[token]?.classList.remove('pointed');
    marked = tokens;
    for (const token of marked) {
      const dot = dots[token];
      dot?.classList.add('pointed');
      // The last one drawn lies above all others.
      dot?.parentElement?.append(dot);
    }
  }

  function draw(): void {
    if (data === undefined) return;
    const { labels, components } = data;
    const { count, scores, shares } = components;
    const { width } = drawn;
    const along = (axis: number): number[] => labels.map((_, token) => (axis < count ? scores[token * count + axis]! : 0));
    const [x, y] = [placed(along(0), EDGE, width - EDGE), placed(along(1), HEIGHT - EDGE, EDGE)];
    const taken: Place[] = labels.map((_, token) => boxOfDot(x[token]!, y[token]!));
    dots = labels.map((label, token) => {
      const text = labelOf(label);
      const place = placeOfLabel({ x: x[token]!, y: y[token]!, width: text.length * CHARACTER }, width, taken);
      if (place !== undefined) taken.push(place.box);
      const at = place ?? { x: x[token]! + 2 * MARK, anchor: 'start' as const };
      const words = svgElement('text', { x: at.x.toFixed(1), y: (y[token]! + LINE / 3).toFixed(1), 'text-anchor': at.anchor });
      words.textContent = text;
      const dot = svgElement('g', { class: place === undefined ? 'projected crowded' : 'projected' }, [
        svgElement('circle', { cx: x[token]!.toFixed(1), cy: y[token]!.toFixed(1), r: String(MARK) }),
        words,
      ]);
      dot.addEventListener('pointerenter', () => onPoint(token));
      dot.addEventListener('pointerleave', () => onPoint(undefined));
      return dot;
    });
    const told = t('{0} tokens along two principal components, which have {1} of the variance.', labels.length, percentOf(shares));
    const drawing = svgElement(
      'svg',
      { class: 'projection-drawing', width: String(width), height: String(HEIGHT), role: 'img', 'aria-label': told },
      [
        svgElement('rect', {
          class: 'projection-frame',
          x: '0.5',
          y: '0.5',
          width: String(width - 1),
          height: String(HEIGHT - 1),
          rx: '3',
        }),
        ...dots,
      ],
    );
    root.replaceChildren(drawing);
    mark(marked);
  }

  return {
    element: root,
    mark,
    show(components, labels) {
      data = { components, labels };
      draw();
    },
  };
}

/** The share of the variance that the components have together, such as "43 %". */
export function percentOf(shares: Float32Array): string {
  return `${(100 * shares.reduce((sum, share) => sum + share, 0)).toFixed(0)} %`;
}

interface Place {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Values spread from `from` to `to`; in the middle where they are all the same. */
function placed(values: readonly number[], from: number, to: number): number[] {
  let [least, most] = [Infinity, -Infinity];
  for (const value of values) [least, most] = [Math.min(least, value), Math.max(most, value)];
  return values.map((value) => (most > least ? from + ((to - from) * (value - least)) / (most - least) : (from + to) / 2));
}

function boxOfDot(x: number, y: number): Place {
  return { left: x - MARK, right: x + MARK, top: y - MARK, bottom: y + MARK };
}

/** Right of the dot, else left of it; undefined where either would lie over something, or outside. */
function placeOfLabel(
  { x, y, width }: { readonly x: number; readonly y: number; readonly width: number },
  widest: number,
  taken: readonly Place[],
): { readonly x: number; readonly anchor: 'start' | 'end'; readonly box: Place } | undefined {
  for (const anchor of ['start', 'end'] as const) {
    const at = anchor === 'start' ? x + 2 * MARK : x - 2 * MARK;
    const [left, right] = anchor === 'start' ? [at, at + width] : [at - width, at];
    const box = { left, right, top: y - LINE / 2, bottom: y + LINE / 2 };
    if (left > 0 && right < widest && !taken.some((other) => overlap(box, other))) return { x: at, anchor, box };
  }
  return undefined;
}

function overlap(one: Place, other: Place): boolean {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}

function labelOf(label: string): string {
  return label.length <= LONGEST_LABEL ? label : `${label.slice(0, LONGEST_LABEL - 1)}…`;
}
