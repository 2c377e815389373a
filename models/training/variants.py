"""Variants of training pairs that the job needs and the corpus hardly has. Knows nothing of batches or models.

Comments are written in capitals, without a full stop, as list items, several sentences to a paragraph, and with slips of the finger.
Texts are token ids, </s> included, with private characters for protected spans; none of the variants touches those.
"""

from dataclasses import dataclass, replace

import numpy as np
from links import NOWHERE
from restoration import damaged
from tasks import task_id
from tokenizers import Tokenizer

LIST_MARKS = ("- ", "* ", "1. ")


@dataclass
class Example:
    source: np.ndarray
    target: np.ndarray
    task: int
    links: np.ndarray
    """[target positions] uint8: the source position that each target token comes from, or NOWHERE."""

    @property
    def longest(self) -> int:
        return max(len(self.source), len(self.target))


class Variants:
    def __init__(self, tokenizer: Tokenizer, shares: dict) -> None:
        """`shares` of the translations that become capitals, noFullStop, listItem and joined."""
        self.tokenizer, self.shares = tokenizer, shares

    def vary(self, example: Example, random: np.random.Generator) -> Example:
        """The example or a variant of it; both texts change alike."""
        draw = random.random()
        for name, change in (("capitals", str.upper), ("noFullStop", without_full_stop), ("listItem", list_item(random))):
            draw -= self.shares[name]
            if draw < 0:
                return replace(example, **self.changed(example, change))
        return example

    def joined(self, first: Example, second: Example) -> Example:
        """Both as one text of two sentences."""
        begun = len(first.source) - 1
        moved = np.where(second.links == NOWHERE, NOWHERE, second.links.astype(int) + begun)
        return Example(
            np.concatenate([first.source[:-1], second.source]),
            np.concatenate([first.target[:-1], second.target]),
            first.task,
            np.concatenate([first.links[:-1], np.minimum(moved, NOWHERE)]).astype(np.uint8),
        )

    def reconstruction(self, text: np.ndarray, random: np.random.Generator) -> Example:
        """A text to be restored from itself, damaged."""
        source, _ = damaged(self.tokenizer.decode(text.tolist()), random)
        return Example(self.encoded(source), text, task_id("reconstruct"), np.full(len(text), NOWHERE, dtype=np.uint8))

    def changed(self, example: Example, change) -> dict[str, np.ndarray]:
        source, target = (self.encoded(change(self.tokenizer.decode(ids.tolist()))) for ids in (example.source, example.target))
        return {"source": source, "target": target, "links": np.full(len(target), NOWHERE, dtype=np.uint8)}

    def encoded(self, text: str) -> np.ndarray:
        return np.asarray(self.tokenizer.encode(text).ids)


def without_full_stop(text: str) -> str:
    return text.removesuffix(".")


def list_item(random: np.random.Generator):
    mark = LIST_MARKS[int(random.integers(len(LIST_MARKS)))]
    return lambda text: mark + text
