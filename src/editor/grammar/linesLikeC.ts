/** Lines of languages with C's comments and strings, without their grammar. Knows no state of it. */
import type { Opener, ShortLine } from './lineShortcut.ts';
import type { ScopeSpan } from './tokenizedLines.ts';

const COMMENT = String.raw`\/\/.*|\/\*.*?(?:\*\/|$)`;
/** A string that is complete on its line. */
const STRING = String.raw`"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'`;
/** What may begin a string or a line that goes on. */
const OPENER = String.raw`["']|\\$`;

/** Where JavaScript's grammar expects an operand. */
const OPERAND = String.raw`(?<=[=(:,[?+!]\s*|(?:&&|\|\||=>)\s*|\breturn\s+)`;
/** As the grammar has it, which looks for the end before it takes a slash for a beginning. */
const REGULAR_EXPRESSION = String.raw`\/(?![/*])(?:[^/\\[(]|\\.|\[(?:[^\]\\]|\\.)+\]|\((?:[^)\\]|\\.)+\))+\/(?:[dgimsuvy]+|(?![/*]))(?!\s*[\w$])`;
/** Complete on its line, and with nothing in its braces that decides anything. */
const TEMPLATE = '`(?:[^`\\\\$]|\\\\.|\\$(?!\\{)|\\$\\{[^`{}"\'/\\\\]*\\})*`';
const LONG_TEMPLATE = '`(?:[^`\\\\$]|\\\\(?:.|$)|\\$(?!\\{))*$';
const BEFORE_OPERAND = 'return|case|typeof|instanceof|in|of|do|else|yield|await|void|delete|throw|new';
const DIVISION = String.raw`(?=\/)(?<=[\w$)\]]\s*)(?<!\b(?:${BEFORE_OPERAND})\s*)\/`;

/** What decides how a line reads. Besides comments and strings, in JavaScript a slash may begin a regular expression, and a backtick a template. */
export const JAVASCRIPT = new RegExp(
  `${COMMENT}|(?<plain>${STRING}|(?=[/\`])${OPERAND}(?:${REGULAR_EXPRESSION}|${TEMPLATE}|(?<template>${LONG_TEMPLATE}))|${DIVISION})|${OPENER}|[/\`]`,
  'g',
);
/** Or a tag. */
export const JSX = new RegExp(`${JAVASCRIPT.source}|<(?:[A-Za-z>]|$)`, 'g');
/** A number decides what the preprocessor leaves out. */
const CONDITION = String.raw`^\s*#\s*(?:el)?if\b[\s(]*\d`;
export const C = new RegExp(`${COMMENT}|${CONDITION}|(?<plain>${STRING})|${OPENER}`, 'g');
/** In a raw string a backslash is one. */
export const CPP = new RegExp(`${COMMENT}|${CONDITION}|R"|(?<plain>${STRING})|${OPENER}`, 'g');

const BLOCK = '/*';
const TEMPLATE_TEXT = '`';
/** Its lines are code, all but the last with a backslash at the end. */
const DEFINITION = '#define A \\';

/** By the only scope that is open in a state of the grammar. Code that the preprocessor leaves out is coloured like a comment. */
export const OPENERS_LIKE_C: readonly (readonly [scope: RegExp, open: Opener])[] = [
  [/^comment\.block(?!\.preprocessor)/, BLOCK],
  [/^string\.template\.\w+$/, TEMPLATE_TEXT],
  [/^meta\.preprocessor\.macro\./, DEFINITION],
];

/** @param marks what decides how a line of the language reads */
export function readLikeC(text: string, open: Opener, marks: RegExp): ShortLine | undefined {
  const spans: ScopeSpan[] = [];
  let from = 0;
  if (open === BLOCK) {
    const closer = text.indexOf('*/');
    from = closer < 0 ? text.length : closer + 2;
    spans.push({ start: 0, end: from, kind: 'block' });
    if (closer < 0) return { spans, after: BLOCK };
  } else if (open === TEMPLATE_TEXT) {
    const [inside, closer] = /^(?:[^`\\$]|\\(?:.|$)|\$(?!\{))*(`?)/.exec(text)!;
    if (closer === '') return inside.length === text.length ? { spans, after: TEMPLATE_TEXT } : undefined;
    from = inside.length;
  }
  const goesOn = text.endsWith('\\');
  marks.lastIndex = from;
  for (let found = marks.exec(text); found !== null; found = marks.exec(text)) {
    const { 0: mark, index, groups } = found;
    if (groups!['template'] !== undefined) return { spans, after: TEMPLATE_TEXT };
    if (groups!['plain'] !== undefined) continue;
    if (mark === '\\' && spans.length === 0 && (open === DEFINITION || /^\s*#\s*define\b/.test(text))) return { spans, after: DEFINITION };
    const isBlock = mark.startsWith('/*');
    if (goesOn || !(isBlock || mark.startsWith('//'))) return undefined;
    spans.push({ start: index, end: index + mark.length, kind: isBlock ? 'block' : 'line' });
    if (isBlock && (mark.length < 4 || !mark.endsWith('*/'))) return { spans, after: BLOCK };
  }
  return { spans, after: '' };
}
