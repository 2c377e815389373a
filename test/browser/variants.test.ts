/** A model in several forms, in a real Chromium: the fastest that gives the right answers is used, is remembered, and a broken one is passed over. */
import assert from 'node:assert/strict';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Measured } from '../../src/shared/calibration.ts';
import { tinyModel } from '../hubServer.mjs';
import { chosenWays, hasHalfPrecision } from './engineBrowser.ts';

const FOLDER = fileURLToPath(new URL('../fixtures/hub-models/', import.meta.url));
const filesOf = (family: string, kept = /^(encoder_model|decoder_model_merged)(_(quantized|fp16|q4))?\.onnx/): Map<string, Buffer> =>
  tinyModel(path.join(FOLDER, family), kept);
const failureOf = (measured: readonly Measured[], name: string): string | undefined => {
  const found = measured.find(({ path: onPath, variant }) => `${onPath} ${variant}` === name)!;
  return 'failure' in found ? found.failure : undefined;
};

describe('a model in several forms', () => {
  it('is begun in its most exact form, and used in the fastest of those that pass', async () => {
    const { first, calibration, next } = await chosenWays('wasm', { id: 'marian', files: filesOf('marian') });
    assert.deepEqual([first.path, first.variant], ['wasm', 'fp32']);
    const { measured } = calibration!;
    assert.deepEqual(
      measured.map(({ variant }) => variant),
      ['fp32', 'q8', 'q4', 'fp16'],
    );
    const timed = measured.flatMap((each) => ('secondsPerToken' in each ? [each] : []));
    timed.sort((one, other) => one.secondsPerToken - other.secondsPerToken);
    assert.equal(next!.variant, timed[0]!.variant);
    assert.match(next!.reason, /Measured here, a token takes: wasm \(\w+\) [\d.]+ ms/);
  });

  it('is not used in a form that writes something else, or that is broken', async () => {
    // Four bits are too few for this one.
    const files = filesOf('t5');
    files.set('onnx/encoder_model_quantized.onnx', files.get('onnx/encoder_model_quantized.onnx')!.subarray(0, 3000));
    const { calibration, next } = await chosenWays('wasm', { id: 't5', files });
    const { measured } = calibration!;
    assert.match(failureOf(measured, 'wasm q4')!, /scores differ from the processor’s by \d+ % in the self-check/);
    assert.match(failureOf(measured, 'wasm q8')!, /encoder_model_quantized\.onnx is no ONNX file, or it is damaged/);
    assert.ok(next!.variant === 'fp32' || next!.variant === 'fp16');
    assert.match(next!.reason, /wasm \(q4\): Its scores differ/);
  });

  it('is not used in half precision on a GPU that cannot compute with it', async function () {
    if (await hasHalfPrecision()) return this.skip();
    const { first, calibration, next } = await chosenWays('webgpu-dynamic', {
      id: 'marian',
      files: filesOf('marian', /^(encoder_model|decoder_model_merged)(_fp16)?\.onnx/),
    });
    assert.deepEqual([first.path, first.variant], ['webgpu-dynamic', 'fp32']);
    const { measured } = calibration!;
    assert.ok(failureOf(measured, 'webgpu-dynamic fp16'), 'it is refused');
    assert.equal(failureOf(measured, 'webgpu-dynamic fp32'), undefined);
    assert.equal(next!.path, 'webgpu-dynamic');
    assert.notEqual(next!.variant, 'fp16');
    assert.match(next!.reason, /WebGPU without a recorded step \(\w+\)/);
  });
});
