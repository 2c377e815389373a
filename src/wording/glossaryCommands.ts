/** The commands that add to the glossary and open it. Does not read its terms. */
import * as vscode from 'vscode';
import { addToGlossarySetting, GLOSSARY_SETTING, targetLanguage } from '../settings.ts';
import { failureOf } from '../shared/failure.ts';
import { GLOSSARY_HEADER, LONGEST_TERM, withEntry, type GlossaryEntry } from '../shared/glossary.ts';
import { LANGUAGE_NAMES, type Language } from '../shared/task.ts';
import { folderOf, glossaryUri } from './glossaries.ts';

/**
 * The selected words, or the word at the cursor, with their translation. Without a folder it goes into the settings.
 * @param translation from a key binding or another extension; else the user is asked for it
 */
export async function addToGlossary(translation?: unknown): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const source = editor && selectedTerm(editor);
  if (!editor || source === undefined) {
    void vscode.window.showInformationMessage('Select the word or phrase that the glossary is to have, then run the command again.');
    return;
  }
  if (source.length > LONGEST_TERM) {
    void vscode.window.showInformationMessage(`An entry of the glossary has at most ${LONGEST_TERM} characters. Select a word or phrase.`);
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
    const meaning = target === '' ? `“${source}” is never translated` : `“${source}” becomes “${target}”`;
    vscode.window.setStatusBarMessage(`$(check) Saccade: ${meaning}`, 5000);
  } catch (error) {
    void vscode.window.showErrorMessage(`The glossary could not be written: ${failureOf(error).message}`);
  }
}

function askForTranslation(source: string, language: Language): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: `Saccade: Add “${source}” to the Glossary`,
    prompt: `The translation of “${source}” into ${LANGUAGE_NAMES[language]}. Leave it empty for a word that is never translated, into whichever language.`,
    placeHolder: 'Never translated',
    validateInput: (value) => (value.trim().length > LONGEST_TERM ? `An entry has at most ${LONGEST_TERM} characters.` : undefined),
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
    void vscode.window.showErrorMessage(`The glossary could not be opened: ${failureOf(error).message}`);
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

/** Through an editor's document where there is one: what it has unsaved is kept. */
async function writeEntry(uri: vscode.Uri, entry: GlossaryEntry): Promise<void> {
  if (!(await isThere(uri))) {
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(withEntry(GLOSSARY_HEADER, entry)));
    return;
  }
  const document = await vscode.workspace.openTextDocument(uri);
  const edit = new vscode.WorkspaceEdit();
  const all = new vscode.Range(0, 0, document.lineCount, 0);
  edit.replace(uri, all, withEntry(document.getText(), entry));
  await vscode.workspace.applyEdit(edit);
  await document.save();
}

async function isThere(uri: vscode.Uri): Promise<boolean> {
  return Promise.resolve(vscode.workspace.fs.stat(uri)).then(
    () => true,
    () => false,
  );
}
