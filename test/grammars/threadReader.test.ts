/** Texts that are read on a thread of their own: what is found is what this thread finds, whatever becomes of the other one, and this one is free meanwhile. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import type { LineFocus } from '../../src/editor/grammar/tokenizedLines.ts';
import { FallbackReader } from '../../src/editor/reading/fallbackReader.ts';
import { LocalReader } from '../../src/editor/reading/localReader.ts';
import { ThreadReader } from '../../src/editor/reading/threadReader.ts';
import { readerThread } from '../../src/editor/thread/nodeThread.ts';
import type { Thread } from '../../src/editor/thread/thread.ts';
import { corpusFiles } from './corpus/corpusFiles.ts';
import { installedGrammars, type InstalledGrammars } from './installedGrammars.ts';

const START = readerThread({ folder: fileURLToPath(new URL('../../dist', import.meta.url)) });
const CODE = ['let a = "b"; // c', '/* d', 'e */ f();', '`g', '${h /* i */}`', ''];

const everything = (): LineFocus => ({ first: 0, last: Infinity });

describe('a text that is read on a thread of its own', () => {
  let grammars: InstalledGrammars;
  let here: LocalReader<string>;
  let there: ThreadReader<string>;

  before(async () => {
    grammars = await installedGrammars();
    here = new LocalReader(grammars.files);
    there = new ThreadReader(grammars.files, START);
  });

  after(() => there.dispose());

  it('has the comments and strings that this thread finds, in every file of the corpus', async () => {
    for (const [index, { path: file, language: languageId, text }] of corpusFiles().entries()) {
      const lines = text.split(/\r\n|\r|\n/);
      assert.deepEqual(await there.read({ key: index, languageId, lines }), await here.read({ languageId, lines }), file);
      assert.deepEqual(await there.read({ languageId, lines }, everything), await here.read({ languageId, lines }, everything), file);
      there.forget(index);
    }
  });

  it('has them after edits', async () => {
    const edit = fc.record({ at: fc.nat(30), removed: fc.nat(4), added: fc.array(fc.constantFrom(...CODE), { maxLength: 4 }) });
    let key = 1000;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...CODE), { minLength: 1 }), fc.array(edit, { maxLength: 6 }), async (first, edits) => {
        key++;
        let lines = first;
        for (const { at, removed, added } of edits) {
          const text = { key, languageId: 'javascript', lines };
          assert.deepEqual(await there.read(text, everything), await here.read({ languageId: 'javascript', lines }, everything));
          lines = [...lines.toSpliced(at, removed, ...added), ''];
        }
      }),
      { numRuns: 50 },
    );
  });

  it('is read as it is for each of several at once', async () => {
    const texts = CODE.map((_, index) => [...CODE.slice(index), ...CODE]);
    const read = await Promise.all(texts.map((lines) => there.read({ key: 1, languageId: 'javascript', lines }, everything)));
    for (const [index, lines] of texts.entries())
      assert.deepEqual(read[index], await here.read({ languageId: 'javascript', lines }, everything), `text ${index}`);
  });

  it('is read down to where the focus has moved meanwhile', async () => {
    const lines = Array.from({ length: 500 }, (_, index) => `f("a${index}");`);
    let asked = 0;
    const read = await there.read({ languageId: 'javascript', lines }, () => {
      const line = asked++ === 0 ? 0 : 400;
      return { first: line, last: line };
    });
    assert.ok(read?.strings.some(({ start }) => start.line === 400));
  });

  it('is let go when nobody waits for it any more', async () => {
    const lines = Array.from({ length: 100_000 }, (_, index) => `a${index} = %w(b c) # d`);
    const begun = performance.now();
    let asked = 0;
    assert.equal(await there.read({ key: 2, languageId: 'ruby', lines }, undefined, () => asked++ > 20), undefined);
    const small = await there.read({ languageId: 'ruby', lines: ['# a'] });
    assert.equal(small?.comments.length, 1);
    assert.ok(performance.now() - begun < 5000, 'the whole text takes longer');
  });

  it('leaves this thread free', async () => {
    const lines = Array.from({ length: 3000 }, (_, index) => `puts "a#{b${index}}" if c.d?(:e${index}) # f`);
    const busy = async (reader: ThreadReader<string> | LocalReader<string>): Promise<number> => {
      const before = performance.eventLoopUtilization();
      await reader.read({ languageId: 'ruby', lines });
      return performance.eventLoopUtilization(before).active;
    };
    const [onThread, onThis] = [await busy(there), await busy(here)];
    assert.ok(onThread * 3 < onThis, `${onThread} ms of this thread, or ${onThis} ms without the other one`);
  });

  describe('is read on this thread', () => {
    const languageId = 'javascript';
    const reads = async (reader: FallbackReader<string>): Promise<void> => {
      const expected = await here.read({ languageId, lines: CODE }, everything);
      assert.deepEqual(await reader.read({ key: 1, languageId, lines: CODE }, everything), expected);
      await reader.readAhead({ key: 1, languageId, lines: [...CODE, ...CODE] }, () => false);
      assert.deepEqual(await reader.read({ languageId, lines: CODE }, everything), expected);
      reader.dispose();
    };

    it('where there is no script for the other one', () => reads(new FallbackReader(grammars.files, readerThread({ folder: '/nowhere' }))));

    it('where its script fails', async () => {
      const folder = mkdtempSync(path.join(tmpdir(), 'saccade-thread-'));
      writeFileSync(path.join(folder, 'readerThread.cjs'), 'throw new Error("No.")');
      await reads(new FallbackReader(grammars.files, readerThread({ folder }))).finally(() => rmSync(folder, { recursive: true }));
    });

    it('where it is lost on the way', async () => {
      let thread: Thread | undefined;
      const reader = new FallbackReader(grammars.files, async (events) => (thread = await START(events)));
      await reader.read({ languageId, lines: CODE });
      const waiting = reader.read({ languageId, lines: CODE }, everything);
      thread!.terminate();
      assert.deepEqual(await waiting, await here.read({ languageId, lines: CODE }, everything));
      await reads(reader);
    });

    it('where nothing more is to be read on the other one', async () => {
      const reader = new FallbackReader(grammars.files, START);
      const waiting = reader.read({ languageId, lines: CODE }, everything);
      reader.dispose();
      assert.deepEqual(await waiting, await here.read({ languageId, lines: CODE }, everything));
    });
  });

  it('has the comments that marks show where its grammar cannot be read', async () => {
    const files = { ...grammars.files, read: () => Promise.reject(new Error('No.')) };
    const reader = new ThreadReader(files, START);
    const { comments } = (await reader.read({ languageId: 'javascript', lines: CODE }))!;
    assert.deepEqual(comments, (await new LocalReader(files).read({ languageId: 'javascript', lines: CODE }))!.comments);
    assert.ok(comments.length > 0);
    reader.dispose();
  });
});
