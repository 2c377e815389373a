"""Damages texts and counts what of it was repaired, in the tokenizer's pieces. Knows nothing of who repairs.

A piece is touched if it was masked, deleted, swapped with its neighbour, or belongs to a misspelt word. It is restored if a longest
common subsequence of the original's and the output's pieces matches it. Of a swapped pair or a misspelt word the pieces count only all
together and side by side, because some of them match in the damaged text too. Protected spans and single spaces are never touched.
"""

import re
from typing import NamedTuple

import numpy as np
from protect import SENTINEL, protect, restore
from scores import aligned
from tokenizers import Tokenizer

MASK_TEXT = "<mask>"
"""How a text names a masked place."""
MASKED, DELETED, SWAPPED = 0.06, 0.03, 0.03
"""Chances at each piece; as variants.corrupt, so a mask hides one to three."""
MISSPELT = 0.1
WORD = re.compile(r"[^\W\d_]{4,}")


class Damage(NamedTuple):
    text: str
    touched: list[tuple[list[int], bool]]
    """Positions of pieces of the original, and whether they count together."""


class Pieces(NamedTuple):
    protected: str
    spans: list[str]
    offsets: list[tuple[int, int]]
    """Of each piece in `protected`, in order; without a gap but for what the tokenizer gives no token."""

    def texts(self) -> list[str]:
        return [restore(self.protected[start:end], self.spans) for start, end in self.offsets]


def pieces(tokenizer: Tokenizer, text: str) -> Pieces:
    protected, spans = protect(text)
    # The bytes of one character are tokens that all have the character's offsets.
    offsets = sorted({(start, end) for start, end in tokenizer.encode(protected).offsets if start < end})
    return Pieces(protected, spans, offsets)


def corrupt(original: Pieces, random: np.random.Generator) -> Damage:
    """As variants.corrupt does to tokens; at least one piece is touched where the text has one that may be."""
    texts = [original.protected[start:end] for start, end in original.offsets]
    free = [text != " " and not SENTINEL.search(text) for text in texts]
    parts: list[str] = []
    touched: list[tuple[list[int], bool]] = []
    index = 0
    while index < len(texts):
        draw, count = random.random(), 1
        if not free[index] or draw >= MASKED + DELETED + SWAPPED:
            parts.append(texts[index])
        elif draw < MASKED:
            while count < random.integers(1, 4) and index + count < len(texts) and free[index + count]:
                count += 1
            parts.append(" " * texts[index].startswith(" ") + MASK_TEXT)
            touched.append((list(range(index, index + count)), False))
        elif draw < MASKED + DELETED:
            touched.append(([index], False))
        elif index + 1 < len(texts) and free[index + 1] and texts[index] != texts[index + 1]:
            count = 2
            parts += [texts[index + 1], texts[index]]
            touched.append(([index, index + 1], True))
        else:
            parts.append(texts[index])
        index += count
    return Damage(restore("".join(parts), original.spans).strip(), touched)


def misspelt(word: str, random: np.random.Generator) -> str:
    """The word with one slip of the finger after its first letter: two letters swapped, one missing, doubled or replaced."""
    at, kind = int(random.integers(1, len(word) - 1)), random.integers(4)
    first, second = word[at : at + 2]
    other = chr(ord("a") + int(random.integers(26)))
    return word[:at] + [second + first, second, first + first + second, other + second][kind] + word[at + 2 :]


def misspell(original: Pieces, random: np.random.Generator) -> Damage:
    parts: list[str] = []
    touched: list[tuple[list[int], bool]] = []
    done = 0
    for match in WORD.finditer(original.protected):
        word = misspelt(match.group(), random) if random.random() < MISSPELT else match.group()
        if word == match.group():
            continue
        parts += [original.protected[done : match.start()], word]
        done = match.end()
        overlap = [index for index, (start, end) in enumerate(original.offsets) if start < match.end() and match.start() < end]
        touched.append((overlap, True))
    return Damage(restore("".join([*parts, original.protected[done:]]), original.spans), touched)


class Restoration(NamedTuple):
    touched: int
    restored: int
    others: int
    """Pieces that were not touched."""
    kept: int
    """Of those, the ones that the output still has."""


def goes_on(texts: list[str], position: int) -> bool:
    """Whether the word of the piece at `position` goes on behind it."""
    return texts[position + 1 : position + 2] != [] and texts[position + 1][0].isalpha()


def compare(tokenizer: Tokenizer, original: Pieces, damage: Damage, output: str) -> Restoration:
    ours, theirs = original.texts(), pieces(tokenizer, output).texts()
    matched = aligned(ours, theirs)

    def restored(group: list[int], together: bool) -> int:
        places = [matched[position] for position in group if position in matched]
        if not together:
            return len(places)
        whole = len(places) == len(group) and places[-1] - places[0] == len(group) - 1
        return len(places) if whole and goes_on(ours, group[-1]) == goes_on(theirs, places[-1]) else 0

    touched = {position for group, _ in damage.touched for position in group}
    hits = sum(restored(*group) for group in damage.touched)
    return Restoration(len(touched), hits, len(ours) - len(touched), len(matched.keys() - touched))
