/** The languages' own parsers, where this machine has them: whether texts parse. Knows nothing of comments. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { transformSync } from 'esbuild';
import { parse as parseJson, type ParseError } from 'jsonc-parser';
import ts from 'typescript';

/** The error that the parser reports, or undefined. */
export type Parser = (text: string) => string | undefined;

export interface KnownParser {
  readonly name: string;
  readonly parse: Parser;
}

/** By VS Code's language ids. Undefined where this machine has no parser for the language. */
export function parserOf(language: string): KnownParser | undefined {
  const known = PARSERS[language];
  return known?.isThere === false ? undefined : known;
}

const TYPESCRIPT = (extension: string): KnownParser & { isThere?: boolean } => ({
  name: 'TypeScript',
  parse(text) {
    const file = ts.createSourceFile(`x.${extension}`, text, ts.ScriptTarget.Latest, false);
    const [error] = (file as unknown as { parseDiagnostics: readonly ts.Diagnostic[] }).parseDiagnostics;
    return error && ts.flattenDiagnosticMessageText(error.messageText, '\n');
  },
});

/** A program that reads the file `extension` names and ends with 0 where it parses. */
function program(
  name: string,
  command: string,
  args: (file: string) => readonly string[],
  fileName: string,
): KnownParser & { isThere: boolean } {
  return {
    name,
    isThere: spawnSync('which', [command]).status === 0,
    parse(text) {
      const folder = mkdtempSync(path.join(tmpdir(), 'saccade-parse-'));
      try {
        const file = path.join(folder, fileName);
        writeFileSync(file, text);
        const { status, stderr, stdout } = spawnSync(command, args(file), { encoding: 'utf8', cwd: folder });
        return status === 0 ? undefined : `${stderr}${stdout}`.slice(0, 500);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  };
}

const CSS: KnownParser = {
  name: 'esbuild',
  parse(text) {
    const { warnings } = transformSync(text, { loader: 'css', logLevel: 'silent' });
    return warnings.find(({ text: warning }) => /Expected|Unterminated|Unexpected/.test(warning))?.text;
  },
};

const PARSERS: Readonly<Record<string, (KnownParser & { readonly isThere?: boolean }) | undefined>> = {
  typescript: TYPESCRIPT('ts'),
  typescriptreact: TYPESCRIPT('tsx'),
  javascript: TYPESCRIPT('js'),
  css: CSS,
  json: {
    name: 'jsonc-parser',
    parse(text) {
      const errors: ParseError[] = [];
      parseJson(text, errors);
      return errors.length === 0 ? undefined : `error ${errors[0]!.error} at ${errors[0]!.offset}`;
    },
  },
  python: program(
    'ast of Python',
    'python3',
    (file) => ['-c', 'import ast,sys; ast.parse(open(sys.argv[1], encoding="utf-8").read())', file],
    'x.py',
  ),
  c: program('gcc', 'gcc', (file) => ['-fsyntax-only', '-w', '-x', 'c', file], 'x.c'),
  cpp: program('g++', 'g++', (file) => ['-fsyntax-only', '-w', '-x', 'c++', file], 'x.cpp'),
  java: program('javac', 'javac', (file) => ['-proc:none', '-d', path.dirname(file), file], 'Inventory.java'),
  rust: program(
    'rustc',
    'rustc',
    (file) => ['--edition', '2021', '--crate-type', 'lib', '--emit', 'metadata', '-A', 'warnings', file],
    'x.rs',
  ),
  shellscript: program('bash -n', 'bash', (file) => ['-n', file], 'x.sh'),
  perl: program('perl -c', 'perl', (file) => ['-c', file], 'x.pm'),
  ruby: program('ruby -c', 'ruby', (file) => ['-c', file], 'x.rb'),
  php: program('php -l', 'php', (file) => ['-l', file], 'x.php'),
  lua: program('luac -p', 'luac', (file) => ['-p', file], 'x.lua'),
  go: program('gofmt', 'gofmt', (file) => ['-e', file], 'x.go'),
  sql: program(
    'SQLite',
    'python3',
    (file) => ['-c', 'import sqlite3,sys; sqlite3.connect(":memory:").executescript(open(sys.argv[1], encoding="utf-8").read())', file],
    'x.sql',
  ),
  makefile: program('make -n', 'make', (file) => ['-n', '-i', '-f', file], 'Makefile'),
};
