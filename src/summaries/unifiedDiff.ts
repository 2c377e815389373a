/** Which lines a unified diff adds to which files. Reads no file. */

export interface ChangedFile {
  /** As the diff names it, below the repository's folder. */
  readonly path: string;
  /** Runs of neighbouring lines that were added, counted from 0 in the new text; the end is not included. */
  readonly added: readonly { readonly start: number; readonly end: number }[];
}

const HUNK = /^@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/;

/** Files that were deleted or are binary are left out. */
export function changedFiles(diff: string): ChangedFile[] {
  const files: { path: string; added: { start: number; end: number }[] }[] = [];
  let file: (typeof files)[number] | undefined;
  let [oldLeft, newLeft, line] = [0, 0, 0];
  for (const text of diff.split('\n')) {
    if (oldLeft > 0 || newLeft > 0) {
      const mark = text.charAt(0);
      if (mark === '+') {
        const last = file?.added.at(-1);
        if (last?.end === line) last.end++;
        else file?.added.push({ start: line, end: line + 1 });
      }
      if (mark === '+' || mark === ' ' || mark === '') [newLeft, line] = [newLeft - 1, line + 1];
      if (mark === '-' || mark === ' ' || mark === '') oldLeft--;
      continue;
    }
    const hunk = HUNK.exec(text);
    if (hunk !== null) [oldLeft, newLeft, line] = [Number(hunk[1] ?? 1), Number(hunk[3] ?? 1), Math.max(0, Number(hunk[2]) - 1)];
    else if (text.startsWith('+++ ')) {
      const path = pathOf(text.slice(4));
      file = path === undefined ? undefined : { path, added: [] };
      if (file !== undefined) files.push(file);
    }
  }
  return files.filter(({ added }) => added.length > 0);
}

/** Git puts a letter before the path, and quotes around it where a character needs them; what does not exist is /dev/null. */
function pathOf(name: string): string | undefined {
  const quoted = /^"(.*)"\t?$/.exec(name)?.[1];
  const path = quoted === undefined ? name.replace(/\t$/, '') : unescaped(quoted);
  return path === '/dev/null' ? undefined : path.replace(/^[a-z]\//, '');
}

/** Octal numbers are bytes of UTF-8. */
function unescaped(quoted: string): string {
  const bytes: number[] = [];
  const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '"': '"', '\\': '\\' };
  for (const [, octal, escape, plain] of quoted.matchAll(/\\(\d{3})|\\(.)|([^\\]+)/g)) {
    if (octal !== undefined) bytes.push(parseInt(octal, 8));
    else bytes.push(...new TextEncoder().encode(escape === undefined ? plain : (escapes[escape] ?? escape)));
  }
  return new TextDecoder().decode(Uint8Array.from(bytes));
}
