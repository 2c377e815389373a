/** Properties of segmentation and of re-wrapping, whatever the text is. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { everyComment } from '../../src/editor/everyComment.ts';
import { atOnce } from '../../src/editor/inSlices.ts';
import type { SourceText } from '../../src/editor/sourceText.ts';
import { replacement } from '../../src/editor/targetText.ts';
import { textAfter, type TextEdit } from '../../src/editor/textEdit.ts';
import { joinSegments, segment, segmentTexts } from '../../src/shared/segments.ts';
import { documentAfter, plainDocument } from './editorText.ts';

/** Words, and what would be markup at the start of a line. */
const word = fc.oneof(
  { weight: 8, arbitrary: fc.stringMatching(/^[a-zäéñ]{1,12}[,;]?$/) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '-',
      '*',
      '+',
      '#',
      '>',
      '1.',
      '@param',
      '@x',
      '`a b`',
      '"',

      'e\u0301',
      '👩‍👩‍👧',
      '--flag',
      '…',
      '(see',
    ),
  },
);
const paragraph = fc
  .tuple(fc.stringMatching(/^[A-Z][a-z]{1,8}$/), fc.array(word, { minLength: 1, maxLength: 60 }))
  .map(([first, words]) => [first, ...words, 'end.'].join(' '));

/** Comments of one paragraph, as people write them, with code around them. */
const SHAPES: readonly (readonly [language: string, before: string, after: string])[] = [
  ['javascript', 'const a = 1;\n\n    /**\n     * ', '\n     */\n    const b = "// no";\n'],
  ['javascript', '\t// ', '\n\tcode();\n'],
  ['java', '/* ', ' */\nint x;\n'],
  ['python', 'def f():\n    """', '"""\n    return 1\n'],
  ['python', 'def f():\n    """\n    ', '\n    """\n    return 1\n'],
  ['lua', '--- ', '\nlocal x = 1\n'],
  ['rust', '/// ', '\nfn f() {}\n'],
  ['go', '// -o FILE   ', '\nfunc f() {}\n'],
];

function everyParagraph(language: string, text: string): SourceText {
  const source = atOnce(everyComment(plainDocument(language, text)));
  assert.ok(!('nothingToDo' in source), text);
  return source;
}

/** The edits that take the others back, as an editor's undo does. */
function inverse(before: readonly string[], eol: string, edits: readonly TextEdit[]): TextEdit[] {
  let line = 0;
  let character = 0;
  let from = { line: 0, character: 0 };
  const advance = (text: string): void => {
    const parts = text.split(eol);
    line += parts.length - 1;
    character = parts.length > 1 ? parts.at(-1)!.length : character + parts[0]!.length;
  };
  const between = (start: TextEdit['start'], end: TextEdit['end']): string => textAfter(before, eol, { start, end }, []);
  return edits.map((edit) => {
    advance(between(from, edit.start));
    const start = { line, character };
    advance(edit.text);
    from = edit.end;
    return { start, end: { line, character }, text: between(edit.start, edit.end) };
  });
}

describe('re-wrapping', () => {
  const any = fc.record({
    shape: fc.constantFrom(...SHAPES),
    source: paragraph,
    target: paragraph,
    wrapColumn: fc.constantFrom(0, 40, 72),
  });

  it('puts in a text that is read back as it is, in one comment with the same marks, and leaves everything else byte for byte', () => {
    fc.assert(
      fc.property(any, ({ shape: [language, before, after], source: text, target, wrapColumn }) => {
        const source = everyParagraph(language, before + text + after);
        assert.equal(source.paragraphs.length, 1);
        const written = documentAfter(source, replacement(source, [target], { wrapColumn }));
        assert.ok(written.startsWith(before) && written.endsWith(after), written);
        assert.deepEqual(
          everyParagraph(language, written).paragraphs.map((each) => each.text),
          [target],
        );
      }),
      { numRuns: 400 },
    );
  });

  it('is undone to the same bytes', () => {
    fc.assert(
      fc.property(any, fc.constantFrom('\n', '\r\n'), ({ shape: [language, before, after], source: text, target, wrapColumn }, eol) => {
        const document = (before + text + after + before + text + after).replaceAll('\n', eol);
        const source = everyParagraph(language, document);
        const edits = replacement(source, [target, text], { wrapColumn });
        const written = documentAfter(source, edits);
        const back = inverse(source.document.lines, eol, edits);
        const lines = written.split(eol);
        const whole = { start: { line: 0, character: 0 }, end: { line: lines.length - 1, character: lines.at(-1)!.length } };
        assert.equal(textAfter(lines, eol, whole, back), document);
      }),
      { numRuns: 200 },
    );
  });
});

describe('segmentation', () => {
  const text = fc.oneof(
    paragraph,
    fc.string({ unit: 'grapheme', maxLength: 600 }),
    fc.array(paragraph, { maxLength: 8 }).map((all) => all.join(' ')),
  );

  it('leaves out nothing that has letters, and puts everything back where it was', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 20, max: 400 }), (whole, limit) => {
        const segmentation = segment(whole, { limit });
        assert.equal(joinSegments(segmentation, segmentTexts(segmentation)).text, whole);
        let done = 0;
        for (const { start, end } of segmentation.segments) {
          assert.ok(start >= done && end > start && end - start <= limit + 1);
          assert.doesNotMatch(whole.slice(done, start), /\p{L}/u);
          done = end;
        }
        assert.doesNotMatch(whole.slice(done), /\p{L}/u);
      }),
      { numRuns: 400 },
    );
  });
});
