"""Which source position each target token of the training pairs comes from: what alignments.npz holds. Knows nothing of how it was found."""

from typing import NamedTuple

import numpy as np

NOWHERE = 255
"""In place of the source position of a token that comes from none; sources are shorter."""
MISALIGNED_SHARE, MISALIGNED_TOKENS = 0.2, 4
"""A pair of at least that many target tokens is hardly a translation if a smaller share of them is linked."""


class Alignments(NamedTuple):
    """The arrays of alignments.npz."""

    links: np.ndarray
    offsets: np.ndarray

    def merged(self, other: "Alignments") -> "Alignments":
        """Both, of which at most one has links for a row."""
        sizes = [np.diff(one.offsets) for one in (self, other)]
        offsets = np.concatenate([[0], np.cumsum(sizes[0] + sizes[1])])
        links = np.empty(offsets[-1], dtype=np.uint8)
        ours = np.repeat(sizes[0] > 0, sizes[0] + sizes[1])
        links[ours], links[~ours] = self.links, other.links
        return Alignments(links, offsets)


def misaligned(links: np.ndarray, offsets: np.ndarray) -> np.ndarray:
    """[pairs] bool: the pairs that are hardly translations. Takes the arrays of alignments.npz."""
    linked = np.concatenate([[0], np.cumsum(links != NOWHERE, dtype=np.int64)])
    tokens = np.diff(offsets) - 1  # without </s>
    return (tokens >= MISALIGNED_TOKENS) & (np.diff(linked[offsets]) < MISALIGNED_SHARE * tokens)
