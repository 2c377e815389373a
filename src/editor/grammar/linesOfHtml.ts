/** Lines of HTML without its grammar, also the ones of styles and scripts, which begin and end on lines of their own. Knows neither CSS nor JavaScript. */
import type { LineShortcut, Opener, ShortLine } from './lineShortcut.ts';
import { openerLikeC, readLikeC } from './linesLikeC.ts';
import { HTML, HTML_ATTRIBUTE } from './linesOfMarkup.ts';
import { readCss } from './linesOfStyles.ts';
import { JSX } from './marksLikeC.ts';

const STYLE = '<style>';
const SCRIPT = '<script>';

/** What makes a script JavaScript; of another type it is text, or whatever the page makes of it. */
const TYPE = String.raw`\s+type\s*=\s*(["'])(?:(?:text|application)\/(?:x-)?javascript|module)\1`;
const STYLE_TAG = `<style(?:${HTML_ATTRIBUTE})*\\s*>`;
/** Behind a slash the grammar sees no script. */
const SCRIPT_TAG = `<script(?:${TYPE}|(?!\\s+type\\b)${HTML_ATTRIBUTE})*\\s*(?<!/)>`;

const alone = (mark: string): RegExp => new RegExp(`^[ \\t]*${mark}[ \\t]*$`, 'i');
const BEGINNINGS: readonly (readonly [line: RegExp, open: Opener])[] = [
  [alone(STYLE_TAG), STYLE],
  [alone(SCRIPT_TAG), SCRIPT],
  [alone(`${SCRIPT_TAG}</script>`), ''],
];

interface Embedded {
  readonly open: Opener;
  readonly read: LineShortcut['read'];
  /** Ends it, wherever it stands. */
  readonly end: RegExp;
  readonly endAlone: RegExp;
}

const EMBEDDED: readonly Embedded[] = [
  { open: STYLE, read: readCss, end: /<\/style/i, endAlone: alone('</style>') },
  { open: SCRIPT, read: (text, open) => readLikeC(text, open, JSX), end: /<\/script/i, endAlone: alone('</script>') },
];

export function readHtml(text: string, open: Opener): ShortLine | undefined {
  const embedded = EMBEDDED.find((each) => open.startsWith(each.open));
  if (embedded !== undefined) return readEmbedded(text, open, embedded);
  const beginning = open === '' ? BEGINNINGS.find(([tag]) => tag.test(text)) : undefined;
  return beginning === undefined ? HTML(text, open) : { spans: [], after: beginning[1], literal: true };
}

function readEmbedded(text: string, open: Opener, { open: tag, read, end, endAlone }: Embedded): ShortLine | undefined {
  if (end.test(text)) return open === tag && endAlone.test(text) ? { spans: [], after: '', literal: true } : undefined;
  const line = read(text, open.slice(tag.length));
  return line && { spans: line.spans, after: tag + line.after, literal: text.trim() !== '' };
}

/**
 * @param all the scopes that are open behind the document's own, the outermost first
 * @param deciding those of them that decide how the next line reads
 */
export function openerInHtml(all: readonly string[], deciding: readonly string[]): Opener | undefined {
  const [first, second, ...others] = all;
  if (first === 'meta.embedded.block.html') {
    if (others.length === 0) return second === 'source.css' ? STYLE : second === 'source.js' ? SCRIPT : undefined;
    const open = second === 'source.js' ? openerLikeC(deciding.slice(1)) : undefined;
    // In a block the grammar sees no end of the script.
    return open === undefined || others.length > deciding.length - 1 ? undefined : SCRIPT + open;
  }
  if (first === undefined) return '';
  // Whatever is open in another vocabulary ends with it.
  const foreign = /^meta\.element\.structure\.(svg|math)\.html$/.exec(first)?.[1];
  return foreign !== undefined && all.every((scope) => scope.startsWith('meta.element.') && scope.includes(`.${foreign}.`))
    ? `<${foreign}>`
    : undefined;
}
