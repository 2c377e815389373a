/** "Encoder and decoder" in a real Chromium: what it tells of a canned run against that run's numbers. */
import assert from 'node:assert/strict';
import { leadingComponents } from '../../src/shared/attention/leadingComponents.ts';
import { cosineSimilarity } from '../../src/shared/attention/similarity.ts';
import { attentionMap } from '../../src/shared/inspection.ts';
import { NO_INTERVENTION } from '../../src/shared/intervention.ts';
import { signed } from '../../webview/panel/runComparison.ts';
import { sourceSharesOf } from '../../webview/panel/sourceShareStrip.ts';
import { madeWhatIf } from '../preview/madeRuns.ts';
import { recordedRun, unfoldTable, valuesOf } from './readPanel.ts';
import { usePreview } from './usePreview.ts';

const inspection = recordedRun('sentence');

describe('kinds of model in a browser', () => {
  const show = usePreview();

  it('shows how alike hidden states are at each layer, and where they lie', async () => {
    const page = await show('encoder-only', { width: 800 });
    const section = page.locator('.kinds-section');
    const { encoderHiddenStates: states, source } = inspection;
    const slider = section.locator('.layer-slider');
    const map = section.locator('canvas.heatmap-cells');
    for (const layer of [states.layers - 1, 0]) {
      await slider.press(layer === 0 ? 'Home' : 'End');
      assert.match((await slider.getAttribute('aria-valuetext'))!, new RegExp(`^Layer ${layer} of ${states.layers - 1}`));
      assert.deepEqual(await valuesOf(map), Array.from(cosineSimilarity(states, layer)));
      assert.equal(await map.getAttribute('data-columns'), String(source.length));
      const { positions, size, data } = states;
      const ofLayer = data.subarray(layer * positions * size, (layer + 1) * positions * size);
      const { scores } = leadingComponents(ofLayer, positions, size, 2);
      const dots = await section
        .locator('.projected circle')
        .evaluateAll((circles) => circles.map((circle) => [Number(circle.getAttribute('cx')), Number(circle.getAttribute('cy'))] as const));
      assert.equal(dots.length, positions);
      // Along an axis tokens have the order of their scores; the second axis points up.
      for (const [a, b] of [[0, 1] as const, [2, positions - 1] as const]) {
        assert.equal(Math.sign(dots[a]![0] - dots[b]![0]), Math.sign(scores[2 * a]! - scores[2 * b]!));
        assert.equal(Math.sign(dots[b]![1] - dots[a]![1]), Math.sign(scores[2 * a + 1]! - scores[2 * b + 1]!));
      }
    }
    await map.focus();
    await page.keyboard.press('End');
    const told = section.locator('.readout [aria-live]');
    assert.match(await told.innerText(), new RegExp(`^${source[0]!.label} is like </s> -?0\\.\\d+`));
    assert.equal(await section.locator('.projected.pointed').count(), 2, 'both tokens are set off in the projection');
  });

  it('tells the language, and what each token most likely is', async () => {
    const page = await show('encoder-only');
    const section = page.locator('.kinds-section');
    const { language, classes, source } = inspection;
    assert.deepEqual(
      await section.locator('.answer').evaluateAll((answers) => answers.map((answer) => answer.textContent)),
      ['English', 'German', 'French', 'Spanish', 'Portuguese', 'Russian', 'Chinese', 'Japanese', 'Other'].map(
        (name, index) => `${name}${(100 * language.probabilities[index]!).toFixed(0)} %`,
      ),
    );
    const likeliest = source.map((_, position) => {
      const row = [...classes.probabilities.subarray(position * classes.names.length, (position + 1) * classes.names.length)];
      return ['Prose', 'Code', 'Identifier'][row.indexOf(Math.max(...row))];
    });
    assert.deepEqual(await section.locator('.token-figure small').allInnerTexts(), likeliest);
    await unfoldTable(section.locator('.answers-classes .folded-table'));
    assert.equal(await section.locator('.answers-classes tbody tr').count(), source.length);
  });

  it('tells what the decoder alone says, and what each token loses without the encoder', async () => {
    const page = await show('decoder-only');
    const section = page.locator('.kinds-section');
    const { inspection: alone, originalLogProbabilities } = await madeWhatIf(NO_INTERVENTION, inspection.target.length);
    assert.equal(await section.locator('.asking-told').innerText(), `Without the source: ${alone.targetText}`);
    for (const layer of [0, 1]) {
      await section.locator(`.decoder-alone input[value="${layer}"]`).check({ force: true });
      assert.deepEqual(await valuesOf(section.locator('canvas').first()), Array.from(attentionMap(alone.decoderAttentions, layer, null)));
    }
    await section.locator('.kinds input[value="both"]').check({ force: true });
    const changes = Array.from(inspection.logProbabilities, (value, position) => signed(originalLogProbabilities[position]! - value));
    assert.deepEqual(await section.locator('.token-figure small').allInnerTexts(), changes);
    await unfoldTable(section.locator('.folded-table'));
    assert.deepEqual(await section.locator('tbody td:last-child').allInnerTexts(), changes);
    const shares = Array.from(sourceSharesOf(inspection), (share) => `${(100 * share).toFixed(0)} %`);
    assert.deepEqual(await section.locator('.token-share small').allInnerTexts(), shares);
  });
});
