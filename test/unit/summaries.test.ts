/** Summaries: parts of long texts and their levels, the forms of a first line, what a diff adds, and where documentation goes. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import type { Range } from '../../src/editor/comments.ts';
import { definitionByLooks } from '../../src/editor/definitionByLooks.ts';
import { docHome, docLine } from '../../src/editor/docComment.ts';
import { docStyleOf } from '../../src/editor/docStyle.ts';
import { textAfter } from '../../src/editor/textEdit.ts';
import { wholeLines } from '../../src/editor/wholeLines.ts';
import type { RunOutcome } from '../../src/panel/engineRuns.ts';
import { segmentTexts } from '../../src/shared/segments.ts';
import { partsOf } from '../../src/summaries/parts.ts';
import { commitSubject, docSentence, LONGEST_SUBJECT } from '../../src/summaries/sentenceForms.ts';
import { summaryLevels, type SummaryTask } from '../../src/summaries/summaryLevels.ts';
import { summaryPage } from '../../src/summaries/summaryPage.ts';
import { changedFiles } from '../../src/summaries/unifiedDiff.ts';
import { plainDocument } from './editorText.ts';

const SENTENCE = fc
  .array(fc.constantFrom('Open', 'the', 'file', '`path`', 'before', 'server', 'é', '日本', 'x'.repeat(50)), { minLength: 1, maxLength: 30 })
  .map((words) => `${words.join(' ')}.`);

/** Stands in for the engine: keeps so many characters of each text. */
function keeping(length: number): { run: (task: SummaryTask, segments: readonly string[]) => Promise<RunOutcome>; tasks: string[] } {
  const tasks: string[] = [];
  return {
    tasks,
    run: (task, segments) => {
      tasks.push(`${task.kind} ${segments.length}`);
      const results = segments.map((sourceText) => ({
        sourceText,
        targetText: sourceText.slice(0, length),
        truncated: false,
        lostSpans: [],
      }));
      return Promise.resolve({ kind: 'finished', runId: tasks.length, results, facts: {} as never });
    },
  };
}

describe('parts of a text', () => {
  it('are short, in order, and leave nothing out but spaces and what has no letters', () => {
    fc.assert(
      fc.property(fc.array(SENTENCE, { minLength: 1, maxLength: 40 }), (sentences) => {
        const text = sentences.join(' ');
        const { segments } = partsOf(text);
        let done = 0;
        for (const { start, end } of segments) {
          assert.ok(end - start <= 400 && start < end && start >= done);
          assert.doesNotMatch(text.slice(done, start), /\p{L}/u);
          done = end;
        }
        assert.doesNotMatch(text.slice(done), /\p{L}/u);
      }),
    );
  });

  it('are of like length, so that none is a remainder', () => {
    const text = Array.from({ length: 14 }, (_, index) => `Sentence ${index} is forty characters long, or so.`).join(' ');
    const lengths = segmentTexts(partsOf(text)).map(({ length }) => length);
    assert.equal(lengths.length, 2);
    assert.ok(Math.max(...lengths) < 1.3 * Math.min(...lengths), String(lengths));
  });
});

describe('levels of summaries', () => {
  const long = Array.from({ length: 60 }, (_, index) => `Sentence number ${index} is here to be summed up.`).join(' ');

  it('are one for a short text', async () => {
    const { run, tasks } = keeping(20);
    const outcome = await summaryLevels([partsOf('Open the file.')], { kind: 'headline' }, run);
    assert.ok(outcome.kind === 'finished');
    assert.deepEqual(tasks, ['headline 1']);
    assert.equal(outcome.levels[0].targets[0]!.text, 'Open the file.');
  });

  it('end with one summary of each text, and only that one is a headline', async () => {
    const { run, tasks } = keeping(100);
    const outcome = await summaryLevels([partsOf(long), partsOf('Close it.')], { kind: 'headline' }, run);
    assert.ok(outcome.kind === 'finished');
    assert.ok(outcome.levels.length >= 3);
    assert.deepEqual(
      tasks.map((task) => task.split(' ')[0]),
      [...outcome.levels.slice(1).map(() => 'summarise'), 'headline'],
    );
    assert.deepEqual(
      outcome.levels.at(-1)!.sources.map(({ segments }) => segments.length),
      [1, 1],
    );
    assert.equal(outcome.levels.at(-1)!.targets[1]!.text, 'Close it.');
  });

  it('end even where summaries are as long as what they are of', async () => {
    const { run } = keeping(10_000);
    const outcome = await summaryLevels([partsOf(long)], { kind: 'summarise' }, run);
    assert.ok(outcome.kind === 'finished' && outcome.levels.length === 2);
  });

  it('stop with the run that does', async () => {
    const outcome = await summaryLevels([partsOf(long)], { kind: 'summarise' }, () => Promise.resolve({ kind: 'cancelled' }));
    assert.deepEqual(outcome, { kind: 'cancelled' });
  });

  it('are shown with what they are of', async () => {
    const { run } = keeping(100);
    const outcome = await summaryLevels([partsOf(long)], { kind: 'summarise' }, run);
    assert.ok(outcome.kind === 'finished');
    const page = summaryPage({ title: 'Summary of a', read: 'Of all.', placeOf: (offset) => `from ${offset}` }, outcome.levels);
    assert.match(page, /^# Summary of a\n\nSentence number 0[^\n]*\n\n> Of all\.\n/);
    for (const [index, { start }] of outcome.levels[0].sources[0]!.segments.entries())
      assert.ok(page.includes(`### ${index + 1} · from ${start}\n`));
  });
});

describe('the first line of something', () => {
  it('is one sentence with a full stop in a docstring', () => {
    assert.equal(docSentence('reads the file and\ncloses it'), 'Reads the file and closes it.');
    assert.equal(docSentence('Read the file. It must exist.'), 'Read the file.');
    assert.equal(docSentence('readFile is slow'), 'readFile is slow.');
    assert.equal(docSentence('Is it there?'), 'Is it there?');
  });

  it('is short and without a full stop in a commit', () => {
    assert.equal(commitSubject('read the file.'), 'Read the file');
    const cut = commitSubject('Reads every line of the file before it is closed, because the server must not be started while it is open.');
    assert.equal(cut, 'Reads every line of the file before it is closed');
    fc.assert(
      fc.property(SENTENCE, (sentence) => {
        const subject = commitSubject(sentence);
        assert.ok(subject.length <= LONGEST_SUBJECT && subject.length > 0);
        assert.equal((subject.match(/`/g)?.length ?? 0) % 2, 0);
      }),
    );
  });
});

describe('what a diff adds', () => {
  it('is what git says it is', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'saccade-diff-'));
    const git = (...args: string[]): string =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { cwd: folder, encoding: 'utf8' });
    try {
      git('init', '-q');
      writeFileSync(path.join(folder, 'a b.txt'), 'one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine\n');
      writeFileSync(path.join(folder, 'gone.txt'), '-- x\n');
      writeFileSync(path.join(folder, 'é.txt'), 'a\n');
      git('add', '.');
      git('commit', '-qm', 'a');
      writeFileSync(path.join(folder, 'a b.txt'), 'zero\none\nthree\n++ four\nfive\nsix\nseven\neight\nten\neleven');
      writeFileSync(path.join(folder, 'é.txt'), 'a\nb\n');
      rmSync(path.join(folder, 'gone.txt'));
      assert.deepEqual(changedFiles(git('diff')), [
        {
          path: 'a b.txt',
          added: [
            { start: 0, end: 1 },
            { start: 3, end: 4 },
            { start: 8, end: 10 },
          ],
        },
        { path: 'é.txt', added: [{ start: 1, end: 2 }] },
      ]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('documentation', () => {
  /** ⟦ is the cursor. */
  const documented = (language: string, text: string): string => {
    const line = text.slice(0, text.indexOf('⟦')).split('\n').length - 1;
    const document = plainDocument(language, text.replace('⟦', ''));
    const definition: Range | undefined = definitionByLooks(document, line);
    assert.ok(definition, 'a definition');
    const home = docHome(document, docStyleOf(language)!, definition.start.line);
    if (home === undefined) return 'nowhere';
    const edits = docLine(document, home, 'Reads it.', { wrapColumn: 0 });
    return textAfter(document.lines, document.eol, wholeLines(document, 0, document.lines.length - 1), edits);
  };

  for (const [what, language, before, after] of [
    [
      'a new docstring',
      'python',
      'class A:\n    def f(a,\n          b={}):\n        ⟦return 1\n',
      'class A:\n    def f(a,\n          b={}):\n        """Reads it."""\n        return 1\n',
    ],
    [
      'a docstring that is there',
      'python',
      'def f():\n    """Old text."""\n    return ⟦1\n',
      'def f():\n    """Reads it.\n\n    Old text."""\n    return 1\n',
    ],
    ['a body on one line', 'python', 'def f(): return ⟦1\n', 'nowhere'],
    ['an end without a body', 'python', 'def f():⟦', 'def f():\n    """Reads it."""'],
    [
      'a new JSDoc',
      'typescript',
      '@a()\nexport function f(): void {\n  ⟦g();\n}\n',
      '/** Reads it. */\n@a()\nexport function f(): void {\n  g();\n}\n',
    ],
    [
      'a method',
      'java',
      'class A {\n  void f() {\n    if (a) {\n      ⟦g();\n    }\n  }\n}\n',
      'class A {\n  /** Reads it. */\n  void f() {\n    if (a) {\n      g();\n    }\n  }\n}\n',
    ],
    [
      'a JSDoc that is there',
      'javascript',
      '/**\n * Old text.\n */\nfunction f() {\n  ⟦g();\n}\n',
      '/**\n * Reads it.\n *\n * Old text.\n */\nfunction f() {\n  g();\n}\n',
    ],
    [
      'the cursor in the comment',
      'javascript',
      '/**\n * Old ⟦text.\n */\nfunction f() {\n}\n',
      '/**\n * Reads it.\n *\n * Old text.\n */\nfunction f() {\n}\n',
    ],
    [
      'a note that is no documentation',
      'javascript',
      '// Note.\nfunction f() {\n  ⟦g();\n}\n',
      '// Note.\n/** Reads it. */\nfunction f() {\n  g();\n}\n',
    ],
    ['Rust', 'rust', '    fn f() {\n        ⟦g();\n    }\n', '    /// Reads it.\n    fn f() {\n        g();\n    }\n'],
    ['Go', 'go', 'func f() {\n\t⟦g()\n}\n', '// Reads it.\nfunc f() {\n\tg()\n}\n'],
    [
      'C#',
      'csharp',
      'class A\n{\n    void F()\n    {\n        ⟦g();\n    }\n}\n',
      'class A\n{\n    /// <summary>Reads it.</summary>\n    void F()\n    {\n        g();\n    }\n}\n',
    ],
    ['Ruby', 'ruby', 'def f\n  ⟦g\nend\n', '# Reads it.\ndef f\n  g\nend\n'],
  ] as const)
    it(`goes into its place: ${what}`, () => {
      assert.equal(documented(language, before), after);
    });

  it('is wrapped, and cannot end its own comment', () => {
    const document = plainDocument('javascript', 'function f() {}\n');
    const home = docHome(document, docStyleOf('javascript')!, 0)!;
    const [edit] = docLine(document, home, `Reads ${'the file '.repeat(12)}and */ ends.`, { wrapColumn: 0 });
    const lines = edit!.text.split('\n');
    assert.equal(lines[0], '/**');
    assert.ok(lines.every((line) => line.length <= 80) && lines.length > 3);
    assert.equal(edit!.text.indexOf('*/'), edit!.text.lastIndexOf('*/'));
  });
});
