/** The first minute of a user: a docstring becomes German in place, and the panel shows what the model looked at. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'node:test';
import { outputFolder } from '../outputFolder.mjs';
import { readLastRun } from '../vscode/lastRun.mjs';
import { sampleFolder } from '../vscode/repository.mjs';
import { docstringLines } from '../vscode/sample.mjs';
import { openInstalled, patience } from './installed.mjs';

test('translates a docstring in place, shows its attention, and undoes it in one step', async (t) => {
  const before = await readFile(join(sampleFolder, 'sample.py'), 'utf8');
  const { workbench, path } = await openInstalled(
    t,
    { 'sample.py': before },
    { settings: { 'saccade.targetLanguage': 'de', 'saccade.device': 'webgpu' } },
  );
  await workbench.openFile(path('sample.py'));
  // A GPU in software takes its time: the first of the docstring's lines is enough.
  const [line] = docstringLines(before);
  await workbench.selectLines(line, line);
  await workbench.runCommand('saccade.translateSelection');
  await workbench.waitForEdit({ timeout: patience });

  const after = await workbench.saveAndRead(path('sample.py'));
  const lines = before.split('\n');
  const head = `${lines.slice(0, line - 1).join('\n')}\n    """`;
  const tail = `\n${lines.slice(line).join('\n')}`;
  assert.ok(after.startsWith(head), 'nothing above the text of the docstring changed');
  assert.ok(after.endsWith(tail), 'nothing below the text of the docstring changed');
  const text = after.slice(head.length, -tail.length);
  assert.match(text, /\w/);
  assert.notEqual(text, before.slice(head.length, -tail.length));

  const run = await readLastRun(workbench, patience);
  assert.equal(run.device, 'webgpu', run.deviceReason);
  assert.equal(run.argmaxAgrees, true);
  assert.ok(run.sourceTokens > 0 && run.targetTokens > 0);
  assert.match(run.sourceText, /Read all lines of the file/);
  await workbench.widenSideBar(640);
  await workbench.screenshot(join(outputFolder, 'translated.png'));

  await workbench.page.locator('.editor-instance .view-lines').first().click();
  // The palette has no command of that name, only "Cursor Undo".
  await workbench.page.keyboard.press('Control+z');
  await workbench.waitForEdit();
  assert.equal(await workbench.saveAndRead(path('sample.py')), before);
});
