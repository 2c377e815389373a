/** A model of the Hub's layout on WebGPU, in a real Chromium: it passes the comparison with the processor, and writes what Python writes. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import type { Task } from '../../src/shared/task.ts';
import { tinyModel } from '../hubServer.mjs';
import { openEngine } from './engineBrowser.ts';

const FOLDER = fileURLToPath(new URL('../fixtures/hub-models/', import.meta.url));

interface Golden {
  readonly task: Task;
  readonly cases: readonly { readonly text: string; readonly targetIds: readonly number[] }[];
}

describe('models of the Hub on WebGPU', () => {
  for (const family of ['marian', 't5']) {
    it(`${family} writes what Python writes`, async () => {
      const folder = path.join(FOLDER, family);
      const { task, cases } = JSON.parse(gunzipSync(readFileSync(path.join(folder, 'golden.json.gz'))).toString()) as Golden;
      const files = tinyModel(folder, /^(encoder_model|decoder_model_merged)\.onnx/);
      const browser = await openEngine('webgpu-dynamic', { id: family, files });
      try {
        const { text, targetIds } = cases[0]!;
        const written = await browser.run({ task, texts: [text], maxTargetTokens: targetIds.length, beams: 1 });
        assert.deepEqual(written.targetIds, [targetIds]);
      } finally {
        await browser.close();
      }
    });
  }
});
