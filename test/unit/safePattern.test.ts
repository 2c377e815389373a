/** Patterns of other people's tokenizers: those in use are run, those that can take for ever are not. */
import assert from 'node:assert/strict';
import { checkTokenizerJson } from '../../webview/engine/hub/checkTokenizerJson.ts';
import { isSafePattern } from '../../webview/engine/hub/safePattern.ts';

const IN_USE = [
  ' {2,}',
  '\\s+',
  '[0-9]{1,3}',
  "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
  "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
];

const HOSTILE = ['(a+)+$', '(a*)*', '(a|aa)+$', '(.*a){20,}', '((ab)+)+', '(?:\\s+x?)+y', '(a+)\\1', '.*.*.*x', '(', ')', 'a'.repeat(5000)];

describe('patterns of tokenizers', () => {
  for (const pattern of IN_USE) it(`runs ${pattern.slice(0, 40)}`, () => assert.ok(isSafePattern(pattern)));
  for (const pattern of HOSTILE) it(`does not run ${pattern.slice(0, 40)}`, () => assert.ok(!isSafePattern(pattern)));

  it('are found wherever they stand', () => {
    const split = { type: 'Split', pattern: { Regex: '(a+)+$' }, behavior: 'Isolated' };
    const json = { model: { type: 'BPE' }, added_tokens: [], pre_tokenizer: { type: 'Sequence', pretokenizers: [split] } };
    assert.throws(() => checkTokenizerJson(json), /pre_tokenizer that could take for ever/);
  });

  for (const [what, json] of [
    ['a list', []],
    ['no model', { added_tokens: [] }],
    ['added tokens without names', { model: {}, added_tokens: [{ id: 1 }] }],
  ] as const)
    it(`refuses ${what}`, () => assert.throws(() => checkTokenizerJson(json), /^SaccadeError|tokenizer\.json/));
});
