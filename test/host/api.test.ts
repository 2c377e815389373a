/** What other extensions and chat agents can ask for, in a real extension host with the real model. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { SaccadeApi } from '../../src/saccadeApi.ts';

async function invoke(tool: string, input: object): Promise<string> {
  const { content } = await vscode.lm.invokeTool(tool, { input, toolInvocationToken: undefined });
  return content.map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : '')).join('');
}

describe('extension API and tools', () => {
  let api: SaccadeApi;
  before(async () => {
    await vscode.workspace.getConfiguration('saccade').update('device', 'wasm', vscode.ConfigurationTarget.Global);
    api = await vscode.extensions.getExtension<SaccadeApi>('saccade.saccade')!.activate();
  });

  it('translates paragraph by paragraph, calls one after the other', async () => {
    const [first, second] = await Promise.all([
      api.translate('Open the file.\n\nThe `path` must exist.', 'de'),
      api.translate('Close the file.', 'fr'),
    ]);
    assert.match(first, /^\S.*\n\n.*`path`.*$/);
    assert.notEqual(first, 'Open the file.\n\nThe `path` must exist.');
    assert.match(second, /fichier/i);
  });

  it('keeps the lists, tables and code of Markdown', async () => {
    const text =
      '# Close the file\n\n- Open the file.\n- Close the file.\n\n```sh\nnpm install the-file\n```\n\n| file | mode |\n| --- | --- |\n| one | two |\n';
    const lines = (await api.translate(text, 'fr')).split('\n');
    assert.match(lines[0]!, /^# .*fichier/);
    assert.match(lines[2]!, /^- .*fichier/);
    assert.match(lines[3]!, /^- .*fichier/);
    assert.deepEqual(lines.slice(4), text.split('\n').slice(4));
  });

  it('says how the words of each sentence align', async () => {
    const report = await api.inspect('Close the file.\n\nOpen the window.', 'fr');
    assert.equal(report.match(/\*\*Translation into French\*\*/g)?.length, 2);
    assert.match(report, /^\| fichier\S* \| file\S* \| [01]\.\d\d \|$/m);
    await assert.rejects(api.inspect('word '.repeat(1001), 'fr'), /longer than 5,000 characters/);
  });

  it('says what is wrong with a text', async () => {
    await assert.rejects(api.translate('12 + 3', 'de'), /no words/);
  });

  it('is offered to agents as tools, which never throw', async () => {
    const names = vscode.lm.tools.map(({ name }) => name);
    for (const name of ['saccade_translate', 'saccade_summarise', 'saccade_inspect']) assert.ok(names.includes(name), name);
    assert.match(await invoke('saccade_translate', { text: 'Close the file.', to: 'fr' }), /fichier/i);
    assert.match(await invoke('saccade_summarise', { text: 'The server must be started before the client can send a request.' }), /\w/);
    assert.match(await invoke('saccade_inspect', { text: 'Close the file.', to: 'de' }), /\| source word \|/);
    assert.match(await invoke('saccade_translate', { text: '12', to: 'de' }), /no words/);
  });
});
