/**
 * Loaded into every Node process of VS Code's server before its own code (`--require`): writes down what it opens to a network, and which code
 * asked. Knows no extension. Everything in Node that speaks to another machine by TCP ends in `net.Socket`: http, https, tls, fetch, WebSocket.
 */
const { appendFileSync } = require('node:fs');
const childProcess = require('node:child_process');
const dgram = require('node:dgram');
const { syncBuiltinESMExports } = require('node:module');
const net = require('node:net');

const { SACCADE_TEST_CONNECTIONS: file, VSCODE_ESM_ENTRYPOINT: purpose } = process.env;
Error.stackTraceLimit = 50;

/** @param {{process: string} | {target: string, stack?: string}} line */
function write(line) {
  if (file !== undefined) appendFileSync(file, `${JSON.stringify(line)}\n`);
}

/** @param {string} target */
function record(target) {
  write({ target, stack: new Error().stack });
}

// VS Code names what a process of its own is for in that variable.
write({ process: purpose ?? process.argv[1] ?? '' });

net.Socket.prototype.connect = new Proxy(net.Socket.prototype.connect, {
  apply(connect, socket, args) {
    // Node itself calls it with its arguments already read: [[options, callback]].
    const [first, second] = Array.isArray(args[0]) ? args[0] : args;
    const { host, port, path } = typeof first === 'object' ? first : { host: second, port: first };
    const isPipe = path !== undefined || Number.isNaN(Number(port));
    if (!isPipe) record(`${typeof host === 'string' ? host : 'localhost'}:${port}`);
    return Reflect.apply(connect, socket, args);
  },
});

dgram.Socket.prototype.send = new Proxy(dgram.Socket.prototype.send, {
  apply(send, socket, args) {
    record(`udp:${args.filter((/** @type {unknown} */ arg) => typeof arg === 'string' || typeof arg === 'number').join(':')}`);
    return Reflect.apply(send, socket, args);
  },
});

// VS Code clears NODE_OPTIONS for its extension hosts, so each process hands this file to those that it forks.
childProcess.fork = new Proxy(childProcess.fork, {
  apply(fork, self, [path, ...rest]) {
    const args = rest.find(Array.isArray) ?? [];
    const options = rest.find((/** @type {unknown} */ argument) => argument !== undefined && !Array.isArray(argument));
    const execArgv = [...(options?.execArgv ?? process.execArgv), `--require=${__filename}`];
    return Reflect.apply(fork, self, [path, args, { ...options, execArgv }]);
  },
});
syncBuiltinESMExports();
