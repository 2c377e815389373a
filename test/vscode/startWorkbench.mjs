/**
 * Starts VS Code's server and shows it in Chromium: a fresh state, settings, an extension under development or installed ones. Knows no command
 * and no extension by name.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchChromium } from './chromium.mjs';
import { startServer } from './server.mjs';
import { Workbench } from './workbench.mjs';

/**
 * @typedef {object} WorkbenchOptions
 * @property {string} folder the workspace
 * @property {string} [extensionDevelopmentPath] an extension's source folder, run without being installed
 * @property {string} [extensionsFolder] installed extensions, see `installExtension`
 * @property {Record<string, unknown>} [settings] user settings
 * @property {string} [colorTheme] its name as in VS Code's own list of themes
 * @property {number} [width] of the window, in CSS pixels
 * @property {number} [height]
 * @property {boolean} [headless]
 * @property {boolean} [webgpu] false: Chromium finds no WebGPU adapter
 * @property {string} [proxy] what the browser asks everything but this machine itself through
 * @property {NodeJS.ProcessEnv} [env] for the extension host
 * @property {boolean} [workspaceTrust] whether VS Code asks whose workspaces are trusted; by default all are
 * @property {readonly (readonly [string, string])[]} [payload] more entries for VS Code's start payload
 * @property {string} [extensionTestsPath] a module whose `run()` VS Code calls when it has started
 * @property {Record<string, (...args: never[]) => void>} [expose] functions that VS Code's page can call
 */

/**
 * Starts VS Code with a fresh state and waits until it is restored.
 * @param {WorkbenchOptions} options
 * @returns {Promise<Workbench>}
 */
export async function startWorkbench(options) {
  const { width = 1440, height = 900, colorTheme } = options;
  const stateFolder = await mkdtemp(join(tmpdir(), 'saccade-vscode-'));
  /** @type {(() => Promise<void>)[]} */
  const cleanups = [() => rm(stateFolder, { recursive: true, force: true, maxRetries: 5 })];
  const stop = async () => {
    for (let cleanup = cleanups.pop(); cleanup !== undefined; cleanup = cleanups.pop()) await cleanup();
  };
  try {
    const settings = { ...(colorTheme === undefined ? {} : { 'workbench.colorTheme': colorTheme }), ...options.settings };
    const { extensionsFolder, env, workspaceTrust } = options;
    const server = await startServer({ folder: stateFolder, settings, extensionsFolder, env, workspaceTrust });
    cleanups.push(server.stop);
    const browser = await launchChromium({ headless: options.headless, webgpu: options.webgpu, width, height, proxy: options.proxy });
    cleanups.push(() => browser.close());
    const context = await browser.newContext({ viewport: { width, height } });
    const page = await context.newPage();
    for (const [name, callback] of Object.entries(options.expose ?? {})) await page.exposeFunction(name, callback);
    const url = workbenchUrl(server.port, options);
    await page.goto(url);
    // The driver is VS Code's own hook for its smoke tests; before the workbench is restored, pressed keys get lost.
    await page.waitForFunction('window.driver?.whenWorkbenchRestored().then(() => true)', undefined, { timeout: 60_000 });
    return new Workbench(page, browser, url, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * Where a server shows a workspace, with an extension under development.
 * @param {number} port
 * @param {Pick<WorkbenchOptions, 'folder' | 'extensionDevelopmentPath' | 'extensionTestsPath' | 'payload'>} options
 */
export function workbenchUrl(port, { folder, extensionDevelopmentPath, extensionTestsPath, payload = [] }) {
  // VS Code takes these as remote files of the very host and port in the address.
  const remote = `vscode-remote://localhost:${String(port)}`;
  const entries = [
    ['skipWelcome', 'true'],
    ['skipReleaseNotes', 'true'],
    ...(extensionDevelopmentPath === undefined ? [] : [['extensionDevelopmentPath', remote + extensionDevelopmentPath]]),
    ...(extensionTestsPath === undefined ? [] : [['extensionTestsPath', remote + extensionTestsPath]]),
    ...payload,
  ];
  return `http://localhost:${String(port)}/?${new URLSearchParams({ folder, payload: JSON.stringify(entries) }).toString()}`;
}
