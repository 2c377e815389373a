/** What .gitignore files leave out is what Git itself says. */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { IgnoreRules } from '../../src/folder/ignoreRules.ts';

const PATHS = [
  'a',
  'a.log',
  'b/a',
  'b/a.log',
  'b/c/a.log',
  'build/x.js',
  'b/build/x.js',
  'b/c/d.ts',
  '[x]',
  'a b',
  '#a',
  '!a',
  'b/.hidden',
];
const LINES = [
  ...[
    '*.log',
    '!a.log',
    'build/',
    '/build',
    'b/*',
    '!b/c/',
    'b/**',
    '**/c',
    'b/**/a.log',
    '/a',
    'a',
    'c/d.ts',
    '*',
    '!*/',
    '!*.js',
    '# c',
    '',
  ],
  ...['\\#a', '\\!a', '[ab]', '[!a]*', '\\[x\\]', 'a b  ', '?', '.*', 'b', '/b/c/', '[a', 'x\\', '**', '**/', 'a**', '/**/d.ts'],
];

describe('.gitignore', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'saccade-ignore-'));
    execFileSync('git', ['init', '-q'], { cwd: folder });
    for (const file of PATHS) {
      mkdirSync(path.join(folder, path.dirname(file)), { recursive: true });
      writeFileSync(path.join(folder, file), '');
    }
  });
  after(() => rmSync(folder, { recursive: true }));

  it('is read as Git reads it, at the top and in a folder', () => {
    const lines = fc.array(fc.constantFrom(...LINES), { maxLength: 5 }).map((all) => all.join('\n'));
    fc.assert(
      fc.property(lines, lines, (top, below) => {
        const rules = new IgnoreRules();
        rules.add('', top);
        rules.add('b', below);
        writeFileSync(path.join(folder, '.gitignore'), top);
        writeFileSync(path.join(folder, 'b/.gitignore'), below);
        const { stdout } = spawnSync('git', ['check-ignore', '--no-index', '-z', '--stdin'], {
          cwd: folder,
          input: PATHS.join('\0'),
          encoding: 'utf8',
        });
        const ignored = new Set(stdout.split('\0').filter((name) => name !== ''));
        assert.deepEqual(
          PATHS.filter((name) => rules.ignores(name)),
          PATHS.filter((name) => ignored.has(name)),
        );
      }),
      { numRuns: 150 },
    );
  });
});
