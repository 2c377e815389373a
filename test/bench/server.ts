/** A web server for one run: files of the checkout below named paths. Sends no isolation headers, as no webview does. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
};

export interface StaticServer {
  /** With the closing slash. */
  readonly url: string;
  close(): void;
}

/**
 * @param folders name of the first part of a path -> folder that holds the rest
 * @param options cached: whether a browser may keep what it got
 */
export async function serve(folders: Readonly<Record<string, string>>, { cached = true } = {}): Promise<StaticServer> {
  const server = createServer((request, response) => {
    const [, name = '', ...rest] = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname).split('/');
    const folder = folders[name];
    const file = folder === undefined ? undefined : path.join(folder, path.normalize(`/${rest.join('/')}`));
    const refuse = (): void => {
      response.writeHead(404).end();
    };
    if (file === undefined) {
      refuse();
      return;
    }
    stat(file).then(({ size }) => {
      response.writeHead(200, {
        'content-type': TYPES[path.extname(file)] ?? 'application/octet-stream',
        'content-length': size,
        'cache-control': cached ? 'max-age=3600' : 'no-store',
      });
      createReadStream(file).pipe(response);
    }, refuse);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return {
    url: `http://127.0.0.1:${address.port}/`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
