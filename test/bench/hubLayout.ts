/** The bundled model in the Hugging Face layout that the peer reads: made by models/training/hub_layout.py when it is missing or of another model. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { cached } from '../vscode/cache.mjs';
import { say } from '../vscode/system.mjs';
import type { CatalogModel } from '../../src/models/catalog.ts';
import { hub, root } from './places.ts';

const REQUIREMENTS = path.join(root, 'models/training/requirements-hub.txt');
const PYTHON = process.platform === 'win32' ? 'python' : 'python3';

/** @throws Error that shows the command's output */
function run(command: string, ...words: string[]): void {
  const { status, error, stdout, stderr } = spawnSync(command, words, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (status !== 0) throw new Error(`${command} ${words.join(' ')} failed: ${error?.message ?? `${stdout}${stderr}`.slice(-4000)}`);
}

/** Python with optimum, which needs other versions than the training does. */
async function ensureExporter(): Promise<string> {
  const version = (await readFile(REQUIREMENTS, 'utf8')).split('\n')[0]!.replace('==', '-');
  const inFolder = (folder: string): string => path.join(folder, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
  const folder = await cached(version, (unfinished) => {
    say(`installing ${version}, the exporter of the Hugging Face Hub's ONNX files`);
    run(PYTHON, '-m', 'venv', '--system-site-packages', unfinished);
    run(inFolder(unfinished), '-m', 'pip', 'install', '--quiet', '-r', REQUIREMENTS);
    return Promise.resolve();
  });
  return inFolder(folder);
}

/** @throws Error that says what is missing */
export async function ensureHubLayout({ id, files }: CatalogModel): Promise<void> {
  const folder = path.join(hub, id);
  const marker = path.join(folder, 'made-from.txt');
  // Everything of the model but our own graphs.
  const from = files.filter(({ path }) => !path.endsWith('.onnx')).map(({ path, sha256 }) => `${sha256}  ${path}\n`);
  if (existsSync(marker) && (await readFile(marker, 'utf8')) === from.join('')) return;
  const python = await ensureExporter();
  say(`writing ${path.relative(root, folder)} with models/training/hub_layout.py`);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  run(python, 'models/training/hub_layout.py', path.join('models', id), folder);
  await writeFile(marker, from.join(''));
}
