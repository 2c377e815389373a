/** Many real files through "all comments of the file": whatever is put in the place of their prose, nothing else changes. */
import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { readModelFolder } from '../../../src/cli/modelFolder.ts';
import { joinResults } from '../../../src/shared/segmentResult.ts';
import { segment, segmentTexts } from '../../../src/shared/segments.ts';
import { loadEngine } from '../../../webview/engine/loadEngine.ts';
import { installedGrammars } from '../installedGrammars.ts';
import { corpusFiles } from './corpusFiles.ts';
import { corpusRun, modelProtection, type CorpusResult } from './corpusRun.ts';
import { standIn } from './standIn.ts';

function assertUnharmed({ changedCodeTokens, lostSpans, parseFailures }: CorpusResult): void {
  assert.deepEqual({ changedCodeTokens, lostSpans, parseFailures }, { changedCodeTokens: [], lostSpans: [], parseFailures: [] });
}

describe('all comments of the file', () => {
  it('change no code in real files of many languages, lose no protected span, and leave files that parse', async () => {
    const protection = modelProtection();
    const turnRound = (texts: readonly string[]): Promise<string[]> => Promise.resolve(texts.map((text) => standIn(text, protection)));
    const result = await corpusRun(await installedGrammars(), corpusFiles(), turnRound, protection);
    assertUnharmed(result);
    assert.ok(result.files >= 60 && result.edited > 0.9 * result.files, `${result.edited} of ${result.files} files edited`);
    assert.ok(result.languages.size >= 15 && result.parsedLanguages.size >= 5, [...result.parsedLanguages].join());
  });

  it('do the same with the model', async () => {
    const engine = await loadEngine(await readModelFolder(fileURLToPath(new URL('../../../', import.meta.url)), undefined));
    const task = { kind: 'translate', to: 'de' } as const;
    const translate = async (texts: readonly string[]): Promise<string[]> => {
      const segmentations = texts.map((text) => segment(text));
      const { results } = await engine.run(task, segmentations.flatMap(segmentTexts));
      return joinResults(task, segmentations, results).map(({ text }) => text);
    };
    const files = corpusFiles().filter(({ path }) =>
      /corpus\/(?:View\.tsx|stats\.py|list\.c|Inventory\.java|schema\.sql|report\.tex)$/.test(path),
    );
    const result = await corpusRun(await installedGrammars(), files, translate, modelProtection());
    assertUnharmed(result);
    assert.equal(result.edited, 6);
  });
});
