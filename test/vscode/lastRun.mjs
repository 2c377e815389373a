/** The facts that Saccade's panel keeps of its last run for whoever automates it. Knows no command. */
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * What the panel tells about its last run, in the element `#saccade-last-run`.
 * @typedef {object} LastRun
 * @property {string} sourceText
 * @property {string} targetText
 * @property {string} device
 * @property {string} deviceReason
 * @property {number} sourceTokens
 * @property {number} targetTokens
 * @property {{load: number, encode: number, decode: number, inspect: number}} seconds
 * @property {boolean} argmaxAgrees whether the maps shown are those of the text on screen
 */

/**
 * The facts of the panel's last run, once there are any with an inspect pass.
 * @param {import('./workbench.mjs').Workbench} workbench
 * @param {number} timeout ms
 * @returns {Promise<LastRun>}
 */
export async function readLastRun(workbench, timeout) {
  const element = workbench.panelFrame().locator('#saccade-last-run');
  await element.waitFor({ state: 'attached', timeout });
  for (const deadline = Date.now() + timeout; Date.now() < deadline; await sleep(200)) {
    const text = (await element.textContent()) ?? '';
    if (text.includes('argmaxAgrees')) return JSON.parse(text);
  }
  throw new Error(
    `The panel told nothing of a run within ${String(timeout / 1000)} s. On screen: ${(await workbench.notifications()).join(' | ')}`,
  );
}
