/** A run as one HTML file that needs nothing else: the run as data, and a viewer for it. Knows no files. */
import { jsonBlock } from '../jsonBlock.ts';
import { TRANSLATION_ID, type Translation } from '../words.ts';
import { taskTitle } from './runMarkdown.ts';
import { writeSavedRun, type SavedRun } from './savedRun.ts';

/** The viewer as it was built: a module and its style sheet. */
export interface Viewer {
  readonly script: string;
  readonly style: string;
}

/**
 * The policy lets the page run the viewer's script alone and fetch nothing; the run is data, in which no character can end the element it is in.
 * @param nonce letters, digits and hyphens that nobody can foresee
 */
export function runHtml(run: SavedRun, { script, style }: Viewer, translation: Translation, nonce: string): string {
  const policy = `default-src 'none'; img-src data: blob:; style-src 'unsafe-inline'; script-src 'nonce-${nonce}'; base-uri 'none'; form-action 'none'`;
  return `<!DOCTYPE html>
<html lang="${translation.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${taskTitle(run.inspection.task)} · Saccade</title>
<style>${style}</style>
</head>
<body>
${jsonBlock('saccade-run', writeSavedRun(run))}
${jsonBlock(TRANSLATION_ID, JSON.stringify(translation))}
<script type="module" nonce="${nonce}">${script}</script>
</body>
</html>
`;
}
