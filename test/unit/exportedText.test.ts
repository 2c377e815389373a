/** A run as a picture and as Markdown: well formed, and no markup of the text gets through. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { exportedMap } from '../../src/shared/export/exportedMap.ts';
import { mapSvg } from '../../src/shared/export/mapSvg.ts';
import { creditOf, runMarkdown } from '../../src/shared/export/runMarkdown.ts';
import { NASTY, savedRun } from './madeInspection.ts';

/** Throws where tags do not close one another or a character stands that must be escaped. */
function assertWellFormed(xml: string): void {
  const open: string[] = [];
  const rest = xml
    .replace(/^<\?xml [^?]*\?>\n/, '')
    .replaceAll(
      /<(\/?)([a-z]+)((?:\s[\w:-]+="[^"<]*")*)\s*(\/?)>/g,
      (_, closing: string, name: string, _attributes: string, empty: string) => {
        if (closing) assert.equal(open.pop(), name);
        else if (!empty) open.push(name);
        return '';
      },
    );
  assert.deepEqual(open, []);
  assert.doesNotMatch(rest.replaceAll(/&(?:amp|lt|gt|quot);/g, ''), /[<>&\u0000-\u0008\u000b\u000c\u000e-\u001f]/);
}

describe('SVG', () => {
  it('is well formed whatever the tokens are, with a cell and a tooltip for each weight', () => {
    const { inspection, model } = savedRun(NASTY, NASTY);
    const svg = mapSvg(exportedMap(inspection, 'cross', inspection.defaultCrossAttention), creditOf(model));
    assertWellFormed(svg);
    assert.equal(svg.match(/<rect [^>]*><title>/g)?.length, NASTY.length ** 2);
    assert.doesNotMatch(svg, /<script/);
  });
});

describe('Markdown', () => {
  it('holds both texts, the words that align and the model, and lets no markup through', () => {
    const run = savedRun(['The', ' file', ' <b>', '</s>'], ['Die', ' Da|tei', ' `x`', '</s>']);
    const markdown = runMarkdown(run);
    assert.match(markdown, /^\*\*Translation into German\*\*\n\n> The file \\<b\\>\n\n> Die Da\\\|tei \\`x\\`\n/);
    assert.match(markdown, /\| Die \| The \| \d\.\d\d \|\n/);
    assert.ok(markdown.includes(run.model.id) && markdown.includes(run.model.sha256.slice(0, 12)));
    for (const row of markdown.split('\n').filter((line) => line.startsWith('|'))) assert.equal(row.match(/(?<!\\)\|/g)?.length, 4);
  });

  it('keeps a line of the text from becoming a heading or a list', () => {
    const markdown = runMarkdown(savedRun(['# a\n- b\n1. c'], ['x']));
    assert.match(markdown, /> \\# a\n> \\- b\n> 1\\\. c\n/);
  });
});
