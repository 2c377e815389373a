/** A model file that is cut off is one error that names the file; the text stays. */
import assert from 'node:assert/strict';
import { cp, mkdtemp, readdir, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { openInstalled, patience } from './installed.mjs';

const text = 'The server must be started before the client can send a request.\n';

test('names the model file that is cut off and leaves the text alone', async (t) => {
  const extensionsFolder = await mkdtemp(join(tmpdir(), 'saccade-damaged-'));
  t.after(() => rm(extensionsFolder, { recursive: true, force: true, maxRetries: 5 }));
  await cp(/** @type {string} */ (process.env['SACCADE_TEST_EXTENSIONS']), extensionsFolder, { recursive: true });
  const weights = (await readdir(extensionsFolder, { recursive: true })).find((name) => name.endsWith('weights.blocks.bin'));
  assert.ok(weights);
  await truncate(join(extensionsFolder, weights), 1000);

  const { workbench, path } = await openInstalled(t, { 'text.txt': text }, { extensionsFolder });
  await workbench.openFile(path('text.txt'));
  await workbench.runCommand('editor.action.selectAll');
  await workbench.runCommand('saccade.translateSelection');
  await workbench.page
    .getByText(/onnx\/weights\.blocks\.bin is damaged/)
    .first()
    .waitFor({ timeout: patience });
  assert.equal(await workbench.isDirty(), false);
});
