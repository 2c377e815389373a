/** The panel in a plain page: `?state=` names what it shows, `?theme=` the colours, which `applyTheme` changes as VS Code does. Knows no engine. */
import { NO_INTERVENTION } from '../../src/shared/intervention.ts';
import { setWords } from '../../src/shared/words.ts';
import { pageTranslation } from '../../webview/pageTranslation.ts';
import { createBottleneckSection } from '../../webview/panel/bottleneckSection.ts';
import { createKindsSection } from '../../webview/panel/kindsSection.ts';
import type { OpenedRun } from '../../webview/panel/openedRun.ts';
import { createPanel } from '../../webview/panel/panel.ts';
import { createReconstructSection } from '../../webview/panel/reconstructSection.ts';
import { createWhatIfSection } from '../../webview/panel/whatIfSection.ts';
import { madeBottleneck, madeRestored, madeWhatIf } from './madeRuns.ts';
import { STATES } from './states.ts';
import { applyTheme } from './themes.ts';

/** Of the target of the recorded sentence. */
const SENTENCE_TOKENS = 11;

const question = new URLSearchParams(location.search);
const name = question.get('state') ?? 'sentence';
const state = STATES[name];
if (state === undefined) throw new Error(`There is no state "${name}": ${Object.keys(STATES).join(', ')}.`);
setWords(pageTranslation().words);
applyTheme(question.get('theme') ?? 'dark');
const root = document.getElementById('panel');
if (root === null) throw new Error('The page has no element for the panel.');
const stop = (): void => undefined;
const open = (opened: OpenedRun | undefined): void => panel.openRun(opened);
const panel = createPanel(
  root,
  {
    inspect: () => undefined,
    mapsOf: () => Promise.resolve(undefined),
    highlight: () => undefined,
    stop,
    showStatus: () => undefined,
    export: () => undefined,
    openSavedRun: () => undefined,
  },
  {
    sections: [
      createKindsSection({ silence: () => madeWhatIf({ ...NO_INTERVENTION, encoder: { kind: 'silenced' } }, SENTENCE_TOKENS), stop, open }),
      createWhatIfSection({ run: madeWhatIf, stop, open }),
      createBottleneckSection({
        measure: (counts) => Promise.resolve(madeBottleneck(counts, SENTENCE_TOKENS)),
        write: (encoder) => madeWhatIf({ ...NO_INTERVENTION, encoder }),
        stop,
      }),
      createReconstructSection({ reconstruct: () => Promise.resolve(madeRestored()), stop, markInEditor: () => undefined }),
    ],
  },
);
await state(panel);
Object.assign(globalThis, { applyTheme });
document.body.dataset['ready'] = name;
