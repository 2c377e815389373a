/** VS Code's theme as colours for a canvas, and the news that it has changed. Knows the theme's variables and no views. */
import type { Colour } from './colourScale.ts';

export interface ThemeColours {
  /** Ends of the sequential scale. */
  readonly low: Colour;
  readonly high: Colour;
  readonly text: string;
  readonly label: string;
  readonly warning: string;
  readonly border: string;
  readonly tipBackground: string;
  readonly tipText: string;
  readonly tipBorder: string;
  readonly fontFamily: string;
}

export function readThemeColours(): ThemeColours {
  const { body } = document;
  const style = getComputedStyle(body);
  const first = (...names: readonly string[]): string => {
    for (const name of names) {
      const value = style.getPropertyValue(`--vscode-${name}`).trim();
      if (value !== '') return value;
    }
    return style.color;
  };
  const highContrast = body.classList.contains('vscode-high-contrast') || body.classList.contains('vscode-high-contrast-light');
  const text = first('foreground', 'editor-foreground');
  return {
    low: opaque(first('editor-background')),
    high: opaque(highContrast ? text : first('charts-blue', 'textLink-foreground')),
    text,
    label: highContrast ? text : first('descriptionForeground', 'foreground'),
    warning: first('editorWarning-foreground', 'charts-orange'),
    border: first('contrastBorder', 'panel-border', 'editorWidget-border'),
    tipBackground: first('editorHoverWidget-background', 'editorWidget-background'),
    tipText: first('editorHoverWidget-foreground', 'foreground'),
    tipBorder: first('contrastBorder', 'editorHoverWidget-border'),
    fontFamily: style.fontFamily,
  };
}

/** Any CSS colour as the browser paints it; what is translucent is seen over the editor's background. */
function opaque(colour: string): Colour {
  const context = Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d', { willReadFrequently: true });
  if (context === null) return [128, 128, 128];
  for (const layer of [getComputedStyle(document.body).getPropertyValue('--vscode-editor-background'), colour]) {
    context.fillStyle = layer;
    context.fillRect(0, 0, 1, 1);
  }
  const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
  return [red, green, blue];
}

/** Calls `onChange` after VS Code has given the page another theme: it sets variables on the root element, then class and data of the body. */
export function observeTheme(onChange: () => void): void {
  const observer = new MutationObserver(onChange);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style'] });
  observer.observe(document.body, {
    attributes: true,
    attributeFilter: ['class', 'style', 'data-vscode-theme-id', 'data-vscode-theme-kind'],
  });
}
