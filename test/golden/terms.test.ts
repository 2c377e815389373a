/** Wanted translations in every way of decoding: greedily as Python does, as a batch, with beams, from a forced beginning, and inspected. */
import assert from 'node:assert/strict';
import { TermIndex, missingTargets } from '../../src/shared/terms.ts';
import { uncutTerms } from '../../src/shared/protectedSpans.ts';
import { config, engine } from './bundledModel.ts';
import { taskOf, termCases, type TermCase } from './goldenFiles.ts';

/** The wanted translations that a target has not. */
function missing({ text, terms }: Pick<TermCase, 'text' | 'terms'>, target: string): string[] {
  return [...missingTargets(uncutTerms(text, config.protection, new TermIndex(terms).find(text)), target)];
}

describe('terms', () => {
  const cases = termCases();

  it('have texts that are read once, and texts that are read again', () => {
    assert.ok(cases.length >= 8);
    assert.ok(cases.filter(({ readings }) => readings.length > 1).length >= 4);
  });

  for (const golden of cases) {
    it(`are Python's: ${golden.name}`, async () => {
      const { results } = await engine.run(taskOf(golden), [golden.text], { terms: golden.terms, maxTargetTokens: golden.limit });
      const [result] = results;
      const last = golden.readings.at(-1)!;
      assert.deepEqual(result!.sourceIds, last.sourceIds);
      assert.deepEqual(result!.targetIds, last.targetIds);
      assert.deepEqual(result!.overruled, last.overruled);
      assert.equal(result!.targetText, golden.targetText);
      const inspection = await engine.inspect(taskOf(golden), result!);
      assert.deepEqual(inspection.mismatches, []);
      for (const { label, span } of inspection.source.slice(0, -1)) assert.equal(golden.text.slice(span.start, span.end), label);
      for (const { label, span } of inspection.target.slice(0, -1)) assert.equal(result!.targetText.slice(span.start, span.end), label);
    });
  }

  for (const beams of [1, 4]) {
    it(`are kept by ${beams === 1 ? 'greedy decoding' : `${beams} beams`} of several texts at once, or the text is said to lack them`, async () => {
      for (const language of new Set(cases.map(({ task }) => task.language))) {
        const batch = cases.filter(({ task }) => task.language === language);
        const terms = batch.flatMap((golden) => golden.terms);
        const { results } = await engine.run(
          taskOf(batch[0]!),
          [...batch, ...batch].map(({ text }) => text),
          { terms, beams },
        );
        for (const [index, { targetText, lostSpans, truncated }] of results.entries()) {
          const golden = { ...batch[index % batch.length]!, terms };
          if (lostSpans.length === 0 && !truncated) assert.deepEqual(missing(golden, targetText), [], golden.name);
        }
        const whole = results.filter(({ lostSpans, truncated }) => lostSpans.length === 0 && !truncated);
        assert.ok(whole.length > results.length / 2);
      }
    });
  }

  it('stand once where a forced beginning has one already', async () => {
    const [text, terms] = ['Opens the file.', [{ source: 'file', target: 'Akte' }]];
    const { results } = await engine.run({ kind: 'translate', to: 'de' }, [text], { terms, prefix: 'Eine Akte' });
    assert.match(results[0]!.targetText, /^Eine Akte/);
    assert.equal(results[0]!.targetText.match(/Akte/g)?.length, 1);
  });

  it('are nothing to a text whose target is known', async () => {
    const remembered = [{ source: 'Open the file.', target: 'Bitte öffnen!' }];
    const terms = [{ source: 'file', target: 'Akte' }];
    const { results } = await engine.run({ kind: 'translate', to: 'de' }, ['Open the file.', 'Close the file.', 'Open the file.'], {
      remembered,
      terms,
    });
    assert.deepEqual([results[0]!.targetText, results[2]!.targetText], ['Bitte öffnen!', 'Bitte öffnen!']);
    assert.match(results[1]!.targetText, /Akte/);
    assert.deepEqual(results[0]!.targetIds, []);
  });

  it('are for translations only', async () => {
    const text = 'Reads the whole file into memory and returns its content as a string.';
    const [plain, withTerms] = [
      await engine.run({ kind: 'summarise' }, [text]),
      await engine.run({ kind: 'summarise' }, [text], { terms: [{ source: 'file', target: 'Akte' }] }),
    ];
    assert.equal(withTerms.results[0]!.targetText, plain.results[0]!.targetText);
  });

  it('of which more are in a text than there are sentinels leave it untranslated', async () => {
    const words = Array.from({ length: config.protection.sentinels + 2 }, (_, index) => `w${String.fromCharCode(97 + index)}`);
    const terms = words.map((word) => ({ source: word, target: `Q${word}` }));
    const { results } = await engine.run({ kind: 'translate', to: 'de' }, [`Words: ${words.join(', ')}.`], { terms });
    assert.ok(results[0]!.lostSpans.length > 0);
  });
});
