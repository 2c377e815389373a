/** A result that cannot go where it was meant to: the user decides where it goes, so that it is not lost. Knows no document of its own. */
import * as vscode from 'vscode';
import type { PutOutcome } from './selectionResult.ts';
import { t } from './shared/words.ts';

type Reason = Exclude<PutOutcome, 'applied' | 'same'>;

const reasons = (): Readonly<Record<Reason, string>> => ({
  changed: t('The document changed meanwhile, so nothing was replaced.'),
  closed: t('The document was closed meanwhile, so nothing was changed.'),
  rejected: t('The document does not accept edits.'),
  homeless: t('There is no comment here that the result could go into.'),
});

/** @param runAgain for a document that changed */
export async function offerElsewhere(why: Reason, text: string, runAgain: () => Promise<unknown>): Promise<void> {
  const [insert, copyIt, again] = [t('Insert at Cursor'), t('Copy'), t('Run Again')];
  const choices = why === 'changed' ? [insert, copyIt, again] : [copyIt];
  const answer = await vscode.window.showWarningMessage(`${reasons()[why]} ${t('The result is kept here.')}`, ...choices);
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
  const again = t('Run Again');
  if ((await vscode.window.showErrorMessage(message, again)) === again) await run();
}
