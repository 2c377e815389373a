"""Aligns the tokens of text pairs by two hidden Markov models, one each way, that learn to agree. Knows nothing of files or languages.

Each way, the positions of one text write the tokens of the other; from token to token the position jumps (Vogel et al. 1996),
and a token may come from no position, which leaves the position where it was (Och & Ney 2003). What counts as a link while
learning is the product of the posteriors of both ways (Liang et al. 2006), so one table of token pairs serves both.
IBM model 1 (Brown et al. 1993), where every position is as likely as any other, gives the first tables.

Texts are int arrays [texts, positions] padded with 0 at the end. N is the number of positions that write, T of those written.
"""

from collections.abc import Iterable

import numpy as np

LONGEST = 256
"""More positions than any text has."""
EMPTY_SHARE = np.float32(0.12)
"""Prior probability that a token comes from no position."""
UNSEEN = 1e-6
"""Added to the count of every pair of tokens, so that one never met is unlikely but possible."""
NEGLIGIBLE = 1e-3
"""A link below this posterior is not counted."""


class Chain:
    """One way."""

    def __init__(self, vocabulary: int) -> None:
        distance = np.abs(np.arange(-LONGEST, LONGEST + 1) - 1)
        self.jumps = (np.exp(-0.3 * distance) + 1e-4).astype(np.float32)
        """[2 * LONGEST + 1], weight of the jump i - i' at i - i' + LONGEST; at first a guess that favours the next position"""
        self.empty = np.full(vocabulary, 1 / vocabulary, dtype=np.float32)
        """[vocabulary], probability of each token that comes from no position"""
        self.forget()

    def forget(self) -> None:
        self.jump_counts = np.zeros(len(self.jumps))
        self.empty_counts = np.zeros(len(self.empty))

    def learn(self, ordered: bool) -> None:
        """Takes over what was counted; `ordered` is whether jumps were."""
        self.empty = ((self.empty_counts + 0.01) / (self.empty_counts + 0.01).sum()).astype(np.float32)
        if ordered:
            self.jumps = (self.jump_counts / self.jump_counts.sum() + 1e-7).astype(np.float32)
        self.forget()

    def posteriors(self, emission: np.ndarray, written: np.ndarray, states: np.ndarray, ordered: bool, counting: bool) -> np.ndarray:
        """[T, texts, N], probability that a position wrote a token.

        emission [T, texts, N], written [T, texts] the tokens, states [texts, N] true where there is a position;
        ordered=False is model 1; counting adds up jumps and tokens from no position.
        """
        real = written != 0
        # Past the end of a text every position is as good as any other, which leaves the posteriors before it alone.
        emission = np.where(real[:, :, None], emission, states.astype(np.float32)) * (1 - EMPTY_SHARE)
        empty = np.where(real, self.empty[written], np.float32(1)) * EMPTY_SHARE
        if ordered:
            found, nowhere = self.forward_backward(emission, empty, states, real, counting)
        else:
            found = emission / states.sum(1, dtype=np.float32)[:, None]
            scale = found.sum(2) + empty
            found /= scale[:, :, None]
            nowhere = empty / scale
        if counting:
            np.add.at(self.empty_counts, written[real], nowhere[real])
        return found

    def forward_backward(
        self, emission: np.ndarray, empty: np.ndarray, states: np.ndarray, real: np.ndarray, counting: bool
    ) -> tuple[np.ndarray, np.ndarray]:
        """Posteriors of positions [T, texts, N] and of no position [T, texts], scaled at every token (Rabiner 1989)."""
        length, texts, width = emission.shape
        positions = np.arange(width)
        kernel = self.jumps[positions - np.arange(-1, width)[:, None] + LONGEST]
        # A jump is as likely as its weight among those that stay within the text; row 0 is the start, before position 0.
        within = (1 / (kernel @ states.T.astype(np.float32))).T
        first, moves, within = kernel[0] * within[:, :1] * states, kernel[1:], within[:, 1:] * states

        found, still, left = np.empty_like(emission), np.empty_like(emission), np.empty_like(emission)
        scale = np.empty((length, texts, 1), dtype=np.float32)
        at = first
        for step in range(length):
            if step:
                np.multiply(at, within, out=left[step - 1])
            np.multiply(left[step - 1] @ moves if step else first, emission[step], out=found[step])
            np.multiply(at, empty[step][:, None], out=still[step])
            at = found[step] + still[step]
            scale[step, :, 0] = at.sum(1)
            at /= scale[step]
            found[step] /= scale[step]
            still[step] /= scale[step]

        nowhere = np.empty_like(empty)
        travelled = np.zeros((width, width))
        after = states.astype(np.float32)
        for step in range(length - 1, -1, -1):
            np.sum(still[step] * after, axis=1, out=nowhere[step])
            found[step] *= after
            arrival = emission[step] * after / scale[step]
            if step and counting:
                travelled += left[step - 1].T @ (arrival * real[step][:, None])
            if step:
                after = (arrival @ moves.T) * within + after * (empty[step][:, None] / scale[step])
        if counting:
            np.add.at(self.jump_counts, positions + 1 + LONGEST, (first * arrival).sum(0))
            np.add.at(self.jump_counts, positions - positions[:, None] + LONGEST, travelled * moves)
        return found, nowhere


class HmmAligner:
    """Both ways: `forward` writes the second text from the first, `backward` the first from the second."""

    def __init__(self, vocabulary: int) -> None:
        self.vocabulary = vocabulary
        self.forward, self.backward = Chain(vocabulary), Chain(vocabulary)
        self.set_counts(np.ones(vocabulary * vocabulary, dtype=np.float32))

    def set_counts(self, counts: np.ndarray) -> None:
        """counts [vocabulary * vocabulary], how often the second token was linked to the first."""
        self.counts = counts
        square = counts.reshape(self.vocabulary, self.vocabulary)
        self.of_first, self.of_second = ((1 / (square.sum(axis) + self.vocabulary * UNSEEN)).astype(np.float32) for axis in (1, 0))
        self.of_first[0] = self.of_second[0] = 0

    def posteriors(
        self, first: np.ndarray, second: np.ndarray, ordered: bool = True, counting: bool = False
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Keys of the token pairs, and the posteriors of both ways, each [second positions, texts, first positions]."""
        keys = first * self.vocabulary + second.T[:, :, None]
        counts = self.counts.take(keys)
        counts += np.float32(UNSEEN)
        backward_counts = np.ascontiguousarray(counts.transpose(2, 1, 0))
        forward = self.forward.posteriors(counts * self.of_first[first], second.T, first != 0, ordered, counting)
        backward = self.backward.posteriors(backward_counts * self.of_second[second], first.T, second != 0, ordered, counting)
        return keys, forward, backward.transpose(2, 1, 0)

    def agreement(self, first: np.ndarray, second: np.ndarray) -> np.ndarray:
        """[texts, first positions, second positions], product of the posteriors of both ways."""
        _keys, forward, backward = self.posteriors(first, second)
        return (forward * backward).transpose(1, 2, 0)

    def iterate(self, batches: Iterable[tuple[np.ndarray, np.ndarray]], ordered: bool) -> None:
        """One iteration of expectation maximisation over batches (first, second)."""
        counts = np.zeros_like(self.counts)
        self.forward.forget()
        self.backward.forget()
        # A sum that has overflowed would be lost in silence, as no comparison with it is true.
        with np.errstate(over="raise", invalid="raise", divide="raise"):
            for first, second in batches:
                keys, forward, backward = self.posteriors(first, second, ordered, counting=True)
                links = forward * backward
                kept = links > NEGLIGIBLE
                np.add.at(counts, keys[kept], links[kept])
        self.set_counts(counts)
        self.forward.learn(ordered)
        self.backward.learn(ordered)
