/** Every command by id and title, in the order of package.json, which must equal this table (tested). */

export const COMMANDS = {
  'saccade.translateSelection': 'Translate Selection',
  'saccade.translateSelectionBelow': 'Translate Selection Below',
  'saccade.translateAllComments': 'Translate All Comments of the File',
  'saccade.summariseSelection': 'Summarise Selection',
  'saccade.inspectSelection': 'Inspect Attention of Selection',
  'saccade.stop': 'Stop',
  'saccade.chooseTargetLanguage': 'Choose Target Language',
  'saccade.showStatus': 'Show Status',
  'saccade.clearHighlight': 'Clear Attention in Editor',
} as const;

export type CommandId = keyof typeof COMMANDS;
