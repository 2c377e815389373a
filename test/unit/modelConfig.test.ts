/** A model's config.json is untrusted: a damaged one is an error that names the property. */
import assert from 'node:assert/strict';
import { beginningOf, parseModelConfig } from '../../webview/engine/modelConfig.ts';

const VALID = {
  d_model: 8,
  vocab_size: 8192,
  encoder_layers: 1,
  decoder_layers: 1,
  encoder_attention_heads: 2,
  decoder_attention_heads: 2,
  encoder_ffn_dim: 16,
  decoder_ffn_dim: 16,
  max_position_embeddings: 64,
  eos_token_id: 2,
  pad_token_id: 0,
  saccade: {
    tasks: { translate: { en: 8, de: 9 }, summarise: 5, headline: 6, reconstruct: 7 },
    protectedPattern: '`[^`]+`',
    firstSentinel: 57344,
    sentinels: 16,
    maskToken: 4,
    noRepeatNgram: 5,
    weights: { bits: 8, blocks: 1, halves: 0 },
    heads: { languages: ['en', 'de', 'other'], classes: ['prose', 'code'] },
    maxSourceTokens: 64,
    maxTargetTokens: 64,
    attention: { crossLayer: 0, crossHead: null, crossStep: 'reads' },
    selfCheck: { sourceIds: [3, 2], task: 9, targetIds: [4, 2], logitIds: [0, 4], logits: [[0.5, 1.5]] },
  },
};

describe('model config', () => {
  it('knows the first decoder token of each task', () => {
    const config = parseModelConfig(VALID);
    assert.deepEqual(config.languages, ['en', 'de']);
    assert.equal(beginningOf(config, { kind: 'translate', to: 'de' }).startToken, 9);
    assert.equal(beginningOf(config, { kind: 'summarise' }).startToken, 5);
  });

  it('names the languages it knows where it does not know one', () => {
    assert.throws(() => beginningOf(parseModelConfig(VALID), { kind: 'translate', to: 'fr' }), /"fr".*en, de/);
  });

  for (const [what, json, message] of [
    ['a list', [], /the file is not an object/],
    ['a missing section', { ...VALID, saccade: undefined }, /saccade is not an object/],
    ['a fractional size', { ...VALID, d_model: 1.5 }, /"d_model"/],
    ['heads without names', { ...VALID, saccade: { ...VALID.saccade, heads: { languages: [1], classes: [] } } }, /"languages"/],
    [
      'weights of a width that none are stored in',
      { ...VALID, saccade: { ...VALID.saccade, weights: { bits: 3, blocks: 1, halves: 0 } } },
      /none of 4, 5, 6, 7, 8 as "bits"/,
    ],
    ['a missing self-check', { ...VALID, saccade: { ...VALID.saccade, selfCheck: {} } }, /"sourceIds"/],
  ] as const) {
    it(`refuses ${what}`, () => {
      assert.throws(() => parseModelConfig(json), message);
    });
  }
});
