/** Draws weighted spans in editors: by background, underline and overview ruler. Does not know where they come from. */
import * as vscode from 'vscode';
import { HIGHLIGHT_LEVELS } from '../shared/highlight.ts';

/** Characters of a document, decorated. */
export interface DecoratedRange {
  readonly range: vscode.Range;
  /** `focus` is what the pointer or the cursor is on; 1 to `HIGHLIGHT_LEVELS` is how much was attended to. */
  readonly level: number | 'focus';
  /** Attention probability; undefined for the focus. */
  readonly weight: number | undefined;
}

/** Says the level without colour: high contrast has no backgrounds, and not everybody sees them. */
const UNDERLINES = [
  { borderStyle: 'dotted', borderWidth: '0 0 1px 0' },
  { borderStyle: 'solid', borderWidth: '0 0 1px 0' },
  { borderStyle: 'solid', borderWidth: '0 0 2px 0' },
  { borderStyle: 'solid', borderWidth: '0 0 3px 0' },
] as const;

export class AttentionDecorations implements vscode.Disposable {
  private readonly levels = Array.from({ length: HIGHLIGHT_LEVELS }, (_, index) =>
    vscode.window.createTextEditorDecorationType({
      backgroundColor: new vscode.ThemeColor(`saccade.attention${index + 1}Background`),
      borderColor: new vscode.ThemeColor('saccade.attentionUnderline'),
      ...UNDERLINES[index],
      overviewRulerColor: new vscode.ThemeColor('saccade.attentionOverviewRuler'),
      overviewRulerLane: vscode.OverviewRulerLane.Center,
      rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
    }),
  );
  private readonly focus = vscode.window.createTextEditorDecorationType({
    outline: '1px solid',
    outlineColor: new vscode.ThemeColor('saccade.attentionFocusBorder'),
    overviewRulerColor: new vscode.ThemeColor('saccade.attentionFocusBorder'),
    overviewRulerLane: vscode.OverviewRulerLane.Full,
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  });

  /** In the place of what was drawn in the editor before. */
  draw(editor: vscode.TextEditor, ranges: readonly DecoratedRange[]): void {
    const of = (level: DecoratedRange['level']): vscode.DecorationOptions[] =>
      ranges.flatMap((decorated) => (decorated.level === level ? [optionsOf(decorated)] : []));
    this.levels.forEach((type, index) => editor.setDecorations(type, of(index + 1)));
    editor.setDecorations(this.focus, of('focus'));
  }

  dispose(): void {
    for (const type of [...this.levels, this.focus]) type.dispose();
  }
}

function optionsOf({ range, weight }: DecoratedRange): vscode.DecorationOptions {
  return weight === undefined ? { range } : { range, hoverMessage: `Saccade: attention ${weight.toFixed(3)}` };
}
