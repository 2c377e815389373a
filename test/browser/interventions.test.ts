/** Interventions on WebGPU, in a real Chromium, against Python. */
import assert from 'node:assert/strict';
import { assertList } from '../golden/closeTo.ts';
import { intervenedCases, taskOf } from '../golden/goldenFiles.ts';
import { openEngine, type EngineBrowser } from './engineBrowser.ts';

const LOG_PROBABILITY_TOLERANCE = 5e-3;
const golden = intervenedCases().find(({ name }) => name === 'comment-de-en')!;

describe('interventions on WebGPU', () => {
  let browser: EngineBrowser;
  before(async () => {
    browser = await openEngine('webgpu-dynamic');
  });
  after(() => browser.close());

  // The last one is of every kind at once, and the original is scored with none; Node has the others.
  const { intervention, targetIds, logProbabilities, originalLogProbabilities } = golden.cases.at(-1)!;
  it(`decodes on as Python does under ${JSON.stringify(intervention)}`, async () => {
    const found = await browser.whatIf({ task: taskOf(golden), text: golden.text, maxTargetTokens: golden.limit, intervention });
    assert.deepEqual(found.targetIds, targetIds);
    assertList(found.logProbabilities, logProbabilities, LOG_PROBABILITY_TOLERANCE, 'log-probability');
    assertList(found.originalLogProbabilities, originalLogProbabilities, LOG_PROBABILITY_TOLERANCE, 'of the original');
  });
});
