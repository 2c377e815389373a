/** Every head of the model as a small switch, layer by layer: on, or knocked out. Knows no maps. */
import type { AttentionKind } from '../../src/shared/attention/attentionKind.ts';
import { attentionsOf } from '../../src/shared/attention/attentionKind.ts';
import { attentionName, shortAttentionName } from '../../src/shared/attention/attentionNames.ts';
import type { Inspection } from '../../src/shared/inspection.ts';
import { isSameHead } from '../../src/shared/intervention.ts';
import type { HeadPlace } from '../../src/shared/intervention.ts';
import { t } from '../../src/shared/words.ts';
import { element } from './element.ts';

export interface HeadSwitches {
  readonly element: HTMLElement;
  show(inspection: Inspection, knockedOut: readonly HeadPlace[]): void;
}

const KINDS: readonly AttentionKind[] = ['encoder', 'decoder', 'cross'];

export function createHeadSwitches(onToggle: (place: HeadPlace) => void): HeadSwitches {
  const root = element('div', { class: 'head-switches' });

  function grid(kind: AttentionKind, layers: number, heads: number, knockedOut: readonly HeadPlace[]): HTMLElement {
    const buttons: HTMLElement[] = [];
    const lines = Array.from({ length: layers }, (_, layer) => {
      const line = Array.from({ length: heads }, (_, head) => {
        const place = { kind, layer, head };
        const isOut = knockedOut.some((other) => isSameHead(place, other));
        const label = t('{0}, layer {1}, head {2}', attentionName(kind), layer, head);
        const made = element('button', {
          type: 'button',
          class: 'head-switch',
          'aria-pressed': String(isOut),
          'aria-label': t('Knock out: {0}', label),
        });
        made.title = isOut ? t('{0}: knocked out', label) : label;
        made.tabIndex = layer === 0 && head === 0 ? 0 : -1;
        made.addEventListener('click', () => onToggle(place));
        buttons.push(made);
        return made;
      });
      return element(
        'div',
        { class: 'head-line' },
        element('span', { class: 'head-layer', 'aria-hidden': 'true' }, String(layer)),
        ...line,
      );
    });
    const made = element(
      'div',
      { class: 'head-grid', role: 'group', 'aria-label': t('Heads: {0}', attentionName(kind)), 'data-kind': kind },
      ...lines,
    );
    made.addEventListener('keydown', (event) => moveFocus(event, buttons, heads));
    return element('div', {}, element('h3', { class: 'overline' }, shortAttentionName(kind)), made);
  }

  return {
    element: root,
    show(inspection, knockedOut) {
      const focused = [...root.querySelectorAll('button')].indexOf(document.activeElement as HTMLButtonElement);
      root.replaceChildren(
        ...KINDS.map((kind) => {
          const { layers, heads } = attentionsOf(inspection, kind);
          return grid(kind, layers, heads, knockedOut);
        }),
      );
      const again = [...root.querySelectorAll('button')][focused];
      if (again === undefined) return;
      again
        .closest('.head-grid')
        ?.querySelectorAll('button')
        .forEach((button) => (button.tabIndex = button === again ? 0 : -1));
      again.focus();
    },
  };
}

/** Arrow keys move in the grid; the tabulator leaves it. */
function moveFocus(event: KeyboardEvent, buttons: readonly HTMLElement[], across: number): void {
  const at = buttons.indexOf(document.activeElement as HTMLElement);
  const moves: Partial<Record<string, number>> = { ArrowLeft: at - 1, ArrowRight: at + 1, ArrowUp: at - across, ArrowDown: at + across };
  const next = buttons[moves[event.key] ?? -1];
  if (at < 0 || next === undefined) return;
  event.preventDefault();
  buttons[at]!.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
}
