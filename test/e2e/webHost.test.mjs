/** VS Code without any Node behind it: the extension in the browser's own extension host, a web worker. */
import assert from 'node:assert/strict';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { format } from 'node:util';
import { root, sampleFolder } from '../vscode/repository.mjs';
import { startWorkbench } from '../vscode/startWorkbench.mjs';
import { onProcessor, patience } from './installed.mjs';

test('translates in an extension host without Node', { timeout: 2 * patience }, async (t) => {
  const workspace = await mkdtemp(join(tmpdir(), 'saccade-workspace-'));
  t.after(() => rm(workspace, { recursive: true, force: true, maxRetries: 5 }));
  await cp(sampleFolder, workspace, { recursive: true });
  /** @type {(code: number) => void} */
  let finish = () => undefined;
  /** @type {Promise<number>} */
  const finished = new Promise((resolve) => (finish = resolve));
  const workbench = await startWorkbench({
    folder: workspace,
    extensionDevelopmentPath: root,
    extensionTestsPath: join(root, 'dist/test/webHost.cjs'),
    settings: {
      ...onProcessor,
      'saccade.targetLanguage': 'de',
      // Where this host would not see it, VS Code keeps its grammar of Perl.
      'remote.extensionKind': { 'saccade.saccade': ['web'], 'vscode.perl': ['web'] },
    },
    expose: {
      codeAutomationLog: (/** @type {string} */ type, /** @type {unknown[]} */ args) => {
        if (type === 'error') t.diagnostic(format(...args));
      },
      codeAutomationExit: (/** @type {number} */ code) => {
        finish(code);
      },
    },
  });
  t.after(() => workbench.stop());
  assert.equal(await finished, 0, 'the module that ran inside the extension host threw no error');
});
