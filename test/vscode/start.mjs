/**
 * `npm start`: a real VS Code with this extension and a sample workspace. By itself it prints the address to open in a browser and stays until
 * Ctrl-C; `-- --headless --out DIR` translates a docstring unattended and leaves what a person would have seen.
 */
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { root, sampleFolder } from './repository.mjs';
import { runSample } from './sample.mjs';
import { startServer } from './server.mjs';
import { startWorkbench, workbenchUrl } from './startWorkbench.mjs';

const settings = { 'saccade.targetLanguage': 'de' };

const { values: options } = parseArgs({
  options: {
    headless: { type: 'boolean', default: false },
    out: { type: 'string', default: 'test/output/start' },
    theme: { type: 'string' },
  },
});

const folder = await mkdtemp(join(tmpdir(), 'saccade-start-'));
const workspace = join(folder, 'sample');
try {
  await cp(sampleFolder, workspace, { recursive: true });
  await (options.headless ? unattended(resolve(options.out), options.theme) : untilCtrlC());
} finally {
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}

/**
 * @param {string} out
 * @param {string | undefined} colorTheme
 */
async function unattended(out, colorTheme) {
  await mkdir(out, { recursive: true });
  const workbench = await startWorkbench({
    folder: workspace,
    extensionDevelopmentPath: root,
    settings,
    colorTheme,
    width: 1600,
    height: 1000,
  });
  try {
    console.log(await runSample(workbench, workspace, out));
  } catch (error) {
    await workbench.screenshot(join(out, 'failure.png'));
    throw error;
  } finally {
    await workbench.stop();
  }
}

async function untilCtrlC() {
  /** @type {Promise<void>} */
  const interrupted = new Promise((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
  const server = await startServer({ folder, settings });
  console.log(`VS Code with Saccade: ${workbenchUrl(server.port, { folder: workspace, extensionDevelopmentPath: root })}`);
  console.log(`Open it in a browser that has WebGPU. The workspace is a copy in ${workspace}, deleted at the end. Ctrl-C stops.`);
  await interrupted;
  await server.stop();
}
