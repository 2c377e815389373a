/**
 * The sample job: translates the docstring of `read_log` in sample.py and keeps what was to be seen. Knows the sample and the
 * command; not how VS Code was started.
 */
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readLastRun } from './lastRun.mjs';

/** A first run loads the model and compiles its shaders; without a GPU that takes its time. */
const patience = 300_000;

/**
 * @param {import('./workbench.mjs').Workbench} workbench
 * @param {string} workspace a copy of the sample workspace
 * @param {string} out folder for panel.png, workbench.png, run.json and the edited sample.py
 * @returns {Promise<string>} one line that sums the run up
 */
export async function runSample(workbench, workspace, out) {
  const file = join(workspace, 'sample.py');
  const before = await readFile(file, 'utf8');
  await workbench.openFile(file);
  await workbench.selectLines(...docstringLines(before));
  await workbench.runCommand('saccade.translateSelection');
  await workbench.waitForEdit({ timeout: patience });
  const run = await readLastRun(workbench, patience);
  await workbench.widenSideBar(640);
  await workbench.screenshot(join(out, 'workbench.png'));
  await workbench.panelElement().screenshot({ path: join(out, 'panel.png') });
  await workbench.saveAndRead(file);
  await copyFile(file, join(out, 'sample.py'));
  await writeFile(join(out, 'run.json'), `${JSON.stringify(run, undefined, 2)}\n`);
  const { load, encode, decode, inspect } = run.seconds;
  return (
    `${String(run.sourceTokens)} tokens in, ${String(run.targetTokens)} out on ${run.device}; ` +
    `load ${load.toFixed(2)} s, encode ${encode.toFixed(2)} s, decode ${decode.toFixed(2)} s, inspect ${inspect.toFixed(2)} s; ` +
    `maps ${run.argmaxAgrees ? 'agree' : 'DISAGREE'} with the text; results in ${out}`
  );
}

/**
 * First and last line of the docstring below `def read_log`, counted from 1.
 * @param {string} text of sample.py
 * @returns {[number, number]}
 */
export function docstringLines(text) {
  const lines = text.split('\n');
  const definition = lines.findIndex((line) => line.startsWith('def read_log'));
  const last = lines.findIndex((line, index) => index > definition && line.trim() === '"""');
  return [definition + 2, last + 1];
}
