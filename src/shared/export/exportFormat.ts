/** The formats that a run, or the map of it that is shown, is exported in, and what each is for. Knows none of them from inside. */
import { t } from '../words.ts';

/** Their names and what they are for in the language of the user. */
export function exportFormats() {
  return {
    html: { name: t('Interactive page'), says: t('HTML: every map, in any browser, offline'), extension: 'html' },
    json: { name: t('Saved run'), says: t('JSON: tokens, characters, all maps; opens again here'), extension: 'saccade.json' },
    csv: { name: t('Table of this map'), says: t('CSV: a line for each cell'), extension: 'csv' },
    measures: { name: t('Table of all heads'), says: t('CSV: entropy, confidence, agreement of steps'), extension: 'csv' },
    svg: { name: t('Picture of this map'), says: t('SVG: sharp at any size'), extension: 'svg' },
    png: { name: t('Picture of this map'), says: t('PNG: wherever SVG is not shown'), extension: 'png' },
  } as const;
}

export type ExportFormat = keyof ReturnType<typeof exportFormats>;

/** What a command line prints; a picture made of pixels needs a browser. */
export const TEXT_FORMATS = ['json', 'csv', 'measures', 'html', 'svg', 'markdown'] as const;
export type TextFormat = (typeof TEXT_FORMATS)[number];
