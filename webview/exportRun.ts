/** What the user chose in the menu of exports, done: the host gets a file to save, or a text for the clipboard. Knows no panel. */
import type { Send } from '../src/shared/channel.ts';
import type { ExportedMap } from '../src/shared/export/exportedMap.ts';
import { exportFormats } from '../src/shared/export/exportFormat.ts';
import { runMarkdown } from '../src/shared/export/runMarkdown.ts';
import type { SavedRun } from '../src/shared/export/savedRun.ts';
import { failureOf } from '../src/shared/failure.ts';
import type { PageToHost } from '../src/shared/messages.ts';
import { exportedContent, exportedName } from './exportedContent.ts';
import type { ExportChoice } from './panel/exportMenu.ts';

/** `map` is the one that is shown; what goes wrong the host is told. */
export async function exportRun(choice: ExportChoice, run: SavedRun, map: ExportedMap, send: Send<PageToHost>): Promise<void> {
  if (choice === 'markdown') {
    send('copy', { text: runMarkdown(run) });
    return;
  }
  const { name: kind, extension } = exportFormats()[choice];
  try {
    const content = await exportedContent(choice, run, map);
    send('saveFile', { name: exportedName(run.inspection, extension), kind, extension, content });
  } catch (error) {
    send('complaint', { message: failureOf(error).message });
  }
}
