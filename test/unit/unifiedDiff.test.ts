/** Diffs: what git itself says that was added. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { changedFiles } from '../../src/summaries/unifiedDiff.ts';

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
