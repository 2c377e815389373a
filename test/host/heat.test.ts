/** Reconstruction loss as heat over a document, in a real extension host: levels, what goes before it, edits and clearing. */
import assert from 'node:assert/strict';
import { EditorLink } from '../../src/editor/editorLink.ts';
import type { LossSpan } from '../../src/shared/highlight.ts';
import { closeAll, openText } from './workspace.ts';

const SOURCE = 'Open the flie quickly.';
const RUN = 1;

function lossOf(word: string, loss: number): LossSpan {
  const start = SOURCE.indexOf(word);
  return { side: 'source', start, end: start + word.length, loss };
}

describe('heat of what was hard to restore', () => {
  let link: EditorLink;
  beforeEach(() => (link = new EditorLink()));
  afterEach(async () => {
    link.dispose();
    await closeAll();
  });

  const marks = (): (readonly [string, number | string, string])[] =>
    link.decorated.flatMap(({ document, ranges }) =>
      ranges.map(({ range, level, measure }) => [document.getText(range), level, measure] as const),
    );

  it('marks tokens by their loss, through markers, for as long as nothing is pointed at', async () => {
    const { document } = await openText(`// ${SOURCE}\n`, 'javascript');
    const run = link.begin(document, { text: SOURCE, starts: [0], map: [{ from: 0, to: 3, length: SOURCE.length }] });
    run.finish(RUN);
    const heat = { segment: 0, spans: [lossOf('Open', 0.1), lossOf(' flie', 9), lossOf(' quickly', 1.6)] };
    link.showHeat(RUN + 1, heat);
    assert.deepEqual(marks(), [], 'of another run nothing is shown');
    link.showHeat(RUN, heat);
    const all = [
      ['flie', 4, 'loss'],
      ['quickly', 2, 'loss'],
    ];
    assert.deepEqual(marks(), all);
    link.highlight(RUN, [{ segment: 0, highlight: { focus: [{ side: 'source', start: 0, end: 4 }], attended: [] } }]);
    assert.deepEqual(marks(), [['Open', 'focus', 'attention']]);
    link.highlight(RUN, []);
    assert.deepEqual(marks(), all);
  });

  it('survives edits elsewhere, drops an edited word, and is cleared', async () => {
    const editor = await openText(SOURCE, 'plaintext');
    const run = link.begin(editor.document, { text: SOURCE, starts: [0], map: [{ from: 0, to: 0, length: SOURCE.length }] });
    run.finish(RUN);
    link.showHeat(RUN, { segment: 0, spans: [lossOf(' flie', 9), lossOf(' quickly', 9)] });
    const at = (word: string) => editor.document.positionAt(editor.document.getText().indexOf(word) + 1);
    await editor.edit((builder) => builder.insert(editor.document.positionAt(0), 'So. '));
    assert.deepEqual(
      marks().map(([text]) => text),
      ['flie', 'quickly'],
    );
    await editor.edit((builder) => builder.insert(at('quickly'), 'X'));
    assert.deepEqual(
      marks().map(([text]) => text),
      ['flie'],
    );
    link.clear();
    assert.deepEqual(marks(), []);
  });
});
