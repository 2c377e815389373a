/** Plain text as Markdown that shows it as it is; unlike VS Code's own `appendText`, with spaces between which it is wrapped. Knows no page. */

/** Of one line or more: a backslash before what Markdown or HTML would read as its own. */
export function plainMarkdown(text: string): string {
  return text
    .split(/\r\n|\r|\n/)
    .map(plainLine)
    .join('\n');
}

function plainLine(line: string): string {
  return line
    .replaceAll(/[\\`*_[\]<>&|~$]/g, '\\$&')
    .replace(/^(\s*)(#|[-+]\s|\d+(?=[.)]))/, (_, space: string, mark: string) =>
      /\d/.test(mark) ? `${space}${mark}\\` : `${space}\\${mark}`,
    );
}
