/** The commands that ask or tell something, answered as a user answers them, in a real extension host. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { isLanguage } from '../../src/shared/task.ts';
import { closeAll, until } from './workspace.ts';

const target = (): unknown => vscode.workspace.getConfiguration('saccade').get('targetLanguage');

/** Ends with the command; the answer is given as often as it takes until the question is there. */
async function answered(command: string, ...answers: readonly string[]): Promise<void> {
  const state = { ended: false };
  const running = vscode.commands.executeCommand(command).then(() => (state.ended = true));
  for (let tries = 0; !state.ended && tries < 40; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    for (const answer of answers) await vscode.commands.executeCommand(answer);
  }
  await running;
}

describe('menus and messages', () => {
  before(async () => {
    const settings = vscode.workspace.getConfiguration('saccade');
    await settings.update('device', 'wasm', vscode.ConfigurationTarget.Global);
    await settings.update('targetLanguage', 'de', vscode.ConfigurationTarget.Global);
  });
  afterEach(closeAll);
  after(() => vscode.workspace.getConfiguration('saccade').update('targetLanguage', 'de', vscode.ConfigurationTarget.Global));

  it('the target language begins at the current one, and becomes the one that is chosen', async () => {
    await answered('saccade.chooseTargetLanguage', 'workbench.action.acceptSelectedQuickOpenItem');
    assert.equal(target(), 'de');
    await answered('saccade.chooseTargetLanguage', 'workbench.action.quickOpenSelectNext', 'workbench.action.acceptSelectedQuickOpenItem');
    await until('the setting', () => target() !== 'de');
    assert.ok(isLanguage(target()));
  });

  it('the target language stays where none is chosen', async () => {
    const before = target();
    await answered('saccade.chooseTargetLanguage', 'workbench.action.closeQuickOpen');
    assert.equal(target(), before);
  });

  it('the status is a message whose first button opens the panel', async () => {
    await vscode.commands.executeCommand('workbench.view.explorer');
    await answered('saccade.showStatus', 'notification.acceptPrimaryAction');
  });

  it('the token for the Hub is asked for, and nothing is kept of a question that is left', async () => {
    await answered('saccade.setHubToken', 'workbench.action.closeQuickOpen');
  });

  it('the translation memory is shown', async () => {
    await vscode.commands.executeCommand('saccade.showTranslationMemory');
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
  });
});
