/** What the thread's script hears and says where it is a worker of Node's. */
import { parentPort } from 'node:worker_threads';
import type { OpenPort } from './thread.ts';

export const openPort: OpenPort = (onMessage) => {
  if (parentPort === null) throw new Error('Not a worker.');
  const port = parentPort;
  port.on('message', onMessage);
  return (message, transfer) => port.postMessage(message, transfer);
};
