/** What graphs are made to tell is what files that were exported with their attention tell, in every form that a decoder has. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { chooseBranch } from '../../webview/engine/onnxGraph/chooseBranch.ts';
import { exposeAttentions, HEAD_MASKS, type ExposedGraph } from '../../webview/engine/onnxGraph/exposeAttentions.ts';
import { readOnnx, writeOnnx } from '../../webview/engine/onnxGraph/onnxFile.ts';
import {
  booleanTensor,
  float32Tensor,
  floatsOf,
  int64Tensor,
  loadGraph,
  provideWasm,
  WEIGHTS_LOCATION,
  type Graph,
  type Tensor,
  type Tensors,
} from '../../webview/engine/onnxRuntime.ts';
import { graphOf, haveRealModels, REAL_MODELS, type RealModel } from './realModels.ts';

const TOLERANCE = 1e-6;

interface Case {
  readonly plain: string;
  readonly told: string;
  /** Whether the graph reads keys and values that an earlier step has cached. */
  readonly hasCache: boolean;
}

const DECODERS: readonly Case[] = [
  { plain: 'decoder_model', told: 'decoder_model_attn', hasCache: false },
  { plain: 'decoder_with_past_model', told: 'decoder_with_past_model_attn', hasCache: true },
  { plain: 'decoder_model_merged', told: 'decoder_model_merged_attn', hasCache: false },
  { plain: 'decoder_model_merged', told: 'decoder_model_merged_attn', hasCache: true },
];

const SIZES = {
  'bart-g2p-en-us': { layers: 1, heads: 1, size: 128, tokens: [64, 94, 84, 108], source: [1, 50, 21, 21, 52, 18, 2] },
  'opennmt-transliteration-ar-en': { layers: 6, heads: 8, size: 32, tokens: [52, 54, 62, 74], source: [31, 10, 19, 13, 5, 7] },
} as const;

interface Opened {
  readonly graph: Graph;
  readonly inputs: readonly string[];
  readonly exposed: ExposedGraph;
}

/** The plain graph, made to tell its attention. */
async function opened(model: RealModel, name: string, hasCache = false): Promise<Opened> {
  const file = readOnnx(name, graphOf(model, name));
  chooseBranch(file.graph, 'use_cache_branch', hasCache);
  const exposed = exposeAttentions(file.graph);
  const graph = await loadGraph(name, writeOnnx(file, WEIGHTS_LOCATION), { device: 'wasm', weights: file.bytes });
  return { graph, inputs: file.graph.input.map((input) => input.name), exposed };
}

/** The file that tells it by itself. */
async function told(model: RealModel, name: string): Promise<{ readonly graph: Graph; readonly inputs: readonly string[] }> {
  const file = readOnnx(name, graphOf(model, name));
  return {
    graph: await loadGraph(name, writeOnnx(file, WEIGHTS_LOCATION), { device: 'wasm', weights: file.bytes }),
    inputs: file.graph.input.map((input) => input.name),
  };
}

function ofInputs(inputs: readonly string[], offered: Tensors): Tensors {
  return Object.fromEntries(inputs.map((name) => [name, offered[name]!]));
}

async function assertClose(actual: Tensor, expected: Tensor, what: string): Promise<void> {
  assert.deepEqual(actual.dims, expected.dims, what);
  const [one, other] = [await floatsOf(actual), await floatsOf(expected)];
  const worst = one.reduce((most, value, index) => Math.max(most, Math.abs(value - other[index]!)), 0);
  assert.ok(worst <= TOLERANCE, `${what} is off by ${worst}`);
}

describe('attention of real exports', function () {
  this.timeout(120_000);
  before(function () {
    if (!haveRealModels) this.skip();
    provideWasm(new Uint8Array(readFileSync(new URL('../../dist/ort-wasm.wasm', import.meta.url))));
  });

  for (const model of REAL_MODELS) {
    const { layers, heads, size, tokens, source } = SIZES[model];
    const ones = float32Tensor(new Float32Array(layers * heads).fill(1), [layers, heads]);
    const masks = { [HEAD_MASKS.self]: ones, [HEAD_MASKS.cross]: ones };
    const mask = int64Tensor(
      source.map(() => 1),
      [1, source.length],
    );
    let states: Tensor;

    it(`${model}: encoder`, async () => {
      const own = await opened(model, 'encoder_model');
      const reference = await told(model, 'encoder_model_attn');
      const feeds = { ...masks, input_ids: int64Tensor(source, [1, source.length]), attention_mask: mask };
      const names = own.exposed.self.map(({ probabilities }) => probabilities);
      assert.equal(names.length, layers);
      const actual = await own.graph.run(ofInputs(own.inputs, feeds), ['last_hidden_state', ...names]);
      const expected = await reference.graph.run(ofInputs(reference.inputs, feeds), [
        'last_hidden_state',
        ...names.map((_, layer) => `encoder_attentions.${layer}`),
      ]);
      for (const [layer, name] of names.entries())
        await assertClose(actual[name]!, expected[`encoder_attentions.${layer}`]!, `layer ${layer}`);
      assert.deepEqual(await floatsOf(actual['last_hidden_state']!), await floatsOf(expected['last_hidden_state']!));
      states = actual['last_hidden_state']!;
    });

    for (const { plain, told: other, hasCache } of DECODERS) {
      it(`${model}: ${plain}${hasCache ? ', further steps' : ''}`, async () => {
        const first = await told(model, 'decoder_model');
        const all = { ...masks, encoder_hidden_states: states, encoder_attention_mask: mask, use_cache_branch: booleanTensor(hasCache) };
        const presents = Array.from({ length: layers }, (_, layer) =>
          ['decoder.key', 'decoder.value', 'encoder.key', 'encoder.value'].map((kind) => `${layer}.${kind}`),
        ).flat();
        const emptyPast = Object.fromEntries(
          presents.map((name) => [`past_key_values.${name}`, float32Tensor(new Float32Array(0), [1, heads, 0, size / heads])]),
        );
        const ids = (own: readonly number[]): Tensor => int64Tensor(own, [1, own.length]);
        const begun = await first.graph.run(
          ofInputs(first.inputs, { ...all, input_ids: ids(tokens.slice(0, -1)) }),
          presents.map((name) => `present.${name}`),
        );
        const past = Object.fromEntries(presents.map((name) => [`past_key_values.${name}`, begun[`present.${name}`]!]));
        const feeds = { ...all, ...(hasCache ? past : emptyPast), input_ids: ids(hasCache ? tokens.slice(-1) : tokens) };
        const [own, reference] = [await opened(model, plain, hasCache), await told(model, other)];
        const { self, cross } = own.exposed;
        assert.deepEqual([self.length, cross.length], [layers, layers]);
        const names = [...self, ...cross].map(({ probabilities }) => probabilities);
        const theirs = ['decoder_attentions', 'cross_attentions'].flatMap((kind) => self.map((_, layer) => `${kind}.${layer}`));
        const actual = await own.graph.run(ofInputs(own.inputs, feeds), ['logits', ...names]);
        const expected = await reference.graph.run(ofInputs(reference.inputs, feeds), ['logits', ...theirs]);
        for (const [place, name] of names.entries()) await assertClose(actual[name]!, expected[theirs[place]!]!, theirs[place]!);
        assert.deepEqual(await floatsOf(actual['logits']!), await floatsOf(expected['logits']!));
      });
    }
  }

  it('leaves large tensors in the file that they came in', () => {
    const bytes = graphOf('bart-g2p-en-us', 'decoder_model_merged');
    const written = writeOnnx(readOnnx('decoder', bytes), WEIGHTS_LOCATION);
    assert.ok(written.length < bytes.length / 20, `${written.length} of ${bytes.length} bytes`);
    const again = readOnnx('decoder', written).graph.initializer;
    assert.ok(again.some(({ externalData }) => externalData.length > 0));
  });
});
