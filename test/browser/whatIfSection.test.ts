/** "What if" in a real Chromium: its list of runs, the comparison of two, and a run's maps in the place of the first one's. */
import assert from 'node:assert/strict';
import { NO_INTERVENTION } from '../../src/shared/intervention.ts';
import { attentionReceived, meanLogProbability } from '../../src/shared/runDifference.ts';
import { signed } from '../../webview/panel/runComparison.ts';
import { madeWhatIf } from '../preview/madeRuns.ts';
import { chooseView, firstMap, recordedRun, valuesOf } from './readPanel.ts';
import { usePreview } from './usePreview.ts';

const inspection = recordedRun('sentence');

describe('what if in a browser', () => {
  const show = usePreview();

  it('keeps every run, and compares two of them', async () => {
    const page = await show('what-if', { width: 800 });
    const section = page.locator('.what-if-section');
    const { inspection: written } = await madeWhatIf(NO_INTERVENTION);
    assert.equal(await section.locator('.run-item').count(), 2);
    await section.locator('[data-kind="encoder"] .head-switch').first().click();
    await section.locator('.what-if-actions vscode-button', { hasText: 'Run' }).click();
    assert.equal(await section.locator('.run-item').count(), 3);
    assert.match(
      await section.locator('.run-item').nth(2).innerText(),
      /Without cross 0·2, encoder 0·0; “number” hidden; begins “Gibt das”/,
    );
    const difference = section.locator('.text-difference');
    assert.equal((await difference.locator(':not(del)').allTextContents()).join('').trim(), written.targetText);
    const means = [inspection, written].map(({ logProbabilities }) => signed(meanLogProbability(logProbabilities)));
    assert.deepEqual(await section.locator('.run-figures .figures').allInnerTexts(), means);
    const changes = section.locator('ol[aria-label^="Change of the attention"] small');
    const [before, after] = [inspection, written].map(({ crossAttentions }) => attentionReceived(crossAttentions));
    assert.deepEqual(
      await changes.allInnerTexts(),
      inspection.source.map((_, position) => signed(100 * (after![position]! - before![position]!), 1)),
    );
    await section.locator('.run-item').nth(2).locator('input').first().check();
    assert.match(await section.locator('.run-comparison').innerText(), /Both are the same/);
  });

  it('opens the maps of a run, its silenced heads crossed out, and goes back', async () => {
    const page = await show('what-if-maps', { width: 800 });
    const opened = (await madeWhatIf(NO_INTERVENTION)).inspection;
    const map = page.locator('.map canvas.heatmap-cells');
    const targetText = (): Promise<string> => page.locator('.text').nth(1).innerText();
    assert.deepEqual(await valuesOf(map), Array.from(firstMap(opened).values));
    assert.ok((await targetText()).includes(opened.targetText));
    assert.match(await page.locator('.opened-run').innerText(), /what if\s+Without cross 0·2; “number” hidden; begins/i);
    await chooseView(page, 'overview');
    assert.deepEqual(
      await page
        .locator('.overview-frame.out')
        .evaluateAll((frames) => frames.map((frame) => frame.parentElement!.getAttribute('aria-label'))),
      ['Layer 0, head 2, knocked out'],
    );
    await chooseView(page, 'map');
    await page.locator('.opened-run vscode-button').click();
    assert.deepEqual(await valuesOf(map), Array.from(firstMap(inspection).values));
    assert.ok((await targetText()).includes(inspection.targetText));
    assert.equal(await page.locator('.opened-run').count(), 0);
    assert.equal(await page.locator('.run-item').count(), 2, 'the runs are still there');
  });
});
