/** Installs what the engine is compared with, at the versions of peers/package-lock.json. Only the bench needs these 450 MB. */
import { existsSync } from 'node:fs';
import { copyFile, readFile } from 'node:fs/promises';
import path from 'node:path';
import { npm } from '../vscode/cache.mjs';
import { say } from '../vscode/system.mjs';
import { packages } from './places.ts';

/** @throws Error that shows npm's output */
export async function ensurePeerPackages(): Promise<void> {
  const folder = path.dirname(packages);
  const lock = path.join(folder, 'package-lock.json');
  const installed = path.join(packages, '.installed-lock.json');
  if (existsSync(installed) && (await readFile(installed, 'utf8')) === (await readFile(lock, 'utf8'))) return;
  say('installing the packages that the bench compares with (npm ci in test/bench/peers)');
  // The install script of onnxruntime-node would fetch libraries for CUDA; the ones for the processor are in the package.
  await npm(folder, ['ci', '--ignore-scripts']);
  await copyFile(lock, installed);
}

/** Version of a package that is installed for the bench. */
export async function peerVersion(name: string): Promise<string> {
  const manifest = JSON.parse(await readFile(path.join(packages, name, 'package.json'), 'utf8')) as { version: string };
  return manifest.version;
}
