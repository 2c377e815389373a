/** What opens lines that are not prose, and what ends them: code, environments, elements over several lines. Pure patterns; does not know what lies between. */

/** What begins several lines that are not prose, and how they end. */
export interface Fence {
  readonly length: number;
  readonly end: RegExp;
}

/** No mark is this long; the patterns are tried on no more. */
const LONGEST = 300;

export function fenceOf(text: string): Fence | undefined {
  const start = text.slice(0, LONGEST);
  const find = (pattern: RegExp, end: (name: string) => RegExp): Fence | undefined => {
    const match = pattern.exec(start);
    return match === null ? undefined : { length: match[0].length, end: end((match[1] ?? '').replace(/[*[]/g, '\\$&')) };
  };
  return (
    find(
      /^(?:[-*+]\s+|\d+\.\s+)?(`{3,}|~{3,})[^`]*$/,
      (fence) => new RegExp(`^(?:${fence.replace(/\\/g, '').charAt(0)}){${fence.length},}\\s*$`),
    ) ??
    find(/^<(pre|script|style|svg|math)\b/i, (name) => new RegExp(`</${name}>`, 'i')) ??
    find(
      /^\\begin\{((?:verbatim|lstlisting|minted|equation|align|gather|tikzpicture|tabular|array|displaymath)\*?)\}/,
      (name) => new RegExp(`\\\\end\\{${name}\\}`),
    ) ??
    find(/^[@\\](code|verbatim|dot|msc|latexonly|htmlonly)\b/, (name) => new RegExp(`[@\\\\]end${name}`)) ??
    find(/^[@\\]f\[/, () => /[@\\]f\]/) ??
    find(/^\{@code\b[^}]*$/, () => /^\}/) ??
    find(/^\$\$/, () => /\$\$/) ??
    find(/^<!--/, () => /-->/) ??
    find(/^<[a-zA-Z][\w-]*(?:\s[^<>]*)?$/, () => />/)
  );
}
