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
  'saccade.summariseSelection': 'Summarise Selection',
  'saccade.inspectSelection': 'Inspect Attention of Selection',
  'saccade.addToGlossary': 'Add to Glossary',
  'saccade.openGlossary': 'Open Glossary',
  'saccade.showTranslationMemory': 'Show Translation Memory',
  'saccade.exportTranslationMemory': 'Export Translation Memory',
  'saccade.importTranslationMemory': 'Import Translation Memory',
  'saccade.stop': 'Stop',
  'saccade.chooseTargetLanguage': 'Choose Target Language',
  'saccade.showStatus': 'Show Status',
  'saccade.openSavedRun': 'Open Saved Run',
  'saccade.clearHighlight': 'Clear Attention in Editor',
} as const;

export type CommandId = keyof typeof COMMANDS;
