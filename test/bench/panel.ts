/** How fast the panel draws and follows the pointer, at several lengths, all heads of 6 layers by 8 and one of them, and how long their rollout holds it up: the preview's page, no model. */
import type { CDPSession, Page } from 'playwright-core';
import { servePreview } from '../preview/server.ts';
import { launchChromium } from '../vscode/chromium.mjs';
import { report, rounded, spread } from './report.ts';

/** Each is a state of the preview, `long-64`. */
const LENGTHS = [64, 256, 512];
const DRAWS = 7;
const HOVERS = 120;

/** What a view is drawn into, and what the pointer goes over. */
const VIEWS = {
  overview: { button: 'overview', canvas: 'canvas.overview-tiles', targets: '.overview-tile' },
  heatmap: { button: 'map', canvas: 'canvas.heatmap-cells', targets: 'canvas.heatmap-cells' },
} as const;

export async function panel(): Promise<void> {
  const server = await servePreview();
  const browser = await launchChromium({ webgpu: false });
  try {
    for (const tokens of LENGTHS) {
      const page = await browser.newPage({ viewport: { width: 480, height: 900 } });
      await page.goto(`${server.url}preview/panel.html?state=long-${tokens}&theme=dark`);
      await page.locator('body[data-ready]').waitFor();
      const thread = await threadTime(page);
      for (const [view, parts] of Object.entries(VIEWS)) {
        const draws: { readonly wall: number; readonly cpu: number }[] = [];
        await page.locator(`.segmented input[value="${parts.button}"]`).check({ force: true });
        for (let draw = 0; draw <= DRAWS; draw++) {
          await drawn(page, 'decoder', parts.canvas);
          const before = await thread();
          const wall = await drawn(page, 'encoder', parts.canvas);
          draws.push({ wall, cpu: (await thread()) - before });
        }
        // The first one compiles the code.
        const [wall, cpu] = [draws.slice(1).map((draw) => draw.wall), draws.slice(1).map((draw) => draw.cpu)];
        const figures = { drawMs: spread(wall).median, drawCpuMs: spread(cpu).median, ...(await hovered(page, parts.targets, thread)) };
        report('panel', { view, tokens, layers: 6, heads: 8, ...figures });
      }
      report('panel', { view: 'rollout', tokens, layers: 6, heads: 8, ...(await rolledOut(page)) });
      await page.close();
    }
  } finally {
    await browser.close();
    server.close();
  }
}

/** Tells how many ms of processor time the page's main thread has used: on a busy machine a clock on the wall tells how long it had to wait. */
async function threadTime(page: Page): Promise<() => Promise<number>> {
  const session: CDPSession = await page.context().newCDPSession(page);
  await session.send('Performance.setTimeDomain', { timeDomain: 'threadTicks' });
  await session.send('Performance.enable');
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? NaN);
  };
}

/** Chooses a kind of attention; ms from the click until the frame that shows it has been painted. */
function drawn(page: Page, kind: string, canvas: string): Promise<number> {
  return page.evaluate(
    async ([kind, canvas]) => {
      const tab = document.querySelector<HTMLElement>(`vscode-panel-tab[title^="${kind}" i]`)!;
      const { port1, port2 } = new MessageChannel();
      const begun = performance.now();
      tab.click();
      // A message sent in a frame's callback comes after the frame was painted.
      for (let isDrawn = false; !isDrawn;) {
        isDrawn = document.querySelector<HTMLElement>(canvas)?.dataset['kind'] === kind;
        await new Promise((resolve) => {
          port1.onmessage = resolve;
          requestAnimationFrame(() => port2.postMessage(undefined));
        });
      }
      return performance.now() - begun;
    },
    [kind, canvas] as const,
  );
}

/** A step of the pointer in each frame: frames a second, and ms of the main thread's processor time for a frame. */
async function hovered(
  page: Page,
  targets: string,
  thread: () => Promise<number>,
): Promise<{ readonly hoverFps: number; readonly hoverCpuMs: number }> {
  const before = await thread();
  const fps = await page.evaluate(
    async ([targets, hovers]) => {
      const elements = [...document.querySelectorAll<HTMLElement>(targets)];
      const begun = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
      let ended = begun;
      for (let step = 0; step < hovers; step++) {
        const element = elements[step % elements.length]!;
        const { left, top, width, height } = element.getBoundingClientRect();
        const at = { clientX: left + width * ((step * 0.37) % 1), clientY: top + height * ((step * 0.61) % 1), bubbles: true };
        element.dispatchEvent(new PointerEvent('pointerenter', at));
        element.dispatchEvent(new PointerEvent('pointermove', at));
        ended = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
      }
      return (1000 * hovers) / (ended - begun);
    },
    [targets, HOVERS] as const,
  );
  return { hoverFps: rounded(fps), hoverCpuMs: rounded(((await thread()) - before) / HOVERS) };
}

/** Chooses the rollout of all layers of the encoder: ms until it is drawn, and the longest time between two frames until then. */
async function rolledOut(page: Page): Promise<{ readonly drawMs: number; readonly longestFrameMs: number }> {
  await page.locator('.segmented input[value="map"]').check({ force: true });
  const { draw, longest } = await page.evaluate(async () => {
    // No function has a name here: what names them is not in the page.
    let [begun, longest, last] = [0, 0, 0];
    for (const [label, value] of [
      ['Layer', 'null'],
      ['Head', 'rollout'],
    ] as const) {
      begun = last = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
      const dropdown = document.querySelector<HTMLInputElement>(`.choices vscode-dropdown[aria-label^="${label}"]`)!;
      dropdown.value = value;
      dropdown.dispatchEvent(new Event('change', { bubbles: true }));
    }
    for (let wasDrawn = false; !wasDrawn;) {
      wasDrawn = document.querySelector<HTMLElement>('canvas.heatmap-cells')?.dataset['head'] === 'rollout';
      const now = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
      [longest, last] = [Math.max(longest, now - last), now];
    }
    return { draw: last - begun, longest };
  });
  return { drawMs: rounded(draw), longestFrameMs: rounded(longest) };
}
