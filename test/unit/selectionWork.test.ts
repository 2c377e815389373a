/** From selections to segments and from results to places in the document, with sentences that were left as they are. */
import assert from 'node:assert/strict';
import { documentSpans, type LinkedText } from '../../src/editor/linkedText.ts';
import { editsOf, linkedAfter, linkedSource, segmentsOf, targetsOf, worksOf, type Work } from '../../src/selectionWork.ts';
import type { SegmentText } from '../../src/shared/segmentResult.ts';
import { documentAfter, plainDocument } from './editorText.ts';

const TEXT = ['/**', ' * One is here. Two keeps', ' * `code` in it. Three.', ' *', ' * Four is kept.', ' */', 'x = 1; // Five'].join('\n');
const TASK = { kind: 'translate', to: 'de' } as const;

function works(): readonly Work[] {
  const document = plainDocument('javascript', TEXT);
  const selections = [
    { start: { line: 0, character: 0 }, end: { line: 5, character: 3 } },
    { start: { line: 6, character: 9 }, end: { line: 6, character: 9 } },
    { start: { line: 6, character: 12 }, end: { line: 6, character: 12 } },
  ];
  const read = worksOf(document, selections, 'translate');
  assert.ok(!('nothingToDo' in read));
  return read;
}

const TARGETS: Readonly<Record<string, string>> = {
  'One is here.': 'Eins ist hier, und das ist ziemlich lang.',
  'Two keeps `code` in it.': 'Zwei ohne.',
  'Three.': 'Drei.',
  'Four is kept.': 'Vier.',
  Five: 'Fünf',
};

/** Two and four lost their code. */
function results(sources: readonly string[]): SegmentText[] {
  return sources.map((sourceText) => ({
    sourceText,
    targetText: TARGETS[sourceText]!,
    truncated: false,
    lostSpans: /^(?:Two|Four)/.test(sourceText) ? ['`code`'] : [],
  }));
}

/** What the document says where each segment stands. */
function read(linked: LinkedText, texts: readonly string[], document: string): string[] {
  return texts.map((text, segment) =>
    documentSpans(linked, { segment, span: { start: 0, end: text.length } })
      .map(({ start, end }) => document.slice(start, end))
      .join(' '),
  );
}

describe('selection work', () => {
  it('reads two cursors in one comment once, and knows where each segment stands', () => {
    const read1 = works();
    const sources = segmentsOf(read1);
    assert.deepEqual(sources, Object.keys(TARGETS));
    assert.deepEqual(read(linkedSource(read1), sources, TEXT), sources);
  });

  for (const how of ['replace', 'below'] as const) {
    it(`knows where targets stand, and sources that were left: ${how}`, () => {
      const all = works();
      const sources = segmentsOf(all);
      const found = results(sources);
      const targets = targetsOf(all, TASK, found);
      const edits = all.map((work, index) => editsOf(how, work, targets[index]!, { wrapColumn: 0 }));
      const after = documentAfter(
        all[0]!.source,
        edits.flatMap((own) => own.edits),
      );
      const { source, target } = linkedAfter(all, targets, edits, TASK, found);
      assert.deepEqual(
        read(
          target,
          found.map(({ targetText }) => targetText),
          after,
        ),
        found.map(({ targetText, lostSpans }) => (lostSpans.length > 0 ? '' : targetText)),
      );
      assert.deepEqual(
        read(source, sources, after),
        how === 'below' ? sources : found.map(({ sourceText, lostSpans }) => (lostSpans.length > 0 ? sourceText : '')),
      );
    });
  }

  it('sums all paragraphs up as one text, each character of which is known', () => {
    const document = plainDocument('javascript', TEXT);
    const summed = worksOf(document, [{ start: { line: 0, character: 0 }, end: { line: 5, character: 3 } }], 'summarise');
    assert.ok(!('nothingToDo' in summed));
    assert.deepEqual(segmentsOf(summed), ['One is here. Two keeps `code` in it. Three. Four is kept.']);
    assert.deepEqual(read(linkedSource(summed), segmentsOf(summed), TEXT), segmentsOf(summed));
    const task = { kind: 'summarise' } as const;
    const found = [{ sourceText: segmentsOf(summed)[0]!, targetText: 'Some numbers.', truncated: false, lostSpans: ['`code`'] }];
    const targets = targetsOf(summed, task, found);
    const edits = [editsOf('above', summed[0]!, targets[0]!, { wrapColumn: 0 })];
    const { source, target } = linkedAfter(summed, targets, edits, task, found);
    const after = documentAfter(summed[0]!.source, edits[0]!.edits);
    assert.deepEqual(read(target, ['Some numbers.'], after), ['Some numbers.']);
    assert.deepEqual(read(source, segmentsOf(summed), after), segmentsOf(summed));
  });
});
