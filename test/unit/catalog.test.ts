/** The catalogue is data: a damaged one is one clear error, and no path leaves the model's folder. */
import assert from 'node:assert/strict';
import { parseCatalog } from '../../src/models/catalog.ts';

const FILE = { path: 'onnx/step.onnx', sha256: 'a'.repeat(64), bytes: 1 };
const catalog = (file: object): string => JSON.stringify({ models: [{ id: 'm', name: 'M', files: [file] }] });

describe('model catalogue', () => {
  it('is read', () => {
    assert.equal(parseCatalog(catalog(FILE))[0]!.files[0]!.path, 'onnx/step.onnx');
  });

  for (const [what, json] of [
    ['no JSON', '{'],
    ['no models', '{"models":[]}'],
    ['a path that climbs out', catalog({ ...FILE, path: '../secret' })],
    ['an absolute path', catalog({ ...FILE, path: '/etc/passwd' })],
    ['a checksum that is none', catalog({ ...FILE, sha256: 'A' })],
    ['a size that is none', catalog({ ...FILE, bytes: '1' })],
  ] as const) {
    it(`refuses ${what}`, () => {
      assert.throws(() => parseCatalog(json), /models\/catalog\.json is damaged/);
    });
  }
});
