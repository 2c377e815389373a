/** The preview's panel in Chromium, for tests: opens a state in a theme and width, and fails a test whose page complained. Knows no test. */
import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import type { StaticServer } from '../bench/server.ts';
import { servePreview } from '../preview/server.ts';
import { launchChromium } from '../vscode/chromium.mjs';

export type ShowState = (state: string, options?: { readonly theme?: string; readonly width?: number }) => Promise<Page>;

/** To be called in a `describe`: each test's pages are closed when it ends, and what one of them complained of (errors, its policy's too) fails it. */
export function usePreview(): ShowState {
  let server: StaticServer;
  let browser: Browser;
  const pages: Page[] = [];
  const complaints: string[] = [];
  before(async () => {
    server = await servePreview();
    browser = await launchChromium({ webgpu: false });
  });
  afterEach(async () => {
    for (const page of pages.splice(0)) await page.close();
    assert.deepEqual(complaints.splice(0), []);
  });
  after(async () => {
    await browser.close();
    server.close();
  });
  return async (state, { theme = 'dark', width = 300 } = {}) => {
    const page = await browser.newPage({ viewport: { width, height: 900 }, reducedMotion: 'reduce' });
    pages.push(page);
    const complain = (words: string): number => complaints.push(`${state}, ${theme}, ${width} pixels: ${words}`);
    page.on('pageerror', ({ message }) => complain(message));
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.location().url.endsWith('favicon.ico')) complain(message.text());
    });
    await page.goto(`${server.url}preview/panel.html?state=${state}&theme=${theme}`);
    await page.locator('body[data-ready]').waitFor();
    return page;
  };
}
