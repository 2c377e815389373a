/** Real pretrained models of other people's through the one door: they write what their source says, and show what they looked at. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { readModelFolder } from '../../src/cli/modelFolder.ts';
import { readSavedRun } from '../../src/shared/export/savedRun.ts';
import type { AttentionMaps, Inspection } from '../../src/shared/inspection.ts';
import { NO_INTERVENTION } from '../../src/shared/intervention.ts';
import type { Task } from '../../src/shared/task.ts';
import type { Engine } from '../../webview/engine/engine.ts';
import { loadEngine } from '../../webview/engine/loadEngine.ts';
import { folderOf, haveRealModels, type RealModel } from './realModels.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const TASK: Task = { kind: 'text2text' };

/** What SOURCE.txt says. */
const WRITTEN: readonly { readonly model: RealModel; readonly source: string; readonly target: string }[] = [
  { model: 'bart-g2p-en-us', source: 'attention', target: 'ətˈɛnʃən' },
  { model: 'bart-g2p-en-us', source: 'translation', target: 'tɹænzlˈAʃən' },
  { model: 'opennmt-transliteration-ar-en', source: 'آتزمون', target: 'atzmon' },
];

const loaded = new Map<string, Promise<Engine>>();

/** @param kept which of the folder's files the engine is given */
function engineOf(model: RealModel, kept: (file: string) => boolean = () => true): Promise<Engine> {
  const key = `${model} ${String(kept)}`;
  const made = loaded.get(key) ?? load(model, kept);
  loaded.set(key, made);
  return made;
}

async function load(model: RealModel, kept: (file: string) => boolean): Promise<Engine> {
  const all = await readModelFolder(ROOT, folderOf(model), { variants: 'all' });
  return loadEngine({ ...all, files: new Map([...all.files].filter(([name]) => kept(name))) });
}

const FORMS: readonly { readonly form: string; readonly kept: (file: string) => boolean }[] = [
  { form: 'merged', kept: () => true },
  { form: 'in two graphs', kept: (file) => !file.includes('merged') },
  { form: 'without a cache', kept: (file) => !/merged|with_past/.test(file) },
  { form: 'quantised', kept: (file) => !file.endsWith('.onnx') || file.endsWith('_quantized.onnx') },
];

function assertRowsSumTo1({ keys, data }: AttentionMaps, what: string): void {
  for (let start = 0; start < data.length; start += keys) {
    const sum = data.subarray(start, start + keys).reduce((total, value) => total + value, 0);
    assert.ok(Math.abs(sum - 1) < 1e-5, `${what}: a row sums to ${sum}`);
  }
}

function assertCausal({ queries, keys, data }: AttentionMaps): void {
  for (const [index, value] of data.entries()) if (index % keys > Math.floor(index / keys) % queries) assert.equal(value, 0);
}

function meanOfHeads({ layers, heads, queries, keys, data }: AttentionMaps): number[][] {
  const mean = Array.from({ length: queries }, () => new Array<number>(keys).fill(0));
  for (const [index, value] of data.entries()) mean[Math.floor(index / keys) % queries]![index % keys]! += value / layers / heads;
  return mean;
}

describe('real models of other people', function () {
  this.timeout(120_000);
  before(function () {
    if (!haveRealModels) this.skip();
  });

  for (const { model, source, target } of WRITTEN) {
    it(`${model} writes ${target} for ${source} from the command line`, () => {
      const words = [path.join(ROOT, 'dist/cli.js'), 'translate', '--model', folderOf(model)];
      const { status, stdout, stderr } = spawnSync(process.execPath, words, { input: source, encoding: 'utf8' });
      assert.equal(stderr, '');
      assert.equal(status, 0);
      assert.equal(stdout, `${target}\n`);
    });

    for (const { form, kept } of FORMS) {
      it(`${model}, ${form}: ${source}, and its maps are those of what it wrote`, async () => {
        const engine = await engineOf(model, kept);
        const { results } = await engine.run(TASK, [source]);
        assert.equal(results[0]!.targetText, target);
        assert.equal(results[0]!.truncated, false);
        const inspection = await engine.inspect(TASK, results[0]!);
        assert.deepEqual(inspection.mismatches, []);
        assertRowsSumTo1(inspection.encoderAttentions, 'encoder');
        assertRowsSumTo1(inspection.decoderAttentions, 'decoder');
        assertRowsSumTo1(inspection.crossAttentions, 'cross');
        assertCausal(inspection.decoderAttentions);
      });
    }
  }

  it('writes the same in a batch of different lengths as one by one, greedily and with beams', async () => {
    const engine = await engineOf('bart-g2p-en-us');
    const texts = ['attention', 'a', 'translation', 'neural', 'saccade'];
    for (const beams of [1, 3]) {
      const together = await engine.run(TASK, texts, { beams });
      for (const [index, text] of texts.entries()) {
        const alone = await engine.run(TASK, [text], { beams });
        assert.equal(together.results[index]!.targetText, alone.results[0]!.targetText);
      }
    }
  });

  it('looks along the diagonal where it transliterates', async () => {
    const inspection = await inspect('opennmt-transliteration-ar-en', 'آتزمون');
    const best = meanOfHeads(inspection.crossAttentions).map((row) => row.indexOf(Math.max(...row)));
    // The source has no closing token here, so the last letter is looked at for the end too.
    assert.deepEqual(best, [0, 1, 2, 3, 4, 5, 5]);
    assert.deepEqual(
      inspection.source.map(({ label, span }) => [label, span]),
      Array.from('آتزمون', (letter, position) => [letter, { start: position, end: position + 1 }]),
    );
  });

  it('changes what is written where a head is knocked out, and shows the map that the head would have had', async () => {
    const engine = await engineOf('bart-g2p-en-us');
    const { results } = await engine.run(TASK, ['attention']);
    const before = await engine.inspect(TASK, results[0]!);
    const knockedOut = [{ kind: 'encoder', layer: 0, head: 0 } as const];
    const { inspection } = await engine.whatIf(TASK, results[0]!, { ...NO_INTERVENTION, knockedOut });
    assert.notEqual(inspection.targetText, before.targetText);
    assert.deepEqual(inspection.encoderAttentions.data, before.encoderAttentions.data);
    assert.deepEqual(inspection.mismatches, []);
    assertRowsSumTo1(inspection.crossAttentions, 'cross');
  });

  it('is inspected from the command line as a run that is opened again', () => {
    const words = [path.join(ROOT, 'dist/cli.js'), 'inspect', '--json', '--model', folderOf('opennmt-transliteration-ar-en')];
    const { status, stdout, stderr } = spawnSync(process.execPath, words, { input: 'آتزمون', encoding: 'utf8' });
    assert.equal(stderr, '');
    assert.equal(status, 0);
    const { inspection, model } = readSavedRun(stdout);
    assert.equal(model.id, 'opennmt-transliteration-ar-en');
    assert.equal(inspection.targetText, 'atzmon');
    assert.deepEqual([inspection.crossAttentions.layers, inspection.crossAttentions.heads], [6, 8]);
    assert.equal(inspection.encoderHiddenStates.layers, 7);
    assert.equal(inspection.crossValueProducts.layers, 6);
  });

  async function inspect(model: RealModel, source: string): Promise<Inspection> {
    const engine = await engineOf(model);
    const { results } = await engine.run(TASK, [source]);
    return engine.inspect(TASK, results[0]!);
  }
});
