/** The Hub is asked through the proxy that VS Code is set to, and not at all in a workspace that the user does not trust. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import test from 'node:test';
import { startHub, tinyModel } from '../hubServer.mjs';
import { startProxy } from '../proxyServer.mjs';
import { root } from '../vscode/repository.mjs';
import { dialog, pick, press, shown, write } from './answers.mjs';
import { openInstalled } from './installed.mjs';

const id = 'tiny/opus-mt-en-de';
const files = tinyModel(join(root, 'test/fixtures/hub-models/marian'), /^(encoder_model|decoder_model_merged)\.onnx/);

test('a model comes through the proxy that VS Code is set to', async (t) => {
  const hub = await startHub(new Map([[id, files]]));
  t.after(() => hub.stop());
  const proxy = await startProxy(hub.url);
  t.after(() => proxy.stop());
  // Nobody but the proxy knows this host.
  const settings = { 'http.proxy': proxy.url, 'saccade.hubEndpoint': 'http://hub.invalid' };
  const { workbench } = await openInstalled(t, { 'text.txt': '' }, { settings });
  await workbench.runCommand('saccade.addModel', { asks: true, timeout: shown });
  await pick(workbench, /by its name/);
  await write(workbench, id);
  await workbench.page
    .locator(dialog)
    .getByText(/Download tiny\/opus-mt-en-de/)
    .waitFor({ timeout: shown });
  assert.deepEqual(hub.requests, []);
  await press(workbench, dialog, 'Download');
  await workbench.page
    .getByText(/is added\. Use it for this/)
    .first()
    .waitFor({ state: 'attached', timeout: shown });
  assert.ok(hub.requests.length >= files.size, 'its files have come');
  assert.ok(
    [...proxy.hosts].some((host) => host.startsWith('hub.invalid')),
    [...proxy.hosts].join(' '),
  );
});

test('in a workspace that is not trusted no model is offered, and none is fetched', async (t) => {
  const hub = await startHub(new Map([[id, files]]));
  t.after(() => hub.stop());
  const settings = { 'saccade.hubEndpoint': hub.url, 'security.workspace.trust.startupPrompt': 'never' };
  const { workbench } = await openInstalled(t, { 'text.txt': '' }, { settings, workspaceTrust: true });
  await workbench.runCommand('saccade.manageModels', { asks: true });
  await workbench.page.locator('.quick-input-list .monaco-list-row').first().waitFor({ timeout: shown });
  assert.equal(await workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: 'Add Model' }).count(), 0);
  await workbench.page.keyboard.press('Escape');
  // The extension is there, as the list shows, and this command of it is not.
  await assert.rejects(workbench.runCommand('saccade.addModel', { timeout: 3000 }), /does not offer "saccade\.addModel"/);
  assert.deepEqual(hub.requests, []);
});
