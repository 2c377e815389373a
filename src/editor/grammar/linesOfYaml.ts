/** Lines of YAML without its grammar: keys with a value that is complete or goes on as plain text, blocks of text, comments. Tags, and lists that are not simple, are the grammar's. */
import type { Opener, ShortLine } from './lineShortcut.ts';

const QUOTED = String.raw`"(?:[^"\\]|\\.)*"|'[^']*'`;
/** A colon ends it where white space follows, and a number sign where white space stands before. */
const PLAIN = String.raw`(?:[^\s&*!|>'"%@\x60[\]{},?:#-]|[-?:](?=[^\s\-?:,[\]{}]))(?:[^\s:#]|:(?!\s|$)|\s(?!#)|(?<!\s)#)*`;
const LIST = String.raw`\[[\w.,\s-]*\]|\{\}`;
const KEY = String.raw`(?:${QUOTED}|${PLAIN})\s*:(?=\s|$)`;
const LINE = new RegExp(String.raw`^\s*(?:-\s+)*(?:-$|(?:${KEY}\s*)?(?:(?<=^|\s)(?:${QUOTED}|${PLAIN}|${LIST}))?)\s*(?:(?<=^|\s)(#.*))?$`);
/** What a block of text begins behind; its lines are indented further than the group. */
const HEADER = new RegExp(String.raw`^(\s*(?:-\s+(?=\S+.*:\s))*)(?:-\s+|${KEY}\s+)[|>][-+]?\s*$`);

/** @param open a block's header, or nothing */
export function readYaml(text: string, open: Opener): ShortLine | undefined {
  if (open !== '') {
    if (isInBlock(text, open)) return { spans: [], after: text.trim() === '' ? open : withText(open) };
    // What the grammar takes for the block's first line.
    if (open !== withText(open) && /^\s*#/.test(text)) return undefined;
  }
  if (HEADER.test(text)) return { spans: [], after: text.trimEnd() };
  const line = LINE.exec(text);
  if (line === null) return undefined;
  const comment = line[1];
  return { spans: comment === undefined ? [] : [{ start: text.length - comment.length, end: text.length, kind: 'line' }], after: '' };
}

/** The header of a block that has lines already: white space at its end says nothing. */
function withText(header: Opener): Opener {
  return header.endsWith(' ') ? header : `${header} `;
}

function isInBlock(text: string, header: string): boolean {
  const indent = text.search(/\S/);
  return indent < 0 || indent > HEADER.exec(header)![1]!.length;
}

/** What is open where the next line may be anything but the rest of a text. */
const STRUCTURE = /^(?:meta\.(?:stream|document|mapping|map\.value|block\.sequence)|string\.unquoted\.plain\.out)\.yaml$/;

/** @param open all scopes but the file's */
export function openerInYaml(open: readonly string[]): Opener | undefined {
  return open.every((scope) => STRUCTURE.test(scope)) ? '' : undefined;
}
