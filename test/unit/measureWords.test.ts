/** Every measure explains itself. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { measures } from '../../src/shared/attention/measures.ts';

describe('measures in words', () => {
  for (const [id, { name, definition, caveat }] of Object.entries(measures())) {
    it(`${id} has a name, a definition and a caveat in sentences`, () => {
      assert.ok(name.length > 3);
      for (const words of [definition, caveat]) assert.match(words, /[.)]$/);
    });
  }
});
