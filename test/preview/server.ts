/** The preview's files behind an address, as tests and people open them. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { panelHtml } from '../../src/panel/panelHtml.ts';
import { ENGLISH, type Translation, type Words } from '../../src/shared/words.ts';
import { serve, type StaticServer } from '../bench/server.ts';
import { INTERFACE_LANGUAGES } from '../interfaceLanguages.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const PAGES = path.join(ROOT, 'test/output/preview');

/** Below `preview/`: index.html with switches for state, theme, width and language around panel.html, or panel.de.html and so on, which take `?state=…&theme=…`. Needs `npm run build`. */
export async function servePreview(): Promise<StaticServer> {
  await mkdir(PAGES, { recursive: true });
  // The very document of the extension, with its policy.
  const panel = (translation: Translation): string =>
    panelHtml({ cspSource: "'self'", scriptUrl: '/dist/test/preview/page.js', styleUrl: '/dist/panel.css', translation });
  await writeFile(path.join(PAGES, 'panel.html'), panel(ENGLISH));
  for (const language of INTERFACE_LANGUAGES) {
    const words = JSON.parse(await readFile(path.join(ROOT, `l10n/bundle.l10n.${language}.json`), 'utf8')) as Words;
    await writeFile(path.join(PAGES, `panel.${language}.html`), panel({ language, words }));
  }
  await writeFile(
    path.join(PAGES, 'index.html'),
    '<!doctype html><meta charset="utf-8"><title>Saccade preview</title><script type="module" src="/dist/test/preview/shell.js"></script>',
  );
  return serve({ preview: PAGES, dist: path.join(ROOT, 'dist'), runs: path.join(ROOT, 'test/fixtures/runs') }, { cached: false });
}
