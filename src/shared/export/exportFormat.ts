/** The formats that a run, or a map of it, is exported in, and what each is for. Knows none of them from inside. */

export const EXPORT_FORMATS = {
  html: { name: 'Interactive page', file: 'html', says: 'HTML: every map with this viewer, in any browser, offline' },
  json: { name: 'Saved run', file: 'saccade.json', says: 'JSON: tokens, spans and all maps; Saccade opens it again' },
  csv: { name: 'Table of this map', file: 'csv', says: 'CSV: a line for each cell' },
  svg: { name: 'Picture of this map', file: 'svg', says: 'SVG: sharp at any size' },
  png: { name: 'Picture of this map', file: 'png', says: 'PNG: for anything that shows no SVG' },
} as const;

export type ExportFormat = keyof typeof EXPORT_FORMATS;

/** What a command line prints; a picture made of pixels needs a browser. */
export const TEXT_FORMATS = ['json', 'csv', 'html', 'svg', 'markdown'] as const;
export type TextFormat = (typeof TEXT_FORMATS)[number];
