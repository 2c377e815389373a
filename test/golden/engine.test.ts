/** The engine in Node against Python: tokens exactly, logits to 1e-3, attentions to 1e-4. */
import assert from 'node:assert/strict';
import type { AttentionMaps } from '../../src/shared/inspection.ts';
import { protect } from '../../src/shared/protectedSpans.ts';
import type { SegmentResult } from '../../src/shared/segmentResult.ts';
import { config, engine, teacherForce } from './bundledModel.ts';
import { assertClose } from './closeTo.ts';
import { goldenCases, taskOf, type GoldenCase } from './goldenFiles.ts';

const LOGIT_TOLERANCE = 1e-3;
const ATTENTION_TOLERANCE = 1e-4;

function assertMaps(maps: AttentionMaps, golden: GoldenCase, kind: 'encoder' | 'decoder' | 'cross'): void {
  const { heads, encoderLayers, decoderLayers, ...all } = golden.attentions;
  const layers = kind === 'encoder' ? encoderLayers : decoderLayers;
  let compared = 0;
  for (const [i, layer] of layers.entries()) {
    for (const [j, head] of heads.entries()) {
      const rows = all[kind][i]![j]!;
      assert.deepEqual([maps.queries, maps.keys], [rows.length, rows[0]!.length]);
      for (const [query, row] of rows.entries()) {
        for (const [key, weight] of row.entries()) {
          const found = maps.data[((layer * maps.heads + head) * maps.queries + query) * maps.keys + key];
          assertClose(found, weight, ATTENTION_TOLERANCE, `${kind} attention of layer ${layer}, head ${head}, [${query}, ${key}]`);
          compared++;
        }
      }
    }
  }
  assert.ok(compared > 0);
}

describe('engine against Python', () => {
  const cases = goldenCases();

  it('has at least 20 texts, some with every layer and head', () => {
    assert.ok(cases.length >= 20);
    assert.ok(cases.filter(({ attentions }) => attentions.heads.length === config.decoderHeads).length >= 5);
  });

  it('has texts in which keeping a protected span overruled the model', () => {
    assert.ok(cases.filter(({ overruled }) => overruled.length > 0).length >= 2);
  });

  for (const golden of cases) {
    describe(golden.name, () => {
      let result: SegmentResult;
      before(async () => {
        const { results } = await engine.run(taskOf(golden), [golden.text], { maxTargetTokens: golden.beams.limit });
        result = results[0]!;
      });

      it('protects the same spans', () => {
        const { text, spans } = protect(golden.text, config.protection);
        assert.equal(text, golden.protectedText);
        assert.deepEqual(spans, golden.protectedSpans);
      });

      it('generates the same tokens and text', () => {
        assert.deepEqual(result.sourceIds, golden.sourceIds);
        assert.deepEqual(result.targetIds, golden.targetIds);
        assert.deepEqual(result.overruled, golden.overruled);
        assert.equal(result.targetText, golden.targetText);
      });

      it('has the same logits and attentions', async () => {
        const pass = await teacherForce(golden.sourceIds, [golden.task.id, ...golden.targetIds.slice(0, -1)]);
        const vocabulary = pass.logits.length / golden.targetIds.length;
        const { topIds, topValues, fixedIds, fixedValues } = golden.logits;
        for (const position of golden.targetIds.keys()) {
          const logit = (id: number): number | undefined => pass.logits[position * vocabulary + id];
          for (const [i, id] of topIds[position]!.entries())
            assertClose(logit(id), topValues[position]![i]!, LOGIT_TOLERANCE, `logit of ${id} at ${position}`);
          for (const [i, id] of fixedIds.entries())
            assertClose(logit(id), fixedValues[position]![i]!, LOGIT_TOLERANCE, `logit of ${id} at ${position}`);
        }
        assertMaps(pass.encoded.attentions, golden, 'encoder');
        assertMaps(pass.attentions, golden, 'decoder');
        assertMaps(pass.crossAttentions, golden, 'cross');
      });

      it('reproduces the produced tokens in the inspect pass', async () => {
        const inspection = await engine.inspect(taskOf(golden), result);
        assert.deepEqual(inspection.mismatches, []);
        assert.equal(inspection.target.length, golden.targetIds.length);
        for (const token of inspection.source.slice(0, -1)) assert.equal(golden.text.slice(token.span.start, token.span.end), token.label);
        for (const token of inspection.target) {
          if (!token.label.startsWith('<')) assert.equal(result.targetText.slice(token.span.start, token.span.end), token.label);
        }
      });
    });
  }
});
