/** Writes a translation memory as TMX 1.4b, which other translation tools read. Knows no file. */
import type { MemoryEntry } from './memoryEntry.ts';

/** What no XML 1.0 document may hold, lone surrogates too. */
const FORBIDDEN = /[\0-\x08\v\f\x0E-\x1F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\r': '&#13;' };

export function writeTmx(entries: readonly MemoryEntry[], version: string): string {
  const header =
    `<header creationtool="Saccade" creationtoolversion="${escaped(version)}" segtype="sentence" o-tmf="Saccade" adminlang="en" ` +
    'srclang="*all*" datatype="plaintext"/>';
  const units = entries.map(({ source, target, from, to, time }) => {
    const variant = (language: string, text: string): string => `<tuv xml:lang="${escaped(language)}"><seg>${escaped(text)}</seg></tuv>`;
    return `    <tu srclang="${escaped(from)}" changedate="${dateOf(time)}">\n      ${variant(from, source)}\n      ${variant(to, target)}\n    </tu>\n`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n  ${header}\n  <body>\n${units.join('')}  </body>\n</tmx>\n`;
}

/** In UTC, as 20261125T142000Z. */
function dateOf(time: number): string {
  return new Date(time).toISOString().replace(/[-:]|\.\d+/g, '');
}

function escaped(text: string): string {
  return text.replace(FORBIDDEN, '\uFFFD').replace(/[&<>"\r]/g, (character) => ENTITIES[character]!);
}
