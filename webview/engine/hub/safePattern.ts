/**
 * Whether a regular expression of somebody else's can be run on any text. What takes exponential time is a repetition of something that can be
 * read in several ways; several repetitions after one another take time that grows with a power of the text.
 */

const LONGEST_PATTERN = 4096;
/** In a row; patterns of tokenizers have two, such as punctuation and the line breaks behind it. */
const MOST_REPETITIONS = 2;

/** A group that is open while a pattern is read, the pattern itself at first. */
interface Group {
  /** How many things are repeated without end in the alternative that is read. */
  repetitions: number;
  /** In that of its alternatives that has most. */
  mostRepetitions: number;
  /** Whether the same text may be read by it in several ways: something in it is there more or less often, or there are alternatives. */
  varies: boolean;
}

const newGroup = (): Group => ({ repetitions: 0, mostRepetitions: 0, varies: false });

/** Says no in doubt: patterns of tokenizers repeat single characters and classes. */
export function isSafePattern(pattern: string): boolean {
  if (pattern.length > LONGEST_PATTERN) return false;
  const open: Group[] = [newGroup()];
  /** The last atom, where it is a group. */
  let closed: Group | undefined;
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at]!;
    const group = open.at(-1)!;
    const quantifier = /^(?:[*+?]|\{\d+(?:,\d*)?\})[?+]?/.exec(pattern.slice(at, at + 16))?.[0];
    if (quantifier !== undefined) {
      if (!quantifier.startsWith('?') && closed?.varies) return false;
      group.varies ||= !/^\{\d+\}/.test(quantifier);
      if (/^(?:[*+]|\{\d+,\})/.test(quantifier)) countRepetitions(group, 1);
      at += quantifier.length - 1;
    } else if (character === '\\') {
      // \1 to \9 look back at what was found, which no engine does in linear time.
      if (/[1-9k]/.test(pattern[at + 1] ?? '')) return false;
      at++;
    } else if (character === '[') at = endOfClass(pattern, at);
    else if (character === '(') {
      open.push(newGroup());
      // What follows says what kind of group it is.
      if (pattern[at + 1] === '?') at++;
    } else if (character === '|') {
      group.varies = true;
      group.repetitions = 0;
    } else if (character === ')') {
      closed = open.pop();
      const outer = open.at(-1);
      if (!closed || !outer) return false;
      outer.varies ||= closed.varies;
      countRepetitions(outer, closed.mostRepetitions);
      continue;
    }
    closed = undefined;
  }
  return open.length === 1 && open[0]!.mostRepetitions <= MOST_REPETITIONS;
}

function countRepetitions(group: Group, count: number): void {
  group.repetitions += count;
  group.mostRepetitions = Math.max(group.mostRepetitions, group.repetitions);
}

function endOfClass(pattern: string, start: number): number {
  for (let at = start + 1; at < pattern.length; at++) {
    if (pattern[at] === '\\') at++;
    else if (pattern[at] === ']' && at > start + 1) return at;
  }
  return pattern.length;
}
