/** The thread that reads texts in an extension host that is a web worker: a worker of its own. */
import type { BuiltFiles, StartThread } from './thread.ts';

/** By a blob URL: VS Code starts no worker from an extension's file on a server, and a worker may import nothing. */
export function readerThread({ read }: BuiltFiles): StartThread {
  return async ({ onMessage, onLost }) => {
    const code = await read('webReaderThread.js');
    const url = URL.createObjectURL(new Blob([new Uint8Array(code)], { type: 'text/javascript' }));
    const worker = new Worker(url, { name: 'saccade-reader' });
    worker.onmessage = ({ data }: MessageEvent<unknown>) => onMessage(data);
    worker.onerror = (event) => {
      event.preventDefault();
      onLost(new Error(`The thread that reads texts has failed: ${event.message}`));
    };
    return {
      post: (message, transfer) => worker.postMessage(message, [...transfer]),
      terminate: () => {
        worker.terminate();
        URL.revokeObjectURL(url);
      },
    };
  };
}
