/** VS Code's themes as a webview gets them: variables on the root, class and kind on the body. Knows no view. */
import themes from './themes.json' with { type: 'json' };

export const THEMES: Readonly<Record<string, { readonly kind: string; readonly variables: Readonly<Record<string, string>> }>> = themes;

/** Rules that VS Code puts into every webview and that the panel rests on. */
const STYLES = `
  html { scrollbar-color: var(--vscode-scrollbarSlider-background) var(--vscode-editor-background); }
  body { background: var(--vscode-sideBar-background); color: var(--vscode-editor-foreground); font: var(--vscode-font-size) var(--vscode-font-family); }
  a, a code { color: var(--vscode-textLink-foreground); }
  kbd { background-color: var(--vscode-keybindingLabel-background); color: var(--vscode-keybindingLabel-foreground); }
`;

export function applyTheme(name: string): void {
  const theme = THEMES[name];
  if (theme === undefined) throw new Error(`There is no theme "${name}": ${Object.keys(THEMES).join(', ')}.`);
  const { documentElement, body } = document;
  if (document.getElementById('_defaultStyles') === null) {
    const style = Object.assign(document.createElement('style'), { id: '_defaultStyles', textContent: STYLES });
    document.head.prepend(style);
  }
  documentElement.removeAttribute('style');
  for (const [variable, value] of Object.entries(theme.variables)) documentElement.style.setProperty(variable, value);
  body.className = theme.kind;
  body.dataset['vscodeThemeKind'] = theme.kind;
}
