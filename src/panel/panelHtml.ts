/** The page's document: nothing but a strict policy, the style sheet, the script, its words and a place for the panel. */
import { jsonBlock } from '../shared/jsonBlock.ts';
import { TRANSLATION_ID, type Translation } from '../shared/words.ts';

export interface PanelHtmlOptions {
  readonly cspSource: string;
  readonly scriptUrl: string;
  readonly styleUrl: string;
  readonly translation: Translation;
}

export function panelHtml({ cspSource, scriptUrl, styleUrl, translation }: PanelHtmlOptions): string {
  const nonce = crypto.randomUUID();
  const policy = [
    "default-src 'none'",
    `img-src ${cspSource} data: blob:`,
    `font-src ${cspSource}`,
    // The toolkit's components carry their styles with them.
    `style-src ${cspSource} 'unsafe-inline'`,
    `script-src 'nonce-${nonce}' 'wasm-unsafe-eval'`,
    'worker-src blob:',
    `connect-src ${cspSource}`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${translation.language}">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${policy}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <link rel="stylesheet" href="${styleUrl}">
    <title>Saccade</title>
  </head>
  <body>
    <main id="panel"></main>
    ${jsonBlock(TRANSLATION_ID, JSON.stringify(translation))}
    <script type="module" nonce="${nonce}" src="${scriptUrl}"></script>
  </body>
</html>`;
}
