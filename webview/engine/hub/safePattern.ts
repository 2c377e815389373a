/** Whether a regular expression of somebody else's can be run on any text: no repetition inside a repetition, which may take exponential time. */

const LONGEST_PATTERN = 4096;

/** A group that is open while a pattern is read. */
interface Group {
  /** Whether something in it is repeated without end. */
  repeats: boolean;
  /** Whether it has alternatives, which may overlap. */
  alternates: boolean;
}

/** Says no in doubt: patterns of tokenizers repeat single characters and classes. */
export function isSafePattern(pattern: string): boolean {
  if (pattern.length > LONGEST_PATTERN) return false;
  const open: Group[] = [{ repeats: false, alternates: false }];
  /** The last atom, where it is a group. */
  let closed: Group | undefined;
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at]!;
    const repetition = /^(?:[*+]|\{\d+,\})[?+]?/.exec(pattern.slice(at, at + 16))?.[0];
    if (repetition !== undefined) {
      if (closed && (closed.repeats || closed.alternates)) return false;
      open.at(-1)!.repeats = true;
      at += repetition.length - 1;
    } else if (character === '\\') {
      // \1 to \9 look back at what was found, which no engine does in linear time.
      if (/[1-9k]/.test(pattern[at + 1] ?? '')) return false;
      at++;
    } else if (character === '[') at = endOfClass(pattern, at);
    else if (character === '(') open.push({ repeats: false, alternates: false });
    else if (character === '|') open.at(-1)!.alternates = true;
    else if (character === ')') {
      closed = open.pop();
      if (!closed || open.length === 0) return false;
      const outer = open.at(-1)!;
      outer.repeats ||= closed.repeats;
      continue;
    }
    closed = undefined;
  }
  return open.length === 1 && !hasAdjacentRepetitions(pattern);
}

/** Three times the same class repeated without anything between: cubic time, which a long text makes for ever. */
function hasAdjacentRepetitions(pattern: string): boolean {
  return /((?:\\.|\.|\[[^\]]*\])[*+]\??)(?:\1){2}/.test(pattern);
}

function endOfClass(pattern: string, start: number): number {
  for (let at = start + 1; at < pattern.length; at++) {
    if (pattern[at] === '\\') at++;
    else if (pattern[at] === ']' && at > start + 1) return at;
  }
  return pattern.length;
}
