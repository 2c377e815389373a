/** A proxy of this machine: leads every host to one server, whichever way a client asks, and tells which hosts were asked for. Knows no Hub. */
import { createServer, request } from 'node:http';
import { connect } from 'node:net';

/**
 * @typedef {object} ProxyServer
 * @property {string} url
 * @property {Set<string>} hosts that somebody has asked for, with their ports
 * @property {() => Promise<void>} stop
 */

/**
 * @param {string} target such as "http://127.0.0.1:8080"
 * @returns {Promise<ProxyServer>}
 */
export async function startProxy(target) {
  const { hostname, port } = new URL(target);
  /** @type {Set<string>} */
  const hosts = new Set();
  const server = createServer((incoming, outgoing) => {
    const asked = new URL(incoming.url ?? '/', 'http://nobody');
    hosts.add(asked.host);
    const { method, headers } = incoming;
    const forwarded = request({ hostname, port, method, headers, path: `${asked.pathname}${asked.search}` }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    forwarded.on('error', () => outgoing.destroy());
    incoming.pipe(forwarded);
  });
  server.on('connect', (/** @type {import('node:http').IncomingMessage} */ { url }, /** @type {import('node:net').Socket} */ client) => {
    hosts.add(url ?? '');
    const tunnel = connect(Number(port), hostname, () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      tunnel.pipe(client).pipe(tunnel);
    });
    for (const socket of [client, tunnel]) socket.on('error', () => socket.destroy());
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The proxy has no port.');
  const stop = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://127.0.0.1:${String(address.port)}`, hosts, stop };
}
