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
  ...['javascript', 'typescript', 'python', 'c', 'cpp', 'markdown', 'csharp', 'php', 'rust', 'shellscript'].map(oneMegabyte),
  ...['java', 'go', 'css', 'scss', 'sql', 'yaml', 'html', 'lua', 'perl', 'ruby', 'swift'].map(oneMegabyte),
  ['javascript', 9 * MEGABYTE],
] as const;

function oneMegabyte(language: string): readonly [language: string, bytes: number] {
  return [language, MEGABYTE];
}

/** Of each text. */
const SESSIONS = 5;
/** Of the first file in each language. */
const FIRST_SESSIONS = 3;

export async function editor(): Promise<void> {
  await corpus();
  longTexts();
  firstFiles();
}

function longTexts(): void {
  const found = TEXTS.map((): Found[] => []);
  for (let session = 0; session < SESSIONS; session++)
    for (const [index, [language, bytes]] of TEXTS.entries()) found[index]!.push(...find(language, bytes));
  for (const [index, [language, bytes]] of TEXTS.entries()) {
    const sessions = found[index]!;
    if (sessions.length === 0) continue;
    const names = Object.keys(sessions[0]!) as (keyof Found)[];
    const figures = names.map((name) => [name, spread(sessions.map((each) => each[name]))]);
    report('editor', { language, bytes, unit: 'ms', ...(Object.fromEntries(figures) as object) });
  }
}

/** A file of the corpus as the first that a session reads: its language's worst session. */
function firstFiles(): void {
  const languages = [...new Set(corpusFiles().map(({ language }) => language))];
  const worst = new Map<string, Found>();
  for (let session = 0; session < FIRST_SESSIONS; session++) {
    for (const language of languages) {
      const [found] = find(language);
      if (found !== undefined && found.longestBlock > (worst.get(language)?.longestBlock ?? 0)) worst.set(language, found);
    }
  }
  const byBlock = [...worst].sort(([, one], [, other]) => other.longestBlock - one.longestBlock);
  report('editor', {
    firstFileOfSession: languages.length,
    sessions: FIRST_SESSIONS,
    unit: 'ms',
    longestBlock: Object.fromEntries(byBlock.map(([language, { longestBlock }]) => [language, Math.round(longestBlock)])),
  });
}

/** In a process of its own; nothing where the machine has no such text. */
function find(language: string, bytes?: number): Found[] {
  const { stdout } = spawnSync(process.execPath, ['--import=tsx', FIND, language, ...(bytes === undefined ? [] : [String(bytes)])], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return stdout === '' ? [] : [JSON.parse(stdout) as Found];
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
