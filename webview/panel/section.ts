/** A part of the panel that unfolds below its title, such as "What if". Knows nothing of what is in it. */
import { element } from './element.ts';

/** `content` is in the page from the start; make it cheap, or fill it in `onOpen`, which is called each time it unfolds. */
export function section(
  title: string,
  content: HTMLElement,
  { open = false, onOpen }: { readonly open?: boolean; readonly onOpen?: () => void } = {},
): HTMLDetailsElement {
  const root = element(
    'details',
    { class: 'section', ...(open ? { open: '' } : {}) },
    element('summary', { class: 'section-title' }, element('h2', {}, title)),
    element('div', { class: 'section-content' }, content),
  );
  root.addEventListener('toggle', () => {
    if (root.open) onOpen?.();
  });
  return root;
}
