/** What a translation memory holds, and how much of it. Knows no file. */
import type { Language } from '../shared/task.ts';

export interface MemoryEntry {
  /** A whole segment. */
  readonly source: string;
  readonly target: string;
  /** Of the source: a language tag, "und" where nobody knows. */
  readonly from: string;
  /** Of the target. */
  readonly to: Language;
  /** When it was last changed, in milliseconds since 1970. */
  readonly time: number;
}

export const UNKNOWN_LANGUAGE = 'und';
/** Longer ones are no segments; more of them would make the memory slow to read and to look through. */
export const [LONGEST_TEXT, MOST_MEMORY_ENTRIES] = [2_000, 20_000];

/** White space is the document's own business: a segment says the same however it is wrapped. */
export function tidy(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}

/** Of equal sources for one language the newer stays; beyond `most` the oldest go. Newest first. */
export function mergedEntries(one: readonly MemoryEntry[], other: readonly MemoryEntry[], most = MOST_MEMORY_ENTRIES): MemoryEntry[] {
  const newest = new Map<string, MemoryEntry>();
  for (const entry of [...one, ...other]) {
    const key = `${entry.to}\t${entry.source}`;
    if (entry.time >= (newest.get(key)?.time ?? 0)) newest.set(key, entry);
  }
  return [...newest.values()].sort((first, second) => second.time - first.time).slice(0, most);
}

/** The entries of a file that may hold anything. */
export function entriesOf(value: unknown): MemoryEntry[] | undefined {
  if (!Array.isArray(value) || !value.every(isEntry)) return undefined;
  return value;
}

function isEntry(value: unknown): value is MemoryEntry {
  if (typeof value !== 'object' || value === null) return false;
  const { source, target, from, to, time } = value as Readonly<Record<string, unknown>>;
  return [source, target, from, to].every((text) => typeof text === 'string') && typeof time === 'number';
}
