/** A model is added from a server that plays the Hub, used, looked into, changed and removed, as a user does it. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { startHub, tinyModel } from '../hubServer.mjs';
import { readLastRun } from '../vscode/lastRun.mjs';
import { root } from '../vscode/repository.mjs';
import { dialog, pick, press, shown, write } from './answers.mjs';
import { onProcessor, openInstalled, patience } from './installed.mjs';

const id = 'tiny/opus-mt-en-de';
const text = 'open the file';
/** @type {{models: [{id: string}]}} */
const { models } = JSON.parse(readFileSync(join(root, 'models/catalog.json'), 'utf8'));
const bundled = models[0].id;

/** A model of random weights never ends a text by itself: this one may write each of three tokens once. */
function endingModel() {
  const files = tinyModel(join(root, 'test/fixtures/hub-models/marian'), /^(encoder_model|decoder_model_merged)\.onnx/);
  /** @type {Record<string, unknown>} */
  const generation = JSON.parse(String(files.get('generation_config.json')));
  /** @type {{vocab_size: number}} */
  const { vocab_size: size } = JSON.parse(String(files.get('config.json')));
  const written = new Set([0, 34, 35, 36]);
  const suppressed = Array.from({ length: size }, (_, token) => token).filter((token) => !written.has(token));
  const ending = { ...generation, bad_words_ids: undefined, suppress_tokens: suppressed, no_repeat_ngram_size: 1 };
  return files.set('generation_config.json', Buffer.from(JSON.stringify(ending)));
}

test('adds a model, translates with it, sees its maps, knocks out a head and removes it', async (t) => {
  const hub = await startHub(new Map([[id, endingModel()]]));
  t.after(() => hub.stop());
  const settings = { ...onProcessor, 'saccade.targetLanguage': 'de', 'saccade.hubEndpoint': hub.url };
  const { workbench, path } = await openInstalled(t, { 'text.txt': `${text}\n` }, { settings, width: 1200, height: 1200 });
  const { page } = workbench;

  await t.test('nothing is fetched before the user has agreed to its size', async () => {
    await workbench.runCommand('saccade.addModel', { asks: true, timeout: shown });
    await pick(workbench, /by its name/);
    await write(workbench, id);
    await page
      .locator(dialog)
      .getByText(/Download tiny\/opus-mt-en-de \(fp32\), \d+ kB\?/)
      .waitFor({ timeout: shown });
    await page.locator(dialog).getByText('Its licence is apache-2.0.').waitFor({ timeout: shown });
    assert.deepEqual(hub.requests, []);
    await press(workbench, dialog, 'Download');
    // Under its test driver VS Code shows no toasts, only its list of notifications.
    await page
      .getByText(/is added\. Use it for this: Translate into German\?/)
      .first()
      .waitFor({ state: 'attached', timeout: shown });
    await workbench.runCommand('notifications.showList');
    await press(workbench, '.notifications-center', 'Use It');
  });

  await t.test('it translates, and its maps are those of its text', async () => {
    await workbench.openFile(path('text.txt'));
    await workbench.selectLines(1, 1);
    await workbench.runCommand('saccade.translateSelection');
    await workbench.waitForEdit({ timeout: patience });
    const run = await readLastRun(workbench, patience);
    assert.equal(run.sourceText, text);
    assert.equal(run.argmaxAgrees, true);
    assert.equal(await workbench.panelFrame().locator('.engine-name').textContent(), id);
    assert.equal(await workbench.saveAndRead(path('text.txt')), `${run.targetText}\n`);
  });

  await t.test('a head of it is knocked out', async () => {
    const panel = workbench.panelFrame();
    await panel.locator('.what-if-section > summary').click();
    await panel.locator('[data-kind="cross"] .head-line:nth-child(1) .head-switch').first().click();
    await panel.locator('.what-if-actions vscode-button', { hasText: 'Run' }).click();
    await panel.locator('.run-item').nth(1).waitFor({ timeout: patience });
  });

  await t.test('it is removed, and the bundled model does the work again', async () => {
    await workbench.runCommand('saccade.manageModels', { asks: true });
    await pick(workbench, /tiny\/opus-mt-en-de/);
    await pick(workbench, /Remove \(\d+ kB\)/);
    await press(workbench, dialog, 'Remove');
    await workbench.openFile(path('text.txt'));
    await workbench.runCommand('editor.action.selectAll');
    await page.keyboard.type('The file is closed.');
    await workbench.saveAndRead(path('text.txt'));
    await workbench.selectLines(1, 1);
    await workbench.runCommand('saccade.translateSelection');
    await workbench.waitForEdit({ timeout: patience });
    assert.match(await workbench.saveAndRead(path('text.txt')), /Datei/);
    assert.match((await workbench.panelFrame().locator('.engine-name').textContent()) ?? '', new RegExp(`^${bundled}`));
  });
});
