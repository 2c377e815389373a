/** Tokens in a row as buttons that can be pressed, or as marks with a figure each. Knows no model. */
import type { AxisToken } from '../../src/shared/inspection.ts';
import { t } from '../../src/shared/words.ts';
import { element } from './element.ts';
import { visibleLabel } from './tokenLabel.ts';

export interface TokenButton {
  /** Such as "hide". */
  readonly action: string;
  readonly isPressed: boolean;
  readonly onPress: () => void;
}

/** What is read of a token that stands for white space too. */
export function tokenName({ label }: Pick<AxisToken, 'label'>): string {
  return label.trim() === '' ? visibleLabel(label) : label.trim();
}

/** `pressed` looks different by more than colour: crossed out, or underlined, as the class says. */
export function tokenButtons(name: string, style: 'crossed' | 'forced', tokens: readonly (AxisToken & TokenButton)[]): HTMLElement {
  const buttons = tokens.map((token, position) => {
    const made = element(
      'button',
      { type: 'button', class: `token-button ${style}`, 'aria-pressed': String(token.isPressed) },
      tokenName(token),
    );
    made.setAttribute('aria-label', t('{0}: {1}, token {2}', token.action, tokenName(token), position));
    made.title = t('{0} “{1}”', token.action, tokenName(token));
    made.addEventListener('click', token.onPress);
    return made;
  });
  return element('div', { class: 'token-row', role: 'group', 'aria-label': name, dir: 'auto' }, ...buttons);
}

export interface TokenFigure extends Pick<AxisToken, 'label'> {
  /** 0 to 1: how strongly it is shaded. */
  readonly share: number;
  /** Such as "−2.31". */
  readonly figure: string;
}

/** Tokens shaded by a figure, which is there to hover and to be read out. */
export function tokenFigures(name: string, tokens: readonly TokenFigure[]): HTMLElement {
  const items = tokens.map(({ label, share, figure }) => {
    const text = tokenName({ label });
    const made = element('li', { class: 'token-figure', title: `${text}: ${figure}`, 'aria-label': `${text}: ${figure}` });
    made.style.setProperty('--share', Math.min(1, Math.max(0, share)).toFixed(3));
    made.append(element('span', {}, text), element('small', { class: 'figures', 'aria-hidden': 'true' }, figure));
    return made;
  });
  return element('ol', { class: 'token-row token-figures', 'aria-label': name, dir: 'auto' }, ...items);
}
