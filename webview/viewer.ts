/** Root of an exported page: reads the run that the page holds and shows it with the panel's own views. Knows neither engine nor VS Code. */
import { creditOf, taskTitle } from '../src/shared/export/runMarkdown.ts';
import { readSavedRun } from '../src/shared/export/savedRun.ts';
import { failureOf } from '../src/shared/failure.ts';
import { setWords } from '../src/shared/words.ts';
import { pageTranslation } from './pageTranslation.ts';
import { element } from './panel/element.ts';
import { createInspectionSection } from './panel/inspectionSection.ts';
import { createKindsSection } from './panel/kindsSection.ts';
import { registerToolkit } from './panel/toolkit.ts';

setWords(pageTranslation().words);
registerToolkit();
const page = element('main', { class: 'panel' });
document.body.append(page);
try {
  const { model, inspection } = readSavedRun(document.getElementById('saccade-run')?.textContent ?? '');
  const section = createInspectionSection({ sections: [createKindsSection()] });
  page.append(
    element('h1', { class: 'run-headline' }, taskTitle(inspection.task)),
    section.element,
    element('p', { class: 'credit muted' }, creditOf(model)),
  );
  section.show(inspection, undefined);
} catch (error) {
  page.append(element('p', { role: 'alert' }, failureOf(error).message));
}
// The views read their colours when the page's attributes change, which is how VS Code tells of another theme.
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', ({ matches }) => {
  document.body.dataset['vscodeThemeKind'] = matches ? 'vscode-dark' : 'vscode-light';
});
