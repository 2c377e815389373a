/** Starts the worker from bytes and notices its death. Knows neither host nor panel. */
import { dispatch, sender, type Handlers, type Send } from '../src/shared/channel.ts';
import type { Device } from '../src/shared/engineStatus.ts';
import type { PageToWorker, WorkerToPage } from '../src/shared/messages.ts';
import type { FetchedFiles } from './fetchFiles.ts';

export interface EngineWorker {
  readonly send: Send<PageToWorker>;
  /** After this the worker says nothing more, not even that it died. */
  terminate(): void;
}

export interface EngineWorkerOptions {
  readonly modelId: string;
  readonly files: FetchedFiles;
  readonly device: Device;
  readonly handlers: Handlers<WorkerToPage>;
  readonly onDeath: () => void;
}

/** The worker can fetch nothing in a webview, so it gets its code by a blob URL and every byte by transfer. */
export function startEngineWorker({ modelId, files, device, handlers, onDeath }: EngineWorkerOptions): EngineWorker {
  const url = URL.createObjectURL(new Blob([files.worker], { type: 'text/javascript' }));
  const worker = new Worker(url, { type: 'module', name: 'saccade-engine' });
  let alive = true;
  const end = (): void => {
    alive = false;
    worker.terminate();
    URL.revokeObjectURL(url);
  };
  const die = (): void => {
    if (!alive) return;
    end();
    onDeath();
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
    if (alive) dispatch(handlers, event.data);
  };
  const send = sender<PageToWorker>((message, transfer) => worker.postMessage(message, [...transfer]));
  send('load', { modelId, wasm: files.wasm, files: files.model, device, lifeLock }, [files.wasm, ...files.model.values()]);
  return { send, terminate: end };
}
