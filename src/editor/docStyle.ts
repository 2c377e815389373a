/** How definitions are documented in each language: where the comment stands and what it is written with. Knows no document. */
import type { DocNotation } from './docNotation.ts';

export interface DocStyle {
  /** `inside`: the first text of the body, as in Python. `above`: a comment directly before the definition. */
  readonly place: 'inside' | 'above';
  readonly open: string;
  readonly close: string;
  /** What a second and later line begins with, behind the indentation. */
  readonly hang: string;
  readonly notation: DocNotation;
}

const DOCSTRING: DocStyle = { place: 'inside', open: '"""', close: '"""', hang: '', notation: 'string' };
const block = (notation: DocNotation): DocStyle => ({ place: 'above', open: '/** ', close: ' */', hang: ' * ', notation });
const lines = (mark: string, notation: DocNotation = 'plain'): DocStyle => ({
  place: 'above',
  open: mark,
  close: '',
  hang: mark,
  notation,
});

const STYLES: readonly (readonly [languages: string, style: DocStyle])[] = [
  ['python cython starlark bazel gdscript mojo', DOCSTRING],
  ['javascript javascriptreact typescript typescriptreact', block('plain')],
  ['java', block('unicode')],
  ['php c cpp cuda-cpp objective-c objective-cpp', block('plain')],
  ['scala', block('unicode nesting')],
  ['kotlin', block('nesting')],
  ['groovy', block('unicode')],
  ['csharp', { place: 'above', open: '/// <summary>', close: '</summary>', hang: '/// ', notation: 'xml' }],
  ['rust swift dart fsharp', lines('/// ')],
  ['go', lines('// ')],
  ['lua', lines('--- ')],
  ['ruby shellscript perl coffeescript', lines('# ')],
  ['r', lines("#' ", 'rd')],
];

/** What the command on documentation is offered for; package.json has the same list (tested). */
export const DOCUMENTED_LANGUAGES = STYLES.flatMap(([languages]) => languages.split(' '));

export function docStyleOf(languageId: string): DocStyle | undefined {
  return STYLES.find(([languages]) => languages.split(' ').includes(languageId))?.[1];
}

/** The line of a definition begins like one of these in most languages; only for languages of which no extension here knows the symbols. */
const DEFINITION = new RegExp(
  [
    /^\s*(?:(?:export|default|public|private|protected|internal|static|final|abstract|async|pub(?:\([^)]*\))?|unsafe|extern|inline|virtual|override|local|suspend|open|sealed|partial|data)\s+)*(?:function\b|def\b|class\b|interface\b|struct\b|enum\b|trait\b|impl\b|fn\b|func\b|fun\b|sub\b|module\b|record\b|type\b|object\b|union\b)/,
    /^\s*(?!(?:if|for|foreach|while|switch|catch|return|else|do|using|lock|with|elif|await|new|throw|case|yield)\b)(?:(?:[\w$<>[\]:,*&?~.]+\s+)*[\w$~:.]+\s*\([^;]*\{|(?:[\w$<>[\]:,*&?~.]+\s+)+[\w$~:.]+\s*\([^;=]*[(,)])\s*$/,
    /^\s*(?:(?:export|public|private|protected|static|readonly)\s+)*(?:const|let|var|val)\s+[\w$]+[^=]*=\s*(?:async\s*)?(?:\([^)]*\)|[\w$]+)\s*=>/,
    /^[\w.]+\s*(?:<-|=)\s*function\b/,
  ]
    .map(({ source }) => source)
    .join('|'),
);

export function looksLikeDefinition(line: string): boolean {
  return DEFINITION.test(line.slice(0, 500));
}
