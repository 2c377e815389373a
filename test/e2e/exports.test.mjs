/** A run is exported in every format through VS Code's own dialog, each file is read by what it is for, and the saved run is opened again. */
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import test from 'node:test';
import { readLastRun } from '../vscode/lastRun.mjs';
import { onProcessor, openInstalled, patience } from './installed.mjs';

const TEXT = 'Write `</script>` & close <b>the file</b>, then read "a, b".';

/** Time for a dialog and for writing a file, in ms. */
const dialogPatience = 40_000;

/** @typedef {import('../vscode/workbench.mjs').Workbench} Workbench */

/**
 * Answers VS Code's dialog for a file with a path.
 * @param {Workbench} workbench
 * @param {string} path
 */
async function answerFileDialog({ page }, path) {
  const input = page.locator('.quick-input-widget input[type="text"]').first();
  await input.waitFor({ timeout: dialogPatience });
  // Until the dialog has looked at its folder, it puts that into the place of what was typed.
  for (const deadline = Date.now() + dialogPatience; ;) {
    await input.fill(path);
    await page.waitForTimeout(500);
    if ((await input.inputValue()) === path) break;
    assert.ok(Date.now() < deadline, 'The dialog does not keep the path.');
  }
  await page.keyboard.press('Enter');
  await page.locator('.quick-input-widget').waitFor({ state: 'hidden', timeout: dialogPatience });
}

/**
 * @param {Workbench} workbench
 * @param {string} choice of the panel's menu
 */
async function choose(workbench, choice) {
  const panel = workbench.panelFrame();
  await panel.locator('button.export').click();
  await panel.locator(`.menu-item[data-choice="${choice}"]`).click();
}

/**
 * @param {Workbench} workbench
 * @param {string} choice
 * @param {string} path
 */
async function exportTo(workbench, choice, path) {
  await choose(workbench, choice);
  await answerFileDialog(workbench, path);
  for (const deadline = Date.now() + dialogPatience; Date.now() < deadline; await workbench.page.waitForTimeout(100)) {
    const content = await readFile(path).catch(() => undefined);
    if (content !== undefined && content.length > 0) return content;
  }
  throw new Error(`${path} was not written. On screen: ${(await workbench.notifications()).join(' | ')}`);
}

/** @type {(element: unknown) => number[]} */
const valuesOf = (element) => Array.from(/** @type {{values: Float32Array}} */ (element).values);

test('exports a run in every format, and opens it again', async (t) => {
  const { workbench, path } = await openInstalled(t, { 'line.txt': `${TEXT}\n` }, { settings: onProcessor, width: 1300 });
  await workbench.openFile(path('line.txt'));
  await workbench.selectLines(1, 1);
  await workbench.runCommand('saccade.inspectSelection');
  const run = await readLastRun(workbench, patience);
  const panel = workbench.panelFrame();
  const canvas = panel.locator('canvas.heatmap-cells');
  await canvas.waitFor({ timeout: patience });
  const shown = await canvas.evaluate(valuesOf);

  await t.test('JSON holds both texts and every map', async () => {
    const json = JSON.parse((await exportTo(workbench, 'json', path('run.saccade.json'))).toString('utf8'));
    assert.deepEqual([json.format, json.sourceText, json.targetText], ['saccade-run', TEXT, run.targetText]);
    assert.match(json.model.sha256, /^[0-9a-f]{64}$/);
    for (const { label, span } of json.source) if (span.start < span.end) assert.equal(TEXT.slice(span.start, span.end), label);
    const { layer, head } = json.defaultCrossAttention;
    assert.deepEqual(json.crossAttentions[layer][head].flat().map(Math.fround), shown);
  });

  await t.test('CSV has a line for each cell that is shown', async () => {
    const [header, ...lines] = (await exportTo(workbench, 'csv', path('map.csv'))).toString('utf8').trimEnd().split('\r\n');
    assert.equal(header, 'attention,layer,head,query_position,query,key_position,key,weight');
    assert.deepEqual(
      lines.map((line) => Math.fround(Number(line.slice(line.lastIndexOf(',') + 1)))),
      shown,
    );
  });

  const context = await workbench.browser.newContext({ offline: true });
  const page = await context.newPage();

  await t.test('SVG is an image with a cell for each weight', async () => {
    const svg = (await exportTo(workbench, 'svg', path('map.svg'))).toString('utf8');
    const found = await page.evaluate((text) => {
      const parsed = new DOMParser().parseFromString(text, 'image/svg+xml');
      return { error: parsed.querySelector('parsererror')?.textContent, cells: parsed.querySelectorAll('rect > title').length };
    }, svg);
    assert.deepEqual(found, { error: undefined, cells: shown.length });
  });

  await t.test('PNG is an image of that size, in colours', async () => {
    const png = await exportTo(workbench, 'png', path('map.png'));
    const { width, colours } = await page.evaluate(async (base64) => {
      const image = new Image();
      image.src = `data:image/png;base64,${base64}`;
      await image.decode();
      const canvas = Object.assign(document.createElement('canvas'), { width: image.naturalWidth, height: image.naturalHeight });
      const drawing = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
      drawing.drawImage(image, 0, 0);
      const { data } = drawing.getImageData(0, 0, canvas.width, canvas.height);
      return { width: canvas.width, colours: new Set(new Uint32Array(data.buffer)).size };
    }, png.toString('base64'));
    assert.ok(width > 200 && colours > 10, `${String(width)} pixels wide, ${String(colours)} colours`);
  });

  await t.test('HTML shows the same map without a network, and breaks no policy', async () => {
    await exportTo(workbench, 'html', path('run.html'));
    /** @type {string[]} */
    const complaints = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => {
      if (!/^(file|data|blob):/.test(request.url())) complaints.push(request.url());
    });
    await page.goto(pathToFileURL(path('run.html')).href);
    await page.locator('canvas.heatmap-cells').waitFor();
    assert.deepEqual(await page.locator('canvas.heatmap-cells').evaluate(valuesOf), shown);
    assert.ok((await page.locator('main').innerText()).includes('`</script>`'));
    assert.deepEqual(complaints, []);
  });
  await context.close();

  await t.test('Markdown is on the clipboard', async () => {
    await workbench.page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: new URL(workbench.url).origin });
    await choose(workbench, 'markdown');
    for (const deadline = Date.now() + dialogPatience; Date.now() < deadline; await workbench.page.waitForTimeout(100)) {
      const text = await workbench.page.evaluate(() => navigator.clipboard.readText()).catch(() => '');
      if (!text.includes('| target word | source word |')) continue;
      assert.ok(text.includes('\\`\\</script\\>\\`'), text);
      return;
    }
    assert.fail('The clipboard holds no Markdown.');
  });

  await t.test('the saved run is opened again, and a damaged one refused', async () => {
    await workbench.runCommand('saccade.openSavedRun', { asks: true });
    await answerFileDialog(workbench, path('run.saccade.json'));
    await panel.locator('.notice', { hasText: 'run.saccade.json' }).waitFor({ timeout: patience });
    assert.deepEqual(await canvas.evaluate(valuesOf), shown);

    await writeFile(path('damaged.saccade.json'), (await readFile(path('run.saccade.json'), 'utf8')).slice(0, 2000));
    await workbench.runCommand('saccade.openSavedRun', { asks: true });
    await answerFileDialog(workbench, path('damaged.saccade.json'));
    // Under its test driver VS Code shows no toasts, only its list of notifications.
    await workbench.runCommand('notifications.showList');
    const refusal = workbench.page.locator('.notifications-center', { hasText: 'damaged.saccade.json cannot be opened' });
    await refusal.waitFor({ timeout: dialogPatience });
    // What was shown is still there.
    assert.deepEqual(await canvas.evaluate(valuesOf), shown);
  });
});
