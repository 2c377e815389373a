/** The preview's files behind an address, as tests and people open them. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { panelHtml } from '../../src/panel/panelHtml.ts';
import { serve, type StaticServer } from '../bench/server.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const PAGES = path.join(ROOT, 'test/output/preview');

/** Below `preview/`: index.html with switches for state, theme and width around panel.html, which takes them as `?state=…&theme=…`. Needs `npm run build`. */
export async function servePreview(): Promise<StaticServer> {
  await mkdir(PAGES, { recursive: true });
  // The very document of the extension, with its policy.
  const panel = panelHtml({ cspSource: "'self'", scriptUrl: '/dist/test/preview/page.js', styleUrl: '/dist/panel.css', language: 'en' });
  await writeFile(path.join(PAGES, 'panel.html'), panel);
  await writeFile(
    path.join(PAGES, 'index.html'),
    '<!doctype html><meta charset="utf-8"><title>Saccade preview</title><script type="module" src="/dist/test/preview/shell.js"></script>',
  );
  return serve({ preview: PAGES, dist: path.join(ROOT, 'dist'), runs: path.join(ROOT, 'test/fixtures/runs') }, { cached: false });
}
