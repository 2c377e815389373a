/** The runs over one source, the newest last: two of them are chosen as A and B and compared below. Knows no intervention. */
import { meanLogProbability } from '../../src/shared/runDifference.ts';
import { t } from '../../src/shared/words.ts';
import { element } from './element.ts';
import { openedRun } from './openedRun.ts';
import type { OpenedRun } from './openedRun.ts';
import { runComparison, signed } from './runComparison.ts';
import type { ComparedRun } from './runComparison.ts';

export interface RunHistory {
  readonly element: HTMLElement;
  /** The run that the others set out from; takes those before off. */
  begin(original: ComparedRun): void;
  /** Compares it with what A is. */
  add(run: ComparedRun): void;
}

let made = 0;

/** @param open shows a run's maps in the place of those of the first run; undefined: those again */
export function createRunHistory(open: (run: OpenedRun | undefined) => void): RunHistory {
  let runs: ComparedRun[] = [];
  const chosen = { a: 0, b: 0 };
  const name = `saccade-runs-${made++}`;
  const list = element('ol', { class: 'run-list', 'aria-label': t('Runs') });
  const comparison = element('div');
  const root = element('div', { class: 'run-history' }, element('h3', { class: 'what-if-title' }, t('Runs')), list, comparison);

  function draw(): void {
    root.hidden = runs.length < 2;
    list.replaceChildren(...runs.map(item));
    const [a, b] = [runs[chosen.a]!, runs[chosen.b]!];
    comparison.replaceChildren(...(runs.length < 2 ? [] : [runComparison(a, b, runs[0]!.inspection)]));
  }

  function item(run: ComparedRun, index: number): HTMLElement {
    const { name: title, inspection } = run;
    const maps = element(
      'button',
      { type: 'button', class: 'link run-maps', 'aria-label': t('{0}: {1}', t('Show its maps'), title) },
      t('Show its maps'),
    );
    maps.addEventListener('click', () => open(index === 0 ? undefined : openedRun(title, run)));
    const choice = (which: 'a' | 'b'): HTMLElement => {
      const letter = which.toUpperCase();
      const input = element('input', { type: 'radio', name: `${name}-${which}`, 'aria-label': t('Compare as {0}: {1}', letter, title) });
      input.checked = chosen[which] === index;
      input.addEventListener('change', () => {
        chosen[which] = index;
        draw();
        root.querySelectorAll<HTMLInputElement>(`input[name="${name}-${which}"]`)[index]?.focus();
      });
      return element('label', { class: 'run-choice' }, input, element('span', { 'aria-hidden': 'true' }, letter));
    };
    return element(
      'li',
      { class: 'run-item' },
      choice('a'),
      choice('b'),
      element(
        'div',
        { class: 'run-words' },
        element(
          'p',
          { class: 'run-name' },
          title,
          ' ',
          element('span', { class: 'figures muted' }, t('{0} nats a token', signed(meanLogProbability(inspection.logProbabilities)))),
        ),
        element('p', { class: 'run-text', dir: 'auto' }, inspection.targetText || t('(nothing)')),
        maps,
      ),
    );
  }

  return {
    element: root,
    begin(original) {
      runs = [original];
      chosen.a = chosen.b = 0;
      draw();
    },
    add(run) {
      runs.push(run);
      chosen.b = runs.length - 1;
      draw();
    },
  };
}
