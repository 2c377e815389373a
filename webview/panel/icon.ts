/** The panel's icons as SVG elements of 16 x 16 in the text's colour. */
import { fill } from './element.ts';

const PATHS = {
  check: 'M13.7 3.6 6.4 11.8 2.5 8.3l.9-1 2.9 2.6 6.4-7.2z',
  warning: 'M8 1.4 15.1 14H.9zm0 2.1L2.7 13h10.6zM7.4 6.5h1.2v3.4H7.4zm0 4.3h1.2V12H7.4z',
  error:
    'M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1m0 1a6 6 0 1 0 0 12A6 6 0 0 0 8 2m2.6 2.7.7.7L8.7 8l2.6 2.6-.7.7L8 8.7l-2.6 2.6-.7-.7L7.3 8 4.7 5.4l.7-.7L8 7.3z',
  zoomIn: 'M7.4 3.5h1.2v3.9h3.9v1.2H8.6v3.9H7.4V8.6H3.5V7.4h3.9z',
  zoomOut: 'M3.5 7.4h9v1.2h-9z',
  options:
    'M1 3.4h6.2a2 2 0 0 1 3.8 0H15v1.2h-4a2 2 0 0 1-3.8 0H1zM9.1 3a1 1 0 1 0 0 2 1 1 0 0 0 0-2M1 11.4h2.2a2 2 0 0 1 3.8 0h8v1.2H7a2 2 0 0 1-3.8 0H1zM5.1 11a1 1 0 1 0 0 2 1 1 0 0 0 0-2',
  export: 'M7.4 1.2h1.2v7.6l2.2-2.2.85.85L8 11.1 4.35 7.45l.85-.85 2.2 2.2zM2 10h1.2v3.3h9.6V10H14v4.5H2z',
  saved: 'M3 1.5h10v13l-5-3.6-5 3.6zM4.2 2.7v9.5L8 9.4l3.8 2.8V2.7z',
  fit: 'M2 2h4.5v1.2H3.2v3.3H2zm7.5 0H14v4.5h-1.2V3.2H9.5zM2 9.5h1.2v3.3h3.3V14H2zm10.8 0H14V14H9.5v-1.2h3.3z',
} as const;

export type IconName = keyof typeof PATHS;

export function icon(name: IconName): SVGElement {
  const path = fill(document.createElementNS('http://www.w3.org/2000/svg', 'path'), { d: PATHS[name], 'fill-rule': 'evenodd' });
  const attributes = {
    viewBox: '0 0 16 16',
    width: '16',
    height: '16',
    fill: 'currentColor',
    'aria-hidden': 'true',
    class: `icon icon-${name}`,
  };
  return fill(document.createElementNS('http://www.w3.org/2000/svg', 'svg'), attributes, [path]);
}
