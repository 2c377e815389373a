/** Comments of many languages, and what in them is prose. */
import type { Shape } from './shapes.ts';

export const COMMENT_SHAPES: readonly Shape[] = [
  {
    name: 'shell comments',
    language: 'shellscript',
    text: '#!/bin/sh\n# Copyright 2020 Someone\n# Does it\n# well.\n# shellcheck disable=SC2034\necho "${#x}" $# "# no" # count things\n#==========#\n# ---- Section ----\n',
    prose: ['Does it well.', 'count things', '---- ¦Section'],
  },
  {
    name: 'SQL comments',
    language: 'sql',
    text: "-- Selects all the\n-- users.\nSELECT '--not', 'it''s' FROM x; -- trailing one\n/* block it */\n",
    prose: ['Selects all the users.', 'trailing one', 'block it'],
  },
  {
    name: 'Lua comments',
    language: 'lua',
    text: '--- Adds numbers.\n---@param x string the thing\n-- simple one\n--[[ long\ncomment here ]]\n',
    prose: ['Adds numbers.', 'simple one', 'long comment here'],
  },
  {
    name: 'code that is switched off',
    language: 'python',
    text: '# Opens it.\n# while True:\n#     return self.name\n# if len(value) == 0:\n# cpu: 100m\n# - name: the-server\n# SELECT name, mode FROM users\n\n# SELECT statements are slow,\n# return it.\n\n# if the file is open:\n\n# name: the name of it\n',
    prose: ['Opens it.', 'SELECT statements are slow, return it.', 'if the file is open:', 'name: the name of it'],
  },
  {
    name: 'prose that begins as a head of Python does',
    language: 'python',
    text: '# if open() returns an error:\n\n# with them). They stay for old reasons:\n\n# if e.g. the server is gone:\n\n# Opens it.\n# elif a.mode is not None and b in c:\n# with open(path) as file:\n',
    prose: ['if open() returns an error:', 'with them). They stay for old reasons:', 'if e.g. the server is gone:', 'Opens it.'],
  },
  {
    name: 'C above an import of Go, and code by tabs',
    language: 'go',
    text: '// Prints the value.\n// static void print(int value) {}\nimport "C"\n\n// Sums all of\n// them up.\n//\n//\tfor the first line {\n//\t\tprint the value\n//\t}\n//\n// It is quick.\nfunc Sum() {}\n',
    prose: ['Sums all of them up.', 'It is quick.'],
  },
  {
    name: 'examples that are code',
    language: 'javascript',
    text: '/**\n * Adds one.\n *\n * Example:\n *     the sum of one\n *     is two\n *\n * Not more.\n */',
    prose: ['Adds one.', 'Not more.'],
  },
  {
    name: 'other line comments',
    language: 'clojure',
    text: ';; Adds numbers\n;; well.\n(def x "; no") ; the x\n',
    prose: ['Adds numbers well.', 'the x'],
  },
  {
    name: 'directives, code and marks in comments',
    language: 'javascript',
    text: `// eslint-disable-next-line no-console
// Line one of the
// comment.
//
// const x = foo(1);
// TODO(me): Fix this soon.
// ----------------
// x = compute(y)
// @ts-expect-error wrong on purpose
/* istanbul ignore next */
/* global foo, bar */
/* one line */
/*
  Plain block with no
  stars; it goes on (see there);
  and on.
*/
foo(/* the x */ 1, "a // b", 'http://c.de'); // done it
// http://example.org/only
`,
    prose: [
      'Line one of the comment.',
      'TODO(me): ¦Fix this soon.',
      'one line',
      'Plain block with no stars; it goes on (see there); and on.',
      'the x',
      'done it',
    ],
  },
  {
    name: 'prose that begins like a directive',
    language: 'c',
    text: '// Type: the kind of it.\n\n// Global state is bad.\n\n// Exported functions come first.\n\n// Region of memory.\n\n// return the value if there is one\n',
    prose: [
      'Type: the kind of it.',
      'Global state is bad.',
      'Exported functions come first.',
      'Region of memory.',
      'return the value if there is one',
    ],
  },
  {
    name: 'right-to-left, emoji, combining marks, NUL',
    language: 'python',
    text: '# שלום עולם\n# טוב 👩‍💻 e\u0301\n\n# a\0b\n',
    prose: ['שלום עולם טוב 👩‍💻 e\u0301', 'a\0b'],
  },
  { name: 'tabs and CRLF', language: 'go', text: '\t// Adds\r\n\t// two.\r\n\tx := 1 // one\r\n', prose: ['Adds two.', 'one'] },
];
