/** Starts one worker, hands it its files and notices its death. Knows neither host nor panel, nor other workers. */
import { dispatch, sender, type Handlers, type Send } from '../src/shared/channel.ts';
import type { EnginePath } from '../src/shared/engineStatus.ts';
import { SaccadeError } from '../src/shared/failure.ts';
import { isHubLayout } from '../src/shared/hubLayout.ts';
import type { PageToWorker, WorkerToPage } from '../src/shared/messages.ts';
import type { ModelReference } from '../src/shared/modelReference.ts';
import type { OnlyTask } from '../src/shared/task.ts';
import { spokenWords, t } from '../src/shared/words.ts';
import type { BuildFiles, ModelFiles } from './engineFiles.ts';

export interface EngineWorker {
  readonly send: Send<PageToWorker>;
  /** From when it had all its files until it was loaded. */
  readonly startSeconds: number;
  /** What other ways of running the model are compared with; undefined where its files have that. */
  readonly reference: ModelReference | undefined;
  /** Seconds a token, of each repeat. */
  measureSpeed(): Promise<readonly number[]>;
  /** After this the worker says nothing more, not even that it died. */
  terminate(): void;
}

export interface WorkerEvents {
  readonly handlers: Omit<Handlers<WorkerToPage>, 'loaded' | 'loadFailed' | 'measured' | 'measureFailed'>;
  /** It died after it was loaded. */
  readonly onDeath: () => void;
}

export interface EngineWorkerOptions {
  readonly modelId: string;
  readonly onlyTask: OnlyTask | undefined;
  readonly path: EnginePath;
  readonly reference: ModelReference | undefined;
  readonly build: BuildFiles;
  readonly model: ModelFiles;
  readonly events: WorkerEvents;
  /** Ends a worker that is still loading. */
  readonly signal: AbortSignal;
}

/**
 * The weights come after the runtime, so that the runtime starts while they come, or before it, where only who looks into the model needs it. Side
 * by side both take as long as one after the other: through a webview's service worker, 1.6 s each on busy cores.
 */
const LARGE_BYTES = 1e6;

const lostWhileLoading = (): string =>
  t(
    'The engine stopped unexpectedly while it was loading. Your text is unchanged; run the command again, or choose wasm in the setting saccade.device.',
  );

/**
 * A worker that has loaded its engine. It starts as soon as its code is there, and gets each file when that has come.
 * @throws SaccadeError where it cannot be loaded; the signal's reason once aborted
 */
export async function startEngineWorker({
  modelId,
  onlyTask,
  path,
  reference,
  build,
  model,
  events,
  signal,
}: EngineWorkerOptions): Promise<EngineWorker> {
  const startsWithoutRuntime = path === 'wasm' && !isHubLayout(model.keys());
  const first = startsWithoutRuntime ? undefined : build.wasm.take();
  const files = [...model].map(([path, file]) => ({
    path,
    content: !first || file.bytes < LARGE_BYTES ? file.take() : first.then(() => file.take()),
  }));
  const wasm = first ?? Promise.all(files.map(({ content }) => content)).then(() => build.wasm.take());
  // The first that cannot be read ends the start; of the others nobody needs to hear.
  for (const content of [wasm, ...files.map((file) => file.content)]) content.catch(() => undefined);
  const code = await build.worker.take();
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    let loaded = false;
    let givenAt = performance.now();
    let measuring: { readonly resolve: (seconds: readonly number[]) => void; readonly reject: (error: Error) => void } | undefined;
    const measureSpeed = (): Promise<readonly number[]> =>
      new Promise((measured, failed) => {
        measuring = { resolve: measured, reject: failed };
        worker.send('measure', {});
      });
    const worker = openWorker(code, {
      handlers: {
        ...events.handlers,
        loaded({ reference }) {
          loaded = true;
          resolve({ ...worker, measureSpeed, reference, startSeconds: (performance.now() - givenAt) / 1000 });
        },
        loadFailed: ({ failure }) => fail(new SaccadeError(failure.kind, failure.message)),
        measured: ({ secondsPerToken }) => measuring?.resolve(secondsPerToken),
        measureFailed: ({ failure }) => measuring?.reject(new SaccadeError(failure.kind, failure.message)),
      },
      onDeath() {
        measuring?.reject(new SaccadeError('engineLost', lostWhileLoading()));
        if (loaded) events.onDeath();
        else reject(new SaccadeError('engineLost', lostWhileLoading()));
      },
    });
    const fail = (error: Error): void => {
      worker.terminate();
      reject(error);
    };
    signal.addEventListener('abort', () => {
      if (!loaded) fail(signal.reason as Error);
    });
    const give = async (): Promise<void> => {
      worker.send('load', {
        modelId,
        onlyTask,
        path,
        reference,
        files: files.map((file) => file.path),
        lifeLock: worker.lifeLock,
        words: spokenWords(),
      });
      const giveWasm = wasm.then((content) => worker.send('wasm', { content }, [content]));
      const giveFiles = files.map(async ({ path, content }) => {
        const bytes = await content;
        worker.send('file', { path, content: bytes }, [bytes]);
      });
      await Promise.all(startsWithoutRuntime ? giveFiles : [giveWasm, ...giveFiles]);
      givenAt = performance.now();
      await giveWasm;
    };
    give().catch(fail);
  });
}

interface OpenWorker extends Pick<EngineWorker, 'send' | 'terminate'> {
  /** Name of the web lock that the worker is to hold as long as it lives. */
  readonly lifeLock: string;
}

/** A worker can fetch nothing in a webview, so it gets its code by a blob URL. */
function openWorker(code: ArrayBuffer, events: { readonly handlers: Handlers<WorkerToPage>; readonly onDeath: () => void }): OpenWorker {
  const url = URL.createObjectURL(new Blob([code], { type: 'text/javascript' }));
  const worker = new Worker(url, { type: 'module', name: 'saccade-engine' });
  let alive = true;
  const terminate = (): void => {
    alive = false;
    worker.terminate();
    URL.revokeObjectURL(url);
  };
  const die = (): void => {
    if (!alive) return;
    terminate();
    events.onDeath();
  };
  const lifeLock = `saccade-engine-${crypto.randomUUID()}`;
  let watching = false;
  // A worker that was killed sends no event, but the browser lets go of its lock.
  const watch = (): void => {
    if (watching) return;
    watching = true;
    void navigator.locks.request(lifeLock, die);
  };
  worker.onerror = die;
  worker.onmessage = (event: MessageEvent<unknown>) => {
    watch();
    if (alive) dispatch(events.handlers, event.data);
  };
  return { send: sender<PageToWorker>((message, transfer) => worker.postMessage(message, [...transfer])), terminate, lifeLock };
}
