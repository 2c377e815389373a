/** A few choices side by side of which one is taken. Native radio buttons, so arrow keys and screen readers know them. */
import { element } from './element.ts';

export interface SegmentChoice<Value extends string> {
  readonly value: Value;
  readonly text: string;
}

export interface Segmented<Value extends string> {
  readonly element: HTMLElement;
  /** Tells nobody. */
  choose(value: Value): void;
}

let made = 0;

/** `onChoose` is called for choices of the user only. */
export function segmented<Value extends string>(
  label: string,
  choices: readonly SegmentChoice<Value>[],
  onChoose: (value: Value) => void,
): Segmented<Value> {
  const name = `saccade-choice-${made++}`;
  const inputs = choices.map(({ value }) => {
    const input = element('input', { type: 'radio', name, value, class: 'visually-hidden' });
    input.addEventListener('change', () => onChoose(value));
    return input;
  });
  const segments = choices.map(({ text }, index) =>
    element('label', { class: 'segmented-choice' }, inputs[index], element('span', {}, text)),
  );
  return {
    element: element('div', { class: 'segmented', role: 'radiogroup', 'aria-label': label }, ...segments),
    choose(value) {
      for (const input of inputs) input.checked = input.value === value;
    },
  };
}
