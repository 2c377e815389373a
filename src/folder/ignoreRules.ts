/** What the .gitignore files of a folder leave out, by the rules of Git. Reads no file. */

interface Rule {
  readonly pattern: RegExp;
  readonly negated: boolean;
  readonly foldersOnly: boolean;
}

export class IgnoreRules {
  /** By the folder of the file that they are from; '' is the top. */
  private readonly rules = new Map<string, readonly Rule[]>();

  /** @param folder that holds the .gitignore, without a slash at its end; '' for the top */
  add(folder: string, gitignore: string): void {
    this.rules.set(
      folder,
      gitignore.split(/\r?\n/).flatMap((line) => ruleOf(line) ?? []),
    );
  }

  /** Whether a file is left out, itself or by a folder that it is in. @param path with slashes, below the top */
  ignores(path: string): boolean {
    const parts = path.split('/');
    // What is in a folder that is left out cannot be taken in again.
    return parts.some((_, index) => this.excludes(parts.slice(0, index + 1), index < parts.length - 1));
  }

  private excludes(parts: readonly string[], isFolder: boolean): boolean {
    for (let depth = parts.length - 1; depth >= 0; depth--) {
      const below = parts.slice(depth).join('/');
      const rule = this.rules
        .get(parts.slice(0, depth).join('/'))
        ?.findLast(({ pattern, foldersOnly }) => (isFolder || !foldersOnly) && pattern.test(below));
      if (rule !== undefined) return !rule.negated;
    }
    return false;
  }
}

function ruleOf(line: string): Rule | undefined {
  let text = line.replace(/(?<!\\)((?:\\\\)*)[ ]+$/, '$1');
  if (text === '' || text.startsWith('#')) return undefined;
  const negated = text.startsWith('!');
  if (negated) text = text.slice(1);
  const foldersOnly = text.endsWith('/');
  if (foldersOnly) text = text.slice(0, -1);
  // Without a slash before its end, a pattern is for every depth.
  const isAnchored = text.includes('/');
  const source = sourceOf(text.replace(/^\//, ''));
  return source === undefined
    ? undefined
    : { pattern: new RegExp(`^${isAnchored ? '' : '(?:.*/)?'}${source}$`, 's'), negated, foldersOnly };
}

/** Undefined for a pattern that matches nothing, such as an open class. */
function sourceOf(glob: string): string | undefined {
  if (glob === '') return undefined;
  let source = '';
  for (let at = 0; at < glob.length; at++) {
    const rest = glob.slice(at);
    const character = glob[at]!;
    if (at === 0 && rest.startsWith('**/')) {
      source += '(?:.*/)?';
      at += 2;
    } else if (rest.startsWith('/**/')) {
      source += '/(?:.*/)?';
      at += 3;
    } else if (rest === '/**') {
      source += '/.+';
      at += 2;
    } else if (character === '*') source += '[^/]*';
    else if (character === '?') source += '[^/]';
    else if (character === '[') {
      const set = /^\[([!^]?)(\]?[^\]]*)\]/.exec(rest);
      if (set === null) return undefined;
      const members = set[2]!.replace(/\\(?=.)/g, '').replace(/[\\\]^[]/g, '\\$&');
      source += `(?!/)[${set[1] === '' ? '' : '^'}${members}]`;
      at += set[0].length - 1;
    } else {
      if (character === '\\') at++;
      const literal = glob[at];
      if (literal === undefined) return undefined;
      source += literal.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
    }
  }
  return source;
}
