/** A model whose graph hides one of its attentions is inspected without it: what is missing is said by name, and all the rest is Python's. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { create, toBinary } from '@bufbuild/protobuf';
import { isTold, missingParts } from '../../src/shared/inspection.ts';
import { runMarkdown } from '../../src/shared/export/runMarkdown.ts';
import type { Task } from '../../src/shared/task.ts';
import { loadEngine } from '../../webview/engine/loadEngine.ts';
import { readOnnx } from '../../webview/engine/onnxGraph/onnxFile.ts';
import { AttributeProto_AttributeType, ModelProtoSchema, NodeProtoSchema } from '../../webview/engine/onnxGraph/onnx_pb.ts';
import { tinyModel } from '../hubServer.mjs';
import { files as bundled } from './bundledModel.ts';

const MARIAN = fileURLToPath(new URL('../fixtures/hub-models/marian/', import.meta.url));
const { task, cases } = JSON.parse(gunzipSync(readFileSync(path.join(MARIAN, 'golden.json.gz'))).toString()) as {
  task: Task;
  cases: { text: string; targetIds: number[]; encoderAttentions: number[][][][]; decoderAttentions: number[][][][] }[];
};

/** The graph with its softmaxes of these places written as no exporter does: the same numbers, found by nobody. */
function hiding(name: string, content: Buffer, places: readonly number[]): Buffer {
  const { model, graph } = readOnnx(name, content);
  let place = 0;
  graph.node = graph.node.flatMap((node) => {
    if (node.opType !== 'Softmax' || !places.includes(place++)) return [node];
    const [scores, probabilities] = [node.input[0]!, node.output[0]!];
    const [powers, sums] = [`${probabilities}.powers`, `${probabilities}.sums`];
    const axes = `${probabilities}.axes`;
    const value = { dims: [1n], dataType: 7, int64Data: [-1n] };
    return [
      create(NodeProtoSchema, {
        opType: 'Constant',
        output: [axes],
        attribute: [{ name: 'value', type: AttributeProto_AttributeType.TENSOR, t: value }],
      }),
      create(NodeProtoSchema, { opType: 'Exp', input: [scores], output: [powers] }),
      create(NodeProtoSchema, { opType: 'ReduceSum', input: [powers, axes], output: [sums] }),
      create(NodeProtoSchema, { opType: 'Div', input: [powers, sums], output: [probabilities] }),
    ];
  });
  return Buffer.from(toBinary(ModelProtoSchema, model));
}

const closeTo = (actual: Float32Array, expected: number[][][][]): void => {
  const numbers = expected.flat(3);
  assert.equal(actual.length, numbers.length);
  assert.ok(actual.every((value, at) => Math.abs(value - numbers[at]!) < 2e-5));
};

describe('a model that hides an attention', () => {
  // In a layer of the decoder the self-attention comes before the cross-attention.
  for (const { what, graph, places, missing } of [
    { what: 'the cross-attention of one layer', graph: 'onnx/decoder_model.onnx', places: [3], missing: /its cross-attention/ },
    {
      what: 'all self-attention of its decoder',
      graph: 'onnx/decoder_model.onnx',
      places: [0, 2],
      missing: /self-attention of its decoder/,
    },
    {
      what: 'all self-attention of its encoder',
      graph: 'onnx/encoder_model.onnx',
      places: [0, 1],
      missing: /self-attention of its encoder/,
    },
  ]) {
    it(`is inspected without ${what}`, async () => {
      const files = tinyModel(MARIAN, /^(encoder_model|decoder_model)\.onnx/);
      files.set(graph, hiding(graph, files.get(graph)!, places));
      const contents = new Map([...files].map(([name, content]) => [name, Uint8Array.from(content).buffer]));
      const engine = await loadEngine({ modelId: 'marian', wasm: bundled.wasm, files: contents, path: 'wasm' });
      const { text, targetIds, encoderAttentions, decoderAttentions } = cases[0]!;
      const { results } = await engine.run(task, [text], { maxTargetTokens: targetIds.length });
      assert.deepEqual(results[0]!.targetIds, targetIds);
      const inspection = await engine.inspect(task, results[0]!);
      assert.deepEqual(inspection.mismatches, []);
      const told = missingParts(inspection).filter((sentence) => sentence.includes('attention'));
      assert.equal(told.length, 1);
      assert.match(told[0]!, missing);
      if (isTold(inspection.encoderAttentions)) closeTo(inspection.encoderAttentions.data, encoderAttentions);
      if (isTold(inspection.decoderAttentions)) closeTo(inspection.decoderAttentions.data, decoderAttentions);
      if (!isTold(inspection.crossAttentions))
        assert.doesNotMatch(runMarkdown({ model: { id: 'marian', sha256: '0' }, inspection }), /\| [\d.]+ \|/, 'no words are aligned');
      await engine.release();
    });
  }
});
