/** Pointing at a target token in the panel decorates what it attended to in the document; a pin keeps it, Escape clears it. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import test from 'node:test';
import { outputFolder } from '../outputFolder.mjs';
import { readLastRun } from '../vscode/lastRun.mjs';
import { onProcessor, openInstalled, patience } from './installed.mjs';
import { readDecorated, withProbe } from './probe.mjs';

const text = ['/**', ' * The server must be started before', ' * the client can send a request.', ' */', 'start();', ''].join('\n');

test('decorates the source that a target token attended to', async (t) => {
  const extensionsFolder = await withProbe(t);
  const { workbench, path } = await openInstalled(
    t,
    { 'start.js': text },
    { settings: { ...onProcessor, 'saccade.targetLanguage': 'de' }, extensionsFolder },
  );
  const { page } = workbench;
  const file = path('decorated.json');
  await workbench.openFile(path('start.js'));
  await workbench.selectLines(1, 4);
  await workbench.runCommand('saccade.inspectSelection');
  await readLastRun(workbench, patience);
  await workbench.widenSideBar(640);

  const token = workbench.panelFrame().locator('.text-block').nth(1).locator('.unit:not([aria-disabled])').nth(1);
  await token.waitFor();

  // Hover: what is decorated are characters of the source, weighted as the row of the map is.
  await token.hover();
  const hovered = await readDecorated(file, (decorated) => decorated.some(({ level }) => level !== 'focus'));
  for (const decorated of hovered) {
    assert.ok([1, 2].includes(decorated.line), 'only the comment is decorated');
    assert.match(decorated.text, /^[^\s*]+( [^\s*]+)*$/, 'without its markers');
    assert.ok(decorated.level === 'focus' || (decorated.weight ?? 0) > 0);
  }
  // The panel shows the same: what is decorated most strongly has the deepest background there.
  const deepest = await workbench
    .panelFrame()
    .locator('.text-block')
    .first()
    .locator('.unit')
    .evaluateAll((units) => {
      const share = (/** @type {Element} */ unit) => Number(/** @type {HTMLElement} */ (unit).style.getPropertyValue('--share'));
      return units
        .filter((unit) => !unit.classList.contains('control'))
        .sort((a, b) => share(b) - share(a))[0]
        ?.textContent?.trim();
    });
  const [strongest] = hovered.toSorted((a, b) => (b.weight ?? 0) - (a.weight ?? 0));
  assert.equal(strongest?.text, deepest);
  await workbench.screenshot(join(outputFolder, 'editor-link.png'));
  await page.mouse.move(700, 5);
  await readDecorated(file, (decorated) => decorated.length === 0);

  // Pin, edit elsewhere, Escape.
  await token.click();
  await page.mouse.move(700, 5);
  assert.deepEqual(
    (await readDecorated(file, (decorated) => decorated.length > 0)).map((decorated) => decorated.text),
    hovered.map((decorated) => decorated.text),
  );
  await workbench.runCommand('workbench.action.focusActiveEditorGroup');
  await page.keyboard.press('Control+Home');
  await page.keyboard.type('// New.\n');
  const firstLine = Math.min(...hovered.map(({ line }) => line));
  const moved = await readDecorated(file, (decorated) => Math.min(...decorated.map(({ line }) => line)) === firstLine + 1);
  assert.deepEqual(
    moved.map((decorated) => [decorated.text, decorated.line]),
    hovered.map((decorated) => [decorated.text, decorated.line + 1]),
  );
  await page.keyboard.press('Escape');
  await readDecorated(file, (decorated) => decorated.length === 0);
});
