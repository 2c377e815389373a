/** What the thread's script hears and says where it is a web worker. */
import type { OpenPort } from './thread.ts';

export const openPort: OpenPort = (onMessage) => {
  globalThis.onmessage = ({ data }: MessageEvent<unknown>) => onMessage(data);
  return (message, transfer) => globalThis.postMessage(message, { transfer: [...transfer] });
};
