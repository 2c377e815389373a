/** The panel in a plain page: `?state=` names what it shows, `?theme=` the colours. Knows no engine. */
import { createPanel } from '../../webview/panel/panel.ts';
import { createWhatIfSection } from '../../webview/panel/whatIfSection.ts';
import { madeWhatIf } from './madeRuns.ts';
import { STATES } from './states.ts';
import { applyTheme } from './themes.ts';

const question = new URLSearchParams(location.search);
const name = question.get('state') ?? 'sentence';
const state = STATES[name];
if (state === undefined) throw new Error(`There is no state "${name}": ${Object.keys(STATES).join(', ')}.`);
applyTheme(question.get('theme') ?? 'dark');
const root = document.getElementById('panel');
if (root === null) throw new Error('The page has no element for the panel.');
const panel = createPanel(
  root,
  {
    inspect: () => undefined,
    highlight: () => undefined,
    stop: () => undefined,
    showStatus: () => undefined,
    export: () => undefined,
    openSavedRun: () => undefined,
  },
  { sections: [createWhatIfSection({ run: madeWhatIf, stop: () => undefined })] },
);
await state(panel);
document.body.dataset['ready'] = name;
