/** `npm run bench [-- NAME…]`: runs benches by name and prints a JSON line for each figure; what they mean is in README.md beside this. */
import { loadavg } from 'node:os';
import { report } from './report.ts';
import { editor } from './editor.ts';
import { foreignInspect } from './foreignInspect.ts';
import { inspect } from './inspect.ts';
import { native } from './native.ts';
import { panel } from './panel.ts';
import { scaleInBrowser, scaleInNode } from './scale.ts';
import { beginSession, type BenchSession } from './session.ts';
import { speedOnWasm } from './speedOnWasm.ts';
import { speedOnWebgpu } from './speedOnWebgpu.ts';
import { start } from './start.ts';
import { surgery } from './surgery.ts';
import { ways } from './ways.ts';
import { speedOfWorkers } from './workers.ts';

interface Bench {
  /** The session, with engine, model and peer, begins when the first bench asks for it. */
  readonly run: (session: () => Promise<BenchSession>) => Promise<void>;
  /** Runs where none is named. */
  readonly quick: boolean;
}

const withSession =
  (run: (session: BenchSession) => Promise<void>): Bench['run'] =>
  async (session) =>
    run(await session());

const BENCHES: Readonly<Record<string, Bench>> = {
  'speed-wasm': { run: withSession(speedOnWasm), quick: true },
  'speed-workers': { run: withSession(speedOfWorkers), quick: false },
  'speed-webgpu': { run: withSession(speedOnWebgpu), quick: false },
  ways: { run: withSession(ways), quick: false },
  native: { run: withSession(native), quick: false },
  'scale-browser': { run: withSession(scaleInBrowser), quick: false },
  'scale-node': { run: withSession(scaleInNode), quick: false },
  start: { run: withSession(start), quick: true },
  'inspect-wasm': { run: withSession((session) => inspect(session, 'wasm')), quick: true },
  'inspect-webgpu': { run: withSession((session) => inspect(session, 'webgpu')), quick: false },
  panel: { run: panel, quick: true },
  editor: { run: editor, quick: true },
  'surgery-graph': { run: surgery, quick: true },
  'surgery-inspect': { run: withSession(foreignInspect), quick: false },
};

/** A name stands for itself and for what begins with it: "speed" is "speed-wasm" and "speed-webgpu". */
function chosen(names: readonly string[]): (readonly [string, Bench])[] {
  const all = Object.entries(BENCHES);
  if (names.length === 0) return all.filter(([, { quick }]) => quick);
  return names.flatMap((name) => {
    const found = all.filter(([own]) => name === 'all' || own === name || own.startsWith(`${name}-`));
    if (found.length === 0) throw new Error(`There is no bench "${name}". Benches: all, ${Object.keys(BENCHES).join(', ')}.`);
    return found;
  });
}

const benches = chosen(process.argv.slice(2));
let begun: Promise<BenchSession> | undefined;
const session = (): Promise<BenchSession> => (begun ??= beginSession());
try {
  for (const [name, { run }] of benches) {
    const started = performance.now();
    await run(session);
    report('done', { name, seconds: Math.round((performance.now() - started) / 1000), load: Number(loadavg()[0]!.toFixed(1)) });
  }
} finally {
  if (begun !== undefined) (await begun).close();
}
