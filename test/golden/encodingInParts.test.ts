/** A long batch is read in parts, between which its run tells that it goes on and can be stopped. */
import assert from 'node:assert/strict';
import { Engine } from '../../webview/engine/engine.ts';
import { generate } from '../../webview/engine/generate.ts';
import { config, model, tokenizer } from './bundledModel.ts';

const SENTENCE = 'The command removes every file that is older than the date you give, but for those that another user has opened.';
const TEXTS = Array.from({ length: 64 }, (_, index) => `${index + 1}. ${SENTENCE}`);
const sources = TEXTS.map((text) => [...tokenizer.tokenize(text).ids]);

describe('encoding in parts', () => {
  it('gives every source what it would be given alone', async () => {
    let parts = 1;
    const encoded = await model.encode(sources, () => {
      parts++;
    });
    assert.ok(parts > 1);
    const { startToken } = config.tasks.translate.de!;
    const chosen = [0, 31, 63];
    const targets = await generate(
      model,
      encoded,
      chosen.map((source) => ({ source, startToken, maxTokens: 40 })),
    );
    encoded.dispose();
    for (const [index, source] of chosen.entries()) {
      const alone = await model.encode([sources[source]!]);
      assert.deepEqual(await generate(model, alone, [{ source: 0, startToken, maxTokens: 40 }]), [targets[index]]);
      alone.dispose();
    }
  });

  it('ends with what is thrown between two parts, and can be asked again', async () => {
    const engine = new Engine(model, tokenizer);
    const abort = new AbortController();
    const told: number[] = [];
    const stopped = engine.run({ kind: 'translate', to: 'de' }, TEXTS, {
      signal: abort.signal,
      onProgress: ({ finished, current }) => {
        told.push(finished);
        assert.deepEqual(current(), { segment: 0, text: '' });
        abort.abort(new Error('stopped'));
      },
    });
    await assert.rejects(stopped, /stopped/);
    assert.deepEqual(told, [0]);
    const { results } = await engine.run({ kind: 'translate', to: 'de' }, TEXTS, { maxTargetTokens: 4 });
    assert.equal(results.length, TEXTS.length);
    await engine.forgetEncoded();
  });
});
