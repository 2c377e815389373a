/** Draws weighted spans in editors: by background, underline and overview ruler. Does not know where they come from. */
import * as vscode from 'vscode';
import { HIGHLIGHT_LEVELS } from '../shared/highlight.ts';

/** Characters of a document, decorated. */
export interface DecoratedRange {
  readonly range: vscode.Range;
  /** What the level is of: how much was attended to, or how hard it was to restore. */
  readonly measure: 'attention' | 'loss';
  /** `focus` is what the pointer or the cursor is on; 1 to `HIGHLIGHT_LEVELS` is how much of the measure. */
  readonly level: number | 'focus';
  /** Attention probability, or loss in nats; undefined for the focus. */
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
  private readonly levels = { attention: levelsOf('attention'), loss: levelsOf('loss') };
  private readonly focus = vscode.window.createTextEditorDecorationType({
    outline: '1px solid',
    outlineColor: new vscode.ThemeColor('saccade.attentionFocusBorder'),
    overviewRulerColor: new vscode.ThemeColor('saccade.attentionFocusBorder'),
    overviewRulerLane: vscode.OverviewRulerLane.Full,
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  });

  /** In the place of what was drawn in the editor before. */
  draw(editor: vscode.TextEditor, ranges: readonly DecoratedRange[]): void {
    const of = (measure: DecoratedRange['measure'], level: DecoratedRange['level']): vscode.DecorationOptions[] =>
      ranges.flatMap((decorated) => (decorated.measure === measure && decorated.level === level ? [optionsOf(decorated)] : []));
    for (const measure of ['attention', 'loss'] as const)
      this.levels[measure].forEach((type, index) => editor.setDecorations(type, of(measure, index + 1)));
    editor.setDecorations(this.focus, of('attention', 'focus'));
  }

  dispose(): void {
    for (const type of [...this.levels.attention, ...this.levels.loss, this.focus]) type.dispose();
  }
}

function levelsOf(measure: DecoratedRange['measure']): vscode.TextEditorDecorationType[] {
  return Array.from({ length: HIGHLIGHT_LEVELS }, (_, index) =>
    vscode.window.createTextEditorDecorationType({
      backgroundColor: new vscode.ThemeColor(`saccade.${measure}${index + 1}Background`),
      borderColor: new vscode.ThemeColor(`saccade.${measure}Underline`),
      ...UNDERLINES[index],
      overviewRulerColor: new vscode.ThemeColor(`saccade.${measure}OverviewRuler`),
      overviewRulerLane: vscode.OverviewRulerLane.Center,
      rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
    }),
  );
}

function optionsOf({ range, measure, weight }: DecoratedRange): vscode.DecorationOptions {
  if (weight === undefined) return { range };
  const told = measure === 'loss' ? `reconstruction loss ${weight.toFixed(2)} nats` : `attention ${weight.toFixed(3)}`;
  return { range, hoverMessage: `Saccade: ${told}` };
}
