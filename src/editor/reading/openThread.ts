/** The line to the thread that reads texts, until it is lost or ended. Knows nothing of what is said on it. */
import { dispatch, sender, type Handlers, type Send } from '../../shared/channel.ts';
import type { StartThread, Thread } from '../thread/thread.ts';
import type { HostToThread, ThreadToHost } from './threadMessages.ts';

/** A thread that has said nothing for so long will not say anything. */
const START_MILLISECONDS = 15_000;

export interface OpenThread {
  /** Rejects where the thread cannot be started, or is lost before it says that it is there. */
  readonly opened: Promise<Send<HostToThread>>;
  readonly end: () => void;
}

/** @param onLost once, whenever that is, also where it is ended */
export function openThread(start: StartThread, answers: Omit<Handlers<ThreadToHost>, 'ready'>, onLost: (error: Error) => void): OpenThread {
  let thread: Thread | undefined;
  let isOver = false;
  let reject: (error: Error) => void;
  const lose = (error: Error): void => {
    if (isOver) return;
    isOver = true;
    clearTimeout(timer);
    thread?.terminate();
    reject(error);
    onLost(error);
  };
  const timer = setTimeout(() => lose(new Error('The thread that reads texts does not start.')), START_MILLISECONDS);
  const opened = new Promise<Send<HostToThread>>((resolve, refuse) => {
    reject = refuse;
    const ready = (): void => {
      clearTimeout(timer);
      resolve(sender((message, transfer) => thread?.post(message, transfer)));
    };
    const handlers: Handlers<ThreadToHost> = { ...answers, ready };
    const onMessage = (received: unknown): void => {
      if (!isOver) dispatch(handlers, received);
    };
    const startNow = async (): Promise<void> => {
      thread = await start({ onMessage, onLost: lose });
      if (isOver) thread.terminate();
    };
    startNow().catch(lose);
  });
  return { opened, end: () => lose(new Error('The thread that reads texts was ended.')) };
}
