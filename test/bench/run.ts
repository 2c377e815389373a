/** `npm run bench [-- NAME…]`: runs benches by name and prints a JSON line for each figure; what they mean is in README.md beside this. */
import { loadavg } from 'node:os';
import { report } from './report.ts';
import { editor } from './editor.ts';
import { inspect } from './inspect.ts';
import { native } from './native.ts';
import { scaleInBrowser, scaleInNode } from './scale.ts';
import { beginSession, type BenchSession } from './session.ts';
import { speedOnWasm, speedOnWebgpu } from './speed.ts';
import { start } from './start.ts';

interface Bench {
  readonly run: (session: BenchSession) => Promise<void>;
  /** Runs where none is named. */
  readonly quick: boolean;
}

const BENCHES: Readonly<Record<string, Bench>> = {
  'speed-wasm': { run: speedOnWasm, quick: true },
  'speed-webgpu': { run: speedOnWebgpu, quick: false },
  native: { run: native, quick: false },
  'scale-browser': { run: scaleInBrowser, quick: false },
  'scale-node': { run: scaleInNode, quick: false },
  start: { run: start, quick: true },
  inspect: { run: inspect, quick: true },
  editor: { run: editor, quick: true },
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
const session = await beginSession();
try {
  for (const [name, { run }] of benches) {
    const begun = performance.now();
    await run(session);
    report('done', { name, seconds: Math.round((performance.now() - begun) / 1000), load: Number(loadavg()[0]!.toFixed(1)) });
  }
} finally {
  session.close();
}
