/** Answers what VS Code asks with lists and dialogs. Knows no question. */

/** Time for what VS Code shows by itself, in ms. */
export const shown = 60_000;
export const dialog = '.monaco-dialog-box';

/**
 * Chooses a row of the list that VS Code asks with.
 * @param {import('../vscode/workbench.mjs').Workbench} workbench
 * @param {RegExp} row
 */
export async function pick({ page }, row) {
  await page.locator('.quick-input-list .monaco-list-row', { hasText: row }).first().click({ timeout: shown });
}

/**
 * Writes what VS Code asks for.
 * @param {import('../vscode/workbench.mjs').Workbench} workbench
 * @param {string} text
 */
export async function write({ page }, text) {
  await page.locator('.quick-input-widget input[type="text"]').first().fill(text);
  await page.keyboard.press('Enter');
}

/**
 * Answers a question that VS Code shows.
 * @param {import('../vscode/workbench.mjs').Workbench} workbench
 * @param {string} place
 * @param {string} button
 */
export async function press({ page }, place, button) {
  await page.locator(place).getByRole('button', { name: button, exact: true }).click({ timeout: shown });
}
