/** The recorded step in half precision, in a real Chromium: right where the GPU computes in it, and refused where it does not. */
import assert from 'node:assert/strict';
import { goldenCases, taskOf } from '../golden/goldenFiles.ts';
import { hasHalfPrecision, openEngine } from './engineBrowser.ts';

describe('recorded step on WebGPU in half precision', () => {
  let isThere = false;
  before(async () => {
    isThere = await hasHalfPrecision();
  });

  it('is refused by a GPU that has no half precision', async function () {
    if (isThere) return this.skip();
    await assert.rejects(openEngine('webgpu-fp16'), /on webgpu/);
  });

  it('writes what Python writes', async function () {
    if (!isThere) {
      console.log('      skipped: this GPU has no shader-f16');
      return this.skip();
    }
    const text = goldenCases().find(({ name }) => name === 'docstring-en-de')!;
    const browser = await openEngine('webgpu-fp16');
    try {
      const { targetIds } = await browser.run({ task: taskOf(text), texts: [text.text], maxTargetTokens: text.beams.limit, beams: 1 });
      assert.deepEqual(targetIds, [text.targetIds]);
    } finally {
      await browser.close();
    }
  });
});
