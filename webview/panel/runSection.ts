/** A run: its progress with the text written so far and a Stop button; when finished, the segments to choose from. */
import type { Task } from '../../src/shared/task.ts';
import { t } from '../../src/shared/words.ts';
import { element } from './element.ts';
import { taskName } from './taskName.ts';
import { button, progressRing } from './toolkit.ts';

/** Drawn at a time: a page of thousands would freeze while it is laid out, and nobody reads it. */
const ROWS_AT_ONCE = 200;

export interface RunShown {
  readonly segments: readonly { readonly sourceText: string; readonly targetText: string }[];
  /** `finished` segments are done; `text` is the target so far of `segment`, which counts from 0. */
  readonly progress?: { readonly finished: number; readonly segment: number; readonly text: string } | undefined;
  readonly running: boolean;
  readonly task: Task;
}

export interface RunSection {
  readonly element: HTMLElement;
  show(run: RunShown | undefined): void;
  /** Marks the segment whose attention is shown; undefined marks none. */
  mark(segment: number | undefined): void;
}

export interface RunActions {
  readonly inspect: (segment: number) => void;
  readonly stop: () => void;
}

export function createRunSection(actions: RunActions): RunSection {
  const headline = element('span', { class: 'run-headline' });
  const sourceText = element('p', { class: 'run-source muted', dir: 'auto' });
  const targetText = element('p', { class: 'run-target', dir: 'auto' });
  // Made once and changed while the text streams in, so that the Stop button keeps the focus.
  const running = element(
    'div',
    { class: 'run-progress' },
    element(
      'div',
      { class: 'run-line', role: 'status' },
      progressRing(t('Running')),
      headline,
      button(t('Stop'), 'secondary', actions.stop),
    ),
    sourceText,
    targetText,
  );
  const root = element('section', { class: 'run', 'aria-label': t('Current run') });
  root.hidden = true;
  let run: RunShown | undefined;
  let marked: number | undefined;

  function showProgress({ segments, progress, task }: RunShown): void {
    const segment = progress?.segment ?? 0;
    const text = progress?.text ?? '';
    const { running: name } = taskName(task);
    const words = segments.length > 1 ? t('{0} · {1}\u00a0of\u00a0{2}', name, progress?.finished ?? 0, segments.length) : name;
    // Writing the same words again would make screen readers say them again.
    if (headline.textContent !== words) headline.textContent = words;
    sourceText.textContent = segments[segment]?.sourceText ?? '';
    targetText.textContent = text;
    if (running.parentElement !== root) root.replaceChildren(running);
    targetText.scrollTop = targetText.scrollHeight;
  }

  function showSegments({ segments, task }: RunShown): void {
    const [first, second] = segments;
    root.hidden = first === undefined || (second === undefined && marked === 0);
    if (second === undefined) {
      root.replaceChildren(
        element(
          'div',
          { class: 'run-line' },
          element('span', { class: 'run-headline' }, taskName(task).done),
          button(t('Show attention'), 'primary', () => actions.inspect(0)),
        ),
      );
      return;
    }
    const list = element('ol', { class: 'segments' });
    const more = element('button', { class: 'link segments-more', type: 'button' });
    const drawMore = (): void => {
      const drawn = list.childElementCount;
      list.append(...segments.slice(drawn, drawn + ROWS_AT_ONCE).map((segment, index) => segmentItem(segment, drawn + index)));
      const left = segments.length - list.childElementCount;
      more.hidden = left === 0;
      more.textContent = t('Show {0} more of {1}', Math.min(left, ROWS_AT_ONCE), segments.length);
    };
    more.addEventListener('click', () => {
      const drawn = list.childElementCount;
      drawMore();
      // The button moves away from under the keyboard's focus, so the focus goes to what it brought.
      list.children[drawn]?.querySelector('button')?.focus();
    });
    drawMore();
    root.replaceChildren(
      element('h2', { class: 'run-headline' }, t('{0} · {1} segments', taskName(task).done, segments.length)),
      element('p', { class: 'muted' }, t('Choose one to see its attention.')),
      list,
      more,
    );
  }

  function segmentItem(segment: RunShown['segments'][number], index: number): HTMLElement {
    const choice = element(
      'button',
      {
        class: 'segment',
        type: 'button',
        'aria-pressed': String(index === marked),
        title: `${segment.sourceText}\n→ ${segment.targetText}`,
      },
      element('span', { class: 'segment-number muted' }, String(index + 1)),
      element('span', { class: 'segment-source', dir: 'auto' }, segment.sourceText),
      element('span', { class: 'segment-target muted', dir: 'auto' }, segment.targetText),
    );
    choice.addEventListener('click', () => actions.inspect(index));
    return element('li', {}, choice);
  }

  return {
    element: root,
    show(next) {
      run = next;
      root.hidden = run === undefined;
      if (run === undefined) root.replaceChildren();
      else if (run.running) showProgress(run);
      else showSegments(run);
    },
    mark(segment) {
      marked = segment;
      if (run === undefined || run.running) return;
      if (run.segments.length < 2) root.hidden = marked === 0;
      root.querySelectorAll('.segment').forEach((choice, index) => choice.setAttribute('aria-pressed', String(index === marked)));
    },
  };
}
