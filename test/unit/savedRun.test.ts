/** A run that was saved is read as it was, and no file that is not a run is taken for one. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { readSavedRun, writeSavedRun } from '../../src/shared/export/savedRun.ts';
import { SaccadeError } from '../../src/shared/failure.ts';
import { NASTY, savedRun } from './madeInspection.ts';

describe('saved run', () => {
  const run = savedRun(['The', ' file', '</s>'], ['Die', ' Datei', '</s>']);

  it('is read as it was written, to the last bit', () => {
    assert.deepEqual(readSavedRun(writeSavedRun(run)), run);
    const nasty = savedRun(NASTY, NASTY);
    assert.deepEqual(readSavedRun(writeSavedRun(nasty)), nasty);
  });

  const refuse = (content: string, message: RegExp): void => {
    assert.throws(
      () => readSavedRun(content),
      (error) => error instanceof SaccadeError && error.kind === 'badInput' && message.test(error.message) && !error.message.includes('\n'),
    );
  };
  const changed = (change: (json: Record<string, unknown>) => void): string => {
    const json = JSON.parse(writeSavedRun(run)) as Record<string, unknown>;
    change(json);
    return JSON.stringify(json);
  };

  it('refuses what is no run', () => {
    for (const content of [
      '',
      'null',
      '[]',
      '42',
      '"text"',
      '{}',
      '{"format":"other"}',
      'PK\u0003\u0004',
      writeSavedRun(run).slice(0, -20),
    ]) {
      refuse(content, /^The file is no run that Saccade has saved, or it is damaged: /);
    }
    refuse(
      changed((json) => (json['version'] = 2)),
      /newer Saccade/,
    );
  });

  it('refuses a run that lacks any of its parts, or has another in its place, and names it', () => {
    const names = Object.keys(JSON.parse(writeSavedRun(run)) as object);
    for (const name of names) {
      refuse(
        changed((json) => void Reflect.deleteProperty(json, name)),
        new RegExp(name),
      );
      const mayBeEmpty = /^(overruled|mismatches|.*ValueProducts)$/.test(name);
      for (const value of [null, 'x', -1, 1.5, {}, [[]], [null], { start: 1 }, ...(mayBeEmpty ? [] : [[]])]) {
        refuse(
          changed((json) => (json[name] = value)),
          /no run that Saccade has saved|newer/,
        );
      }
    }
  });

  it('refuses parts that do not fit together', () => {
    const maps = (json: Record<string, unknown>): number[][][][] => json['crossAttentions'] as number[][][][];
    refuse(
      changed((json) => maps(json)[0]![0]!.pop()),
      /crossAttentions/,
    );
    refuse(
      changed((json) => maps(json)[0]![0]![0]!.push(0)),
      /crossAttentions/,
    );
    refuse(
      changed((json) => (maps(json)[0]![0]![0]![0] = '1' as unknown as number)),
      /crossAttentions is not of numbers/,
    );
    refuse(
      changed((json) => (json['sourceText'] = 'The')),
      /source and sourceText/,
    );
    refuse(
      changed((json) => (json['source'] as unknown[]).pop()),
      /source/,
    );
    refuse(
      changed((json) => (json['mismatches'] = [99])),
      /mismatches/,
    );
    refuse(
      changed((json) => ((json['defaultCrossAttention'] as { layer: number }).layer = 9)),
      /defaultCrossAttention/,
    );
    refuse(
      changed((json) => ((json['model'] as { sha256: string }).sha256 = 'f00')),
      /model\.sha256/,
    );
    refuse(
      changed((json) => (json['task'] = { kind: 'translate', to: 'xx' })),
      /task\.to/,
    );
  });

  it('reserves no memory for numbers that a file only promises', () => {
    const long = (first: unknown, length: number): unknown[] => [first, ...Array.from({ length: length - 1 }, () => [])];
    const promise = long(long(long(new Array(4096).fill(0), 4096), 64), 64);
    refuse(
      changed((json) => (json['crossAttentions'] = promise)),
      /crossAttentions is not lists of equal lengths, 64 x 64 x 4096 x 4096/,
    );
  });

  it('reads any damaged file as a run or refuses it, with nothing in between', () => {
    const content = writeSavedRun(run);
    let state = 1;
    const random = (below: number): number => (state = (state * 48271) % 2147483647) % below;
    let refused = 0;
    for (let round = 0; round < 400; round++) {
      const at = random(content.length);
      const written = ['', '[', '}', '"', '-', '9e99', ',', 'null', '\u0000'][random(9)]!;
      try {
        readSavedRun(content.slice(0, at) + written + content.slice(at + random(4)));
      } catch (error) {
        assert.ok(error instanceof SaccadeError && error.kind === 'badInput', String(error));
        refused++;
      }
    }
    assert.ok(refused > 200);
  });

  it('takes no part of a prototype for its own', () => {
    const bare = changed((json) => delete json['format']);
    refuse(bare.replace('{', '{"__proto__":{"format":"saccade-run"},'), /format is not there/);
  });
});
