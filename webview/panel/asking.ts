/** A button that asks the model something: "Stop" stands in its place while it waits, and below it what became of it. Knows no question. */
import { t } from '../../src/shared/words.ts';
import { element } from './element.ts';
import { button, progressRing } from './toolkit.ts';

export interface AskingOptions<Found> {
  readonly label: string;
  /** Such as "Writing". */
  readonly running: string;
  /** Undefined where it was stopped; rejects with a message fit for the user. */
  readonly ask: () => Promise<Found | undefined>;
  /** Shows the answer, and returns it in words. */
  readonly onFound: (found: Found) => string;
  readonly stop: () => void;
}

export interface Asking {
  readonly element: HTMLElement;
  rename(label: string): void;
  /** An answer that is waited for is dropped when it comes. */
  reset(): void;
}

export function createAsking<Found>({ label, running, ask, onFound, stop }: AskingOptions<Found>): Asking {
  let text = label;
  let waiting: object | undefined;
  const actions = element('div', { class: 'asking-actions' });
  const told = element('p', { class: 'asking-told', role: 'status', dir: 'auto' });

  function draw(): void {
    const hadFocus = actions.contains(document.activeElement);
    if (waiting === undefined) actions.replaceChildren(button(text, 'primary', () => void start()));
    else actions.replaceChildren(progressRing(running), element('span', {}, `${running}…`), button(t('Stop'), 'secondary', stop));
    if (hadFocus) actions.querySelector<HTMLElement>('vscode-button')?.focus();
  }

  async function start(): Promise<void> {
    const mine = (waiting = {});
    told.textContent = '';
    draw();
    const words = await ask().then(
      (found) => () => (found === undefined ? t('Stopped.') : onFound(found)),
      (error: unknown) => () => (error instanceof Error ? error.message : String(error)),
    );
    if (waiting !== mine) return;
    waiting = undefined;
    draw();
    told.textContent = words();
  }

  draw();
  return {
    element: element('div', { class: 'asking' }, actions, told),
    rename(next) {
      text = next;
      if (waiting === undefined) actions.querySelector('vscode-button')!.textContent = next;
    },
    reset() {
      waiting = undefined;
      told.textContent = '';
      draw();
    },
  };
}
