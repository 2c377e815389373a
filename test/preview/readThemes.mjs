/**
 * `node test/preview/readThemes.mjs`: asks the real VS Code which variables and styles it gives a webview in each theme, and writes them to
 * themes.json. Run it after `npm run build` when VS Code or the style sheets' variables have changed. Knows no view.
 */
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../vscode/repository.mjs';
import { startWorkbench } from '../vscode/startWorkbench.mjs';

/** VS Code's own theme for each kind of body class. */
const colorThemes = {
  dark: 'Default Dark Modern',
  light: 'Default Light Modern',
  'high-contrast': 'Default High Contrast',
  'high-contrast-light': 'Default High Contrast Light',
};

/** Only what a style sheet, a view or the toolkit asks for, and families of which a view may ask for more. */
const families = /^--vscode-(font|editor-(font|foreground|background)|charts|input|button|list|widget|sideBar|editorWidget|contrast)/;

/** @returns {Promise<ReadonlySet<string>>} names of variables */
async function usedVariables() {
  const panel = join(root, 'webview/panel');
  const files = (await readdir(panel)).map((name) => join(panel, name));
  files.push(join(root, 'node_modules/@vscode/webview-ui-toolkit/dist/toolkit.js'));
  const texts = await Promise.all(files.filter((file) => !file.endsWith('.json')).map((file) => readFile(file, 'utf8')));
  // Views that paint ask for a variable by the rest of its name.
  return new Set(
    texts.flatMap((text) => [...text.matchAll(/--vscode-[\w-]+|'[a-z][\w]*-[\w-]+'/g)].map(([name]) => name.replace(/^'|'$/g, ''))),
  );
}

const used = await usedVariables();
const folder = await mkdtemp(join(tmpdir(), 'saccade-themes-'));
/** @type {Record<string, {kind: string, variables: Record<string, string>}>} */
const themes = {};
try {
  for (const [name, colorTheme] of Object.entries(colorThemes)) {
    const workbench = await startWorkbench({ folder, extensionDevelopmentPath: root, colorTheme });
    try {
      await workbench.runCommand('saccade.panel.focus');
      const panel = workbench.panelFrame().locator('#panel');
      await panel.waitFor();
      const { kind, all } = await panel.evaluate(({ ownerDocument: { documentElement, body } }) => ({
        kind: body.dataset['vscodeThemeKind'] ?? '',
        all: Array.from(
          documentElement.style,
          (variable) => /** @type {const} */ ([variable, documentElement.style.getPropertyValue(variable)]),
        ),
      }));
      const wanted = all.filter(
        ([variable]) => families.test(variable) || used.has(variable) || used.has(variable.replace('--vscode-', '')),
      );
      themes[name] = { kind, variables: Object.fromEntries(wanted) };
    } finally {
      await workbench.stop();
    }
  }
} finally {
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}
await writeFile(join(root, 'test/preview/themes.json'), `${JSON.stringify(themes, undefined, 2)}\n`);
