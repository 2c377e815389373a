"""p(target token | source token) of each direction: what lexicon.npz holds."""

from pathlib import Path

import numpy as np
from hmm_alignment import NEGLIGIBLE, HmmAligner
from packed_texts import PackedTexts

LEXICON_ENTRIES, LEXICON_SMALLEST = 128, 1e-3
"""The most entries of a source token, and the least probability of one."""
SLICE = 2048
"""Rows of a table of token pairs that are sorted at a time: the table itself takes gigabytes."""


def best_entries(counts: np.ndarray, most: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Of each row its number of entries, then the entries of all rows and their probabilities, best first."""
    sums = counts.sum(1, keepdims=True)
    best = np.argpartition(counts, -most, axis=1)[:, -most:]
    best = np.take_along_axis(best, np.argsort(-np.take_along_axis(counts, best, 1), axis=1), 1)
    probabilities = np.take_along_axis(counts, best, 1) / np.maximum(sums, 1e-9)
    kept = probabilities > LEXICON_SMALLEST
    return kept.sum(1), best[kept], probabilities[kept]


def lexicon_of(model: HmmAligner, texts: PackedTexts, rows: np.ndarray, language: str) -> dict[str, np.ndarray]:
    """The arrays of lexicon.npz for both directions of a language.

    Counted from the posteriors of one way alone, since what a source token may become is wider than what both ways agree on.
    """
    counts = [np.zeros_like(model.counts) for _ in range(2)]
    for _, english, other in texts.batches(rows):
        keys, *ways = model.posteriors(english, other)
        for total, way in zip(counts, ways):
            kept = (way > NEGLIGIBLE) & (english != 0) & (other.T != 0)[:, :, None]
            np.add.at(total, keys[kept], way[kept])
    arrays, entries = {}, min(LEXICON_ENTRIES, model.vocabulary)
    for direction, total in ((f"en-{language}", counts[0]), (f"{language}-en", counts[1])):
        table = total.reshape(model.vocabulary, -1)
        table = table if direction.startswith("en-") else table.T
        parts = [best_entries(table[start : start + SLICE], entries) for start in range(0, model.vocabulary, SLICE)]
        sizes, targets, probabilities = map(np.concatenate, zip(*parts))
        arrays[f"{direction}.offsets"] = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int32)
        arrays[f"{direction}.targets"] = targets.astype(np.uint16)
        arrays[f"{direction}.probabilities"] = probabilities.astype(np.float32)
    return arrays


def read_lexicon(path: Path, direction: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """offsets [vocabulary + 1], targets, probabilities: source token s becomes targets[offsets[s] : offsets[s + 1]], best first."""
    arrays = np.load(path)
    return tuple(arrays[f"{direction}.{name}"] for name in ("offsets", "targets", "probabilities"))
