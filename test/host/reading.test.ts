/** Long texts are read on a thread of their own: the extension host goes on with its work. */
import assert from 'node:assert/strict';
import { performance } from 'node:perf_hooks';
import * as vscode from 'vscode';
import { closeAll, openText } from './workspace.ts';

describe('reading a long text', () => {
  before(() => vscode.extensions.getExtension('saccade.saccade')!.activate());
  afterEach(closeAll);

  it('leaves the extension host free', async () => {
    // Each line is the grammar's, and there is nothing to do on the last one.
    const lines = Array.from({ length: 15_000 }, (_, index) => `puts "a#{b${index}}" if c.d?(:e${index})`);
    const editor = await openText(lines.join('\n'), 'ruby');
    const end = new vscode.Position(lines.length - 1, 0);
    editor.selection = new vscode.Selection(end, end);
    const [begun, before] = [performance.now(), performance.eventLoopUtilization()];
    await vscode.commands.executeCommand('saccade.translateSelection');
    const { utilization } = performance.eventLoopUtilization(before);
    assert.ok(performance.now() - begun > 300, 'it is read for long');
    assert.ok(utilization < 0.5, `The host was busy for ${(100 * utilization).toFixed(0)} % of the time.`);
  });
});
