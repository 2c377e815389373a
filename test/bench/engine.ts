/**
 * `npm run bench`: the bundled model in Node on wasm, as JSON lines with median and spread. Figures that are compared are measured in
 * turn within one run, so that whatever else the machine does touches them alike.
 */
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { readModelFolder } from '../../src/cli/modelFolder.ts';
import { loadEngine } from '../../webview/engine/loadEngine.ts';

const ROUNDS = 5;
const TEXTS = [
  'Return the number of elements in the list.',
  'The server must be started before the client can send a request.',
  'Read all lines of the file and return them in the same order.',
  'If the value is not a number, an error is raised that names the line.',
];
const TASK = { kind: 'translate', to: 'de' } as const;

function report(bench: string, unit: string, values: readonly number[]): void {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number): number => Number(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!.toPrecision(4));
  console.log(JSON.stringify({ bench, device: 'wasm', unit, median: at(0.5), low: at(0), high: at(1), runs: values.length }));
}

const files = await readModelFolder(fileURLToPath(new URL('../../', import.meta.url)), undefined);
const startBegun = performance.now();
const engine = await loadEngine(files);
const startSeconds = (performance.now() - startBegun) / 1000;

const generate: number[] = [];
const inspect: number[] = [];
const ratios: number[] = [];
const encode: number[] = [];
const perSecond: number[] = [];
const perSecondInBatch: number[] = [];
/** As many as the engine decodes together. */
const BATCH = Array.from({ length: 32 }, (_, index) => `${index}. ${TEXTS[index % TEXTS.length]!}`);
for (let round = 0; round < ROUNDS; round++) {
  const batch = await engine.run(TASK, BATCH);
  // What is encoded again is to be measured again.
  await engine.forgetEncoded();
  const batchTokens = batch.results.reduce((sum, { targetIds }) => sum + targetIds.length, 0);
  if (round > 0) perSecondInBatch.push(batchTokens / batch.decodeSeconds);
  for (const text of TEXTS) {
    const { results, encodeSeconds, decodeSeconds } = await engine.run(TASK, [text]);
    await engine.forgetEncoded();
    const result = results[0]!;
    const begun = performance.now();
    await engine.inspect(TASK, result);
    const inspectSeconds = (performance.now() - begun) / 1000;
    if (round === 0) continue; // the first one loads the inspect graph
    encode.push(encodeSeconds);
    generate.push(encodeSeconds + decodeSeconds);
    perSecond.push(result.targetIds.length / decodeSeconds);
    inspect.push(inspectSeconds);
    ratios.push(inspectSeconds / (encodeSeconds + decodeSeconds));
  }
}
report('start', 's', [startSeconds]);
report('encode', 's', encode);
report('generate', 's', generate);
report('decode', 'target tokens/s', perSecond);
report('decode 32 texts together', 'target tokens/s', perSecondInBatch);
report('inspect', 's', inspect);
report('inspect / generate', 'ratio', ratios);
process.exit(0);
