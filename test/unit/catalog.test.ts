/** The catalogue is data: a damaged one is one clear error, and no path leaves the model's folder. */
import assert from 'node:assert/strict';
import { parseCatalog } from '../../src/models/catalog.ts';
import { offeredLanguages } from '../../src/models/offeredLanguages.ts';

const FILE = { path: 'onnx/step.onnx', sha256: 'a'.repeat(64), bytes: 1 };
const DIRECTION = { from: 'en', to: 'de', chrf2: 52.5 };
const catalog = (file: object, direction: object = DIRECTION): string =>
  JSON.stringify({ models: [{ id: 'm', name: 'M', tasks: ['translate'], directions: [direction], files: [file] }] });

describe('model catalogue', () => {
  it('is read', () => {
    const [model] = parseCatalog(catalog(FILE));
    assert.equal(model!.files[0]!.path, 'onnx/step.onnx');
    assert.deepEqual(model!.directions, [DIRECTION]);
  });

  for (const [what, json] of [
    ['no JSON', '{'],
    ['no models', '{"models":[]}'],
    ['a path that climbs out', catalog({ ...FILE, path: '../secret' })],
    ['an absolute path', catalog({ ...FILE, path: '/etc/passwd' })],
    ['a checksum that is none', catalog({ ...FILE, sha256: 'A' })],
    ['a language that is none', catalog(FILE, { ...DIRECTION, to: 'xx' })],
    ['a score that is none', catalog(FILE, { ...DIRECTION, chrf2: '52' })],
    ['a size that is none', catalog({ ...FILE, bytes: '1' })],
  ] as const) {
    it(`refuses ${what}`, () => {
      assert.throws(() => parseCatalog(json), /models\/catalog\.json is damaged/);
    });
  }
});

describe('languages that are offered', () => {
  it('are those that a measured direction leads to, with its score', () => {
    const model = parseCatalog(catalog(FILE))[0]!;
    const measured = {
      ...model,
      directions: [
        { from: 'de', to: 'en', chrf2: 57.2 },
        { from: 'fr', to: 'en', chrf2: 60.6 },
        { from: 'en', to: 'fr', chrf2: 59.8 },
      ] as const,
    };
    const added = { ...model, name: 'Added', directions: [{ to: 'es' }] as const };
    const offered = offeredLanguages((language) => (language === 'es' ? added : language === 'de' ? undefined : measured));
    assert.deepEqual(offered, [
      { language: 'en', detail: 'chrF2 from de 57, fr 61' },
      { language: 'fr', detail: 'chrF2 from en 60' },
      { language: 'es', detail: 'by Added; not measured' },
    ]);
  });
});
