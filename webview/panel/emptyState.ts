/** What the panel shows before there is anything to show: how to begin. */
import { t } from '../../src/shared/words.ts';
import { element, fill } from './element.ts';

// Weights of a small made-up map in the shape of an alignment.
const PICTURE = [
  [0.95, 0.2, 0.05, 0, 0],
  [0.15, 0.5, 0.75, 0.1, 0],
  [0, 0.85, 0.3, 0.05, 0.05],
  [0, 0.05, 0.15, 0.9, 0.25],
  [0.05, 0, 0.05, 0.25, 0.95],
];

export function emptyState(onOpenSavedRun: () => void): HTMLElement {
  const open = element('button', { class: 'link', type: 'button' }, t('Open a saved run'));
  open.addEventListener('click', onOpenSavedRun);
  const modifier = navigator.userAgent.includes('Mac OS') ? 'Cmd' : 'Ctrl';
  const step = (command: string, key: string): HTMLElement =>
    element(
      'li',
      {},
      element('span', { class: 'command' }, command),
      element('span', { class: 'keys' }, keys(modifier), keys('Alt'), keys(key)),
    );
  return element(
    'section',
    { class: 'empty', 'aria-label': t('How to begin') },
    picture(),
    element('h2', {}, t('See what the model looks at')),
    element('p', { class: 'muted' }, t('Select text in an editor, then run')),
    element(
      'ul',
      { class: 'steps' },
      step(t('Saccade: Translate Selection'), 'T'),
      step(t('Saccade: Inspect Attention of Selection'), 'A'),
    ),
    element('p', { class: 'muted' }, t('Everything runs on this machine.')),
    open,
  );
}

function keys(name: string): HTMLElement {
  return element('kbd', {}, name);
}

function picture(): SVGElement {
  const svg = (tag: 'svg' | 'rect', attributes: Readonly<Record<string, string>>, children: readonly Element[] = []): SVGElement =>
    fill(document.createElementNS('http://www.w3.org/2000/svg', tag), attributes, children);
  const squares = PICTURE.flatMap((row, y) =>
    row.map((weight, x) =>
      svg('rect', {
        x: String(x * 14),
        y: String(y * 14),
        width: '12',
        height: '12',
        rx: '2',
        'fill-opacity': String(0.08 + 0.92 * weight),
      }),
    ),
  );
  return svg('svg', { class: 'empty-picture', viewBox: '0 0 68 68', width: '68', height: '68', 'aria-hidden': 'true' }, squares);
}
