/** Which edits somebody took, from what the document then says. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { takenEdits } from '../../src/editor/takenEdits.ts';
import { textAfter, type TextEdit } from '../../src/editor/textEdit.ts';

const line = fc.stringMatching(/^[ab]{0,4}$/);
/** A document, edits of some of its lines, and which of them are taken. */
const choice = fc.array(fc.record({ text: line, edit: fc.option(line), take: fc.boolean() }), { minLength: 1, maxLength: 12 });

const all = (lines: readonly string[]) => ({
  start: { line: 0, character: 0 },
  end: { line: lines.length - 1, character: lines.at(-1)!.length },
});

describe('taken edits', () => {
  it('are those that make the document what it is, or are not told', () => {
    fc.assert(
      fc.property(choice, fc.constantFrom('\n', '\r\n'), (rows, eol) => {
        const lines = rows.map(({ text }) => text);
        const edits = rows.flatMap(({ text, edit }, index): TextEdit[] =>
          edit === null ? [] : [{ start: { line: index, character: 0 }, end: { line: index, character: text.length }, text: edit }],
        );
        const chosen = edits.filter(({ start }) => rows[start.line]!.take);
        const after = textAfter(lines, eol, all(lines), chosen);
        const taken = takenEdits({ lines, eol }, edits, after);
        if (taken !== undefined) assert.equal(textAfter(lines, eol, all(lines), taken), after);
      }),
    );
  });

  it('are told exactly where they say something else than what they replace', () => {
    const lines = ['// Open it.', 'a();', '// Close it.', 'b();', '// Read it.'];
    const edits = ['Öffne es.', 'Schließe es.', 'Lies es.'].map((text, index) => ({
      start: { line: 2 * index, character: 3 },
      end: { line: 2 * index, character: lines[2 * index]!.length },
      text,
    }));
    for (const kept of [[], [0], [1], [0, 2], [0, 1, 2]]) {
      const chosen = kept.map((index) => edits[index]!);
      assert.deepEqual(takenEdits({ lines, eol: '\n' }, edits, textAfter(lines, '\n', all(lines), chosen)), chosen);
    }
  });

  it('are not told of a document that says something that none of them wrote', () => {
    const edits = [{ start: { line: 0, character: 0 }, end: { line: 0, character: 1 }, text: 'b' }];
    for (const after of ['c\nend', 'a\nend!', 'xa\nend', 'b'])
      assert.equal(takenEdits({ lines: ['a', 'end'], eol: '\n' }, edits, after), undefined, after);
  });
});
