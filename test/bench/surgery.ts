/** Time and memory of making a merged decoder of 100 MB tell its attention: a tiny one, and 100 tensors that nobody reads. */
import { create, toBinary } from '@bufbuild/protobuf';
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { decoderWithoutCache } from '../../webview/engine/hub/hubInspector.ts';
import { exposeAttentions } from '../../webview/engine/onnxGraph/exposeAttentions.ts';
import { readOnnx, writeOnnx } from '../../webview/engine/onnxGraph/onnxFile.ts';
import { ModelProtoSchema, TensorProto_DataType, TensorProtoSchema } from '../../webview/engine/onnxGraph/onnx_pb.ts';
import { WEIGHTS_LOCATION } from '../../webview/engine/onnxRuntime.ts';
import { report, spread } from './report.ts';

const DECODER = new URL('../fixtures/hub-models/m2m_100/onnx/decoder_model_merged.onnx.gz', import.meta.url);
const RUNS = 20;
const MEBIBYTE = 2 ** 20;
const TENSORS = 100;

export function surgery(): Promise<void> {
  const { model, graph } = readOnnx('decoder', new Uint8Array(gunzipSync(readFileSync(DECODER))));
  const rawData = new Uint8Array(MEBIBYTE);
  const tensor = { dims: [BigInt(MEBIBYTE / 4)], dataType: TensorProto_DataType.FLOAT, rawData };
  for (let index = 0; index < TENSORS; index++) graph.initializer.push(create(TensorProtoSchema, { ...tensor, name: `unread.${index}` }));
  const bytes = toBinary(ModelProtoSchema, model);
  const seconds: number[] = [];
  const copied: number[] = [];
  let writtenBytes = 0;
  for (let run = 0; run < RUNS; run++) {
    const before = process.memoryUsage().arrayBuffers;
    const begun = performance.now();
    const file = decoderWithoutCache(readOnnx('decoder', bytes));
    exposeAttentions(file.graph);
    writtenBytes = writeOnnx(file, WEIGHTS_LOCATION).length;
    seconds.push((performance.now() - begun) / 1000);
    copied.push(process.memoryUsage().arrayBuffers - before);
  }
  report('surgery', { bytes: bytes.length, seconds: spread(seconds), copiedBytes: spread(copied), writtenBytes });
  return Promise.resolve();
}
