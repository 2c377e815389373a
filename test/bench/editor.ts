/** The editor's side: what becomes of real files, how fast comments are found, and for how long nobody else gets the thread. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { corpusFiles } from '../grammars/corpus/corpusFiles.ts';
import { corpusRun, modelProtection } from '../grammars/corpus/corpusRun.ts';
import { standIn } from '../grammars/corpus/standIn.ts';
import { installedGrammars } from '../grammars/installedGrammars.ts';
import type { Found } from './findComments.ts';
import { report, spread } from './report.ts';

const FIND = fileURLToPath(new URL('findComments.ts', import.meta.url));
const MEGABYTE = 1_000_000;
const TEXTS = [
  ...['javascript', 'typescript', 'python', 'c', 'cpp', 'markdown'].map((language) => [language, MEGABYTE] as const),
  ['javascript', 9 * MEGABYTE],
] as const;

/** Of each text. */
const SESSIONS = 5;

export async function editor(): Promise<void> {
  await corpus();
  const found = TEXTS.map((): Found[] => []);
  for (let session = 0; session < SESSIONS; session++) {
    for (const [index, [language, bytes]] of TEXTS.entries()) {
      const { stdout } = spawnSync(process.execPath, ['--import=tsx', FIND, language, String(bytes)], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      if (stdout !== '') found[index]!.push(JSON.parse(stdout) as Found);
    }
  }
  for (const [index, [language, bytes]] of TEXTS.entries()) {
    const sessions = found[index]!;
    if (sessions.length === 0) continue;
    const names = Object.keys(sessions[0]!) as (keyof Found)[];
    const figures = names.map((name) => [name, spread(sessions.map((each) => each[name]))]);
    report('editor', { language, bytes, unit: 'ms', ...(Object.fromEntries(figures) as object) });
  }
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
