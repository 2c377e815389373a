/** The editor's side: what becomes of real files, how fast comments are found, and for how long nobody else gets the thread. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { corpusFiles } from '../grammars/corpus/corpusFiles.ts';
import { corpusRun, modelProtection } from '../grammars/corpus/corpusRun.ts';
import { standIn } from '../grammars/corpus/standIn.ts';
import { installedGrammars } from '../grammars/installedGrammars.ts';
import { report } from './report.ts';

const FIND = fileURLToPath(new URL('findComments.ts', import.meta.url));
const MEGABYTE = 1_000_000;
const TEXTS = [
  ...['javascript', 'typescript', 'python', 'c', 'cpp', 'markdown'].map((language) => [language, MEGABYTE] as const),
  ['javascript', 9 * MEGABYTE],
] as const;

export async function editor(): Promise<void> {
  await corpus();
  for (const [language, bytes] of TEXTS) spawnSync(process.execPath, ['--import=tsx', FIND, language, String(bytes)], { stdio: 'inherit' });
}

async function corpus(): Promise<void> {
  const protection = modelProtection();
  const turnRound = (texts: readonly string[]): Promise<string[]> => Promise.resolve(texts.map((text) => standIn(text, protection)));
  const result = await corpusRun(await installedGrammars(), corpusFiles(), turnRound, protection);
  for (const harm of [...result.changedCodeTokens, ...result.lostSpans, ...result.parseFailures]) console.error(harm.file, harm.what);
  report('editor', {
    files: result.files,
    changedCodeTokens: result.changedCodeTokens.length,
    lostSpans: result.lostSpans.length,
    parseFailures: result.parseFailures.length,
    languages: result.languages.size,
    paragraphs: result.paragraphs,
    parsed: result.parsed,
    notParsed: [...result.languages].filter((language) => !result.parsedLanguages.has(language)),
  });
}
