/** Makes one DOM element, of HTML or SVG, with attributes and children; knows no views and takes no HTML strings. */

export type Child = Node | string | undefined;

/** A child that is `undefined` is left out. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  return fill(document.createElement(tag), attributes, children);
}

export function svgElement(tag: string, attributes: Readonly<Record<string, string>>, children: readonly Child[] = []): SVGElement {
  return fill<SVGElement>(document.createElementNS('http://www.w3.org/2000/svg', tag), attributes, children);
}

export function fill<Made extends Element>(
  made: Made,
  attributes: Readonly<Record<string, string>>,
  children: readonly Child[] = [],
): Made {
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children.filter((child) => child !== undefined));
  return made;
}
