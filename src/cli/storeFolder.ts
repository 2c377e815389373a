/** Where the command line keeps models that were added. */
import { homedir } from 'node:os';
import path from 'node:path';

/** @param chosen what the user said; else what the environment says, else where the system keeps such data */
export function storeFolder(chosen: string | undefined, env: NodeJS.ProcessEnv = process.env): string {
  return chosen ?? env['SACCADE_STORE'] ?? path.join(dataFolder(env), 'saccade', 'models');
}

function dataFolder(env: NodeJS.ProcessEnv): string {
  if (process.platform === 'darwin') return path.join(homedir(), 'Library', 'Application Support');
  if (process.platform === 'win32') return env['LOCALAPPDATA'] ?? path.join(homedir(), 'AppData', 'Local');
  return env['XDG_DATA_HOME'] ?? path.join(homedir(), '.local', 'share');
}
