"""Greedy decoding that writes every sentinel of the source, none more often than the source has it, and does not repeat itself.

The engine decodes in the same way (webview/engine/keepSpans.ts); the golden files compare the two. While a target is written, tokens
of sentinels that it has used up are barred, and for each one still to come the place is noted where it would have cost the
least log-probability; tokens that repeat what was said (repetition.py) are barred too. A target that ends without some of them is begun again: up to the earliest of those places, the
sentinel, and greedily on from there.
"""

import unicodedata
from collections import Counter
from dataclasses import dataclass, field

import torch
from protect import SENTINELS, sentinel
from repetition import repeating_tokens
from tokenizers import Tokenizer
from transformers import LogitsProcessor



def stands_apart(piece: str) -> bool:
    """False for a piece that begins with a letter, a mark or a digit, or is a byte: nothing may be put between it and the piece before."""
    return unicodedata.category(piece[0])[0] not in "LMN" and not piece.startswith("<0x")


class SentinelTokens:
    """Which tokens write which sentinel, and before which tokens one may be put."""

    def __init__(self, tokenizer: Tokenizer, special: set[int]) -> None:
        pieces = {token: piece for piece, token in tokenizer.get_vocab().items()}
        self.variants: list[list[int]] = [
            sorted(token for token, piece in pieces.items() if sentinel(index) in piece) for index in range(SENTINELS)
        ]
        self.sentinel_of = {token: index for index, tokens in enumerate(self.variants) for token in tokens}
        self.apart = {token for token, piece in pieces.items() if token in special or stands_apart(piece)}

    def count(self, ids: list[int]) -> Counter:
        return Counter(self.sentinel_of[token] for token in ids if token in self.sentinel_of)


@dataclass
class Place:
    position: int
    token: int
    cost: float
    """Log-probability of the token that was written less that of the sentinel, in nats."""


@dataclass
class Row:
    """What one text of a batch still has to write."""

    wanted: Counter
    may_repeat: bool
    places: dict[int, Place] = field(default_factory=dict)
    overruled: list[int] = field(default_factory=list)

    def missing(self, written: Counter) -> Counter:
        return self.wanted - written


class DecodingRules(LogitsProcessor):
    """Bars used-up sentinels and repetitions, and notes where the missing sentinels would have cost least."""

    def __init__(self, tokens: SentinelTokens, rows: list[Row]) -> None:
        self.tokens, self.rows = tokens, rows

    def __call__(self, input_ids: torch.Tensor, scores: torch.Tensor) -> torch.Tensor:
        scores = scores.clone()
        for row, ids, logits in zip(self.rows, input_ids.tolist(), scores):
            self.choose(row, ids[1:], logits)
        return scores

    def choose(self, row: Row, written: list[int], logits: torch.Tensor) -> None:
        left = row.missing(self.tokens.count(written))
        first = int(logits.argmax())
        if not row.may_repeat:
            logits[list(repeating_tokens(written))] = -torch.inf
        for index, variants in enumerate(self.tokens.variants if row.wanted else []):
            if left[index] == 0:
                logits[variants] = -torch.inf
        chosen = int(logits.argmax())
        if chosen != first:
            row.overruled.append(len(written))
        if chosen in self.tokens.apart:
            for index in left:
                if self.tokens.sentinel_of.get(chosen) != index:
                    token = max(self.tokens.variants[index], key=lambda variant: float(logits[variant]))
                    cost = float(logits[chosen] - logits[token])
                    if index not in row.places or cost < row.places[index].cost:
                        row.places[index] = Place(len(written), token, cost)
        row.places.pop(self.tokens.sentinel_of.get(chosen), None)


def next_prefix(row: Row, target: list[int], tokens: SentinelTokens) -> list[int] | None:
    """What the next attempt begins with; None where nothing is missing."""
    missing = row.missing(tokens.count(target))
    places = [row.places[index] for index in sorted(missing) if index in row.places]
    if not places:
        return None
    place = min(places, key=lambda place: place.position)
    row.overruled = [position for position in row.overruled if position < place.position] + [place.position]
    row.places = {}
    return [*target[: place.position], place.token]
