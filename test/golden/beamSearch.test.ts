/** Beam search in Node against Python's transformers: the same target and the same score, alone and as a batch. */
import assert from 'node:assert/strict';
import { beamSearch } from '../../webview/engine/beamSearch.ts';
import { repetitionRule } from '../../webview/engine/repetition.ts';
import { config, engine, model } from './bundledModel.ts';
import { goldenCases, taskOf } from './goldenFiles.ts';

const SCORE_TOLERANCE = 1e-4;

describe('beam search against Python', () => {
  const cases = goldenCases();

  for (const limit of new Set(cases.map(({ beams }) => beams.limit))) {
    const batch = cases.filter(({ beams }) => beams.limit === limit);
    for (const texts of [batch, ...batch.map((text) => [text])]) {
      it(texts.length === 1 ? texts[0]!.name : `${texts.length} texts at once, at most ${limit} tokens`, async () => {
        const encoded = await model.encode(texts.map(({ sourceIds }) => sourceIds));
        const requests = texts.map(({ task, sourceIds }, source) => ({
          source,
          startToken: task.id,
          maxTokens: limit,
          rule: repetitionRule(sourceIds, config.noRepeatNgram),
        }));
        const found = await beamSearch(model, encoded, requests, texts[0]!.beams.count);
        encoded.dispose();
        for (const [index, { name, beams }] of texts.entries()) {
          assert.deepEqual(found[index]![0]!.targetIds, beams.targetIds, name);
          assert.ok(Math.abs(found[index]![0]!.score - beams.score) <= SCORE_TOLERANCE, `${name}: ${found[index]![0]!.score}`);
        }
      });
    }
  }

  it('gives several targets, best first', async () => {
    const encoded = await model.encode([cases[0]!.sourceIds]);
    const [found = []] = await beamSearch(model, encoded, [{ source: 0, startToken: cases[0]!.task.id, maxTokens: 64 }], 4);
    encoded.dispose();
    assert.equal(new Set(found.map(({ targetIds }) => targetIds.join(' '))).size, 4);
    for (const [index, { score }] of found.entries()) assert.ok(score <= (found[index - 1]?.score ?? 0));
  });

  it('keeps protected spans, and the pass reproduces every token that was not overruled', async () => {
    for (const golden of cases.filter(({ protectedSpans, task }) => protectedSpans.length > 0 && task.name === 'translate')) {
      const { results } = await engine.run(taskOf(golden), [golden.text], { beams: 4 });
      const result = results[0]!;
      if (golden.protectedSpans.length < config.protection.sentinels && !result.truncated)
        assert.deepEqual(result.lostSpans, [], golden.name);
      assert.deepEqual((await engine.inspect(taskOf(golden), result)).mismatches, [], golden.name);
    }
  });
});
