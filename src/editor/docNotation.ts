/** How text is written where documentation is more than a comment: in a string's escapes, in XML. Does not know where it stands. */
import { replaceMapped, type MappedText } from './mappedText.ts';

/**
 * `string`: backslashes escape. `xml`: elements and entities. `unicode`: the compiler reads `\u0041` in comments too, and fails at `\users`. `rd`: R's
 * help, in which a backslash opens a command. `nesting`: a comment's opener in a comment opens another one. `plain`: every character is itself.
 */
export type DocNotation = 'string' | 'xml' | 'unicode' | 'unicode nesting' | 'nesting' | 'rd' | 'plain';

interface Escapes {
  readonly pattern: RegExp;
  /** What the pattern finds and is left as it is in text that comes from such documentation, and so is written like it already. */
  readonly written?: RegExp;
  readonly escape: (match: string) => string;
}

const doubled = (pattern: RegExp, written: RegExp): Escapes => ({ pattern, written, escape: (match) => match.replaceAll('\\', '\\\\') });
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const UNICODE: Escapes = { pattern: /(?<!\\)(?:\\\\)*\\(?=u)/g, escape: (match) => `${match.slice(0, -1)}&#92;` };
const NESTING: Escapes = { pattern: /\/\*/g, escape: () => '/ *' };

const ESCAPES: Readonly<Record<DocNotation, readonly Escapes[]>> = {
  string: [doubled(/\\[\\"']?/g, /^\\[\\"']$/)],
  xml: [
    {
      pattern: /<\/?[a-z]\w{0,20}(?:\s[^<>]{0,200})?>|&(?:#?\w{1,10};)?|[<>]/g,
      written: /^(?:&.+;|<(?:(?:see|seealso|paramref|typeparamref)\s.*\/|\/?[ciub])>)$/,
      escape: (match) => match.replace(/[&<>]/g, (character) => ENTITIES[character]!),
    },
  ],
  unicode: [UNICODE],
  'unicode nesting': [UNICODE, NESTING],
  nesting: [NESTING],
  rd: [doubled(/\\(?:[\\%{}]|\w{1,20}\{)?/g, /.\W$/)],
  plain: [],
};

/** @param isWritten whether the text comes from documentation in the same notation */
export function inNotation(text: MappedText, notation: DocNotation, isWritten: boolean): MappedText {
  return ESCAPES[notation].reduce(
    (done, { pattern, written, escape }) =>
      replaceMapped(done, pattern, (match) => (isWritten && written?.test(match) === true ? match : escape(match))),
    text,
  );
}
