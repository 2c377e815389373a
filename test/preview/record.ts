/** `npm run preview -- --record`: runs the bundled model on the preview's texts and keeps what it made in test/fixtures/runs. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { readModelFolder } from '../../src/cli/modelFolder.ts';
import { loadEngine } from '../../webview/engine/loadEngine.ts';
import type { Inspection } from '../../src/shared/inspection.ts';
import type { Task } from '../../src/shared/task.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

const TEXTS: Readonly<Record<string, { readonly task: Task; readonly text: string }>> = {
  sentence: { task: { kind: 'translate', to: 'de' }, text: 'Returns the number of elements in the list.' },
  paragraph: {
    task: { kind: 'translate', to: 'fr' },
    text: 'The log file is opened once, before the first request, and closed when the server stops; every line has the time of the event.',
  },
};

export async function record(): Promise<void> {
  const engine = await loadEngine(await readModelFolder(ROOT, undefined));
  for (const [name, { task, text }] of Object.entries(TEXTS)) {
    const { results } = await engine.run(task, [text]);
    await writeFile(path.join(ROOT, `test/fixtures/runs/${name}.json`), recordingOf(await engine.inspect(task, results[0]!)) + '\n');
    console.log(`${name}: ${results[0]!.targetText}`);
  }
}

/** What recording.ts reads back. */
function recordingOf(inspection: Inspection): string {
  return JSON.stringify(inspection, (_, value: unknown) =>
    value instanceof Float32Array ? { half: base64(Uint16Array.from(value, halfOf)) } : value,
  );
}

function base64(numbers: Uint16Array): string {
  return Buffer.from(numbers.buffer).toString('base64');
}

/** IEEE 754 binary16, rounded to the nearest; what is below its normal numbers becomes 0. */
function halfOf(number: number): number {
  const [bits = 0] = new Uint32Array(Float32Array.of(number).buffer);
  const rounded = bits + 0x1000;
  const exponent = ((rounded >>> 23) & 0xff) - 112;
  const sign = (bits >>> 16) & 0x8000;
  if (exponent <= 0) return sign;
  return sign | (exponent >= 31 ? 0x7c00 : (exponent << 10) | ((rounded >>> 13) & 0x3ff));
}
