/** The commands that add to the glossary and open it. Does not read its terms. */
import * as vscode from 'vscode';
import { addToGlossarySetting, GLOSSARY_SETTING, targetLanguage } from '../settings.ts';
import { failureOf, SaccadeError } from '../shared/failure.ts';
import { GLOSSARY_HEADER, LONGEST_TERM, withEntry, type GlossaryEntry } from '../shared/glossary.ts';
import { languageName, type Language } from '../shared/task.ts';
import { t } from '../shared/words.ts';
import { folderOf, glossaryUri } from './glossaries.ts';

/**
 * The selected words, or the word at the cursor, with their translation. Without a folder it goes into the settings.
 * @param translation from a key binding or another extension; else the user is asked for it
 */
export async function addToGlossary(translation?: unknown): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const source = editor && selectedTerm(editor);
  if (!editor || source === undefined) {
    void vscode.window.showInformationMessage(t('Select the word or phrase that the glossary is to have, then run the command again.'));
    return;
  }
  if (source.length > LONGEST_TERM) {
    void vscode.window.showInformationMessage(
      t('An entry of the glossary has at most {0} characters. Select a word or phrase.', LONGEST_TERM),
    );
    return;
  }
  const language = targetLanguage(editor.document);
  const wanted = typeof translation === 'string' ? translation : await askForTranslation(source, language);
  if (wanted === undefined) return;
  const target = wanted.trim().replace(/\s+/g, ' ');
  const entry = target === '' ? { source, target: source, language: undefined } : { source, target, language };
  const folder = folderOf(editor.document.uri);
  try {
    if (folder) await writeEntry(glossaryUri(folder), entry);
    else await addToGlossarySetting(entry);
    const said =
      target === '' ? t('$(check) Saccade: “{0}” is never translated', source) : t('$(check) Saccade: “{0}” becomes “{1}”', source, target);
    vscode.window.setStatusBarMessage(said, 5000);
  } catch (error) {
    void vscode.window.showErrorMessage(t('The glossary could not be written: {0}', failureOf(error).message));
  }
}

function askForTranslation(source: string, language: Language): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: t('Saccade: Add “{0}” to the Glossary', source),
    prompt: t(
      'The translation into {0}. Leave it empty for a word that is never translated, into whichever language.',
      languageName(language),
    ),
    placeHolder: t('Never translated'),
    validateInput: (value) =>
      value.trim().length > LONGEST_TERM
        ? t('An entry of the glossary has at most {0} characters. Select a word or phrase.', LONGEST_TERM)
        : undefined,
  });
}

/** Makes it where there is none. Without a folder the setting is shown. */
export async function openGlossary(): Promise<void> {
  const folder = folderOf(vscode.window.activeTextEditor?.document.uri);
  if (!folder) {
    await vscode.commands.executeCommand('workbench.action.openSettings', `@id:${GLOSSARY_SETTING}`);
    return;
  }
  const uri = glossaryUri(folder);
  try {
    if (!(await isThere(uri))) await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(GLOSSARY_HEADER));
    await vscode.window.showTextDocument(uri);
  } catch (error) {
    void vscode.window.showErrorMessage(t('The glossary could not be opened: {0}', failureOf(error).message));
  }
}

function selectedTerm({ document, selection }: vscode.TextEditor): string | undefined {
  const range = selection.isEmpty ? document.getWordRangeAtPosition(selection.active) : selection;
  const text = document
    .getText(range ?? selection)
    .trim()
    .replace(/\s+/g, ' ');
  return /[\p{L}\p{N}]/u.test(text) ? text : undefined;
}

/** An editor that has unsaved changes of it keeps them. */
async function writeEntry(uri: vscode.Uri, entry: GlossaryEntry): Promise<void> {
  const open = vscode.workspace.textDocuments.find((document) => document.isDirty && document.uri.toString() === uri.toString());
  if (!open) {
    const text = (await isThere(uri)) ? new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)) : GLOSSARY_HEADER;
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(withEntry(text, entry)));
    return;
  }
  const edit = new vscode.WorkspaceEdit();
  edit.replace(uri, new vscode.Range(0, 0, open.lineCount, 0), withEntry(open.getText(), entry));
  if (!(await vscode.workspace.applyEdit(edit)) || !(await open.save())) {
    throw new SaccadeError('badInput', t('Save what you changed in it first.'));
  }
}

async function isThere(uri: vscode.Uri): Promise<boolean> {
  return Promise.resolve(vscode.workspace.fs.stat(uri)).then(
    () => true,
    () => false,
  );
}
