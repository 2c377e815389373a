/**
 * Chromium with WebGPU: finds or installs the browser and names the flags it is started with. Knows nothing of VS Code.
 */
import { chromium } from 'playwright-core';
import { findCommand, installWithApt } from './system.mjs';

const names = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** Chromium asks servers of its maker at every start; a closed network answers each with an error in the log. */
const quietFlags = ['--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** SwiftShader computes WebGPU on the processor, so that a machine without a GPU runs the same shaders. */
const softwareFlags = ['--use-webgpu-adapter=swiftshader'];

/** What leads Chromium to the machine's own GPU is another thing on each machine, so whoever wants it says it: flags with spaces between. */
function webgpuFlags() {
  const named = process.env['SACCADE_WEBGPU_FLAGS'];
  return ['--enable-unsafe-webgpu', ...(named === undefined ? softwareFlags : named.split(' ').filter(Boolean))];
}

/**
 * @returns {string} path of the browser; `SACCADE_CHROMIUM` wins
 * @throws {Error} that says what to install
 */
export function ensureChromium() {
  const named = process.env['SACCADE_CHROMIUM'];
  const found = named === undefined ? findCommand(...names) : findCommand(named);
  if (found !== undefined) return found;
  if (named !== undefined) throw new Error(`SACCADE_CHROMIUM names ${named}, which is not an executable file.`);
  // Chromium without any font draws every text as boxes.
  if (installWithApt(['chromium', 'fonts-dejavu-core'], 'the browser that shows VS Code')) {
    const installed = findCommand(...names);
    if (installed !== undefined) return installed;
  }
  throw new Error(
    'Chromium is missing. Install it (Debian: "apt-get install chromium fonts-dejavu-core"), or name one in SACCADE_CHROMIUM.',
  );
}

/**
 * @param {{headless?: boolean, webgpu?: boolean, width?: number, height?: number, proxy?: string | undefined}} [options] webgpu: with an adapter in
 * software, or the one that the flags in `SACCADE_WEBGPU_FLAGS` lead to; false: a browser that finds none; proxy: what everything but this machine itself is asked through
 * @returns {Promise<import('playwright-core').Browser>}
 */
export function launchChromium({ headless = true, webgpu = true, width = 1440, height = 900, proxy } = {}) {
  return chromium.launch({
    executablePath: ensureChromium(),
    headless,
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ...(webgpu ? webgpuFlags() : ['--disable-gpu']),
      ...quietFlags,
      ...(proxy === undefined ? [] : [`--proxy-server=${proxy}`]),
      `--window-size=${String(width)},${String(height)}`,
    ],
  });
}
