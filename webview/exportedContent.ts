/** A run, or the map of it that is shown, as the content of a file. Knows the viewer beside the page's script, and neither panel nor host. */
import type { ExportFormat } from '../src/shared/export/exportFormat.ts';
import type { ExportedMap } from '../src/shared/export/exportedMap.ts';
import { mapCsv } from '../src/shared/export/mapCsv.ts';
import { measuresCsv } from '../src/shared/export/measuresCsv.ts';
import { mapSvg } from '../src/shared/export/mapSvg.ts';
import { runHtml } from '../src/shared/export/runHtml.ts';
import { creditOf } from '../src/shared/export/runMarkdown.ts';
import { writeSavedRun, type SavedRun } from '../src/shared/export/savedRun.ts';
import { t } from '../src/shared/words.ts';
import { pageTranslation } from './pageTranslation.ts';

/** Pixels of a picture for one of its lengths, so that it is sharp on paper. */
const PIXELS = 2;
/** Longest side of a picture that browsers draw. */
const LONGEST_SIDE = 16_384;

export async function exportedContent(format: ExportFormat, run: SavedRun, map: ExportedMap): Promise<string | Uint8Array> {
  switch (format) {
    case 'json':
      return writeSavedRun(run);
    case 'csv':
      return mapCsv([map]);
    case 'measures':
      return measuresCsv(run.inspection);
    case 'svg':
      return mapSvg(map, creditOf(run.model));
    case 'png':
      return png(mapSvg(map, creditOf(run.model)));
    case 'html':
      return runHtml(run, { script: await part('viewer.js'), style: await part('viewer.css') }, pageTranslation(), crypto.randomUUID());
  }
}

/** Begins with words of the source, which say more than a date. */
export function exportedName({ sourceText }: SavedRun['inspection'], extension: string): string {
  const words = sourceText
    .toLowerCase()
    .normalize('NFC')
    .match(/[\p{L}\p{M}\p{N}]+/gu);
  return `${(words ?? ['run']).slice(0, 5).join('-').slice(0, 40)}.${extension}`;
}

/** A file that lies where the page's script does. */
async function part(name: string): Promise<string> {
  const response = await fetch(new URL(name, import.meta.url));
  if (!response.ok) throw new Error(t('{0} cannot be read ({1}). Reinstall the extension.', name, response.status));
  return response.text();
}

async function png(svg: string): Promise<Uint8Array> {
  const picture = new Image();
  picture.src = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    await picture.decode();
    const scale = Math.min(PIXELS, LONGEST_SIDE / Math.max(picture.naturalWidth, picture.naturalHeight));
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(picture.naturalWidth * scale);
    canvas.height = Math.round(picture.naturalHeight * scale);
    canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'));
    if (blob === null) throw new Error(t('The picture is too large for a PNG. Export it as SVG.'));
    return new Uint8Array(await blob.arrayBuffer());
  } finally {
    URL.revokeObjectURL(picture.src);
  }
}
