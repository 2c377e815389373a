/** Root of the worker: messages in, engine calls, messages out. The only place where the engine's async work starts. */
import { dispatch, sender } from '../../src/shared/channel.ts';
import { SaccadeError, failureOf } from '../../src/shared/failure.ts';
import { answerArrays } from '../../src/shared/question.ts';
import type { PageToWorker, RunRequest, WorkerToPage } from '../../src/shared/messages.ts';
import type { SegmentResult } from '../../src/shared/segmentResult.ts';
import { setWords } from '../../src/shared/words.ts';
import type { Engine } from './engine.ts';
import { loadEngine } from './loadEngine.ts';
import { heapBytes } from './wasmHeaps.ts';

declare const self: DedicatedWorkerGlobalScope;

const send = sender<WorkerToPage>((message, transfer) => self.postMessage(message, [...transfer]));
/** The page, the host and the notification redraw with every progress message: more than the eye follows would only hold them up. */
const PROGRESS_MILLISECONDS = 100;

interface Arrival {
  readonly content: Promise<ArrayBuffer>;
  readonly arrived: (content: ArrayBuffer) => void;
}

function arrival(): Arrival {
  let arrived: Arrival['arrived'] = () => undefined;
  const content = new Promise<ArrayBuffer>((resolve) => (arrived = resolve));
  return { content, arrived };
}

const wasm = arrival();
const files = new Map<string, Arrival>();
const aborts = new Map<number, AbortController>();
const inspectAborts = new Map<number, AbortController>();
let loading: Promise<Engine> | undefined;
let lastRun: Promise<void> = Promise.resolve();

/** Lets messages in: without it a cancel would wait until the whole text is done. */
const breath = new MessageChannel();
let breathe: () => void = () => undefined;
breath.port1.onmessage = () => breathe();
function takeBreath(): Promise<void> {
  return new Promise((resolve) => {
    breathe = resolve;
    breath.port2.postMessage(null);
  });
}

function sendMemory(): void {
  send('memory', { heapBytes: heapBytes() });
}

async function loadedEngine(): Promise<Engine> {
  if (!loading) throw new SaccadeError('internal', 'The engine was asked to work before it was loaded.');
  return loading;
}

async function run({ runId, task, segments, from, beams, leaveTarget, terms, remembered }: RunRequest, signal: AbortSignal): Promise<void> {
  try {
    const engine = await loadedEngine();
    let lastProgress = -Infinity;
    const { results, encodeSeconds, decodeSeconds } = await engine.run(task, segments, {
      from,
      beams,
      leaveTarget,
      terms,
      remembered,
      signal,
      onProgress: ({ finished, current }) => {
        if (performance.now() - lastProgress > PROGRESS_MILLISECONDS) {
          lastProgress = performance.now();
          send('progress', { runId, finished, ...current() });
        }
        return takeBreath();
      },
    });
    signal.throwIfAborted();
    sendMemory();
    const count = (ids: (result: SegmentResult) => readonly number[]): number =>
      results.reduce((sum, result) => sum + ids(result).length, 0);
    send('finished', {
      runId,
      results,
      measures: {
        sourceTokens: count((result) => result.sourceIds),
        targetTokens: count((result) => result.targetIds),
        encodeSeconds,
        decodeSeconds,
      },
    });
  } catch (error) {
    if (signal.aborted) send('cancelled', { runId });
    else send('failed', { runId, failure: failureOf(error) });
  } finally {
    aborts.delete(runId);
  }
}

async function inspect({ requestId, task, segment, question }: PageToWorker['inspect'], signal: AbortSignal): Promise<void> {
  try {
    const engine = await loadedEngine();
    signal.throwIfAborted();
    const begun = performance.now();
    const answer = await engine.examine(task, segment, question, { signal, onStep: takeBreath });
    const arrays = answerArrays(answer);
    // A view on the runtime's own memory cannot be transferred, so each array gets a buffer of its own where it has none.
    const isWhole = arrays.every(({ byteLength, buffer }) => byteLength === buffer.byteLength && buffer instanceof ArrayBuffer);
    const transfer = isWhole ? arrays.map(({ buffer }) => buffer as ArrayBuffer) : [];
    sendMemory();
    send('inspected', { requestId, answer, seconds: (performance.now() - begun) / 1000 }, transfer);
  } catch (error) {
    if (signal.aborted) send('inspectStopped', { requestId });
    else send('inspectFailed', { requestId, failure: failureOf(error) });
  } finally {
    inspectAborts.delete(requestId);
  }
}

async function measure(): Promise<void> {
  try {
    send('measured', { secondsPerToken: await (await loadedEngine()).measureSpeed() });
  } catch (error) {
    send('measureFailed', { failure: failureOf(error) });
  }
}

self.onmessage = (event: MessageEvent<unknown>) =>
  dispatch<PageToWorker>(
    {
      load({ modelId, onlyTask, path, reference, files: names, lifeLock, words }) {
        setWords(words);
        for (const name of names) files.set(name, arrival());
        const contents = new Map([...files].map(([name, { content }]) => [name, content]));
        loading = loadEngine({ modelId, onlyTask, path, reference, wasm: wasm.content, files: contents });
        loading.then(
          (engine) => {
            files.clear();
            sendMemory();
            send('loaded', { reference: engine.reference });
          },
          (error: unknown) => send('loadFailed', { failure: failureOf(error) }),
        );
        // The lock is let go when the worker dies, which no event would tell the page.
        void navigator.locks.request(lifeLock, () => new Promise<never>(() => undefined));
      },
      wasm: ({ content }) => wasm.arrived(content),
      file: ({ path, content }) => files.get(path)?.arrived(content),
      run(request) {
        const abort = new AbortController();
        aborts.set(request.runId, abort);
        lastRun = lastRun.then(() => run(request, abort.signal));
      },
      cancel: ({ runId }) => aborts.get(runId)?.abort(),
      inspect(request) {
        const abort = new AbortController();
        inspectAborts.set(request.requestId, abort);
        lastRun = lastRun.then(() => inspect(request, abort.signal));
      },
      stopInspecting: ({ requestId }) => inspectAborts.get(requestId)?.abort(),
      measure() {
        lastRun = lastRun.then(measure);
      },
    },
    event.data,
  );
