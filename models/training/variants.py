"""Variants of training pairs that the job needs and the corpus hardly has. Knows nothing of batches or models.

Comments are written in capitals, without a full stop, as list items, several sentences to a paragraph, and with slips of the finger.
Texts are token ids, </s> included, with private characters for protected spans; none of the variants touches those.
"""

from dataclasses import dataclass, replace

import numpy as np
from lexical_alignment import NOWHERE
from restoration import MISSPELT, WORD, misspelt
from tasks import EOS_ID, MASK_ID, task_id
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


def corrupt(ids: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Masks spans, deletes and swaps tokens: about a fifth of the text is touched. The last token stays </s>."""
    tokens = list(ids[:-1])
    corrupted: list[int] = []
    index = 0
    while index < len(tokens):
        draw = random.random()
        if draw < 0.06:
            corrupted.append(MASK_ID)
            index += int(random.integers(1, 4))
        elif draw < 0.09:
            index += 1
        elif draw < 0.12 and index + 1 < len(tokens):
            corrupted += [tokens[index + 1], tokens[index]]
            index += 2
        else:
            corrupted.append(tokens[index])
            index += 1
    return np.asarray([*corrupted, EOS_ID])


class Variants:
    def __init__(self, tokenizer: Tokenizer, shares: dict) -> None:
        """`shares` of the translations that become capitals, noFullStop, listItem and joined; of the reconstructions, misspelt."""
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
        damaged = self.misspell(text, random) if random.random() < self.shares["misspelt"] else corrupt(text, random)
        return Example(damaged, text, task_id("reconstruct"), np.full(len(text), NOWHERE, dtype=np.uint8))

    def misspell(self, text: np.ndarray, random: np.random.Generator) -> np.ndarray:
        def slip(match) -> str:
            return misspelt(match.group(), random) if random.random() < MISSPELT else match.group()

        return self.encoded(WORD.sub(slip, self.tokenizer.decode(text.tolist())))

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
