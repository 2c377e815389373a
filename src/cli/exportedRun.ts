/** A run in one of the formats that the command line prints. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { TextFormat } from '../shared/export/exportFormat.ts';
import { everyMap, exportedMap } from '../shared/export/exportedMap.ts';
import { mapCsv } from '../shared/export/mapCsv.ts';
import { measuresCsv } from '../shared/export/measuresCsv.ts';
import { mapSvg } from '../shared/export/mapSvg.ts';
import { runHtml } from '../shared/export/runHtml.ts';
import { creditOf, runMarkdown } from '../shared/export/runMarkdown.ts';
import { writeSavedRun, type SavedRun } from '../shared/export/savedRun.ts';
import { ENGLISH } from '../shared/words.ts';

/** @param installFolder where dist/ with the viewer is */
export async function exportedRun(run: SavedRun, format: TextFormat, installFolder: string): Promise<string> {
  const { model, inspection } = run;
  switch (format) {
    case 'json':
      return writeSavedRun(run);
    case 'csv':
      return mapCsv(everyMap(inspection));
    case 'measures':
      return measuresCsv(inspection);
    case 'svg':
      return mapSvg(exportedMap(inspection, 'cross', inspection.defaultCrossAttention), creditOf(model));
    case 'markdown':
      return runMarkdown(run);
    case 'html': {
      const part = (name: string): Promise<string> => readFile(path.join(installFolder, 'dist', name), 'utf8');
      return runHtml(run, { script: await part('viewer.js'), style: await part('viewer.css') }, ENGLISH, crypto.randomUUID());
    }
  }
}
