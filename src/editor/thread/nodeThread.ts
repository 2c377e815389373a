/** The thread that reads texts in an extension host with Node. */
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { BuiltFiles, StartThread } from './thread.ts';

export function readerThread({ folder }: Pick<BuiltFiles, 'folder'>): StartThread {
  return ({ onMessage, onLost }) => {
    // Without what the host's process was started with, such as a debugger.
    const worker = new Worker(join(folder, 'readerThread.cjs'), { name: 'saccade-reader', execArgv: [] });
    worker.on('message', onMessage);
    worker.on('error', (error) => onLost(error instanceof Error ? error : new Error(String(error))));
    worker.on('exit', (code) => onLost(new Error(`The thread that reads texts ended with ${code}.`)));
    return { post: (message, transfer) => worker.postMessage(message, transfer), terminate: () => void worker.terminate() };
  };
}
