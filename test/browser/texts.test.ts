/** The text view in a real Chromium: what is pointed at, kept and cleared, by pointer and keyboard; white space, direction and what may be left out. */
import assert from 'node:assert/strict';
import { pointedTexts, pointerOf } from '../../webview/panel/pointer.ts';
import { firstMap, readout, recordedRun, sharesOf, unitsOf } from './readPanel.ts';
import { usePreview } from './usePreview.ts';

const inspection = recordedRun('sentence');
const shown = firstMap(inspection);

/** What the source's units are to be shaded with while these units of the target are pointed at. */
function assertShares(shares: readonly number[], units: readonly number[]): void {
  const { source } = pointedTexts(
    shown,
    units.map((unit) => pointerOf(shown, 'target', unit)!),
  );
  assert.equal(shares.length, source.shares!.length);
  for (const [index, share] of shares.entries())
    assert.ok(Math.abs(share - source.shares![index]!) < 1e-3, `unit ${index}: ${share} for ${source.shares![index]!}`);
}

describe('texts in a browser', () => {
  const show = usePreview();

  it('shades the source by what a target token looked at, keeps it when clicked, and clears it by Escape', async () => {
    const page = await show('sentence');
    const token = unitsOf(page, 'target').nth(4);
    await token.hover();
    assertShares(await sharesOf(page, 'source'), [4]);
    const told = await readout(page);
    await token.click();
    await page.mouse.move(150, 880);
    assert.equal(await readout(page), told, 'a click keeps it');
    await page.keyboard.press('Escape');
    assert.ok((await sharesOf(page, 'source')).every((share) => share === 0));
  });

  it('keeps several tokens that are clicked with Ctrl, and shades what any of them looked at', async () => {
    const page = await show('sentence');
    const target = unitsOf(page, 'target');
    const pointed = page.locator('.text').nth(1).locator('.unit.pointed');
    await target.nth(2).click();
    await target.nth(4).click({ modifiers: ['ControlOrMeta'] });
    await page.mouse.move(150, 880);
    assertShares(await sharesOf(page, 'source'), [2, 4]);
    assert.equal(await pointed.count(), 2);
    assert.match(await readout(page), /2 queries, the greatest weight of any/);
    await target.nth(4).click({ modifiers: ['ControlOrMeta'] });
    await page.mouse.move(150, 880);
    assert.equal(await pointed.count(), 1, 'the same again takes it away');
  });

  it('moves over the texts by keyboard and announces what it tells', async () => {
    const page = await show('sentence');
    const text = page.locator('.text').nth(1);
    await text.focus();
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowLeft');
    assert.match(await page.locator('.readout [aria-live]').innerText(), / looks at .+ 0\.\d+/);
    const active = (await text.getAttribute('aria-activedescendant'))!;
    assert.equal(await page.locator(`#${active}`).innerText(), inspection.target.at(-3)!.label.trim());
  });

  it('writes the texts as they are, white space and direction included', async () => {
    const page = await show('right-to-left');
    const texts = await page.locator('.text').evaluateAll((both) =>
      both.map((text) => ({
        written: Array.from(text.childNodes, (node) => (node instanceof Element && node.matches('.control') ? '' : node.textContent)).join(
          '',
        ),
        direction: getComputedStyle(text).direction,
      })),
    );
    assert.deepEqual(texts, [
      { written: 'Open the file  before\nyou read it.', direction: 'ltr' },
      { written: 'افتح الملف  قبل\nأن تقرأ index.html منه.', direction: 'rtl' },
    ]);
  });

  it('marks what may have been left out in words and by a line', async () => {
    const page = await show('long-64');
    assert.match(await page.locator('.omission-note').innerText(), /Possibly left out: “source1 /);
    const line = await page
      .locator('.unit.unused')
      .first()
      .evaluate((unit) => getComputedStyle(unit).textDecorationStyle);
    assert.equal(line, 'wavy');
  });
});
