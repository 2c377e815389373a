/** Texts are protected alike for every model: the pattern for models that have none is the bundled model's. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { PROTECTED_PATTERN } from '../../src/shared/protectedPattern.ts';
import { parseCatalog } from '../../src/models/catalog.ts';

const models = new URL('../../models/', import.meta.url);

describe('protected pattern', () => {
  it('is the one that the bundled model was trained with', () => {
    const { id } = parseCatalog(readFileSync(new URL('catalog.json', models), 'utf8'))[0]!;
    const config = JSON.parse(readFileSync(new URL(`${id}/config.json`, models), 'utf8')) as { saccade: { protectedPattern: string } };
    assert.equal(PROTECTED_PATTERN, config.saccade.protectedPattern);
  });
});
