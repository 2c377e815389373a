/** An attention map as a picture: SVG 1.1 without scripts or styles of its own, which any viewer and word processor can show. Knows no files. */
import type { ExportedMap } from './exportedMap.ts';

/** Colours as `#rrggbb`. */
export interface SvgColours {
  readonly background: string;
  readonly text: string;
  /** Ends of the sequential scale. */
  readonly low: string;
  readonly high: string;
}

/** For paper. */
export const LIGHT: SvgColours = { background: '#ffffff', text: '#1f1f1f', low: '#f7f9fc', high: '#0b4f9e' };

const CELL = 18;
const FONT_SIZE = 11;
const TITLE_SIZE = 13;
/** Width of a character of the label font, on average. */
const CHARACTER = 6.9;
const LONGEST_LABEL = 24;
const MARGIN = 12;
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const FONT = 'font-family="system-ui, sans-serif"';

/** `credit` is a line below the picture, such as which model the map is of. */
export function mapSvg(
  { title, explanation, rows, columns, values, shares }: ExportedMap,
  credit: string,
  colours: SvgColours = LIGHT,
): string {
  const [rowLabels, columnLabels] = [rows.map(shortLabel), columns.map(shortLabel)];
  const left = MARGIN + widthOf(rowLabels) + 6;
  const captions = [explanation, credit];
  const top = MARGIN + TITLE_SIZE + 14 + widthOf(columnLabels);
  const width = Math.ceil(Math.max(left + columns.length * CELL + MARGIN, MARGIN * 2 + widthOf([title, ...captions])));
  const mapBottom = top + rows.length * CELL;
  const height = Math.ceil(mapBottom + 10 + captions.length * (FONT_SIZE + 5) + MARGIN);

  const label = (x: number, y: number, text: string, more = ''): string =>
    `<text x="${round(x)}" y="${round(y)}"${more}>${escaped(text)}</text>`;
  const cells: string[] = [];
  for (const [row, query] of rows.entries()) {
    for (const [column, key] of columns.entries()) {
      const index = row * columns.length + column;
      const [x, y] = [left + column * CELL, top + row * CELL];
      const told = escaped(`${query.trim()} → ${key.trim()}: ${values[index]!.toFixed(4)}`);
      const fill = mixed(colours.low, colours.high, shares[index]!);
      cells.push(`<rect x="${round(x)}" y="${round(y)}" width="${CELL}" height="${CELL}" fill="${fill}"><title>${told}</title></rect>`);
    }
  }
  return `<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title">
<title id="title">${escaped(title)}</title>
<desc>${escaped(`${explanation} ${credit}`)}</desc>
<rect width="${width}" height="${height}" fill="${colours.background}"/>
<g fill="${colours.text}" ${FONT} font-size="${FONT_SIZE}">
${label(MARGIN, MARGIN + TITLE_SIZE, title, ` font-size="${TITLE_SIZE}" font-weight="600"`)}
${columnLabels
  .map((text, column) => {
    const [x, y] = [left + (column + 0.5) * CELL + FONT_SIZE / 3, top - 4];
    return label(x, y, text, ` transform="rotate(-90 ${round(x)} ${round(y)})"`);
  })
  .join('\n')}
${rowLabels.map((text, row) => label(left - 6, top + (row + 0.5) * CELL + FONT_SIZE / 3, text, ' text-anchor="end"')).join('\n')}
${captions.map((text, line) => label(MARGIN, mapBottom + 10 + (line + 1) * (FONT_SIZE + 5) - 4, text)).join('\n')}
</g>
<g shape-rendering="crispEdges">
${cells.join('\n')}
</g>
</svg>
`;
}

function widthOf(labels: readonly string[]): number {
  return labels.reduce((longest, { length }) => Math.max(longest, length), 0) * CHARACTER;
}

function shortLabel(label: string): string {
  const text = label.trim() === '' ? '␣' : label.trim().replaceAll(/\s/g, '␣');
  const characters = Array.from(graphemes.segment(text), ({ segment }) => segment);
  return characters.length <= LONGEST_LABEL ? text : `${characters.slice(0, LONGEST_LABEL - 1).join('')}…`;
}

function mixed(low: string, high: string, share: number): string {
  const channel = (at: number): string => {
    const [from, to] = [low, high].map((colour) => parseInt(colour.slice(at, at + 2), 16)) as [number, number];
    return Math.round(from + (to - from) * Math.min(1, Math.max(0, share)))
      .toString(16)
      .padStart(2, '0');
  };
  return `#${channel(1)}${channel(3)}${channel(5)}`;
}

function round(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/** What XML 1.0 does not have: control characters and halves of surrogate pairs. */
const NO_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;

/** Safe as text and in attributes. */
function escaped(text: string): string {
  return text
    .replaceAll(NO_XML, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
