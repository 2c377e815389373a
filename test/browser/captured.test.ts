/** The recorded step on WebGPU, in a real Chromium, against Python: alone, in a batch, and where another decoding takes over. */
import assert from 'node:assert/strict';
import { goldenCases, taskOf, type GoldenCase } from '../golden/goldenFiles.ts';
import { openEngine, type EngineBrowser } from './engineBrowser.ts';

const cases = goldenCases();
function golden(name: string): GoldenCase {
  const found = cases.find((each) => each.name === name);
  assert.ok(found, `${name} is a golden file`);
  return found;
}

const ALONE = ['docstring-en-zh', 'comment-en-ru'];
/** Rows that end at different steps, so that the last of them moves to the recording for a single one. */
const TOGETHER = ['interface-de-en', 'same-language'].map(golden);

describe('recorded step on WebGPU', () => {
  let browser: EngineBrowser;
  before(async () => {
    browser = await openEngine('webgpu');
  });
  after(() => browser.close());

  for (const name of ALONE) {
    it(`writes what Python writes: ${name}`, async () => {
      const text = golden(name);
      const { targetIds } = await browser.run({ task: taskOf(text), texts: [text.text], maxTargetTokens: text.beams.limit, beams: 1 });
      assert.deepEqual(targetIds, [text.targetIds]);
    });
  }

  it('keeps protected spans, whose tokens are chosen by their scores', async () => {
    const text = golden('comment-en-pt');
    assert.ok(text.protectedSpans.length > 0);
    const { targetIds } = await browser.run({ task: taskOf(text), texts: [text.text], maxTargetTokens: text.beams.limit, beams: 1 });
    assert.deepEqual(targetIds, [text.targetIds]);
  });

  it('writes what Python writes in a batch', async () => {
    const texts = TOGETHER.map(({ text }) => text);
    const { targetIds } = await browser.run({ task: taskOf(TOGETHER[0]!), texts, maxTargetTokens: 64, beams: 1 });
    assert.deepEqual(
      targetIds,
      TOGETHER.map((text) => text.targetIds),
    );
  });

  it('hands over to another decoding where a row becomes several', async () => {
    const text = golden('interface-de-en');
    const { count, limit } = text.beams;
    const { targetIds } = await browser.run({ task: taskOf(text), texts: [text.text], maxTargetTokens: limit, beams: count });
    assert.deepEqual(targetIds, [text.beams.targetIds]);
  });

  it('sends the GPU nothing for a token and makes no bind group', async () => {
    const text = golden('prose-en-de');
    const counts = async (maxTargetTokens: number) =>
      (await browser.run({ task: taskOf(text), texts: [text.text], maxTargetTokens, beams: 1 })).gpu;
    const [short, long] = [await counts(1), await counts(5)];
    assert.ok(text.targetIds.length >= 5, 'no run ends before its limit');
    assert.deepEqual(
      [long.bufferWrites - short.bufferWrites, long.bindGroups - short.bindGroups, long.maps - short.maps],
      [0, 0, 0],
      'four tokens more cost no write, no bind group and no map',
    );
    assert.equal((long.dispatches - short.dispatches) / 4, 59);
  });

  it('fails in words when the GPU is lost in the middle of a run', async () => {
    const text = golden('prose-en-de');
    const run = browser.run({ task: taskOf(text), texts: [text.text], maxTargetTokens: 64, beams: 1 });
    const lost = assert.rejects(run, /failed on webgpu/);
    await browser.loseGpu();
    await lost;
  });
});
