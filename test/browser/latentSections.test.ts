/** "Bottleneck" and "Reconstruct" in a real Chromium: what they tell of canned answers against those answers' numbers. */
import assert from 'node:assert/strict';
import { NO_INTERVENTION } from '../../src/shared/intervention.ts';
import { meanLogProbability } from '../../src/shared/runDifference.ts';
import { signed } from '../../webview/panel/runComparison.ts';
import { tokenName } from '../../webview/panel/tokenRow.ts';
import { madeBottleneck, madeRestored, madeWhatIf } from '../preview/madeRuns.ts';
import { recordedRun, unfoldTable } from './readPanel.ts';
import { usePreview } from './usePreview.ts';

const inspection = recordedRun('sentence');

describe('bottleneck and reconstruction in a browser', () => {
  const show = usePreview();

  it('draws loss against what is kept, tells it at each count, and shows what is written there', async () => {
    const page = await show('bottleneck');
    const section = page.locator('.bottleneck-section');
    const source = inspection.source.length;
    const counts = Array.from({ length: source + 1 }, (_, count) => count);
    const { points, mostAttended } = madeBottleneck(counts, inspection.target.length);
    const whole = meanLogProbability(inspection.logProbabilities);
    const slider = section.locator('.bottleneck-slider');
    for (const [kind, least] of [
      ['components', 0],
      ['states', 1],
    ] as const) {
      await section.locator(`input[value="${kind}"]`).check({ force: true });
      await slider.focus();
      await page.keyboard.press('Home');
      for (let count = least; count <= 3; count++) {
        const loss = -meanLogProbability(points[count]![kind]!);
        const unit = count === 1 ? kind.slice(0, -1) : kind;
        const told = `${count} ${unit} of ${source}: ${loss.toFixed(2)} nats a token, ${signed(loss + whole)} against everything`;
        assert.equal(await section.locator('.bottleneck-told').innerText(), told);
        assert.equal(await slider.getAttribute('aria-valuetext'), told);
        const figures = await section.locator('.token-figure small').allInnerTexts();
        const changes = inspection.logProbabilities.map((value, position) => points[count]![kind]![position]! - value);
        assert.deepEqual(
          figures,
          Array.from(changes, (change) => signed(change)),
        );
        await page.keyboard.press('ArrowRight');
      }
    }
    const heights = await section
      .locator('.curve-drawing > .curve.states')
      .first()
      .locator('circle')
      .evaluateAll((marks) => marks.map((mark) => Number(mark.getAttribute('cy'))));
    assert.equal(heights.length, source, 'a mark for each count of states but none');
    assert.ok(
      heights.every((height, index) => index === 0 || height > heights[index - 1]!),
      'the loss falls',
    );
    await unfoldTable(section.locator('.folded-table'));
    assert.equal(await section.locator('.folded-table tbody tr').count(), source + 1);
    const named = mostAttended.slice(0, 4).map((position) => `“${tokenName(inspection.source[position]!)}”`);
    await section.locator('p', { hasText: `Kept, most attended first: ${named.join(', ')}.` }).waitFor();
    const written = (await madeWhatIf(NO_INTERVENTION)).inspection.targetText;
    await section.locator('.bottleneck-found vscode-button', { hasText: 'Write with 4 states' }).click();
    await section.locator('.asking-told', { hasText: `With 4 states: ${written}` }).waitFor();
    assert.equal((await section.locator('.text-difference :not(del)').allTextContents()).join('').trim(), written);
  });

  it('tells how hard each source token is to restore, and what was restored', async () => {
    const page = await show('reconstruct');
    const section = page.locator('.reconstruct-section');
    const { reconstruction, written } = madeRestored();
    const losses = Array.from(reconstruction.logProbabilities, (value) => (-value).toFixed(2));
    assert.deepEqual(await section.locator('.token-figure small').allInnerTexts(), losses);
    const shares = await section
      .locator('.token-figure')
      .evaluateAll((tokens) => tokens.map((token) => Number((token as HTMLElement).style.getPropertyValue('--share'))));
    assert.equal(
      shares.indexOf(Math.max(...shares)),
      reconstruction.logProbabilities.indexOf(Math.min(...reconstruction.logProbabilities)),
    );
    assert.equal(await section.locator('.asking-told').innerText(), `Restored: ${written.targetText}`);
    assert.deepEqual(await section.locator('.text-difference :is(del, ins)').allTextContents(), [' count', ' number']);
    assert.match(await section.locator('.reconstruct-found').innerText(), /Hardest: “count” 2\.50/);
  });
});
