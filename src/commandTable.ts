/** Every command by id and title, in the order of package.json, which must equal this table (tested). */

export const COMMANDS = {
  'saccade.translateSelection': 'Translate Selection',
  'saccade.translateSelectionBelow': 'Translate Selection Below',
  'saccade.translateSelectionBeside': 'Translate Selection in a View Beside',
  'saccade.translateSelectionDiff': 'Translate Selection and Compare',
  'saccade.translateSelectionToClipboard': 'Translate Selection to Clipboard',
  'saccade.translateSelectionHover': 'Translate Selection in a Hover',
  'saccade.applyTranslation': 'Apply Translation',
  'saccade.insertTranslationBelow': 'Insert Translation Below',
  'saccade.copyTranslation': 'Copy Translation',
  'saccade.translateAllComments': 'Translate All Comments of the File',
  'saccade.translateFolderComments': 'Translate Comments of All Files of a Folder',
  'saccade.translateNotebookMarkdown': 'Translate Markdown Cells of the Notebook',
  'saccade.translateCommitMessage': 'Translate Commit Message',
  'saccade.openTranslatedView': 'Open Translated View of the File Beside',
  'saccade.summariseSelection': 'Summarise Selection',
  'saccade.summariseToDocstring': 'Summarise Selection into Docstring',
  'saccade.summariseToCommit': 'Summarise Selection into Commit Message',
  'saccade.summariseFile': 'Summarise File',
  'saccade.summariseChanges': 'Summarise Changes',
  'saccade.summariseChangesToCommit': 'Summarise Changes into Commit Message',
  'saccade.inspectSelection': 'Inspect Attention of Selection',
  'saccade.stop': 'Stop',
  'saccade.chooseTargetLanguage': 'Choose Target Language',
  'saccade.showStatus': 'Show Status',
  'saccade.openSavedRun': 'Open Saved Run',
  'saccade.clearHighlight': 'Clear Attention in Editor',
} as const;

export type CommandId = keyof typeof COMMANDS;
