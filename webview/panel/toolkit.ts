/** The one file that knows @vscode/webview-ui-toolkit: registers its elements and makes them typed, so that the archived toolkit can be replaced here. */
import {
  provideVSCodeDesignSystem,
  vsCodeBadge,
  vsCodeButton,
  vsCodeDropdown,
  vsCodeOption,
  vsCodePanels,
  vsCodePanelTab,
  vsCodePanelView,
  vsCodeProgressRing,
} from '@vscode/webview-ui-toolkit';
import { element, fill } from './element.ts';
import type { Child } from './element.ts';

let registered = false;

/** Call it before the window's `load` event: the toolkit reads the theme's colours at that event. */
export function registerToolkit(): void {
  if (registered) return;
  registered = true;
  provideVSCodeDesignSystem().register(
    vsCodeBadge(),
    vsCodeButton(),
    vsCodeDropdown(),
    vsCodeOption(),
    vsCodePanels(),
    vsCodePanelTab(),
    vsCodePanelView(),
    vsCodeProgressRing(),
  );
}

function make(tag: string, attributes: Readonly<Record<string, string>>, ...children: readonly Child[]): HTMLElement {
  return fill(document.createElement(tag), attributes, children);
}

export function badge(text: string): HTMLElement {
  return make('vscode-badge', {}, text);
}

export function progressRing(label: string): HTMLElement {
  return make('vscode-progress-ring', { 'aria-label': label });
}

export function button(text: string, appearance: 'primary' | 'secondary', onPress: () => void): HTMLElement {
  const made = make('vscode-button', { appearance }, text);
  made.addEventListener('click', onPress);
  return made;
}

/** `label` is the tooltip and what a screen reader says. */
export function iconButton(icon: SVGElement, label: string, onPress: () => void): HTMLElement {
  // A slotted svg is sized by the toolkit; the label must be there before the element is connected, else it calls itself "Icon Button".
  const made = make('vscode-button', { appearance: 'icon', 'aria-label': label, title: label }, icon);
  made.addEventListener('click', onPress);
  return made;
}

/** An icon button that stays pressed; `onToggle` is told whether it is. */
export function toggleButton(icon: SVGElement, label: string, onToggle: (pressed: boolean) => void): HTMLElement {
  const made = iconButton(icon, label, () => {
    const pressed = made.getAttribute('aria-expanded') !== 'true';
    made.setAttribute('aria-expanded', String(pressed));
    onToggle(pressed);
  });
  made.setAttribute('aria-expanded', 'false');
  return made;
}

export interface Choice {
  readonly value: string;
  readonly text: string;
}

/** A labelled dropdown. `onChoose` is called with a choice's value, for choices of the user only. */
export function dropdown(label: string, choices: readonly Choice[], chosen: string, onChoose: (value: string) => void): HTMLElement {
  const made = make('vscode-dropdown', { 'aria-label': label, title: label, class: 'dropdown' });
  for (const { value, text } of choices) {
    made.append(make('vscode-option', { value, ...(value === chosen ? { selected: '' } : {}) }, text));
  }
  made.addEventListener('change', () => {
    if ('value' in made && typeof made.value === 'string') onChoose(made.value);
  });
  return made;
}

export interface TabLabel {
  readonly title: string;
  /** Where the panel is narrow. */
  readonly short: string;
}

/**
 * Tabs that share one content element, which moves into the view of the chosen tab. The first tab is chosen at the start.
 * `onChoose` is called with the tab's index, for choices of the user only.
 */
export function tabs(label: string, titles: readonly TabLabel[], content: HTMLElement, onChoose: (index: number) => void): HTMLElement {
  const heads = titles.map(({ title, short }) =>
    make(
      'vscode-panel-tab',
      { title, 'aria-label': title },
      element('span', { class: 'tab-title' }, title),
      element('span', { class: 'tab-short' }, short),
    ),
  );
  const views = titles.map(() => make('vscode-panel-view', {}));
  views[0]?.append(content);
  const made = make('vscode-panels', { role: 'group', 'aria-label': label, class: 'tabs' }, ...heads, ...views);
  made.addEventListener('change', (event) => {
    // The dropdowns inside the views send events of the same name, which bubble up to here.
    if (event.target !== made) return;
    const index = heads.findIndex((head) => head.getAttribute('aria-selected') === 'true');
    views[index]?.append(content);
    onChoose(index);
  });
  return made;
}
