/** Root of the thread that reads texts: wires it to whoever has started it. */
import { openPort } from '#threadPort';
import { serveReader } from './editor/reading/serveReader.ts';
import type { HostToThread, ThreadToHost } from './editor/reading/threadMessages.ts';
import { dispatch, sender, type Handlers } from './shared/channel.ts';

const post = openPort((received) => dispatch(handlers, received));
const send = sender<ThreadToHost>(post);
const handlers: Handlers<HostToThread> = serveReader(send);
send('ready', {});
