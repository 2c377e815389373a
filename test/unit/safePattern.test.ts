/** Patterns of other people's tokenizers: those in use are run, those that can take for ever are not. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { checkTokenizerJson } from '../../webview/engine/hub/checkTokenizerJson.ts';
import { readHubSettings } from '../../webview/engine/hub/readHubSettings.ts';
import { isSafePattern } from '../../webview/engine/hub/safePattern.ts';

const IN_USE = [
  ' {2,}',
  '\\s+',
  '[0-9]{1,3}',
  '(?:ab){3}c?',
  "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{M}]*[\\p{Ll}\\p{M}]+(?i:'s|'t|'re)?|\\p{N}{1,3}",
  "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
  "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
];

const HOSTILE = [
  ...['(a{1,5})*b', '(a|a){1,50}b', '(a?){40}b', '((a?)b?)+', '[a-z]*[a-y]*[a-x]*!', '.*a.*a.*a!', '(.*a.*)b.*'],
  ...['(a+)+$', '(a*)*', '(a|aa)+$', '(.*a){20,}', '((ab)+)+', '(?:\\s+x?)+y', '(a+)\\1', '.*.*.*x', '(', ')', 'a'.repeat(5000)],
];

describe('patterns of tokenizers', () => {
  for (const pattern of IN_USE) it(`runs ${pattern.slice(0, 40)}`, () => assert.ok(isSafePattern(pattern)));
  for (const pattern of HOSTILE) it(`does not run ${pattern.slice(0, 40)}`, () => assert.ok(!isSafePattern(pattern)));

  it('are found wherever they stand', () => {
    const split = { type: 'Split', pattern: { Regex: '(a+)+$' }, behavior: 'Isolated' };
    const json = { model: { type: 'BPE' }, added_tokens: [], pre_tokenizer: { type: 'Sequence', pretokenizers: [split] } };
    assert.throws(() => checkTokenizerJson(json), /pre_tokenizer that could take for ever/);
  });

  it('are not run when a model is read', async () => {
    const folder = new URL('../fixtures/hub-models/marian/', import.meta.url);
    const text = (name: string): string => readFileSync(new URL(name, folder), 'utf8');
    const tokenizer = JSON.parse(text('tokenizer.json')) as Record<string, unknown>;
    const hostile = { ...tokenizer, pre_tokenizer: { type: 'Split', pattern: { Regex: '(a{1,5})*b' }, behavior: 'Isolated' } };
    const files = new Map(
      [
        ['config.json', text('config.json')],
        ['tokenizer.json', JSON.stringify(hostile)],
      ].map(([name, content]) => [name!, Uint8Array.from(Buffer.from(content!)).buffer] as const),
    );
    await assert.rejects(readHubSettings('marian', files), /pre_tokenizer that could take for ever/);
  });

  it('are not looked for in a file of 200 MB', async () => {
    const files = new Map([['tokenizer.json', new ArrayBuffer(200 * 2 ** 20)]]);
    await assert.rejects(readHubSettings('marian', files), /tokenizer\.json cannot be used \(has 200 MB, which is too much\)/);
  });

  for (const [what, json] of [
    ['a list', []],
    ['no model', { added_tokens: [] }],
    ['added tokens without names', { model: {}, added_tokens: [{ id: 1 }] }],
  ] as const)
    it(`refuses ${what}`, () => assert.throws(() => checkTokenizerJson(json), /^SaccadeError|tokenizer\.json/));
});
