/** The preview's panel in Chromium, for tests: opens a state in a theme and width. Knows no test. */
import type { Browser, Page } from 'playwright-core';
import type { StaticServer } from '../bench/server.ts';
import { servePreview } from '../preview/server.ts';
import { launchChromium } from '../vscode/chromium.mjs';

export class PreviewBrowser {
  private constructor(
    private readonly server: StaticServer,
    private readonly browser: Browser,
  ) {}

  static async open(): Promise<PreviewBrowser> {
    return new PreviewBrowser(await servePreview(), await launchChromium({ webgpu: false }));
  }

  /** The page fails the caller by what it complains of: `complaints` holds its errors and those of its policy. */
  async show(
    state: string,
    { theme = 'dark', width = 300 } = {},
  ): Promise<{ readonly page: Page; readonly complaints: readonly string[] }> {
    const page = await this.browser.newPage({ viewport: { width, height: 900 }, reducedMotion: 'reduce' });
    const complaints: string[] = [];
    page.on('pageerror', ({ message }) => complaints.push(message));
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.location().url.endsWith('favicon.ico')) complaints.push(message.text());
    });
    await page.goto(`${this.server.url}preview/panel.html?state=${state}&theme=${theme}`);
    await page.locator('body[data-ready]').waitFor();
    return { page, complaints };
  }

  async close(): Promise<void> {
    await this.browser.close();
    this.server.close();
  }
}
