/** The button that exports what is shown, and its menu of formats. Knows the formats' names and what they are for. */
import { exportFormats, type ExportFormat } from '../../src/shared/export/exportFormat.ts';
import { t } from '../../src/shared/words.ts';
import { element } from './element.ts';
import { icon } from './icon.ts';

/** A file, or text for the clipboard. */
export type ExportChoice = ExportFormat | 'markdown';

function choices(): readonly { readonly choice: ExportChoice; readonly name: string; readonly says: string }[] {
  const formats = exportFormats();
  return [
    ...(Object.keys(formats) as ExportFormat[]).map((choice) => ({ choice, ...formats[choice] })),
    { choice: 'markdown', name: t('Copy'), says: t('Markdown: both texts and their words’ alignment') },
  ];
}

const DISTANCE = 4;
const EDGE = 8;
let made = 0;

export function exportMenu(onChoose: (choice: ExportChoice) => void): HTMLElement {
  const items = choices().map(({ choice, name, says }) => {
    const item = element(
      'button',
      { class: 'menu-item', type: 'button', role: 'menuitem', tabindex: '-1', 'data-choice': choice },
      element('span', {}, name),
      element('span', { class: 'menu-says' }, says),
    );
    item.addEventListener('click', () => {
      menu.hidePopover();
      onChoose(choice);
    });
    return item;
  });
  const id = `saccade-export-${made++}`;
  const menu = element('div', { class: 'menu', role: 'menu', id, popover: '', 'aria-label': t('Export') }, ...items);
  const button = element(
    'button',
    { class: 'link export', type: 'button', popovertarget: id, 'aria-haspopup': 'menu', 'aria-expanded': 'false' },
    icon('export'),
    t('Export'),
  );
  menu.addEventListener('toggle', () => {
    const isOpen = menu.matches(':popover-open');
    button.setAttribute('aria-expanded', String(isOpen));
    if (!isOpen) return;
    const at = button.getBoundingClientRect();
    const { width, height } = menu.getBoundingClientRect();
    const below = at.bottom + DISTANCE + height <= innerHeight - EDGE || at.top < height + DISTANCE;
    menu.style.left = `${Math.max(EDGE, Math.min(at.right - width, document.documentElement.clientWidth - EDGE - width))}px`;
    menu.style.top = `${below ? at.bottom + DISTANCE : at.top - DISTANCE - height}px`;
    items[0]?.focus();
  });
  menu.addEventListener('keydown', (event) => {
    const at = items.findIndex((item) => item === document.activeElement);
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
    if (event.key === 'Tab') menu.hidePopover();
    if (next === undefined) return;
    event.preventDefault();
    items.at(next % items.length)?.focus();
  });
  // What Escape closes here it must not clear elsewhere.
  menu.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') event.stopPropagation();
  });
  return element('span', { class: 'export-place' }, button, menu);
}
