/** Root of the page: loads bytes, starts the worker, relays between host and engine, feeds the panel. */
import { dispatch, sender } from '../src/shared/channel.ts';
import type { Device, EngineInfo, EngineStatus, RunFacts } from '../src/shared/engineStatus.ts';
import { SaccadeError, failureOf } from '../src/shared/failure.ts';
import type { HostToPage, PageToHost, RunRequest, WorkerToPage } from '../src/shared/messages.ts';
import type { SegmentResult } from '../src/shared/segmentResult.ts';
import type { Handlers } from '../src/shared/channel.ts';
import { deviceCandidates } from './chooseDevice.ts';
import { startEngineWorker, type EngineWorker } from './engineWorker.ts';
import { fetchFiles } from './fetchFiles.ts';
import { createPanel } from './panel/panel.ts';

declare function acquireVsCodeApi(): { postMessage(message: unknown): void };

const vscode = acquireVsCodeApi();
const sendToHost = sender<PageToHost>((message) => vscode.postMessage(message));
const root = document.getElementById('panel');
if (!root) throw new Error('The page has no element for the panel.');

const panel = createPanel(root, {
  inspect: (segment) => inspect(segment),
  stop: () => sendToHost('command', { command: 'stop' }),
  showStatus: () => sendToHost('command', { command: 'showStatus' }),
});

interface StartedEngine {
  readonly worker: EngineWorker;
  readonly info: EngineInfo;
}

let loadRequest: HostToPage['load'] | undefined;
let engine: Promise<StartedEngine> | undefined;
let active: RunRequest | undefined;
/** The active run's segments as the panel shows them; made once, because progress comes with every token. */
let untranslated: readonly { readonly sourceText: string; readonly targetText: string }[] = [];
/** Of the engine that has the active run. */
let engineInfo: EngineInfo | undefined;
let finished:
  | {
      readonly request: RunRequest;
      readonly results: readonly SegmentResult[];
      readonly facts: RunFacts;
      readonly loadSeconds: number;
    }
  | undefined;
let inspectRequests = 0;
/** The run that the worker was given; an active run that was not is still waiting for the engine. */
let runAtWorker: number | undefined;
/** Looking costs a pass of its own, so a hidden panel waits with it until somebody looks. */
let seen = false;
let inspectWhenSeen = false;

function showStatus(status: EngineStatus): void {
  panel.showStatus(status);
  sendToHost('status', { status });
}

/** The facts of the last run for whoever automates the panel; not shown. */
const lastRun = document.createElement('output');
lastRun.id = 'saccade-last-run';
lastRun.hidden = true;
document.body.append(lastRun);

/** The engine on the first device that can be loaded and gives the reference's answers. */
async function startEngine(request: HostToPage['load']): Promise<StartedEngine> {
  const begun = performance.now();
  const candidates = await deviceCandidates(request.device);
  let whyNot = '';
  for (const [index, candidate] of candidates.entries()) {
    try {
      const worker = await startWorker(request, candidate.device);
      const loadSeconds = (performance.now() - begun) / 1000;
      const info = { ...candidate, modelId: request.modelId, reason: `${candidate.reason}${whyNot}`, loadSeconds };
      showStatus({ state: 'ready', info });
      return { worker, info };
    } catch (error) {
      const failure = failureOf(error);
      if (failure.kind !== 'device' || index === candidates.length - 1) throw error;
      whyNot = ` ${failure.message}`;
    }
  }
  throw new SaccadeError('internal', 'There is no device to try.');
}

async function startWorker(request: HostToPage['load'], device: Device): Promise<EngineWorker> {
  const build = request.engines[device];
  const totalBytes = request.files.reduce((sum, file) => sum + file.bytes, build.bytes);
  const loading = (stage: string, loadedBytes: number): void => showStatus({ state: 'loading', stage, loadedBytes, totalBytes });
  loading('Reading the model', 0);
  const files = await fetchFiles(build, request.files, (bytes) => loading('Reading the model', bytes));
  loading('Preparing the model', totalBytes);
  let loaded = false;
  return new Promise((resolve, reject) => {
    const started = startEngineWorker({
      modelId: request.modelId,
      files,
      device,
      handlers: {
        ...workerHandlers,
        loaded: () => {
          loaded = true;
          resolve(started);
        },
        loadFailed: ({ failure }) => {
          started.terminate();
          reject(new SaccadeError(failure.kind, failure.message));
        },
      },
      onDeath() {
        const lost = new SaccadeError('engineLost', loaded ? LOST_AT_WORK : LOST_WHILE_LOADING);
        reject(lost);
        endActive(lost);
        // One that dies before it has loaded would only die again.
        if (loaded) restart();
      },
    });
  });
}

const LOST_AT_WORK = 'The engine stopped unexpectedly and was started again. Your text is unchanged; run the command again.';
const LOST_WHILE_LOADING =
  'The engine stopped unexpectedly while it was loading. Your text is unchanged; run the command again, or choose wasm in the setting saccade.device.';

function restart(): void {
  if (!loadRequest) return;
  const request = loadRequest;
  const previous = engine;
  void previous?.then((old) => old.worker.terminate()).catch(() => undefined);
  const starting = startEngine(request);
  engine = starting;
  starting.catch((error: unknown) => {
    if (engine === starting) engine = undefined;
    showStatus({ state: 'failed', message: failureOf(error).message });
  });
}

function endActive(error: unknown): void {
  if (!active) return;
  sendToHost('failed', { runId: active.runId, failure: failureOf(error) });
  panel.showRun(undefined);
  panel.showFailure(failureOf(error).message);
  active = undefined;
}

async function run(request: RunRequest): Promise<void> {
  active = request;
  untranslated = request.segments.map((sourceText) => ({ sourceText, targetText: '' }));
  panel.showRun({ task: request.task, segments: untranslated, running: true });
  try {
    if (!engine) restart();
    const running = await engine;
    if (!running) throw new SaccadeError('internal', 'The engine was asked to run before it was told its files.');
    if (active !== request) return;
    runAtWorker = request.runId;
    engineInfo = running.info;
    running.worker.send('run', request);
  } catch (error) {
    if (active === request) endActive(error);
  }
}

/** Asks for the maps of a finished segment; an answer to an older question is dropped. */
function inspect(segment: number): void {
  const result = finished?.results[segment];
  if (!finished || !result || result.targetIds.length === 0) return;
  const requestId = ++inspectRequests;
  const { task } = finished.request;
  panel.showInspecting();
  void engine?.then((running) => running.worker.send('inspect', { requestId, task, segment: result })).catch(() => undefined);
}

const workerHandlers: Omit<Handlers<WorkerToPage>, 'loaded' | 'loadFailed'> = {
  progress(message) {
    if (active?.runId !== message.runId) return;
    sendToHost('progress', message);
    panel.showRun({ task: active.task, segments: untranslated, progress: message, running: true });
  },
  finished({ runId, results, measures }) {
    if (active?.runId !== runId || !engineInfo) return;
    const facts = { ...measures, device: engineInfo.device, reason: engineInfo.reason };
    finished = { request: active, results, facts, loadSeconds: engineInfo.loadSeconds };
    active = undefined;
    sendToHost('finished', { runId, results, facts });
    panel.showRun({ task: finished.request.task, segments: results, running: false });
    inspectWhenSeen = !seen;
    if (seen) inspect(0);
  },
  cancelled({ runId }) {
    if (active?.runId !== runId) return;
    active = undefined;
    sendToHost('cancelled', { runId });
    panel.showRun(undefined);
  },
  failed({ runId, failure }) {
    if (active?.runId !== runId) return;
    endActive(new SaccadeError(failure.kind, failure.message));
    // A lost device does not come back to the sessions that it had; new ones choose again.
    if (failure.kind === 'device') restart();
  },
  inspected({ requestId, inspection, seconds }) {
    if (requestId !== inspectRequests || !finished) return;
    panel.showInspection(inspection, seconds);
    const { facts, loadSeconds } = finished;
    lastRun.textContent = JSON.stringify({
      sourceText: inspection.sourceText,
      targetText: inspection.targetText,
      device: facts.device,
      deviceReason: facts.reason,
      sourceTokens: facts.sourceTokens,
      targetTokens: facts.targetTokens,
      seconds: { load: loadSeconds, encode: facts.encodeSeconds, decode: facts.decodeSeconds, inspect: seconds },
      argmaxAgrees: inspection.mismatches.length === 0,
    });
  },
  inspectFailed({ requestId, failure }) {
    if (requestId === inspectRequests) panel.showFailure(failure.message);
  },
};

window.addEventListener('message', (event: MessageEvent<unknown>) =>
  dispatch<HostToPage>(
    {
      load(request) {
        loadRequest = request;
        endActive(new SaccadeError('engineLost', 'The engine was started again with other settings. Run the command again.'));
        restart();
      },
      run: (request) => void run(request),
      cancel({ runId }) {
        if (runAtWorker !== runId) workerHandlers.cancelled({ runId });
        else void engine?.then((running) => running.worker.send('cancel', { runId })).catch(() => undefined);
      },
    },
    event.data,
  ),
);

new IntersectionObserver((entries) => {
  seen = entries.some((entry) => entry.isIntersecting);
  if (!seen || !inspectWhenSeen) return;
  inspectWhenSeen = false;
  inspect(0);
}).observe(root);

panel.showStatus({ state: 'idle' });
sendToHost('ready', {});
