"""The texts of packed.npz in padded batches. Knows nothing of what is learned from them."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from tasks import task_id

CELLS = 400_000
"""Pairs of positions in a batch: its arrays take about 20 MB."""
MOST_TEXTS = 8192
"""Pairs of texts in a batch, however short."""


class PackedTexts:
    """The texts of packed.npz without their </s>."""

    def __init__(self, path: Path) -> None:
        packed = np.load(path)
        self.tokens, self.offsets, self.pairs, self.held = (packed[key] for key in ("tokens", "offsets", "pairs", "held"))
        self.lengths = np.diff(self.offsets) - 1

    def rows(self, language: str) -> np.ndarray:
        """The rows of `pairs` from English into the language; the row after each is the same pair the other way."""
        rows = np.flatnonzero(self.pairs[:, 2] == task_id("translate", language))
        if not (self.pairs[rows, 0] == self.pairs[rows + 1, 1]).all() or not (self.pairs[rows, 1] == self.pairs[rows + 1, 0]).all():
            raise ValueError("the two directions of a pair are not neighbours")
        return rows[(self.lengths[self.pairs[rows, :2]] > 0).all(1)]

    def padded(self, texts: np.ndarray) -> np.ndarray:
        """[texts, positions] int32, padded with 0."""
        lengths = self.lengths[texts][:, None]
        positions = np.arange(lengths.max())
        places = np.minimum(self.offsets[texts][:, None] + positions, len(self.tokens) - 1)
        return np.where(positions < lengths, self.tokens[places], 0).astype(np.int32)

    def batches(self, rows: np.ndarray) -> Iterator[tuple[np.ndarray, np.ndarray, np.ndarray]]:
        """The rows in batches of like lengths, each with its padded English and other texts."""
        lengths = self.lengths[self.pairs[rows, :2]]
        order = rows[np.lexsort((lengths[:, 1], lengths[:, 0] // 3))]
        lengths = self.lengths[self.pairs[order, :2]]
        start = 0
        while start < len(order):
            ahead = lengths[start : start + MOST_TEXTS]
            cells = np.arange(1, len(ahead) + 1) * np.maximum.accumulate(ahead[:, 0]) * np.maximum.accumulate(ahead[:, 1])
            end = start + max(1, int(np.searchsorted(cells, CELLS, side="right")))
            batch = order[start:end]
            yield batch, self.padded(self.pairs[batch, 0]), self.padded(self.pairs[batch, 1])
            start = end
