/** Long texts, of files that this machine has installed: as long as nobody writes them by hand. Knows no grammar. */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Where files of a language may be, and how their names end. */
const PLACES = {
  javascript: { folder: 'node_modules/typescript/lib/typescript.js', name: /\.js$/ },
  typescript: { folder: 'node_modules/typescript/lib/lib.dom.d.ts', name: /\.ts$/ },
  python: { folder: '/usr/lib/python3', name: /\.py$/ },
  c: { folder: '/usr/include', name: /\.h$/ },
  markdown: { folder: 'node_modules', name: /\.md$/ },
  cpp: { folder: '/usr/include/c++', name: /\.(?:h|tcc|hpp)$|^[a-z_]+$/ },
} as const;

export type LongLanguage = keyof typeof PLACES;

export function isLongLanguage(language: string): language is LongLanguage {
  return Object.hasOwn(PLACES, language);
}

/** Undefined where the machine has not so much. @param from how much of what there is is passed over */
export function longText(language: LongLanguage, length: number, from = 0): string | undefined {
  let text = '';
  for (const file of longFiles(language)) {
    text += file.text;
    if (text.length >= from + length) return text.slice(from, from + length);
  }
  return undefined;
}

/** The files of which long texts are made. */
export function* longFiles(language: LongLanguage): Generator<{ readonly path: string; readonly text: string }> {
  const { folder, name } = PLACES[language];
  for (const file of filesBelow(path.resolve(ROOT, folder), name)) yield { path: file, text: readFileSync(file, 'utf8') };
}

function* filesBelow(place: string, name: RegExp): Generator<string> {
  let entries;
  try {
    entries = readdirSync(place, { withFileTypes: true }).sort((one, other) => (one.name < other.name ? -1 : 1));
  } catch {
    // A file of its own, or nothing.
    if (name.test(place)) yield place;
    return;
  }
  for (const entry of entries) {
    const absolute = path.join(place, entry.name);
    if (entry.isDirectory()) yield* filesBelow(absolute, name);
    else if (entry.isFile() && name.test(entry.name)) yield absolute;
  }
}
