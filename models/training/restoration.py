"""Damages texts and counts what of it was repaired, in the tokenizer's pieces. Knows nothing of who repairs.

Words are masked, deleted, swapped with their neighbour or misspelt; their pieces are then touched. A piece is restored if a longest
common subsequence of the original's and the output's pieces matches it. Of a swapped pair or a misspelt word the pieces count only all
together and side by side, because some of them match in the damaged text too. Protected spans are never touched.
"""

import re
from typing import NamedTuple

import numpy as np
from protect import protect, restore
from scores import aligned
from tokenizers import Tokenizer

MASK_TEXT = "<mask>"
"""How a text names a masked place."""
KINDS = ("masked", "deleted", "swapped", "misspelt")
CHANCE = 0.04
"""Of each kind at each word."""
WORD = re.compile(r"[^\W\d_]+")
LEAST_MISSPELT = 4
"""Letters of a word that may be misspelt."""
TOGETHER = {"swapped", "misspelt"}


class Touched(NamedTuple):
    kind: str
    pieces: list[int]
    """Positions of pieces of the original."""


class Damage(NamedTuple):
    text: str
    touched: list[Touched]


class Pieces(NamedTuple):
    protected: str
    spans: list[str]
    offsets: list[tuple[int, int]]
    """Of each piece in `protected`, in order; without a gap but for what the tokenizer gives no token."""

    def texts(self) -> list[str]:
        return [restore(self.protected[start:end], self.spans) for start, end in self.offsets]

    def overlapping(self, start: int, end: int) -> list[int]:
        """Positions of the pieces that have one of these characters."""
        return [index for index, (first, last) in enumerate(self.offsets) if first < end and start < last]


def pieces(tokenizer: Tokenizer, text: str) -> Pieces:
    protected, spans = protect(text)
    # The bytes of one character are tokens that all have the character's offsets.
    offsets = sorted({(start, end) for start, end in tokenizer.encode(protected).offsets if start < end})
    return Pieces(protected, spans, offsets)


def misspelt(word: str, random: np.random.Generator) -> str:
    """The word with one slip of the finger after its first letter: two letters swapped, one missing, doubled or replaced."""
    at, kind = int(random.integers(1, len(word) - 1)), random.integers(4)
    first, second = word[at : at + 2]
    other = chr(ord("a") + int(random.integers(26)))
    return word[:at] + [second + first, second, first + first + second, other + second][kind] + word[at + 2 :]


def damaged(text: str, random: np.random.Generator) -> tuple[str, list[tuple[str, int, int]]]:
    """The damaged text, and the kind, start and end of what was touched in `text`, which has private characters for protected spans.

    Each word is left alone or damaged in one of the four ways, all equally likely; a mask hides one or two words.
    """
    words = [match.span() for match in WORD.finditer(text)]
    parts: list[str] = []
    touched: list[tuple[str, int, int]] = []
    done = index = 0

    def is_next(number: int) -> bool:
        """Whether there is a next word, with nothing but a space before it."""
        return number + 1 < len(words) and text[words[number][1] : words[number + 1][0]] == " "

    while index < len(words):
        kind = KINDS[int(random.integers(len(KINDS)))] if random.random() < CHANCE * len(KINDS) else None
        start, end = words[index]
        word, count, put = text[start:end], 1, None
        if kind == "masked":
            count = 2 if is_next(index) and random.random() < 0.5 else 1
            put = MASK_TEXT
        elif kind == "deleted":
            put = ""
        elif kind == "swapped" and is_next(index):
            other = text[slice(*words[index + 1])]
            count, put = 2, f"{other} {word}"
        elif kind == "misspelt" and len(word) >= LEAST_MISSPELT:
            put = misspelt(word, random)
        end = words[index + count - 1][1]
        if put is not None and put != text[start:end]:
            # A deleted word takes the space before it along.
            gap = start - 1 if put == "" and text[start - 1 : start] == " " else start
            parts += [text[done:gap], put]
            done = end
            touched.append((kind, start, end))
        index += count
    return "".join([*parts, text[done:]]).strip(), touched


def damage(original: Pieces, random: np.random.Generator) -> Damage:
    text, touched = damaged(original.protected, random)
    return Damage(restore(text, original.spans), [Touched(kind, original.overlapping(start, end)) for kind, start, end in touched])


class Restoration(NamedTuple):
    touched: dict[str, int]
    """Of each kind."""
    restored: dict[str, int]
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

    def restored(kind: str, group: list[int]) -> int:
        places = [matched[position] for position in group if position in matched]
        if kind not in TOGETHER:
            return len(places)
        whole = len(places) == len(group) and places[-1] - places[0] == len(group) - 1
        return len(places) if whole and goes_on(ours, group[-1]) == goes_on(theirs, places[-1]) else 0

    touched = {position for _, group in damage.touched for position in group}
    counts, hits = dict.fromkeys(KINDS, 0), dict.fromkeys(KINDS, 0)
    for kind, group in damage.touched:
        counts[kind] += len(group)
        hits[kind] += restored(kind, group)
    return Restoration(counts, hits, len(ours) - len(touched), len(matched.keys() - touched))
