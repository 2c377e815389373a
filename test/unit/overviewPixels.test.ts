/** The overview's tiles: pooled by maximum, each on its own scale, painted where they belong. */
import assert from 'node:assert/strict';
import type { AttentionMaps } from '../../src/shared/inspection.ts';
import { paintTiles, tilesOf } from '../../webview/panel/overviewPixels.ts';

/** Two heads of 4 x 4: an identity, and one that looks at key 2 only, with half the weight in row 0. */
const maps: AttentionMaps = {
  layers: 1,
  heads: 2,
  queries: 4,
  keys: 4,
  data: Float32Array.from(
    [
      [1, 0, 0, 0],
      [0, 1, 0, 0],
      [0, 0, 1, 0],
      [0, 0, 0, 1],
      [0, 0, 0.25, 0],
      [0, 0, 0.5, 0],
      [0, 0, 0.5, 0],
      [0, 0, 0.5, 0],
    ].flat(),
  ),
};

describe('tiles of an overview', () => {
  it('keep the cells of a map that has fewer than the tile has pixels', () => {
    const [first] = tilesOf(maps, 30, 30, 'linear');
    assert.deepEqual([first?.rows, first?.columns], [4, 4]);
    assert.deepEqual([...first!.shares], [...maps.data.subarray(0, 16)]);
  });

  it('pool by maximum and end at the largest weight of their own', () => {
    const [identity, column] = tilesOf(maps, 2, 2, 'linear');
    assert.deepEqual([...identity!.shares], [1, 0, 0, 1]);
    assert.deepEqual([...column!.shares], [0, 1, 0, 1]);
  });

  it('are relative to each row where the scale is', () => {
    const [, linear] = tilesOf(maps, 4, 4, 'linear');
    const [, byRow] = tilesOf(maps, 4, 4, 'row');
    assert.deepEqual([linear!.shares[2], byRow!.shares[2]], [0.5, 1]);
  });

  it('survive a head that gives nothing', () => {
    const silent = tilesOf({ ...maps, data: new Float32Array(32) }, 2, 2, 'row');
    assert.ok(silent.every(({ shares }) => shares.every((share) => share === 0)));
  });

  it('are painted at their places, weakly where they are dimmed, and nothing elsewhere', () => {
    const [low, high] = [
      [0, 0, 0],
      [200, 100, 40],
    ] as const;
    const places = [
      { x: 0, y: 0, width: 2, height: 2, dimmed: false },
      { x: 3, y: 0, width: 2, height: 2, dimmed: true },
    ];
    const pixels = paintTiles({ width: 5, height: 2 }, tilesOf(maps, 2, 2, 'linear'), places, low, high);
    const at = (x: number, y: number): number[] => [...pixels.subarray((y * 5 + x) * 4, (y * 5 + x) * 4 + 4)];
    assert.deepEqual(
      [at(0, 0), at(1, 0)],
      [
        [200, 100, 40, 255],
        [0, 0, 0, 255],
      ],
    );
    assert.deepEqual(at(2, 0), [0, 0, 0, 0]);
    assert.deepEqual(at(4, 1), [50, 25, 10, 255]);
  });
});
