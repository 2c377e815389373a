/** The inspect pass under interventions against Python, whose heads are taken out by hooks. */
import assert from 'node:assert/strict';
import { NO_INTERVENTION, type Intervention } from '../../src/shared/intervention.ts';
import { rowScores } from '../../webview/engine/inspectSegment.ts';
import { intervene } from '../../webview/engine/intervene.ts';
import { config, engine, model, teacherForce } from './bundledModel.ts';
import { assertList } from './closeTo.ts';
import { intervenedCases, taskOf, type IntervenedCase } from './goldenFiles.ts';

const LOG_PROBABILITY_TOLERANCE = 1e-3;
const STATE_TOLERANCE = 1e-3;
/** Of the largest. */
const PRODUCT_TOLERANCE = 1e-5;

async function logProbabilitiesUnder(golden: IntervenedCase, intervention: Intervention): Promise<number[]> {
  const { logits } = await teacherForce(golden.sourceIds, [golden.task.id, ...golden.targetIds.slice(0, -1)], intervention);
  return rowScores(logits, golden.targetIds).map(({ logProbability }) => logProbability);
}

describe('interventions against Python', () => {
  const texts = intervenedCases();

  it('has texts, and an intervention of each kind in each', () => {
    assert.ok(texts.length >= 3);
    for (const { cases } of texts) {
      const all = cases.map(({ intervention }) => intervention);
      for (const kind of ['encoder', 'decoder', 'cross'])
        assert.ok(all.some(({ knockedOut }) => knockedOut.some((head) => head.kind === kind)));
      for (const kind of ['whole', 'silenced', 'states', 'components']) assert.ok(all.some(({ encoder }) => encoder.kind === kind));
      assert.ok(all.some(({ maskedSource }) => maskedSource.length > 0) && all.some(({ forcedPrefix }) => forcedPrefix.length > 0));
    }
  });

  for (const golden of texts) {
    describe(golden.name, () => {
      for (const { intervention, originalLogProbabilities } of golden.cases) {
        it(`scores the target alike under ${JSON.stringify(intervention)}`, async () => {
          const found = await logProbabilitiesUnder(golden, intervention);
          assertList(found, originalLogProbabilities, LOG_PROBABILITY_TOLERANCE, 'log-probability');
        });
      }

      for (const { intervention, targetIds, targetText, overruled, logProbabilities, originalLogProbabilities } of golden.cases) {
        it(`decodes on alike under ${JSON.stringify(intervention)}`, async () => {
          const { results } = await engine.run(taskOf(golden), [golden.text], { maxTargetTokens: golden.limit });
          const found = await engine.whatIf(taskOf(golden), results[0]!, intervention, { maxTargetTokens: golden.limit });
          const ids = found.inspection.target.map(({ id }) => id);
          assert.deepEqual([ids, found.inspection.targetText, found.inspection.overruled], [targetIds, targetText, overruled]);
          assert.deepEqual(found.inspection.mismatches, []);
          assertList([...found.inspection.logProbabilities], logProbabilities, LOG_PROBABILITY_TOLERANCE, 'log-probability');
          assertList([...found.originalLogProbabilities], originalLogProbabilities, LOG_PROBABILITY_TOLERANCE, 'of the original');
        });
      }

      it('loses as much under every bottleneck, and restores the source as well', async () => {
        const { results } = await engine.run(taskOf(golden), [golden.text], { maxTargetTokens: golden.limit });
        const counts = golden.bottleneck.map(({ count }) => count);
        const { bottleneck } = await engine.examine(taskOf(golden), results[0]!, { kind: 'bottleneck', counts });
        assert.deepEqual(bottleneck.mostAttended, golden.mostAttended);
        for (const [index, { states, components }] of golden.bottleneck.entries()) {
          const point = bottleneck.points[index]!;
          assertList([...point.components], components, LOG_PROBABILITY_TOLERANCE, `with ${counts[index]} components`);
          if (states === null) assert.equal(point.states, undefined);
          else assertList([...point.states!], states, LOG_PROBABILITY_TOLERANCE, `with ${counts[index]} states`);
        }
        const { reconstruction } = await engine.examine(taskOf(golden), results[0]!, { kind: 'reconstruction' });
        assertList([...reconstruction.logProbabilities], golden.reconstruction, LOG_PROBABILITY_TOLERANCE, 'restored');
        assert.equal(reconstruction.source.length, golden.sourceIds.length);
      });

      it('has the same hidden states, value products and alternatives', async () => {
        const { results } = await engine.run(taskOf(golden), [golden.text], { maxTargetTokens: golden.limit });
        const inspection = await engine.inspect(taskOf(golden), results[0]!);
        assert.deepEqual(results[0]!.targetIds, golden.targetIds);
        const { positions, size, layers, data } = inspection.encoderHiddenStates;
        assert.equal(layers, config.encoderLayers + 1);
        for (const [layer, rows] of [
          [0, golden.encoderHiddenStates.first] as const,
          [layers - 1, golden.encoderHiddenStates.last] as const,
        ]) {
          assert.equal(rows.length, positions);
          for (const [position, row] of rows.entries()) {
            const start = (layer * positions + position) * size;
            assertList([...data.subarray(start, start + row.length)], row, STATE_TOLERANCE, `state ${position} of layer ${layer}`);
          }
        }
        for (const kind of ['encoder', 'decoder', 'cross'] as const) {
          const products = inspection[`${kind}ValueProducts`];
          const last = products.data.subarray(-products.data.length / products.layers);
          const expected = golden.valueProducts[kind].flat(2);
          assertList([...last], expected, PRODUCT_TOLERANCE * Math.max(...expected), `${kind} value product`);
        }
        for (const [position, alternatives] of inspection.alternatives.entries()) {
          assert.deepEqual(
            alternatives.map(({ id }) => id),
            golden.alternatives.ids[position],
          );
          assertList(
            alternatives.map(({ logProbability }) => logProbability),
            golden.alternatives.logProbabilities[position]!,
            LOG_PROBABILITY_TOLERANCE,
            `alternative of ${position}`,
          );
        }
      });

      it('names the language and classes that the encoder-only heads name', async () => {
        const { languageScores, classScores } = await model.classify([golden.sourceIds]);
        const inspector = await model.inspector();
        const { encoded } = await intervene(inspector, config, golden.sourceIds, NO_INTERVENTION);
        assertList([...encoded.languageScores], [...languageScores], STATE_TOLERANCE, 'language score');
        assertList([...encoded.classScores], [...classScores], STATE_TOLERANCE, 'class score');
      });
    });
  }

  it('begins every target with the prefix, greedily and with beams, and scores its tokens as the inspect pass does', async () => {
    const golden = texts.find(({ name }) => name === 'docstring-en-de')!;
    for (const beams of [1, 4]) {
      const { results } = await engine.run(taskOf(golden), [golden.text], { prefix: 'Liefert die ', beams, scores: true });
      const [result] = results;
      assert.match(result!.targetText, /^Liefert die /);
      const inspection = await engine.inspect(taskOf(golden), result!);
      assertList([...result!.logProbabilities!], [...inspection.logProbabilities], 1e-6, 'log-probability');
    }
  });

  it('stops between tokens', async () => {
    const golden = texts[0]!;
    const { results } = await engine.run(taskOf(golden), [golden.text]);
    const abort = new AbortController();
    const run = engine.whatIf(taskOf(golden), results[0]!, NO_INTERVENTION, { signal: abort.signal, onStep: () => abort.abort() });
    await assert.rejects(run, (error: Error) => error.name === 'AbortError');
  });

  it('says what the model or the source does not have', async () => {
    const inspector = await model.inspector();
    const sourceIds = texts[0]!.sourceIds;
    for (const [wrong, message] of [
      [{ maskedSource: [999] }, /The source has no token 999/],
      [{ maskedSource: [...sourceIds.keys()] }, /leave at least one/],
      [{ encoder: { kind: 'states', positions: [] } }, /leave at least one/],
      [{ knockedOut: [{ kind: 'cross', layer: 99, head: 0 }] }, /Cross-attention has no head 0 in layer 99/],
    ] as const) {
      await assert.rejects(intervene(inspector, config, sourceIds, { ...NO_INTERVENTION, ...wrong }), message);
    }
  });
});
