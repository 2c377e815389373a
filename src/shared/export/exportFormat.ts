/** The formats that a run, or the map of it that is shown, is exported in, and what each is for. Knows none of them from inside. */

export const EXPORT_FORMATS = {
  html: { name: 'Interactive page', says: 'HTML: every map, in any browser, offline', extension: 'html' },
  json: { name: 'Saved run', says: 'JSON: tokens, characters, all maps; opens again here', extension: 'saccade.json' },
  csv: { name: 'Table of this map', says: 'CSV: a line for each cell', extension: 'csv' },
  measures: { name: 'Table of all heads', says: 'CSV: entropy, confidence, agreement of steps', extension: 'csv' },
  svg: { name: 'Picture of this map', says: 'SVG: sharp at any size', extension: 'svg' },
  png: { name: 'Picture of this map', says: 'PNG: wherever SVG is not shown', extension: 'png' },
} as const;

export type ExportFormat = keyof typeof EXPORT_FORMATS;

/** What a command line prints; a picture made of pixels needs a browser. */
export const TEXT_FORMATS = ['json', 'csv', 'measures', 'html', 'svg', 'markdown'] as const;
export type TextFormat = (typeof TEXT_FORMATS)[number];
