/**
 * Writes down what a VS Code asks of a network: the browser by way of a proxy that answers nothing, Node processes by a script that is loaded before
 * theirs. Knows no extension.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const hook = fileURLToPath(new URL('recordConnections.cjs', import.meta.url));

/**
 * @typedef {object} NodeRecord
 * @property {readonly string[]} processes what each watched process is for
 * @property {readonly {target: string, stack: string}[]} connections that were opened, with the code that did
 */

/**
 * @typedef {object} NetworkRecord
 * @property {string} proxy for the browser; what goes to this machine itself passes it by
 * @property {NodeJS.ProcessEnv} env for VS Code's server and its extension hosts
 * @property {readonly string[]} fromBrowser hosts or addresses that the browser asked for
 * @property {() => Promise<NodeRecord>} fromNode
 * @property {() => Promise<void>} stop
 */

/** @returns {Promise<NetworkRecord>} */
export async function startNetworkRecord() {
  const folder = await mkdtemp(join(tmpdir(), 'saccade-connections-'));
  const file = join(folder, 'connections.jsonl');
  /** @type {string[]} */
  const fromBrowser = [];
  const server = createServer((request, response) => {
    fromBrowser.push(request.url ?? '');
    response.writeHead(502).end();
  });
  server.on('connect', (request, socket) => {
    fromBrowser.push(request.url ?? '');
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The proxy has no port.');
  return {
    proxy: `http://127.0.0.1:${String(address.port)}`,
    env: { NODE_OPTIONS: `--require=${hook}`, SACCADE_TEST_CONNECTIONS: file },
    fromBrowser,
    async fromNode() {
      const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
      const read = lines.map((line) => /** @type {{process: string} | {target: string, stack: string}} */ (JSON.parse(line)));
      return {
        processes: read.flatMap((line) => ('process' in line ? [line.process] : [])),
        connections: read.filter((line) => 'target' in line),
      };
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true, force: true });
    },
  };
}
