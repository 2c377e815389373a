/** Nothing leaves the machine: neither the browser nor a Node process of VS Code asks a network for anything while every kind of run is done. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import test from 'node:test';
import { promisify } from 'node:util';
import { readLastRun } from '../vscode/lastRun.mjs';
import { startNetworkRecord } from '../vscode/networkRecord.mjs';
import { onProcessor, openInstalled, patience } from './installed.mjs';

const text = 'The file is closed after all lines were read.\n';

/** Chromium asks its maker for updates and accounts in spite of every flag. @param {string} target */
const isBrowsersOwn = (target) => /(^|\/\/|\.)(google|googleapis|gstatic|gvt1)\.com[:/]/.test(target);

test('translates, summarises and inspects without asking a network', async (t) => {
  const network = await startNetworkRecord();
  t.after(() => network.stop());
  const { env, proxy } = network;
  const { workbench, path } = await openInstalled(t, { 'first.txt': text, 'second.txt': text }, { settings: onProcessor, env, proxy });
  /** @type {Set<string>} */
  const origins = new Set();
  workbench.page.context().on('request', (request) => origins.add(new URL(request.url()).origin));
  for (const [file, command] of /** @type {const} */ ([
    ['first.txt', 'saccade.translateSelection'],
    ['second.txt', 'saccade.summariseSelection'],
  ])) {
    await workbench.openFile(path(file));
    await workbench.selectLines(1, 1);
    await workbench.runCommand(command);
    await workbench.waitForEdit({ timeout: patience });
  }
  await workbench.selectLines(1, 1);
  await workbench.runCommand('saccade.inspectSelection', { timeout: patience });
  assert.equal((await readLastRun(workbench, patience)).argmaxAgrees, true);

  // One request of each side that must be seen shows that any other would have been.
  await workbench.page.evaluate(() => fetch('https://control.invalid/').catch(() => undefined));
  assert.deepEqual(
    network.fromBrowser.filter((target) => !isBrowsersOwn(target)),
    ['control.invalid:443'],
  );
  const own = new URL(workbench.url).host;
  const others = [...origins].filter((origin) => /^https?:\/\/(localhost|127\.|\[)/.test(origin) && new URL(origin).host !== own);
  assert.deepEqual(others, [], 'no other server of this machine is asked either');

  const control = `fetch(${JSON.stringify(proxy)}).catch(() => undefined)`;
  await promisify(execFile)(process.execPath, ['-e', control], { env: { ...process.env, ...env } });
  const { processes, connections } = await network.fromNode();
  assert.ok(
    processes.some((name) => name.endsWith('/extensionHostProcess')),
    'the extension host is watched',
  );
  assert.deepEqual(
    connections.map(({ target }) => target),
    [new URL(proxy).host],
    connections.map(({ stack }) => stack).join('\n'),
  );
});
