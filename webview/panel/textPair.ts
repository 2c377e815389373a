/** The source and target text of a segment, shortened when long, with the characters of the current tokens highlighted. Knows spans and no tokens. */
import type { Span } from '../../src/shared/span.ts';
import { element } from './element.ts';

export interface TextPair {
  readonly element: HTMLElement;
  show(source: string, target: string): void;
  /** Half-open spans in UTF-16 units of each text; an empty span highlights nothing. */
  readonly highlight: (source: readonly Span[], target: readonly Span[]) => void;
}

// The names by which panel.css styles the highlights.
const HIGHLIGHTS = { source: 'saccade-source', target: 'saccade-target' } as const;

export function createTextPair(): TextPair {
  const texts = { source: text(), target: text() };
  const more = element('button', { class: 'link text-more', type: 'button' });
  more.addEventListener('click', () => expand(more.getAttribute('aria-expanded') !== 'true'));
  const root = element(
    'div',
    { class: 'text-pair' },
    element('div', { class: 'text-block' }, element('h3', { class: 'overline' }, 'Source'), texts.source),
    element('div', { class: 'text-block' }, element('h3', { class: 'overline' }, 'Target'), texts.target),
    more,
  );

  function expand(expanded: boolean): void {
    root.classList.toggle('expanded', expanded);
    more.setAttribute('aria-expanded', String(expanded));
    more.textContent = expanded ? 'Show less' : 'Show all';
  }

  function hideNeedlessButton(): void {
    if (root.classList.contains('expanded')) return;
    more.hidden = ![texts.source, texts.target].some((shown) => shown.scrollHeight > shown.clientHeight + 1);
  }
  new ResizeObserver(hideNeedlessButton).observe(root);

  function show(source: string, target: string): void {
    texts.source.textContent = source;
    texts.target.textContent = target;
    expand(false);
    highlight([], []);
    hideNeedlessButton();
  }

  function highlight(source: readonly Span[], target: readonly Span[]): void {
    CSS.highlights.set(HIGHLIGHTS.source, new Highlight(...source.flatMap((span) => rangeOf(texts.source, span))));
    CSS.highlights.set(HIGHLIGHTS.target, new Highlight(...target.flatMap((span) => rangeOf(texts.target, span))));
  }

  return { element: root, show, highlight };
}

function text(): HTMLElement {
  return element('p', { class: 'text', dir: 'auto' });
}

function rangeOf(shown: HTMLElement, { start, end }: Span): Range[] {
  const node = shown.firstChild;
  if (!(node instanceof Text) || start >= end || end > node.length) return [];
  const range = document.createRange();
  range.setStart(node, start);
  range.setEnd(node, end);
  return [range];
}
