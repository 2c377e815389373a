/** The commands of TeX that stand around prose on one line: titles, captions, labels of items. Pure patterns; code in TeX is a fence. */

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
