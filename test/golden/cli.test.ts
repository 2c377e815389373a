/** The command line as its user meets it: a process, its output, its exit code. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { readSavedRun } from '../../src/shared/export/savedRun.ts';
import type { Language } from '../../src/shared/task.ts';
import { WEIGHTS_PATH } from '../../webview/engine/weights.ts';
import { goldenCases } from './goldenFiles.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

interface Bundled {
  readonly id: string;
  readonly languages: readonly Language[];
  readonly files: readonly { readonly path: string; readonly sha256: string }[];
}
const [bundled] = (JSON.parse(readFileSync(path.join(ROOT, 'models/catalog.json'), 'utf8')) as { models: [Bundled] }).models;

const READ_BYTES: Readonly<Record<Language, string>> = {
  en: 'Returns the number of bytes that were read.',
  de: 'Gibt die Anzahl der gelesenen Bytes zurück.',
  fr: 'Renvoie le nombre d’octets lus dans le fichier.',
  es: 'Devuelve el número de bytes leídos del archivo.',
  pt: 'Devolve o número de bytes que não foram lidos do ficheiro.',
  ru: 'Возвращает число прочитанных байтов.',
  zh: '返回从文件中读取的字节数。',
  ja: 'ファイルから読み込んだバイト数を返します。',
};

function saccade(
  words: readonly string[],
  input = '',
  cli = path.join(ROOT, 'dist/cli.js'),
): { code: number | null; out: string; error: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...words], { input, encoding: 'utf8' });
  return { code: status, out: stdout, error: stderr };
}

describe('command line', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'saccade-cli-'));
  after(() => rmSync(folder, { recursive: true }));

  it('prints one line for each line, in order, what Python generates', () => {
    const cases = goldenCases().filter(
      ({ task, text, targetIds }) => task.language === 'de' && /^[\w ,.`]+$/.test(text) && targetIds.at(-1) === 2 && !/[.] ./.test(text),
    );
    assert.ok(cases.length > 0);
    const { code, out } = saccade(['translate', '--to', 'de', '--lines'], `${cases[0]!.text}\n\n${cases[0]!.text}\n`);
    assert.equal(code, 0);
    assert.deepEqual(out, `${cases[0]!.targetText.trim()}\n\n${cases[0]!.targetText.trim()}\n`);
  });

  it('writes a text of 200,000 characters to the end', () => {
    const { code, out } = saccade(['translate', '--to', 'de'], 'Open the file. '.repeat(14_000));
    assert.equal(code, 0);
    assert.equal(out.trim().split(/(?<=[.!?]) /).length, 14_000);
  });

  it('names the language of each line', () => {
    const { code, out } = saccade(['detect', '--lines'], bundled.languages.map((language) => `${READ_BYTES[language]}\n`).join(''));
    assert.equal(code, 0);
    assert.equal(out, bundled.languages.map((language) => `${language}\n`).join(''));
  });

  it('reconstructs what a mask stands for', () => {
    const { code, out } = saccade(['reconstruct', '--lines'], 'The file could not be <mask>.\n');
    assert.equal(code, 0);
    assert.match(out, /^The file could not be \w+\.\n$/);
  });

  it('inspects as JSON that is read again, with rows that sum to 1', () => {
    const { code, out } = saccade(['inspect', '--json', '--to', 'fr'], 'Open the file.');
    assert.equal(code, 0);
    const { model, inspection } = readSavedRun(out);
    assert.deepEqual(inspection.mismatches, []);
    assert.deepEqual(model, { id: bundled.id, sha256: bundled.files.find((file) => file.path === WEIGHTS_PATH)?.sha256 });
    const { crossAttentions, source, target } = inspection;
    assert.deepEqual([crossAttentions.queries, crossAttentions.keys], [target.length, source.length]);
    for (let row = 0; row < crossAttentions.data.length; row += source.length) {
      const sum = crossAttentions.data.subarray(row, row + source.length).reduce((one, other) => one + other, 0);
      assert.ok(Math.abs(sum - 1) < 1e-4);
    }
  });

  it('inspects as a page that holds the same run, with its viewer', () => {
    const { code, out } = saccade(['inspect', '--format', 'html', '--to', 'de'], 'Write `</script>` at the end.');
    assert.equal(code, 0);
    const [, data = ''] = /<script type="application\/json" id="saccade-run">(.*?)<\/script>/s.exec(out) ?? [];
    assert.equal(readSavedRun(data).inspection.sourceText, 'Write `</script>` at the end.');
    assert.match(out, /<script type="module" nonce="([\w-]+)">/);
  });

  it('intervenes, and says what the model thinks of what it wrote before', () => {
    const words = ['--knock-out', 'cross:1:2', '--mask-source', '1', '--keep-states', '3', '--force-prefix', 'Ouvre'];
    const { code, out } = saccade(['inspect', '--json', '--to', 'fr', ...words], 'Open the file.');
    assert.equal(code, 0);
    const { targetText, intervention, original, target } = JSON.parse(out) as {
      targetText: string;
      intervention: { knockedOut: unknown[]; maskedSource: number[]; encoder: { kind: string; positions: number[] } };
      original: { targetIds: number[]; logProbabilities: number[] };
      target: unknown[];
    };
    assert.match(targetText, /^Ouvre/);
    assert.deepEqual([intervention.knockedOut, intervention.maskedSource], [[{ kind: 'cross', layer: 1, head: 2 }], [1]]);
    assert.deepEqual([intervention.encoder.kind, intervention.encoder.positions.length], ['states', 3]);
    assert.ok(target.length > 1 && original.targetIds.length === original.logProbabilities.length);
  });

  for (const [what, words, wanted] of [
    ['in a translation', ['translate', '--beams', '3', '--lines', '--to', 'de'], /^(?=.*\bAkte)(?=.*\bServer\b)/],
    ['in what is inspected', ['inspect', '--json', '--to', 'fr'], /"targetText":"[^"]*\bdossier/],
  ] as const) {
    it(`writes what the glossary wants ${what}`, () => {
      const glossary = path.join(folder, 'glossary.tsv');
      writeFileSync(glossary, 'source\ttarget\tlanguage\nfile\tAkte\tde\nfile\tdossier\tfr\nServer\t-\n');
      const { code, out, error } = saccade([...words, '--glossary', glossary], 'The Server opens the file.');
      assert.equal(code, 0, error);
      assert.match(out, wanted);
    });
  }

  it('names the bad line of a glossary', () => {
    const glossary = path.join(folder, 'bad.tsv');
    writeFileSync(glossary, '# ok\nfile Datei\nfile\tDatei\txx\n');
    const { code, out, error } = saccade(['translate', '--to', 'de', '--glossary', glossary], 'Open the file.');
    assert.deepEqual([code, out], [1, '']);
    assert.match(error, /^saccade: .*bad\.tsv, line 2: There is no tab.* 1 more line is wrong\.\n$/);
  });

  it('prints the log-probability of each target token', () => {
    const { code, out } = saccade(['translate', '--to', 'fr', '--scores', '--lines', '--prefix', 'Le'], 'The file.\nThe old file.\n');
    assert.equal(code, 0);
    const lines = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { targetText: string; targetIds: number[]; logProbabilities: number[] });
    assert.equal(lines.length, 2);
    for (const { targetText, targetIds, logProbabilities } of lines) {
      assert.match(targetText, /^Le/);
      assert.equal(logProbabilities.length, targetIds.length);
      assert.ok(logProbabilities.every((value) => value <= 0));
    }
  });

  for (const [what, words, message] of [
    ['no command', [], /A command is missing/],
    ['an unknown command', ['transalte'], /"transalte" is no command/],
    ['an unknown option', ['translate', '--frm', 'en'], /--frm/],
    ['no target language', ['translate'], /needs --to/],
    ['too many beams', ['translate', '--to', 'de', '--beams', '9'], /--beams 9 is not/],
    ['an unknown language', ['translate', '--to', 'xx'], /--to xx is not a known language/],
    ['a glossary without a language', ['inspect', '--json', '--glossary', 'README.md'], /--glossary needs --to/],
    ['a missing glossary', ['translate', '--to', 'de', '--glossary', 'missing.tsv'], /missing\.tsv cannot be read/],
    ['a missing file', ['translate', '--to', 'de', 'missing.txt'], /missing\.txt cannot be read/],
    [
      'a folder that is no model',
      ['translate', '--to', 'de', '--model', 'test', 'README.md'],
      /is not a model folder: it needs config\.json/,
    ],
    ['a head that is none', ['inspect', '--json', '--knock-out', 'cross'], /--knock-out cross is not KIND:LAYER:HEAD/],
    [
      'a head that the model lacks',
      ['inspect', '--json', '--knock-out', 'cross:99:0'],
      /Cross-attention has no head 0 in layer 99: it has layers 0 to 1/,
    ],
    ['a source token that is not there', ['inspect', '--json', '--mask-source', '999'], /The source has no token 999/],
    ['two bottlenecks', ['inspect', '--json', '--components', '2', '--silence-encoder'], /Choose one of/],
    ['an intervention elsewhere', ['translate', '--to', 'de', '--components', '2'], /Interventions are for inspect/],
    ['inspect without a format', ['inspect'], /needs --format/],
    ['an unknown format', ['inspect', '--format', 'pdf'], /--format pdf is not known/],
  ] as const) {
    it(`says in one line what is wrong with ${what}`, () => {
      const { code, out, error } = saccade(words, 'text');
      assert.equal(code, 1);
      assert.equal(out, '');
      assert.match(error, message);
      assert.equal(error.trimEnd().split('\n').length, 1);
    });
  }

  it('refuses empty input and a binary file', () => {
    assert.match(saccade(['translate', '--to', 'de'], '  \n').error, /The input is empty/);
    const binary = path.join(folder, 'binary');
    writeFileSync(binary, Uint8Array.of(0, 255, 254, 1));
    assert.match(saccade(['translate', '--to', 'de', binary]).error, /binary is not UTF-8 text/);
  });

  it('names the model file that is cut off', () => {
    for (const part of ['dist/cli.js', 'dist/ort-wasm.wasm', 'models'])
      cpSync(path.join(ROOT, part), path.join(folder, part), { recursive: true });
    writeFileSync(path.join(folder, 'package.json'), readFileSync(path.join(ROOT, 'package.json')));
    const models = path.join(folder, 'models');
    truncateSync(path.join(models, bundled.id, WEIGHTS_PATH), 1000);
    const { code, error } = saccade(['translate', '--to', 'de'], 'text', path.join(folder, 'dist/cli.js'));
    assert.equal(code, 1);
    assert.match(error, /onnx\/weights\.blocks\.bin is damaged \(its checksum is wrong\)/);
  });
});
