/** Lists of names are taken out of a grammar wherever they are; whatever opens something, or says more of a name, stays. */
import assert from 'node:assert/strict';
import type { IRawGrammar } from 'vscode-textmate';
import { withoutNameLists } from '../../src/editor/grammar/withoutNameLists.ts';

const LIST = `\\b(${Array.from({ length: 600 }, (_, index) => `name${index}`).join('|')})\\b`;

describe('a grammar without lists of names', () => {
  const rules = {
    list: { match: LIST, name: 'meta.property-name.css support.type.property-name.css' },
    withCaptures: { match: LIST, name: 'support.constant.php', captures: { 1: { name: 'punctuation.separator' } } },
    short: { match: '\\b(one|two)\\b', name: 'support.function' },
    opening: { begin: LIST, end: '$', name: 'support.function' },
    comment: { match: LIST, name: 'comment.line' },
    readFurther: { match: LIST, name: 'support.function', captures: { 1: { patterns: [{ include: '#comment' }] } } },
    unnamed: { match: LIST },
  };
  const { list, withCaptures, ...others } = rules;
  const grammar = { scopeName: 'source.x', patterns: Object.values(rules), repository: { inner: { patterns: [list, others.short] } } };

  it('keeps every other rule, in its order', () => {
    const { patterns, repository } = withoutNameLists(structuredClone(grammar) as unknown as IRawGrammar);
    assert.deepEqual(patterns, Object.values(others));
    assert.deepEqual(repository['inner']?.patterns, [others.short]);
    assert.ok(withCaptures.match.length > 3000);
  });
});
