/** The self-check passes the real model and refuses answers that are not the reference's. */
import assert from 'node:assert/strict';
import type { SelfCheck } from '../../webview/engine/modelConfig.ts';
import { selfCheckFailure } from '../../webview/engine/selfCheck.ts';
import { config, model } from './bundledModel.ts';

/** The real model held against another reference: to the check, a device that answers wrongly. */
function against(change: Partial<SelfCheck>): Promise<string | undefined> {
  return selfCheckFailure(model, { ...config.selfCheck, ...change });
}

describe('self-check', () => {
  const { targetIds, logits } = config.selfCheck;

  it('passes the device that gives the reference', async () => {
    assert.equal(await against({}), undefined);
  });

  it('refuses scores that are off, and scores that are no numbers', async () => {
    assert.match((await against({ logits: logits.map((row) => row.map((logit) => logit + 0.1)) })) ?? '', /scores are off/);
    assert.match((await against({ logits: logits.map((row) => row.map(() => NaN)) })) ?? '', /scores are off/);
  });

  it('refuses other tokens', async () => {
    assert.match((await against({ targetIds: [targetIds[0]! + 1, ...targetIds.slice(1)], logits: [] })) ?? '', /other tokens/);
  });
});
