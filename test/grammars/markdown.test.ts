/** Markdown is read without its grammar: on real files, what is prose and what is a comment is what the grammar says. */
import assert from 'node:assert/strict';
import { everyComment } from '../../src/editor/everyComment.ts';
import { atOnce } from '../../src/editor/inSlices.ts';
import type { SourceDocument } from '../../src/editor/sourceText.ts';
import { installedGrammars } from './installedGrammars.ts';
import { longFiles } from './longTexts.ts';

/** Where the grammar is not right: a fence may be longer at its end than at its beginning; "console" names no language in it. */
const OTHERWISE = /^(?:semver|minimatch|@vscode\/vsce|@huggingface\/hub)\/README\.md$/;
/** One of so many. */
const EACH = 3;

function paragraphs(document: SourceDocument): string[] {
  const source = atOnce(everyComment(document));
  return 'nothingToDo' in source ? [] : source.paragraphs.map(({ text, pieces }) => `${pieces[0]?.line} ${text}`);
}

describe('Markdown without its grammar', () => {
  it('has the same prose and the same comments', async () => {
    const grammars = await installedGrammars();
    let [files, read, comments] = [0, 0, 0];
    for (const { path, text } of longFiles('markdown')) {
      if (files++ % EACH !== 0 || text.length > 100_000 || OTHERWISE.test(path.slice(path.lastIndexOf('node_modules/') + 13))) continue;
      const [own, grammar] = [await grammars.read('markdown', text), await grammars.read('markdown', text, false)];
      assert.deepEqual(paragraphs(own), paragraphs(grammar), path);
      assert.deepEqual(own.comments, grammar.comments, path);
      read++;
      comments += own.comments.length;
    }
    assert.ok(read > 100 && comments > 1000, `${read} files, ${comments} comments`);
  });

  it('ends a fence where another one is as long or longer', async () => {
    const grammars = await installedGrammars();
    const text = '```sh\na\n````\n\nProse.\n\n```js\nb // c\n```';
    assert.deepEqual(paragraphs(await grammars.read('markdown', text)), ['4 Prose.']);
    assert.deepEqual(paragraphs(await grammars.read('markdown', text, false)), [], 'the grammar does not');
  });
});
