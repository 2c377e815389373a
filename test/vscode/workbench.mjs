/**
 * A running VS Code in Chromium, handled as a user handles it: commands, files, selections, the panel of an extension. Knows Saccade only by
 * its extension id, and not how VS Code was started.
 */
import { readFile } from 'node:fs/promises';

/** Time for one reaction of the workbench's own interface, in ms; two busy cores and a graphics processor in software are slow. */
const patience = 30_000;

export class Workbench {
  /**
   * @param {import('playwright-core').Page} page
   * @param {import('playwright-core').Browser} browser
   * @param {string} url
   * @param {() => Promise<void>} stop ends Chromium and the server and deletes their state; the workspace stays
   */
  constructor(page, browser, url, stop) {
    this.page = page;
    this.browser = browser;
    this.url = url;
    this.stop = stop;
  }

  /**
   * Runs a command through the command palette, as a user does. Returns when the palette has closed, not when the command has ended.
   * @param {string} id such as `saccade.translateSelection`
   * @param {{timeout?: number, asks?: boolean}} [options] timeout: ms to wait until the command exists and is enabled; asks: the command opens an
   * input of its own in the palette's place, such as a dialog for a file
   * @throws when the palette does not offer it in time
   */
  async runCommand(id, { timeout = 10_000, asks = false } = {}) {
    const deadline = Date.now() + timeout;
    while (!(await this.#findCommand(id))) {
      await this.page.keyboard.press('Escape');
      if (Date.now() > deadline) throw new Error(`The command palette does not offer "${id}": it does not exist or is not enabled now.`);
      await this.page.waitForTimeout(200);
    }
    if (!asks) return this.#acceptQuickInput();
    await this.page.keyboard.press('Enter');
    const input = this.page.locator('.quick-input-widget input[type="text"]').first();
    for (const deadline = Date.now() + patience; (await input.inputValue()).startsWith('>'); await this.page.waitForTimeout(100)) {
      if (Date.now() > deadline) throw new Error(`"${id}" asks for nothing.`);
    }
  }

  /** @param {string} id */
  async #findCommand(id) {
    await this.#quickInput('F1', `>${id}`);
    const rows = this.page.locator('.quick-input-list .monaco-list-row');
    // The palette finds a command by its exact id, then adds a few that resemble it; a long list has not been filtered yet.
    await this.page.waitForFunction(() => {
      const size = document.querySelector('.quick-input-list .monaco-list-row')?.getAttribute('aria-setsize');
      return size !== null && size !== undefined && Number(size) <= 12;
    });
    const label = (await rows.first().getAttribute('aria-label')) ?? '';
    return !label.endsWith('similar commands') && label !== 'No matching commands';
  }

  /**
   * Opens a file in an editor and waits until it has the focus.
   * @param {string} path absolute
   */
  async openFile(path) {
    await this.#quickInput('Control+p', path);
    const name = path.slice(path.lastIndexOf('/') + 1);
    const row = this.page.locator('.quick-input-widget .quick-input-list .monaco-list-row.focused', { hasText: name });
    await row.waitFor({ timeout: patience });
    await this.#acceptQuickInput();
    await this.page.locator('.tab.active', { hasText: name }).waitFor({ timeout: patience });
    await this.page.locator('.editor-instance .monaco-editor.focused').waitFor({ timeout: patience });
  }

  /**
   * Selects from one place to another in the active editor. Lines and columns count from 1, as VS Code shows them.
   * @param {{line: number, column: number}} start
   * @param {{line: number, column: number}} end
   */
  async select(start, end) {
    await this.#goTo(start);
    await this.runCommand('editor.action.setSelectionAnchor');
    await this.#goTo(end);
    await this.runCommand('editor.action.selectFromAnchorToCursor');
    await this.page.locator('.statusbar-item', { hasText: /\(\d+ selected\)/ }).waitFor({ timeout: patience });
  }

  /**
   * Selects whole lines of the active editor, without the line break of the last.
   * @param {number} first counts from 1
   * @param {number} last
   */
  async selectLines(first, last) {
    // VS Code moves a column that is past the end back to the end.
    await this.select({ line: first, column: 1 }, { line: last, column: 100_000 });
  }

  /** Whether the active editor holds changes that are not on disk. */
  async isDirty() {
    return (await this.page.locator('.tab.active.dirty').count()) > 0;
  }

  /** Waits until the active editor holds changes that are not on disk. */
  async waitForEdit({ timeout = patience } = {}) {
    await this.page.locator('.tab.active.dirty').waitFor({ timeout });
  }

  /**
   * The text of the active editor, read back from the file that it is saved to: the editor draws only the lines on screen.
   * @param {string} path the file of the active editor
   * @returns {Promise<string>}
   */
  async saveAndRead(path) {
    if (await this.isDirty()) {
      await this.runCommand('workbench.action.files.save');
      await this.page.locator('.tab.active:not(.dirty)').waitFor({ timeout: patience });
    }
    return readFile(path, 'utf8');
  }

  /**
   * The outer frame of an extension's webview, as large as the panel is on screen.
   * @param {string} [extensionId]
   * @returns {import('playwright-core').Locator}
   */
  panelElement(extensionId = 'saccade.saccade') {
    return this.page.locator(`iframe.webview.ready[src*="extensionId=${extensionId}"]`);
  }

  /**
   * The document of an extension's webview.
   * @param {string} [extensionId]
   * @returns {import('playwright-core').FrameLocator}
   */
  panelFrame(extensionId) {
    return this.panelElement(extensionId).contentFrame().frameLocator('iframe#active-frame');
  }

  /**
   * Drags the edge of the side bar.
   * @param {number} width in CSS pixels
   */
  async widenSideBar(width) {
    const box = await this.page.locator('.part.sidebar').boundingBox();
    if (box === null) throw new Error('The side bar is not shown.');
    const { mouse } = this.page;
    const y = box.y + box.height / 2;
    await mouse.move(box.x + box.width, y);
    await mouse.down();
    await mouse.move(box.x + width, y, { steps: 8 });
    await mouse.up();
    // Away from the edge, or it stays highlighted.
    await mouse.move(box.x + width / 2, 2);
  }

  /** Texts of the notifications on screen. */
  async notifications() {
    return this.page.locator('.notifications-toasts .notification-list-item-message').allTextContents();
  }

  /** @param {string} path of the PNG to write */
  async screenshot(path) {
    await this.page.screenshot({ path });
  }

  /** @param {{line: number, column: number}} place */
  async #goTo({ line, column }) {
    await this.#quickInput('Control+p', `:${String(line)}:${String(column)}`);
    await this.#acceptQuickInput();
  }

  /**
   * @param {string} key that opens it
   * @param {string} text
   */
  async #quickInput(key, text) {
    const input = this.page.locator('.quick-input-widget input');
    // A key pressed while the workbench is busy starting can get lost.
    for (let attempt = 0; ; attempt++) {
      await this.page.keyboard.press(key);
      try {
        await input.waitFor({ state: 'visible', timeout: 5_000 });
        break;
      } catch (error) {
        if (attempt === 5) throw error;
      }
    }
    await input.fill(text);
  }

  async #acceptQuickInput() {
    await this.page.keyboard.press('Enter');
    await this.page.locator('.quick-input-widget').waitFor({ state: 'hidden', timeout: patience });
  }
}
