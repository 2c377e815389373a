/** The commands of TeX that stand around prose on one line, such as titles and captions, and those that hold none. Environments are fences. */

const TITLED =
  String.raw`(?:(?:part|chapter|(?:sub){0,2}section|(?:sub)?paragraph|caption|(?:sub)?title|frame(?:sub)?title|footnote(?:text)?|thanks)\*?` +
  String.raw`|begin\{(?:frame|block|alertblock|exampleblock)\})(?:\[[^\]]*\])?`;
const CONTENT = String.raw`(?:[^{}\\]|\\.|\{(?:[^{}\\]|\\.)*\})+`;
const END = String.raw`\}\s*(?:\\label\{[^{}]*\})?\s*(?:\\\\)?`;

/** `\section{`, where its argument ends on the same line and no text follows. */
export const TEX_TITLE = new RegExp(String.raw`^\\${TITLED}\{(?=${CONTENT}${END}$)`);
/** What ends a line that `TEX_TITLE` begins. */
export const TEX_TITLE_END = new RegExp(`${END}$`);
export const TEX_ITEM = /^\\item\[[^\]]*\]\s+/;

const COMMANDS = /^(?:\\[A-Za-z]+\*?(?:\[[^\]]*\]|\{[^{}]*\})*\s*)+$/;

/** Whether a line is commands alone, with what they are given, and is no title. */
export function isTexCode(text: string): boolean {
  return COMMANDS.test(text) && !TEX_TITLE.test(text);
}

/** What a document, a package or a class begins with: code, but for its title and its comments. */
export const TEX_PREAMBLE = /^\\(?:documentclass|documentstyle|NeedsTeXFormat|Provides(?:Package|Class|File))\b/;
export const TEX_BODY = /^\\begin\{document\}/;

/** Of packages, settings and definitions; of any command, what stands before an optional argument that goes on below. */
export const TEX_CODE_COMMAND = new RegExp(
  [
    /^\\(?:documentclass|documentstyle|usepackage|RequirePackage|Provides\w+|PassOptionsTo\w+|NeedsTeXFormat|input|include\w*|bibliography\w*|addbibresource)\b/,
    /^\\(?:(?:re)?new(?!line|page)\w+|provide\w+|Declare\w+|[egx]?def|let|long|[gs]etlength|setcounter|define\w+|At(?:Begin|End)\w+|title(?:format|spacing)|theoremstyle)\b/,
    /^\\(?:\w+(?:set|setup|options)|geometry|lst\w+|pgf\w+|tikz\w*|tcb\w*|fancy\w+|[lcr](?:head|foot)|if\w*|else|fi|path|draw|node|makeatletter|makeatother)\b/,
    /^\\[A-Za-z]+\*?(?:\{[^{}]*\})*(?=\[[^\]]*$)/,
  ]
    .map(({ source }) => source)
    .join('|'),
);

/** Ends where no brace is open any more, nor a bracket outside braces. */
export class BalancedEnd {
  private braces = 0;
  private brackets = 0;

  test(text: string): boolean {
    for (const [mark] of text.matchAll(/\\.|[{}[\]]/g)) {
      if (mark === '{') this.braces++;
      else if (mark === '}') this.braces--;
      else if (this.braces === 0) this.brackets += mark === '[' ? 1 : mark === ']' ? -1 : 0;
    }
    return this.braces <= 0 && this.brackets <= 0;
  }
}
