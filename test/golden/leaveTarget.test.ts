/** Texts that are in the target language already. */
import assert from 'node:assert/strict';
import { config, engine } from './bundledModel.ts';

const GERMAN = 'Öffnen Sie die Datei `a.txt` mit dem Editor, bevor Sie die Einstellungen des Programms ändern.';
const ENGLISH = 'Open the file with the editor before you change the settings of the program.';

describe('texts that are in the target language already', () => {
  it('come back as they are where that is asked for, at every place where they stand', async () => {
    const { results } = await engine.run({ kind: 'translate', to: 'de' }, [GERMAN, ENGLISH, GERMAN], { leaveTarget: true });
    assert.deepEqual(
      results.map(({ sourceText }) => sourceText),
      [GERMAN, ENGLISH, GERMAN],
    );
    for (const index of [0, 2]) assert.deepEqual({ ...results[index], sourceIds: [] }, { ...LEFT, sourceText: GERMAN, targetText: GERMAN });
    assert.ok(results[1]!.targetIds.length > 0);
    assert.notEqual(results[1]!.targetText, ENGLISH);
  });

  (config.languages.includes('zh') ? it : it.skip)('are told in scripts without spaces, by five characters', async () => {
    const [told, short] = ['在更改程序的设置之前，请先打开文件。', '打开'];
    const { results } = await engine.run({ kind: 'translate', to: 'zh' }, [told, short], { leaveTarget: true });
    assert.deepEqual([results[0]!.targetText, results[0]!.targetIds], [told, []]);
    assert.ok(results[1]!.targetIds.length > 0);
  });

  it('are translated where it is not, and where a word or two do not tell the language', async () => {
    const { results } = await engine.run({ kind: 'translate', to: 'de' }, [GERMAN]);
    assert.ok(results[0]!.targetIds.length > 0);
    const short = await engine.run({ kind: 'translate', to: 'de' }, ['Datei öffnen'], { leaveTarget: true });
    assert.ok(short.results[0]!.targetIds.length > 0);
  });
});

const LEFT = { sourceIds: [], targetIds: [], protectedTerms: [], overruled: [], truncated: false, lostSpans: [], nBest: [] };
