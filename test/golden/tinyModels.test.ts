/** Tiny random models of every family, in every form that the Hub has them in, against what Python's transformers say of them. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import type { Task } from '../../src/shared/task.ts';
import type { ModelReference } from '../../src/shared/modelReference.ts';
import type { Engine } from '../../webview/engine/engine.ts';
import { loadEngine } from '../../webview/engine/loadEngine.ts';
import { files as bundled } from './bundledModel.ts';

const FOLDER = fileURLToPath(new URL('../fixtures/hub-models/', import.meta.url));

/** What an fp32 kernel that sums in another order may differ by. */
const TOLERANCE = 2e-5;

interface GoldenCase {
  readonly text: string;
  readonly sourceIds: readonly number[];
  readonly targetIds: readonly number[];
  readonly targetText: string;
  /** `[layers][heads][queries][keys]` */
  readonly encoderAttentions: unknown;
  readonly decoderAttentions: unknown;
  readonly crossAttentions: unknown;
  /** `[layers][positions][size]` */
  readonly encoderHiddenStates: unknown;
  /** `[layers][keys][heads][heads]` */
  readonly encoderValueProducts: unknown;
  readonly decoderValueProducts: unknown;
  readonly crossValueProducts: unknown;
}

interface Golden {
  readonly task: Task;
  readonly cases: readonly GoldenCase[];
  /** Of the first text, where generation_config.json has `forced_eos_token_id` and this `max_length`. */
  readonly forcedEnd: { readonly maxLength: number; readonly targetIds: readonly number[] };
}

/** What onnxruntime says with the weights stored in another way: of each, by the end of its files' names. */
type FormsGolden = Readonly<
  Record<
    string,
    {
      /** How far its first scores are from the plain form's, as the self-check asks. */
      readonly distance: number;
      readonly cases: readonly { readonly targetIds: readonly number[]; readonly leastMargin: number }[];
    }
  >
>;

/**
 * How sure a token must be to be onnxruntime's. Halves are rounded elsewhere on wasm; int8 products scale what they are given at once, which is
 * another text step by step than at once.
 */
const STORED = [
  { variant: 'q8', suffix: 'quantized', margin: 0.3 },
  { variant: 'fp16', suffix: 'fp16', margin: 0.02 },
  { variant: 'q4', suffix: 'q4', margin: 1e-3 },
] as const;
/** What the self-check lets pass. */
const TOLERATED = { q8: 0.15, fp16: 0.05, q4: 0.15 };

const FORMS: readonly { readonly form: string; readonly folder: string; readonly kept: RegExp }[] = [
  { form: 'merged', folder: 'onnx', kept: /^(encoder_model|decoder_model_merged)\.onnx/ },
  { form: 'in two graphs', folder: 'onnx', kept: /^(encoder_model|decoder_model|decoder_with_past_model)\.onnx/ },
  { form: 'without a cache', folder: 'onnx', kept: /^(encoder_model|decoder_model)\.onnx/ },
  { form: "after onnxruntime's optimizer", folder: 'fused', kept: /./ },
];
const FUSED_ATTENTION = { form: 'whose attention are single nodes', folder: 'fusedAttention', kept: /./ };

function bytesOf(content: Buffer): ArrayBuffer {
  return Uint8Array.from(content).buffer;
}

function filesOf(family: string, folder: string, kept: RegExp): Map<string, ArrayBuffer> {
  const files = new Map<string, ArrayBuffer>();
  for (const name of ['config.json', 'generation_config.json', 'tokenizer.json', 'tokenizer_config.json'])
    files.set(name, bytesOf(readFileSync(path.join(FOLDER, family, name))));
  for (const name of readdirSync(path.join(FOLDER, family, folder)).filter((each) => kept.test(each)))
    files.set(`onnx/${name.replace('.gz', '')}`, bytesOf(gunzipSync(readFileSync(path.join(FOLDER, family, folder, name)))));
  return files;
}

function load(family: string, folder: string, kept: RegExp, reference?: ModelReference): Promise<Engine> {
  return loadEngine({ modelId: family, wasm: bundled.wasm, files: filesOf(family, folder, kept), path: 'wasm', reference });
}

/** @param more settings of the generation, of the model's own */
function loadWith(family: string, more: (config: Readonly<Record<string, unknown>>) => object): Promise<Engine> {
  const files = filesOf(family, 'onnx', /^(encoder_model|decoder_model_merged)\.onnx/);
  const read = (name: string): Record<string, unknown> => JSON.parse(new TextDecoder().decode(files.get(name))) as Record<string, unknown>;
  const settings = { ...read('generation_config.json'), ...more(read('config.json')) };
  files.set('generation_config.json', bytesOf(Buffer.from(JSON.stringify(settings))));
  return loadEngine({ modelId: family, wasm: bundled.wasm, files, path: 'wasm' });
}

function assertClose(actual: Float32Array, expected: unknown, what: string): void {
  const numbers = (expected as number[]).flat(Infinity);
  assert.equal(actual.length, numbers.length, what);
  // Products of values are differences of larger ones, whose rounding they keep.
  const largest = numbers.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
  const worst = actual.reduce((most, value, index) => Math.max(most, Math.abs(value - numbers[index]!) / largest), 0);
  assert.ok(worst <= TOLERANCE, `${what} are off by ${worst}`);
}

describe('tiny models of every family', function () {
  this.timeout(120_000);
  for (const family of readdirSync(FOLDER)) {
    const golden = JSON.parse(gunzipSync(readFileSync(path.join(FOLDER, family, 'golden.json.gz'))).toString()) as Golden;
    const forms = family === 'bart' ? [...FORMS, FUSED_ATTENTION] : FORMS;
    for (const { form, folder, kept } of forms) {
      if (/^m?t5$/.test(family) && folder === 'fused') {
        it(`${family} has a node that the runtime does not have after the optimizer, and is refused (known limitation)`, () =>
          assert.rejects(load(family, folder, kept), /cannot be loaded on wasm.*RelativePositionBias/));
        continue;
      }
      it(`${family}, ${form}`, async () => {
        const engine = await load(family, folder, kept);
        for (const { text, sourceIds, targetIds, targetText, ...expected } of golden.cases) {
          const { results } = await engine.run(golden.task, [text], { maxTargetTokens: targetIds.length });
          const result = results[0]!;
          assert.deepEqual(result.sourceIds, sourceIds);
          assert.deepEqual(result.targetIds, targetIds);
          assert.equal(result.targetText, targetText);
          const inspection = await engine.inspect(golden.task, result);
          assert.deepEqual(inspection.mismatches, []);
          assertClose(inspection.encoderAttentions.data, expected.encoderAttentions, 'encoder attentions');
          assertClose(inspection.decoderAttentions.data, expected.decoderAttentions, 'decoder attentions');
          assertClose(inspection.crossAttentions.data, expected.crossAttentions, 'cross attentions');
          assertClose(inspection.encoderValueProducts.data, expected.encoderValueProducts, 'products of encoder values');
          assertClose(inspection.decoderValueProducts.data, expected.decoderValueProducts, 'products of decoder values');
          assertClose(inspection.crossValueProducts.data, expected.crossValueProducts, 'products of cross values');
          const { layers, positions, size, data } = inspection.encoderHiddenStates;
          assertClose(data.subarray(0, (layers - 1) * positions * size), expected.encoderHiddenStates, 'hidden states');
        }
        await engine.release();
      });
    }

    it(`${family} ends a text by force where its settings say so, and tells that it is cut`, async () => {
      const { maxLength, targetIds } = golden.forcedEnd;
      const engine = await loadWith(family, (config) => ({ forced_eos_token_id: config['eos_token_id'], max_length: maxLength }));
      const [result] = (await engine.run(golden.task, [golden.cases[0]!.text])).results;
      assert.deepEqual([result!.targetIds, result!.truncated], [targetIds, true]);
      assert.deepEqual((await engine.inspect(golden.task, result!)).mismatches, []);
      await engine.release();
    });

    const ended = golden.cases.find(({ targetIds }) => targetIds.length < 10);
    if (ended)
      it(`${family} does not take a text for cut that ends by itself with the last token it may have`, async () => {
        // Python's count has the start token.
        const engine = await loadWith(family, () => ({ max_length: ended.targetIds.length + 1 }));
        const [result] = (await engine.run(golden.task, [ended.text])).results;
        assert.deepEqual([result!.targetIds, result!.truncated], [ended.targetIds, false]);
        await engine.release();
      });

    const stored = JSON.parse(gunzipSync(readFileSync(path.join(FOLDER, family, 'forms.json.gz'))).toString()) as FormsGolden;
    for (const { variant, suffix, margin } of STORED) {
      const { distance, cases } = stored[suffix]!;
      it(`${family}, ${variant}, writes what onnxruntime writes with the same weights`, async () => {
        const engine = await load(family, 'onnx', new RegExp(`_${suffix}\\.onnx`));
        for (const [index, { text }] of golden.cases.entries()) {
          const { targetIds, leastMargin } = cases[index]!;
          const { results } = await engine.run(golden.task, [text], { maxTargetTokens: targetIds.length });
          if (leastMargin > margin) assert.deepEqual(results[0]!.targetIds, targetIds);
          await engine.inspect(golden.task, results[0]!);
        }
        await engine.release();
      });

      it(`${family}, ${variant}, ${distance <= TOLERATED[variant] ? 'passes' : 'is refused by'} the self-check against fp32`, async () => {
        const plain = await load(family, 'onnx', /^(encoder_model|decoder_model_merged)\.onnx/);
        await plain.release();
        const loading = load(family, 'onnx', new RegExp(`_${suffix}\\.onnx`), plain.reference);
        if (distance <= TOLERATED[variant]) await (await loading).release();
        else await assert.rejects(loading, /in the self-check/);
      });
    }
  }
});
