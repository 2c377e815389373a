/** Every way to decode greedily writes Python's tokens: step by step, in runs of several lengths, alone and as a batch. */
import assert from 'node:assert/strict';
import { generate } from '../../webview/engine/generate.ts';
import { generateKeepingSpans } from '../../webview/engine/keepSpans.ts';
import { watchedStep, type Decoding, type Seq2SeqModel } from '../../webview/engine/seq2seqModel.ts';
import { config, model, modelOfGraphs, modelWithShortlist, shortlist, tokenizer } from './bundledModel.ts';
import { goldenCases } from './goldenFiles.ts';

/** The model with another way to go on greedily. */
function decodingWith(greedy: (decoding: Decoding, watched: readonly number[]) => Decoding['greedy']): Seq2SeqModel {
  return {
    ...model,
    async decode(encoded, sources, options) {
      const decoding = await model.decode(encoded, sources, options);
      return {
        step: (tokens, wanted) => decoding.step(tokens, wanted),
        greedy: greedy(decoding, options?.watched ?? []),
        select: (rows) => decoding.select(rows),
        dispose: () => decoding.dispose(),
      };
    },
  };
}

const ways: Readonly<Record<string, Seq2SeqModel>> = {
  'step by step': decodingWith((decoding, watched) => async (tokens) => {
    return [watchedStep(await decoding.step(tokens, { logits: watched.length > 0 }), watched)];
  }),
  'in runs of three steps': decodingWith((decoding) => (tokens, count) => decoding.greedy(tokens, Math.min(count, 3))),
  'in runs as long as they may be': model,
  'with the shortlist': modelWithShortlist,
  'with the graphs': modelOfGraphs,
};

describe('greedy decoding against Python', () => {
  // Where a rule overrules the model, the tokens are not its first choices.
  const cases = goldenCases().filter(({ overruled, protectedSpans }) => overruled.length === 0 && protectedSpans.length === 0);

  for (const [way, decoder] of Object.entries(ways)) {
    for (const limit of new Set(cases.map(({ beams }) => beams.limit))) {
      const batch = cases.filter(({ beams }) => beams.limit === limit);
      it(`${way}, ${batch.length} texts at once, at most ${limit} tokens`, async () => {
        const encoded = await decoder.encode(batch.map(({ sourceIds }) => sourceIds));
        const requests = batch.map(({ task }, source) => ({ source, startToken: task.id, maxTokens: limit }));
        const targets = await generate(decoder, encoded, requests);
        encoded.dispose();
        for (const [index, { name, targetIds }] of batch.entries()) assert.deepEqual(targets[index], targetIds, name);
      });
    }
  }

  const ruled = goldenCases().filter(({ overruled, protectedSpans }) => overruled.length > 0 || protectedSpans.length > 0);
  const sentinels = tokenizer.sentinelTokens(config.protection);

  for (const [way, decoder] of Object.entries(ways)) {
    for (const limit of new Set(ruled.map(({ beams }) => beams.limit))) {
      const batch = ruled.filter(({ beams }) => beams.limit === limit);
      it(`${way}, with protected spans kept, ${batch.length} texts at once, at most ${limit} tokens`, async () => {
        const encoded = await decoder.encode(batch.map(({ sourceIds }) => sourceIds));
        const requests = batch.map(({ task, sourceIds }, source) => {
          const mayLeaveOut = task.name === 'summarise' || task.name === 'headline';
          return { source, sourceIds, startToken: task.id, maxTokens: limit, mayLeaveOut };
        });
        const targets = await generateKeepingSpans(decoder, encoded, requests, sentinels);
        encoded.dispose();
        for (const [index, { name, targetIds, overruled }] of batch.entries())
          assert.deepEqual(targets[index], { targetIds, overruled }, name);
      });
    }
  }

  it('has a shortlist for most of the translations', () => {
    const translations = cases.filter(({ task }) => task.name === 'translate');
    const listed = translations.filter(
      ({ task, sourceIds }) => shortlist!.choice([{ startToken: task.id, sourceIds, isExact: false }]).frequent.length > 0,
    );
    assert.ok(listed.length > translations.length / 2);
  });

  it('stops a run early once enough rows are finished', async () => {
    const [short] = [...cases].sort((one, other) => one.targetIds.length - other.targetIds.length);
    const encoded = await model.encode([short!.sourceIds]);
    const decoding = await model.decode(encoded, [0]);
    const steps = await decoding.greedy([short!.task.id], config.maxTargetTokens);
    assert.deepEqual(
      steps.map(({ next }) => next[0]),
      short!.targetIds,
    );
    decoding.dispose();
    encoded.dispose();
  });

  it('adds nothing to a target that has ended', async () => {
    const [{ sourceIds }] = cases as [(typeof cases)[number]];
    const encoded = await model.encode([sourceIds]);
    const decoding = await model.decode(encoded, [0], { watched: [config.endToken] });
    const [step] = await decoding.greedy([config.endToken], 3);
    assert.deepEqual([...step!.next], [config.endToken]);
    decoding.dispose();
    encoded.dispose();
  });
});
