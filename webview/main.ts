/** Root of the page: wires host, engine pool and panel. */
import { dispatch, sender } from '../src/shared/channel.ts';
import type { EngineStatus, RunFacts } from '../src/shared/engineStatus.ts';
import { NO_INTERVENTION, type Intervention } from '../src/shared/intervention.ts';
import type { HostToPage, PageModel, PageToHost, RunRequest } from '../src/shared/messages.ts';
import type { Question, WhatIf } from '../src/shared/question.ts';
import type { SegmentResult } from '../src/shared/segmentResult.ts';
import type { Task } from '../src/shared/task.ts';
import { QuietCalibration } from './calibration.ts';
import { EnginePool } from './enginePool.ts';
import { largestFile, type SavedModel } from '../src/shared/export/savedRun.ts';
import { failureOf, SaccadeError } from '../src/shared/failure.ts';
import { setWords, t } from '../src/shared/words.ts';
import { exportRun } from './exportRun.ts';
import { createLastRun } from './lastRun.ts';
import { createBottleneckSection } from './panel/bottleneckSection.ts';
import { createKindsSection } from './panel/kindsSection.ts';
import type { OpenedRun } from './panel/openedRun.ts';
import { createPanel } from './panel/panel.ts';
import { createReconstructSection } from './panel/reconstructSection.ts';
import { createWhatIfSection } from './panel/whatIfSection.ts';
import { pageTranslation } from './pageTranslation.ts';
import { Questions, type AnswerTo } from './questions.ts';
import type { RunEnd, RunEvents } from './schedule/poolRun.ts';
import { runReport } from './runReport.ts';
import { startEngine } from './startEngine.ts';
import { mostWorkers } from './schedule/workerCount.ts';

declare function acquireVsCodeApi(): { postMessage(message: unknown): void };

const vscode = acquireVsCodeApi();
const sendToHost = sender<PageToHost>((message) => vscode.postMessage(message));
setWords(pageTranslation().words);
const root = document.getElementById('panel');
if (!root) throw new Error('The page has no element for the panel.');

const stop = (): void => questions.open.forEach((requestId) => pool.stopInspecting(requestId));
const runUnder = async (intervention: Intervention, task?: Task): Promise<WhatIf | undefined> =>
  (await ask({ kind: 'whatIf', intervention }, task))?.whatIf;
const open = (opened: OpenedRun | undefined): void => panel.openRun(opened);
const whatIf = createWhatIfSection({ run: runUnder, stop, open });
const kinds = createKindsSection({ silence: () => runUnder({ ...NO_INTERVENTION, encoder: { kind: 'silenced' } }), stop, open });
const bottleneck = createBottleneckSection({
  measure: async (counts) => (await ask({ kind: 'bottleneck', counts }))?.bottleneck,
  write: (encoder) => runUnder({ ...NO_INTERVENTION, encoder }),
  stop,
});
const reconstruct = createReconstructSection({
  async reconstruct() {
    const restored = await ask({ kind: 'reconstruction' });
    const written = restored && (await runUnder(NO_INTERVENTION, { kind: 'reconstruct' }));
    return written && { reconstruction: restored.reconstruction, written: written.inspection };
  },
  stop,
  markInEditor(spans) {
    const segment = inspected ? (finished?.results.indexOf(inspected.segment) ?? -1) : -1;
    if (finished && segment >= 0) sendToHost('heat', { runId: finished.request.runId, segment, spans });
  },
});
const panel = createPanel(
  root,
  {
    inspect: (segment) => void inspect(segment),
    async mapsOf(segment) {
      const result = finished?.results[segment];
      return finished && result && (await questions.ask(finished.request.task, result, { kind: 'maps' }))?.answer.inspection;
    },
    highlight(highlights) {
      if (finished) sendToHost('highlight', { runId: finished.request.runId, highlights });
    },
    export(choice, inspection, map) {
      if (shownModel) void exportRun(choice, { model: shownModel, inspection }, map, sendToHost);
    },
    openSavedRun: () => sendToHost('command', { command: 'openSavedRun' }),
    stop: () => sendToHost('command', { command: 'stop' }),
    showStatus: () => sendToHost('command', { command: 'showStatus' }),
  },
  { sections: [kinds, whatIf, bottleneck, reconstruct] },
);
const showLastRun = createLastRun();

let finished:
  | {
      readonly request: HostToPage['run'];
      readonly results: readonly SegmentResult[];
      readonly facts: RunFacts;
      readonly loadSeconds: number;
    }
  | undefined;
/** The model that made the run on the panel. */
let shownModel: SavedModel | undefined;
/** The segment whose maps were asked for last: an answer about another one is dropped. */
let looked: { readonly task: Task; readonly segment: SegmentResult } | undefined;
/** The segment whose maps are shown: what if is asked of it. */
let inspected: typeof looked;
/** Looking costs a pass of its own, so a hidden panel waits with it until somebody looks. */
let seen = false;
let inspectWhenSeen = false;

function showStatus(status: EngineStatus): void {
  panel.showStatus(status);
  sendToHost('status', { status });
}

const quiet = new QuietCalibration((calibration, best) => {
  sendToHost('calibrated', { calibration });
  pool.useCalibration(calibration, best);
});

const questions = new Questions((request) => {
  // Nothing is asked about a run of a file.
  if (finished) pool.inspect(request, finished.request.model);
});

const pool = new EnginePool({
  start: startEngine,
  mostWorkers: mostWorkers(navigator.hardwareConcurrency),
  events: {
    status: showStatus,
    started: ({ calibration }) => quiet.begin(calibration),
    idle: (isIdle) => quiet.setBusy(!isIdle),
    inspected: (message) => questions.answered(message),
    inspectFailed: (message) => questions.failed(message),
    inspectStopped: (message) => questions.stopped(message),
  },
});

function run(request: HostToPage['run']): void {
  const { runId, task, segments } = request;
  /** As the panel shows them; made once, because progress comes ten times a second. */
  const untranslated = segments.map((sourceText) => ({ sourceText, targetText: '' }));
  const collected = new Array<SegmentResult>(segments.length);
  const events: RunEvents = {
    progress(progress) {
      sendToHost('progress', { runId, ...progress });
      panel.showRun({ task, segments: untranslated, progress, running: true });
    },
    results({ segments: places, results }) {
      for (const [index, place] of places.entries()) collected[place] = results[index]!;
      const texts = results.map(({ sourceText, targetText, truncated, lostSpans }) => ({ sourceText, targetText, truncated, lostSpans }));
      sendToHost('results', { runId, segments: places, results: texts });
    },
    end: (end) => void endRun(request, collected, end),
  };
  panel.showRun({ task, segments: untranslated, running: true });
  const { model, ...order } = request;
  void pool.run(order satisfies RunRequest, model, events);
}

async function endRun(request: HostToPage['run'], results: readonly SegmentResult[], end: RunEnd): Promise<void> {
  const { runId, task } = request;
  if (end.kind === 'finished') {
    const { path, reason, loadSeconds } = pool.info;
    const facts = { ...end.measures, path, reason };
    finished = { request, results, facts, loadSeconds };
    const model = savedModel(request.model);
    shownModel = model;
    panel.showRun({ task, segments: results, running: false });
    inspectWhenSeen = !seen;
    if (seen) void inspect(0);
    try {
      sendToHost('finished', {
        runId,
        facts,
        ...(request.report && { report: await runReport(questions, { task, results, model }) }),
      });
    } catch (error) {
      sendToHost('failed', { runId, failure: failureOf(error) });
    }
    return;
  }
  panel.showRun(undefined);
  if (end.kind === 'failed') {
    panel.showFailure(end.failure.message);
    sendToHost('failed', { runId, failure: end.failure });
  } else sendToHost('cancelled', { runId });
}

/** Asks for the maps of a finished segment; an answer to an older question is dropped. */
async function inspect(segment: number): Promise<void> {
  const { request, results, facts, loadSeconds } = finished ?? {};
  const result = results?.[segment];
  if (!request || !result || result.targetIds.length === 0) return;
  const asked = (looked = { task: request.task, segment: result });
  panel.showInspecting();
  try {
    const answered = await questions.ask(request.task, result, { kind: 'maps' });
    if (!answered || looked !== asked || finished?.request !== request) return;
    const { answer, seconds } = answered;
    inspected = asked;
    panel.showInspection(answer.inspection, seconds);
    showLastRun({ inspection: answer.inspection, facts: facts!, loadSeconds: loadSeconds!, inspectSeconds: seconds });
  } catch (error) {
    if (looked === asked) panel.showFailure(failureOf(error).message);
  }
}

/** Asks about the segment whose maps are shown, by default as the task that it was run for; undefined where it was stopped. */
async function ask<Asked extends Question>(question: Asked, task = inspected?.task): Promise<AnswerTo<Asked> | undefined> {
  if (!inspected || !task)
    throw new SaccadeError('badInput', t('This run was opened from a file. Translate or inspect a text to ask about it.'));
  return (await questions.ask(task, inspected.segment, question))?.answer;
}

function savedModel({ id, files }: PageModel): SavedModel {
  return { id, sha256: largestFile(files).sha256 };
}

function showSavedRun({ name, run }: HostToPage['showSavedRun']): void {
  // Nothing more is asked about the run that was shown.
  finished = looked = inspected = undefined;
  inspectWhenSeen = false;
  shownModel = run.model;
  panel.showSavedRun(name, run);
}

window.addEventListener('message', (event: MessageEvent<unknown>) =>
  dispatch<HostToPage>(
    {
      load: (request) => pool.load(request),
      showSavedRun,
      run,
      cancel: ({ runId }) => pool.cancel(runId),
      idleMinutes: ({ minutes }) => pool.releaseWhenIdle(minutes),
      cursor({ runId, places }) {
        if (runId === finished?.request.runId) panel.showPlaces(places);
      },
      clearHighlight: () => panel.clearHighlight(),
    },
    event.data,
  ),
);

new IntersectionObserver((entries) => {
  seen = entries.some((entry) => entry.isIntersecting);
  if (!seen || !inspectWhenSeen) return;
  inspectWhenSeen = false;
  void inspect(0);
}).observe(root);

panel.showStatus({ state: 'idle' });
sendToHost('ready', {});
