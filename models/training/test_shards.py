"""Shards joined again hold the same pairs, wherever they were cut."""

import tempfile
import unittest
from pathlib import Path
from unittest import mock

import numpy as np
import shards


def rows_of(work: Path) -> set[tuple]:
    """Every pair as its texts, task, held and links; no two of the test's are alike."""
    packed, alignments = np.load(work / "packed.npz"), np.load(work / "alignments.npz")
    tokens, offsets = packed["tokens"], packed["offsets"]
    text = [tuple(tokens[start:end].tolist()) for start, end in zip(offsets, offsets[1:])]
    starts = alignments["offsets"]
    links = [tuple(alignments["links"][start:end].tolist()) for start, end in zip(starts, starts[1:])]
    pairs = packed["pairs"].tolist()
    return {(text[source], text[target], task, bool(held), found) for (source, target, task), held, found in zip(pairs, packed["held"], links, strict=True)}


class ShardsTest(unittest.TestCase):
    def test_joined_they_are_the_same_pairs(self) -> None:
        random = np.random.default_rng(1)
        lengths = random.integers(1, 9, 40)
        offsets = np.concatenate([[0], np.cumsum(lengths)])
        both_ways = [row for one in range(0, 40, 2) for row in ((one, one + 1, 9), (one + 1, one, 8))]
        pairs = np.array(both_ways, dtype=np.int32)
        sizes = np.where(random.random(len(pairs)) < 0.5, lengths[pairs[:, 1]], 0)
        with tempfile.TemporaryDirectory() as name, mock.patch.object(shards, "BLOCK", 4):
            folder, back, links = Path(name), Path(name) / "back", random.integers(0, 256, sizes.sum()).astype(np.uint8)
            np.savez(folder / "packed.npz", tokens=random.integers(3, 60000, offsets[-1]).astype(np.uint16), offsets=offsets, pairs=pairs, held=random.random(len(pairs)) < 0.2)
            np.savez(folder / "alignments.npz", links=links, offsets=np.concatenate([[0], np.cumsum(sizes)]))
            shards.split(folder, folder / "shards", 3)
            shards.join(folder / "shards", back)
            self.assertEqual(len(rows_of(folder)), len(pairs))
            self.assertEqual(rows_of(back), rows_of(folder))
            # Those of one shard alone are some of them.
            (folder / "shards" / "0.shard").unlink()
            shards.join(folder / "shards", back)
            self.assertLess(rows_of(back), rows_of(folder))


if __name__ == "__main__":
    unittest.main()
