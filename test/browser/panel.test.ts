/**
 * What the panel shows of canned runs, in a real Chromium: the pixels of its maps and the shades of its texts against the numbers that they stand
 * for, pointer and keyboard, and that nothing is wider than the side bar. Independent of fonts.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';
import type { Inspection } from '../../src/shared/inspection.ts';
import { atOnce } from '../../src/editor/inSlices.ts';
import { attentionMap } from '../../src/shared/inspection.ts';
import { leadingComponents } from '../../src/shared/attention/leadingComponents.ts';
import { selfRollout } from '../../src/shared/attention/rollout.ts';
import { cosineSimilarity } from '../../src/shared/attention/similarity.ts';
import { sourceSharesOf } from '../../webview/panel/sourceShareStrip.ts';
import type { Colour } from '../../webview/panel/colourScale.ts';
import type { HeatmapCanvas } from '../../webview/panel/heatmapSurface.ts';
import { tilesOf } from '../../webview/panel/overviewPixels.ts';
import { defaultChoice } from '../../webview/panel/mapOf.ts';
import { pointedTexts, pointerOf } from '../../webview/panel/pointer.ts';
import { DEFAULT_OPTIONS, shownMap, type MapOptions } from '../../webview/panel/shownMap.ts';
import { NO_INTERVENTION } from '../../src/shared/intervention.ts';
import { attentionReceived, meanLogProbability } from '../../src/shared/runDifference.ts';
import { signed } from '../../webview/panel/runComparison.ts';
import { tokenName } from '../../webview/panel/tokenRow.ts';
import { longRun, madeBottleneck, madeRestored, madeWhatIf } from '../preview/madeRuns.ts';
import { inspectionOf } from '../preview/recording.ts';
import { STATES } from '../preview/states.ts';
import { THEMES } from '../preview/themes.ts';
import { PreviewBrowser } from './previewPage.ts';

const inspection: Inspection = inspectionOf(readFileSync('test/fixtures/runs/sentence.json', 'utf8'));
const shown = shownMap(inspection, 'cross', defaultChoice(inspection, 'cross'), DEFAULT_OPTIONS);

/** The dark theme's ends of the scale: the editor's background and the blue of charts. */
const [LOW, HIGH] = ['--vscode-editor-background', '--vscode-charts-blue'].map((name) => colourOf(THEMES['dark']!.variables[name]!)) as [
  Colour,
  Colour,
];

function colourOf(hex: string): Colour {
  return [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16)) as unknown as Colour;
}

function assertColour(actual: readonly number[], share: number, what: string): void {
  for (const channel of [0, 1, 2] as const) {
    const wanted = LOW[channel] + (HIGH[channel] - LOW[channel]) * share;
    assert.ok(Math.abs(actual[channel]! - wanted) <= 2, `${what}: ${actual.join(' ')} for a share of ${share}`);
  }
}

const view = (page: Page, value: string): Promise<void> => page.locator(`.segmented input[value="${value}"]`).check({ force: true });
const readout = (page: Page): Promise<string> => page.locator('.readout-shown').innerText();

/** Its rows are made when it is opened for the first time. */
async function openTable(table: Locator): Promise<void> {
  await table.locator('summary').click();
  await table.locator('tbody tr').first().waitFor();
}

describe('panel in a browser', () => {
  let browser: PreviewBrowser;
  before(async () => {
    browser = await PreviewBrowser.open();
  });
  after(() => browser.close());

  it('paints every cell of the heatmap in the colour of its weight', async () => {
    const { page, complaints } = await browser.show('sentence', { width: 800 });
    const painted = await page.locator('canvas.heatmap-cells').evaluate((element) => {
      const canvas = element as HeatmapCanvas;
      const context = canvas.getContext('2d')!;
      const columns = Number(canvas.dataset['columns']);
      return Array.from(canvas.values, (_, index) => {
        const { x, y, width, height } = canvas.boxOfCell(Math.floor(index / columns), index % columns)!;
        return [...context.getImageData(Math.floor(x + width / 2), Math.floor(y + height / 2), 1, 1).data];
      });
    });
    assert.equal(painted.length, shown.values.length);
    for (const [index, colour] of painted.entries()) assertColour(colour, shown.shares[index]!, `cell ${index}`);
    assert.deepEqual(complaints, []);
    await page.close();
  });

  it('paints every head of the overview, each from 0 to its own largest weight', async () => {
    const { page, complaints } = await browser.show('sentence', { width: 800 });
    await page.locator('vscode-panel-tab', { hasText: 'Encoder' }).click();
    await view(page, 'overview');
    await page.locator('canvas.overview-tiles[data-kind="encoder"]').waitFor();
    const { encoderAttentions: maps } = inspection;
    const tiles = tilesOf(maps, 1000, 1000, 'linear');
    const painted = await page.evaluate(
      ([rows, columns]) => {
        const canvas = document.querySelector<HTMLCanvasElement>('canvas.overview-tiles')!;
        const context = canvas.getContext('2d')!;
        const corner = canvas.getBoundingClientRect();
        return Array.from(document.querySelectorAll('.overview-frame'), (frame) => {
          const { left, top, width, height } = frame.getBoundingClientRect();
          return Array.from({ length: rows * columns }, (_, index) => {
            const x = left - corner.left + ((index % columns) + 0.5) * (width / columns);
            const y = top - corner.top + (Math.floor(index / columns) + 0.5) * (height / rows);
            return [...context.getImageData(Math.floor(x), Math.floor(y), 1, 1).data];
          });
        });
      },
      [maps.queries, maps.keys] as const,
    );
    assert.equal(painted.length, maps.layers * maps.heads);
    for (const [head, cells] of painted.entries())
      for (const [cell, colour] of cells.entries()) assertColour(colour, tiles[head]!.shares[cell]!, `head ${head}, cell ${cell}`);
    assert.deepEqual(complaints, []);
    await page.close();
  });

  it('computes the rollout of a long text in slices, and keeps the map before it until then', async () => {
    const { page, complaints } = await browser.show('long-256', { width: 800 });
    await page.locator('vscode-panel-tab', { hasText: 'Encoder' }).click();
    await page.locator('.choice vscode-dropdown[aria-label^="Head"]').click();
    await page.locator('.choice vscode-option', { hasText: 'Rollout' }).click();
    const canvas = page.locator('canvas.heatmap-cells[data-head="rollout"]');
    await canvas.waitFor();
    assert.equal(await page.locator('.map').getAttribute('aria-busy'), 'false');
    const { encoderAttentions } = longRun(256);
    const values = await canvas.evaluate((element) => Array.from((element as HeatmapCanvas).values));
    assert.deepEqual(values, Array.from(atOnce(selfRollout(encoderAttentions, 0))));
    await page.locator('.choice vscode-dropdown[aria-label^="Layer"]').click();
    await page.locator('.choice vscode-option', { hasText: 'All layers' }).click();
    assert.equal(await page.locator('.map').getAttribute('aria-busy'), 'true');
    await page.locator('.map[aria-busy="false"] canvas[data-layer="all"]').waitFor();
    const all = await canvas.evaluate((element) => Array.from((element as HeatmapCanvas).values));
    assert.deepEqual(all, Array.from(atOnce(selfRollout(encoderAttentions))));
    assert.deepEqual(complaints, []);
    await page.close();
  });

  it('draws a line from each target token to the source token that it looked at most', async () => {
    const { page } = await browser.show('sentence', { width: 800 });
    await view(page, 'lines');
    const columns = shown.columns.length;
    const links = shown.rows.map((_, row) => {
      const weights = shown.values.subarray(row * columns, (row + 1) * columns);
      return { row, column: weights.indexOf(Math.max(...weights)) };
    });
    const painted = await page.locator('canvas.lines-canvas').evaluate((element, links) => {
      const canvas = element as HTMLCanvasElement;
      const context = canvas.getContext('2d')!;
      // All lines begin and end level with their tokens, 18 pixels apart.
      return links.map(({ row, column }) => [
        context.getImageData(canvas.width - 2, Math.round((row + 0.5) * 18), 1, 1).data[3]!,
        context.getImageData(1, Math.round((column + 0.5) * 18), 1, 1).data[3]!,
      ]);
    }, links);
    for (const [index, ends] of painted.entries()) assert.ok(Math.min(...ends) > 60, `line ${index}: opacity ${ends.join(' and ')} of 255`);
    await page.close();
  });

  it('opens a head of the overview by Enter, after arrow keys', async () => {
    const { page } = await browser.show('sentence');
    await page.locator('vscode-panel-tab', { hasText: 'Encoder' }).click();
    await view(page, 'overview');
    await page.locator('.overview-tile[aria-label^="Layer 0, head 0"]').focus();
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowRight']) await page.keyboard.press(key);
    assert.match(await readout(page), /^Layer 2 · head 1: Confidence 0\.\d\d/);
    await page.keyboard.press('Enter');
    const canvas = page.locator('canvas.heatmap-cells[data-layer="2"][data-head="1"]');
    await canvas.waitFor();
    const { values } = await canvas.evaluate((element) => ({ values: Array.from((element as HeatmapCanvas).values) }));
    assert.deepEqual(values, Array.from(attentionMap(inspection.encoderAttentions, 2, 1)));
    assert.equal(await canvas.evaluate((element) => document.activeElement === element), true, 'the map has the focus');
    await page.close();
  });

  it('sorts heads by a measure', async () => {
    const { page } = await browser.show('sentence');
    await view(page, 'overview');
    await page.locator('.head-order vscode-dropdown').click();
    await page.locator('.head-order vscode-option', { hasText: 'Confidence' }).click();
    const figures = (
      await page.locator('.overview-tile').evaluateAll((tiles) => tiles.map((tile) => tile.getAttribute('aria-label')!))
    ).map((name) => Number(name.split(': ')[1]));
    assert.equal(figures.length, 16);
    assert.deepEqual(
      figures,
      figures.toSorted((one, other) => other - one),
    );
    assert.ok(figures[0]! > figures.at(-1)!);
    await page.close();
  });

  it('shades the source by what a target token looked at, keeps it when clicked, and clears it by Escape', async () => {
    const { page } = await browser.show('sentence');
    const target = page.locator('.text').nth(1).locator('.unit');
    const shares = (): Promise<number[]> =>
      page
        .locator('.text')
        .first()
        .locator('.unit')
        .evaluateAll((units) => units.map((unit) => Number((unit as HTMLElement).style.getPropertyValue('--share'))));
    const unit = 4;
    const { source } = pointedTexts(shown, [pointerOf(shown, 'target', unit)!]);
    await target.nth(unit).hover();
    for (const [index, share] of (await shares()).entries())
      assert.ok(Math.abs(share - source.shares![index]!) < 1e-3, `unit ${index}: ${share} for ${source.shares![index]!}`);
    const told = await readout(page);
    await target.nth(unit).click();
    await page.mouse.move(150, 880);
    assert.equal(await readout(page), told, 'a click keeps it');
    await page.keyboard.press('Escape');
    assert.ok((await shares()).every((share) => share === 0));
    await page.close();
  });

  it('keeps several tokens that are clicked with Ctrl, and shades what any of them looked at', async () => {
    const { page } = await browser.show('sentence');
    const target = page.locator('.text').nth(1).locator('.unit');
    await target.nth(2).click();
    await target.nth(4).click({ modifiers: ['ControlOrMeta'] });
    await page.mouse.move(150, 880);
    const { source } = pointedTexts(shown, [pointerOf(shown, 'target', 2)!, pointerOf(shown, 'target', 4)!]);
    const shares = await page
      .locator('.text')
      .first()
      .locator('.unit')
      .evaluateAll((units) => units.map((unit) => Number((unit as HTMLElement).style.getPropertyValue('--share'))));
    for (const [index, share] of shares.entries()) assert.ok(Math.abs(share - source.shares![index]!) < 1e-3, `unit ${index}`);
    assert.equal(await page.locator('.text').nth(1).locator('.unit.pointed').count(), 2);
    assert.match(await readout(page), /2 queries, the greatest weight of any/);
    await target.nth(4).click({ modifiers: ['ControlOrMeta'] });
    await page.mouse.move(150, 880);
    assert.equal(await page.locator('.text').nth(1).locator('.unit.pointed').count(), 1, 'the same again takes it away');
    await page.close();
  });

  it('moves over the texts by keyboard and announces what it tells', async () => {
    const { page } = await browser.show('sentence');
    const text = page.locator('.text').nth(1);
    await text.focus();
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowLeft');
    assert.match(await page.locator('.readout [aria-live]').innerText(), / looks at .+ 0\.\d+/);
    const active = (await text.getAttribute('aria-activedescendant'))!;
    assert.equal(await page.locator(`#${active}`).innerText(), inspection.target.at(-3)!.label.trim());
    await page.close();
  });

  it('writes the texts as they are, white space and direction included', async () => {
    const { page } = await browser.show('right-to-left');
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
    await page.close();
  });

  it('marks what may have been left out in words and by a line', async () => {
    const { page } = await browser.show('long-64');
    assert.match(await page.locator('.omission-note').innerText(), /Possibly left out: “source1 /);
    const line = await page
      .locator('.unit.unused')
      .first()
      .evaluate((unit) => getComputedStyle(unit).textDecorationStyle);
    assert.equal(line, 'wavy');
    await page.close();
  });

  it('tells what a measure is when its help has the focus', async () => {
    const { page } = await browser.show('sentence');
    await page.locator('.choice-help .help').focus();
    const tip = page.locator('.choice-help .help-tip');
    assert.equal(await tip.isVisible(), true);
    assert.match(await tip.innerText(), /Attention weights[\s\S]+Vaswani et al\. 2017[\s\S]+Jain & Wallace/);
    await page.keyboard.press('Escape');
    assert.equal(await tip.isVisible(), false);
    await page.close();
  });

  it('shows how alike hidden states are at each layer, and where they lie', async () => {
    const { page, complaints } = await browser.show('encoder-only', { width: 800 });
    const section = page.locator('.kinds-section');
    const { encoderHiddenStates: states, source } = inspection;
    const slider = section.locator('.layer-slider');
    const map = section.locator('canvas.heatmap-cells');
    for (const layer of [states.layers - 1, 0]) {
      await slider.press(layer === 0 ? 'Home' : 'End');
      assert.match((await slider.getAttribute('aria-valuetext'))!, new RegExp(`^Layer ${layer} of ${states.layers - 1}`));
      const { values, columns } = await map.evaluate((element) => {
        const canvas = element as HTMLCanvasElement & { readonly values: Float32Array };
        return { values: Array.from(canvas.values), columns: Number(canvas.dataset['columns']) };
      });
      assert.deepEqual(values, Array.from(cosineSimilarity(states, layer)));
      assert.equal(columns, source.length);
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
    assert.deepEqual(complaints, []);
    await page.close();
  });

  it('tells the language, and what each token most likely is', async () => {
    const { page } = await browser.show('encoder-only');
    const section = page.locator('.kinds-section');
    const { language, classes, source } = inspection;
    assert.deepEqual(
      await section.locator('.answer').evaluateAll((answers) => answers.map((answer) => answer.textContent)),
      language.names.map((name, index) => `${name}${(100 * language.probabilities[index]!).toFixed(0)} %`),
    );
    const likeliest = source.map((_, position) => {
      const row = [...classes.probabilities.subarray(position * classes.names.length, (position + 1) * classes.names.length)];
      return classes.names[row.indexOf(Math.max(...row))];
    });
    assert.deepEqual(await section.locator('.token-figure small').allInnerTexts(), likeliest);
    await openTable(section.locator('.answers-classes .map-table'));
    assert.equal(await section.locator('.answers-classes tbody tr').count(), source.length);
    await page.close();
  });

  it('tells what the decoder alone says, and what each token loses without the encoder', async () => {
    const { page, complaints } = await browser.show('decoder-only');
    const section = page.locator('.kinds-section');
    const { inspection: alone, originalLogProbabilities } = await madeWhatIf(NO_INTERVENTION, inspection.target.length);
    assert.equal(await section.locator('.asking-told').innerText(), `Without the source: ${alone.targetText}`);
    for (const layer of [0, 1]) {
      await section.locator(`.decoder-alone input[value="${layer}"]`).check({ force: true });
      const values = await section
        .locator('canvas')
        .first()
        .evaluate((element) => Array.from((element as HeatmapCanvas).values));
      assert.deepEqual(values, Array.from(attentionMap(alone.decoderAttentions, layer, null)));
    }
    await section.locator('.kinds input[value="both"]').check({ force: true });
    const changes = Array.from(inspection.logProbabilities, (value, position) => signed(originalLogProbabilities[position]! - value));
    assert.deepEqual(await section.locator('.token-figure small').allInnerTexts(), changes);
    await openTable(section.locator('.map-table'));
    assert.deepEqual(await section.locator('tbody td:last-child').allInnerTexts(), changes);
    const shares = Array.from(sourceSharesOf(inspection), (share) => `${(100 * share).toFixed(0)} %`);
    assert.deepEqual(await section.locator('.token-share small').allInnerTexts(), shares);
    assert.deepEqual(complaints, []);
    await page.close();
  });

  it('shows maps as the options say: by row, logarithmic, by mass, in words', async () => {
    const { page } = await browser.show('paragraph', { width: 800 });
    const paragraph = inspectionOf(readFileSync('test/fixtures/runs/paragraph.json', 'utf8'));
    const choice = defaultChoice(paragraph, 'cross');
    await page.locator('.toolbar vscode-button').click();
    const options = page.locator('.map-options');
    const asShown = async (wanted: Partial<MapOptions>): Promise<void> => {
      const { values, shares } = shownMap(paragraph, 'cross', choice, { ...DEFAULT_OPTIONS, ...wanted });
      const { painted, written } = await page.locator('.map canvas.heatmap-cells').evaluate((element) => {
        const canvas = element as HeatmapCanvas;
        const context = canvas.getContext('2d')!;
        const columns = Number(canvas.dataset['columns']);
        const pixels = Array.from(canvas.values, (_, index) => {
          const { x, y, width, height } = canvas.boxOfCell(Math.floor(index / columns), index % columns)!;
          return [...context.getImageData(Math.floor(x + width / 2), Math.floor(y + height / 2), 1, 1).data];
        });
        return { painted: pixels, written: Array.from(canvas.values) };
      });
      assert.deepEqual(written, Array.from(values));
      for (const [index, colour] of painted.entries()) assertColour(colour, shares[index]!, `${JSON.stringify(wanted)}, cell ${index}`);
    };
    for (const scale of ['log', 'row', 'linear'] as const) {
      await options.locator(`input[value="${scale}"]`).check({ force: true });
      await asShown({ scale });
    }
    await options.locator('input[type="checkbox"]').check();
    await asShown({ words: true });
    const mass = options.locator('input[type="range"]');
    for (let press = 0; press < 4; press++) await mass.press('ArrowLeft');
    await asShown({ words: true, mass: 0.8 });
    await page.close();
  });

  it('keeps every run of what if, and compares two of them', async () => {
    const { page, complaints } = await browser.show('what-if', { width: 800 });
    const section = page.locator('.what-if-section');
    const { inspection: written } = await madeWhatIf(NO_INTERVENTION);
    assert.equal(await section.locator('.run-item').count(), 2);
    await section.locator('[data-kind="encoder"] .head-switch').first().click();
    await section.locator('.what-if-actions vscode-button', { hasText: 'Run' }).click();
    assert.equal(await section.locator('.run-item').count(), 3);
    assert.match(
      await section.locator('.run-item').nth(2).innerText(),
      /without cross 0·2, encoder 0·0; “number” hidden; begins “Gibt den”/,
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
    assert.deepEqual(complaints, []);
    await page.close();
  });

  it('opens the maps of a run of what if, its silenced heads crossed out, and goes back', async () => {
    const { page, complaints } = await browser.show('what-if-maps', { width: 800 });
    const opened = (await madeWhatIf(NO_INTERVENTION)).inspection;
    const maps = async (): Promise<number[]> =>
      page.locator('.map canvas.heatmap-cells').evaluate((element) => Array.from((element as HeatmapCanvas).values));
    const targetText = (): Promise<string> => page.locator('.text').nth(1).innerText();
    const ofOpened = shownMap(opened, 'cross', defaultChoice(opened, 'cross'), DEFAULT_OPTIONS);
    assert.deepEqual(await maps(), Array.from(ofOpened.values));
    assert.ok((await targetText()).includes(opened.targetText));
    assert.match(await page.locator('.opened-run').innerText(), /What if: without cross 0·2; “number” hidden; begins/);
    await view(page, 'overview');
    assert.deepEqual(
      await page
        .locator('.overview-frame.out')
        .evaluateAll((frames) => frames.map((frame) => frame.parentElement!.getAttribute('aria-label'))),
      ['Layer 0, head 2, knocked out'],
    );
    await view(page, 'map');
    await page.locator('.opened-run vscode-button').click();
    assert.deepEqual(await maps(), Array.from(shown.values));
    assert.ok((await targetText()).includes(inspection.targetText));
    assert.equal(await page.locator('.opened-run').count(), 0);
    assert.equal(await page.locator('.run-item').count(), 2, 'the runs are still there');
    assert.deepEqual(complaints, []);
    await page.close();
  });

  it('draws loss against what is kept, tells it at each count, and shows what is written there', async () => {
    const { page, complaints } = await browser.show('bottleneck');
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
    await openTable(section.locator('.map-table'));
    assert.equal(await section.locator('.map-table tbody tr').count(), source + 1);
    const named = mostAttended.slice(0, 4).map((position) => `“${tokenName(inspection.source[position]!)}”`);
    await section.locator('p', { hasText: `Kept, most attended first: ${named.join(', ')}.` }).waitFor();
    const written = (await madeWhatIf(NO_INTERVENTION)).inspection.targetText;
    await section.locator('.bottleneck-found vscode-button', { hasText: 'Write with 4 states' }).click();
    await section.locator('.asking-told', { hasText: `With 4 states: ${written}` }).waitFor();
    assert.equal((await section.locator('.text-difference :not(del)').allTextContents()).join('').trim(), written);
    assert.deepEqual(complaints, []);
    await page.close();
  });

  it('tells how hard each source token is to restore, and what was restored', async () => {
    const { page, complaints } = await browser.show('reconstruct');
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
    assert.deepEqual(complaints, []);
    await page.close();
  });

  for (const width of [300, 480, 800]) {
    it(`has room for every state at ${width} pixels`, async () => {
      for (const state of Object.keys(STATES).filter((name) => !/^long-(256|512)/.test(name))) {
        const { page, complaints } = await browser.show(state, { width });
        for (const part of state === 'paragraph' ? ['map', 'lines', 'overview'] : []) {
          await view(page, part);
          if (part === 'map') await page.locator('.toolbar vscode-button').click();
        }
        const over = await page.evaluate(() => document.body.scrollWidth - document.body.clientWidth);
        assert.ok(over <= 0, `${state} is ${over} pixels too wide`);
        assert.deepEqual(complaints, [], state);
        await page.close();
      }
    });
  }
});
