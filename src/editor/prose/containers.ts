/** Lines above a body that belongs to them: admonitions, callouts, callers of PowerShell's help, terms and what they mean. Pure patterns. */

/** Of a body that is indented; its title is prose. */
export const ADMONITION = /^(?:(?:!!!|\?\?\?\+?)(?:\s+[\w-]+)+|===[!+]?)\s+"(?=[^"]+"$)/;
export const ADMONITION_END = /"$/;
/** The same without a title. */
export const ADMONITION_ALONE = /^(?:!!!|\?\?\?\+?)\s+[\w-]+(?:\s+inline(?:\s+end)?)?(?:\s+"")?$/;
/** Of a body that goes on to a line of colons, or to the end of a quotation. The title may be missing. */
export const FENCED_BODY = /^:{3,}\s*(?:\{[^{}]*\}|[\w-]+(?:\[[^\]]*\])?(?:\s*\{[^{}]*\})?)(?:\s+|$)|^\[!\w+\][+-]?(?:\s+|$)/;
/** PowerShell's help by comments. */
export const HELP_KEYWORD =
  /^\.(?:(?:synopsis|description|example|inputs|outputs|notes|link|component|role|functionality)$|(?:parameter|externalhelp|forwardhelp\w+|remotehelprunspace)\s+\S+$)/i;
/** Of these the next line, or all that comes, is none of the prose. */
export const HELP_EXAMPLE = /^\.example$/i;
export const HELP_LINK = /^\.link$/i;
/** A line of PowerShell, as an example of its help may go on with. */
export const HELP_CODE = /^(?:PS(?:\s[^>]*)?>|[$|]|[A-Z]\w*-[A-Z]\w+(?:\s|$))/;

/** What a term means, of Markdown; a note at the foot of the page. */
export const DEFINITION = /^:\s+(?=\S)|^\[\^[^\]]+\]:\s+/;

const GOES_ON = /[-.,;:!?–]$|[([{][^)\]}]*$|\b(?:an?|and|are|as|by|for|from|if|in|is|of|on|or|that|the|to|with)$/i;

/** Whether a line deeper than this one tells what it means, and does not go on with it. In a comment, only a line that begins like a sentence does. */
export function isTerm(text: string, below: string, where: 'comment' | 'prose'): boolean {
  return text.length <= 40 && !GOES_ON.test(text) && (where === 'prose' || /^\p{Lu}/u.test(below));
}
