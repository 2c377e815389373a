/** `npm run preview`: serves the panel on canned runs in a plain page, without VS Code or a model; `-- --record` makes the runs anew. */
import { servePreview } from './server.ts';

if (process.argv.includes('--record')) {
  const { record } = await import('./record.ts');
  await record();
  process.exit(0);
}
const { url } = await servePreview();
console.log(`The panel on canned runs: ${url}preview/index.html`);
console.log('Run "npm run watch" beside it and reload to see changes. Ctrl-C stops.');
