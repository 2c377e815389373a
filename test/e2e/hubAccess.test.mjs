/** The Hub is asked through the proxy that VS Code is set to. */
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
  await workbench.runCommand('saccade.addModel', { asks: true });
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
