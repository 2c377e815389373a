/** A result that cannot go where it was meant to: the user decides where it goes, so that it is not lost. Knows no document of its own. */
import * as vscode from 'vscode';
import type { PutOutcome } from './selectionResult.ts';

const REASONS: Readonly<Record<Exclude<PutOutcome, 'applied' | 'same'>, string>> = {
  changed: 'The document changed meanwhile, so nothing was replaced.',
  closed: 'The document was closed meanwhile, so nothing was changed.',
  rejected: 'The document does not accept edits.',
  homeless: 'There is no comment here that the result could go into.',
};

/** @param runAgain for a document that changed */
export async function offerElsewhere(why: keyof typeof REASONS, text: string, runAgain: () => Promise<unknown>): Promise<void> {
  const [insert, copyIt, again] = ['Insert at Cursor', 'Copy', 'Run Again'];
  const choices = why === 'changed' ? [insert, copyIt, again] : [copyIt];
  const answer = await vscode.window.showWarningMessage(`${REASONS[why]} The result is kept here.`, ...choices);
  if (answer === copyIt) await vscode.env.clipboard.writeText(text);
  if (answer === again) await runAgain();
  if (answer === insert) {
    const editor = vscode.window.activeTextEditor;
    if (editor) await editor.edit((builder) => builder.insert(editor.selection.active, text));
    else await vscode.env.clipboard.writeText(text);
  }
}

/** A run failed: it can be tried again. */
export async function offerAgain(message: string, run: () => Promise<unknown>): Promise<void> {
  const again = 'Run Again';
  if ((await vscode.window.showErrorMessage(message, again)) === again) await run();
}
