/** Real source files: what this machine has installed, and the ones that were written for the tests. Knows no grammar. */
import { readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export interface CorpusFile {
  readonly path: string;
  readonly language: string;
  readonly text: string;
}

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
/** Files between these sizes have something to say, and are not data. */
const [LEAST_BYTES, MOST_BYTES] = [1500, 24_000];

const WRITTEN: Readonly<Record<string, string>> = {
  java: 'java',
  rs: 'rust',
  go: 'go',
  cs: 'csharp',
  php: 'php',
  rb: 'ruby',
  lua: 'lua',
  sql: 'sql',
  scss: 'scss',
  less: 'less',
  yaml: 'yaml',
  Dockerfile: 'dockerfile',
  Makefile: 'makefile',
  tex: 'latex',
  html: 'html',
  swift: 'swift',
  jl: 'julia',
  R: 'r',
  clj: 'clojure',
  dart: 'dart',
  ps1: 'powershell',
  groovy: 'groovy',
  vb: 'vb',
  fs: 'fsharp',
  tsx: 'typescriptreact',
  c: 'c',
  cpp: 'cpp',
  py: 'python',
};

/** Where files of a language may be, how their names end, and how many are taken. */
const INSTALLED: readonly {
  readonly language: string;
  readonly folders: readonly string[];
  readonly name: RegExp;
  readonly most: number;
}[] = [
  {
    language: 'typescript',
    folders: ['node_modules/fast-check', 'node_modules/typescript/lib', 'node_modules/@types'],
    name: /\.d\.ts$/,
    most: 6,
  },
  {
    language: 'javascript',
    folders: ['node_modules/mocha/lib', 'node_modules/eslint/lib', 'node_modules/prettier'],
    name: /\.m?js$/,
    most: 12,
  },
  { language: 'css', folders: ['node_modules/mocha', 'webview/panel'], name: /\.css$/, most: 2 },
  { language: 'markdown', folders: ['node_modules'], name: /^README\.md$/, most: 4 },
  { language: 'shellscript', folders: ['node_modules/playwright-core', '/etc/init.d', '/usr/bin'], name: /\.sh$|^[a-z-]+$/, most: 4 },
  {
    language: 'python',
    folders: ['/usr/lib/python3.11', '/usr/lib/python3.12', '/usr/lib/python3.13', '/usr/lib/python3'],
    name: /\.py$/,
    most: 10,
  },
  { language: 'perl', folders: ['/usr/share/perl/5.36', '/usr/share/perl/5.40', '/usr/share/perl5'], name: /\.pm$/, most: 4 },
  { language: 'c', folders: ['/usr/include'], name: /\.h$/, most: 5 },
];

/** At least one text of each language that was written for the tests, then what is installed, in a stable order. */
export function corpusFiles(): CorpusFile[] {
  const written = path.join(ROOT, 'test/fixtures/corpus');
  return [
    ...readdirSync(written)
      .sort()
      .map((name) => file(path.join(written, name), WRITTEN[name.slice(name.lastIndexOf('.') + 1)]!)),
    ...INSTALLED.flatMap(({ language, folders, name, most }) =>
      spread(
        folders.flatMap((folder) => filesBelow(path.resolve(ROOT, folder), name, language)),
        most,
      ).map((each) => file(each, language)),
    ),
  ];
}

function file(absolute: string, language: string): CorpusFile {
  return { path: path.relative(ROOT, absolute), language, text: readFileSync(absolute, 'utf8') };
}

/** As far apart as possible, so that they are not all by one author. */
function spread(paths: readonly string[], most: number): string[] {
  if (paths.length <= most) return [...paths];
  return Array.from({ length: most }, (_, index) => paths[Math.floor((index * paths.length) / most)]!);
}

function filesBelow(folder: string, name: RegExp, language: string): string[] {
  let entries;
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
  return entries
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry) => {
      const absolute = path.join(folder, entry.name);
      if (entry.isDirectory()) return absolute.split(path.sep).length > 12 ? [] : filesBelow(absolute, name, language);
      return entry.isFile() && name.test(entry.name) && isText(absolute, language) ? [absolute] : [];
    });
}

function isText(absolute: string, language: string): boolean {
  const { size } = statSync(absolute);
  if (size < LEAST_BYTES || size > MOST_BYTES) return false;
  const text = readFileSync(absolute, 'utf8');
  if (text.includes('\u0000') || text.includes('\uFFFD')) return false;
  return language !== 'shellscript' || /^#!\s*\/(?:usr\/)?bin\/(?:env )?(?:ba|da)?sh\b/.test(text);
}
