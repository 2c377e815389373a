/** What the preview can show: each state tells the panel what the engine would tell it. One line adds a state. */
import type { EngineStatus } from '../../src/shared/engineStatus.ts';
import type { Inspection } from '../../src/shared/inspection.ts';
import type { Task } from '../../src/shared/task.ts';
import type { Panel } from '../../webview/panel/panel.ts';
import { longRun, madeRun } from './madeRuns.ts';
import { inspectionOf } from './recording.ts';

const READY: EngineStatus = {
  state: 'ready',
  info: {
    path: 'webgpu',
    variant: undefined,
    reason: 'WebGPU is the fastest measured on this machine.',
    adapter: 'google swiftshader',
    modelId: 'saccade-base-8',
    loadSeconds: 2.1,
  },
  heapBytes: [129e6],
};
const TASK: Task = { kind: 'translate', to: 'de' };
const LONG_MESSAGE =
  'The engine could not start on webgpu: the adapter lost its device while the reference was written (VK_ERROR_DEVICE_LOST), and wasm failed its self-check at token 3.';

async function recorded(name: string): Promise<Inspection> {
  return inspectionOf(await (await fetch(`/runs/${name}.json`)).text());
}

function show(panel: Panel, inspection: Inspection): void {
  const { task, sourceText, targetText } = inspection;
  panel.showStatus(READY);
  panel.showRun({ task, segments: [{ sourceText, targetText }], running: false });
  panel.showInspection(inspection, 0.04);
}

/** A section draws what is in it only once it is told that it is open, a moment later. */
async function unfold(name: string): Promise<HTMLDetailsElement> {
  const section = document.querySelector<HTMLDetailsElement>(name)!;
  section.open = true;
  await new Promise((resolve) => setTimeout(resolve, 50));
  section.scrollIntoView();
  return section;
}

/** Opens a section, presses what is in it, and waits for the answer, which is made at once. */
async function pressIn(name: string, selector: string): Promise<void> {
  const section = await unfold(name);
  section.querySelector<HTMLElement>(selector)!.click();
  await new Promise((resolve) => setTimeout(resolve, 50));
  section.scrollIntoView();
}

const segments = (count: number): { sourceText: string; targetText: string }[] =>
  Array.from({ length: count }, (_, index) => ({
    sourceText: `Sentence ${index} of the selection, which is longer than the side bar is wide.`,
    targetText: `Satz ${index} der Auswahl, der länger ist, als die Seitenleiste breit ist.`,
  }));

export const STATES: Readonly<Record<string, (panel: Panel) => void | Promise<void>>> = {
  sentence: async (panel) => show(panel, await recorded('sentence')),
  paragraph: async (panel) => show(panel, await recorded('paragraph')),
  'right-to-left': (panel) => show(panel, madeRun('Open the file  before\nyou read it.', 'افتح الملف  قبل\nأن تقرأ index.html منه.')),
  mismatch: async (panel) => show(panel, { ...(await recorded('sentence')), mismatches: [2, 5], overruled: [3] }),
  'long-64': (panel) => show(panel, longRun(64)),
  'long-256': (panel) => show(panel, longRun(256)),
  'long-512': (panel) => show(panel, longRun(512)),
  segments: async (panel) => {
    const inspection = await recorded('sentence');
    panel.showStatus(READY);
    panel.showRun({ task: TASK, segments: [inspection, ...segments(40)], running: false });
    panel.showInspection(inspection, 0.04);
  },
  'what-if': async (panel) => {
    show(panel, await recorded('sentence'));
    const section = document.querySelector<HTMLDetailsElement>('.what-if-section')!;
    const press = (selector: string): void => section.querySelector<HTMLElement>(selector)!.click();
    section.open = true;
    press('[data-kind="cross"] .head-switch:nth-of-type(3)');
    press('.token-button.crossed:nth-child(3)');
    press('.token-button.forced:nth-child(2)');
    press('.alternatives li:nth-child(2) button');
    press('vscode-button');
    await new Promise((resolve) => setTimeout(resolve, 50));
    section.scrollIntoView();
  },
  'what-if-maps': async (panel) => {
    await STATES['what-if']!(panel);
    document.querySelector<HTMLElement>('.run-item:nth-child(2) .run-maps')!.click();
  },
  'encoder-only': async (panel) => {
    show(panel, await recorded('sentence'));
    await unfold('.kinds-section');
  },
  'encoder-only-long': async (panel) => {
    show(panel, await recorded('paragraph'));
    await unfold('.kinds-section');
  },
  'decoder-only': async (panel) => {
    show(panel, await recorded('sentence'));
    await unfold('.kinds-section');
    document.querySelector<HTMLInputElement>('.kinds input[value="decoder"]')!.click();
    await pressIn('.kinds-section', 'vscode-button');
  },
  'encoder-decoder': async (panel) => {
    show(panel, await recorded('sentence'));
    await unfold('.kinds-section');
    document.querySelector<HTMLInputElement>('.kinds input[value="both"]')!.click();
    await pressIn('.kinds-section', 'vscode-button');
  },
  bottleneck: async (panel) => {
    show(panel, await recorded('sentence'));
    await pressIn('.bottleneck-section', 'vscode-button');
    await pressIn('.bottleneck-section', '.bottleneck-found vscode-button');
  },
  reconstruct: async (panel) => {
    show(panel, await recorded('sentence'));
    await pressIn('.reconstruct-section', 'vscode-button');
  },
  empty: (panel) => panel.showStatus({ state: 'idle' }),
  loading: (panel) => panel.showStatus({ state: 'loading', stage: 'Reading the weights', loadedBytes: 12e6, totalBytes: 41e6 }),
  failed: (panel) => panel.showStatus({ state: 'failed', message: LONG_MESSAGE }),
  running: (panel) => {
    panel.showStatus(READY);
    const progress = { finished: 3, segment: 3, text: 'Satz 3 der Auswahl, der' };
    panel.showRun({ task: TASK, segments: segments(12), progress, running: true });
  },
  inspecting: async (panel) => {
    show(panel, await recorded('sentence'));
    panel.showInspecting();
  },
  'inspection-failed': (panel) => {
    panel.showStatus(READY);
    panel.showFailure(LONG_MESSAGE);
  },
};
