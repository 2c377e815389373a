"""Hand-aligned sentence pairs as tokens with the words they belong to, and the alignment error rate. Knows nothing of aligners.

The test sets give words with spaces between them, punctuation too; they are joined as people write, since that is the
text that the tokenizer has seen.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tokenizers import Tokenizer

Link = tuple[int, int]
"""(source position, target position)"""

NO_SPACE_BEFORE = {",", ".", ";", ":", "!", "?", ")", "]", "%", "-", "'s", "..."}
NO_SPACE_AFTER = {"(", "[", "$", "-"}


@dataclass(frozen=True)
class GoldPair:
    source: list[str]
    target: list[str]
    sure: set[Link]
    possible: set[Link]
    """Every link that is no error, the sure ones included."""

    def flipped(self) -> "GoldPair":
        return GoldPair(self.target, self.source, {(j, i) for i, j in self.sure}, {(j, i) for i, j in self.possible})


@dataclass(frozen=True)
class Tokens:
    ids: list[int]
    """With the closing </s>."""
    words: list[int]
    """The word of each token but </s>."""


def read_lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8-sig").splitlines()


def german_english(folder: Path) -> list[GoldPair]:
    """Lines "sentence German English S"; sentences count from 1, words from 0. The texts are in lower case."""
    texts = [[line.split() for line in read_lines(folder / name)] for name in ("test.de", "test.en")]
    links: list[set[Link]] = [set() for _ in texts[0]]
    for line in read_lines(folder / "de-en.ref.wa"):
        sentence, german, english = (int(field) for field in line.split()[:3])
        # One link of the set points behind the end of its sentence, where no aligner can find it.
        if german < len(texts[0][sentence - 1]) and english < len(texts[1][sentence - 1]):
            links[sentence - 1].add((german, english))
    return [GoldPair(german, english, sure, sure) for german, english, sure in zip(*texts, links, strict=True)]


def english_french(folder: Path) -> list[GoldPair]:
    """Words count from 1: "2-3" is sure, "2p3" possible."""
    pairs = []
    for text, line in zip(read_lines(folder / "enfr.src-tgt"), read_lines(folder / "enfr.gold")):
        english, french = text.split("|||")
        marks = [(item, "-" if "-" in item else "p") for item in line.split()]
        links = [(tuple(int(number) - 1 for number in item.split(mark)), mark) for item, mark in marks]
        sure = {link for link, mark in links if mark == "-"}
        pairs.append(GoldPair(english.split(), french.split(), sure, {link for link, _ in links}))
    return pairs


def read_gold(folder: Path) -> dict[str, list[GoldPair]]:
    """Direction, as in "de-en", to its pairs: both test sets, each also with source and target exchanged."""
    sets = {"de-en": german_english(folder / "deen"), "en-fr": english_french(folder)}
    flipped = {"-".join(reversed(name.split("-"))): [pair.flipped() for pair in pairs] for name, pairs in sets.items()}
    return {**sets, **flipped}


def join_words(words: list[str]) -> tuple[str, list[tuple[int, int]]]:
    """The text, and the half-open span of characters of each word in it with the space before it."""
    text, spans = "", []
    for index, word in enumerate(words):
        before = words[index - 1] if index else None
        joined = before is None or word in NO_SPACE_BEFORE or before in NO_SPACE_AFTER or before.endswith("'")
        start = len(text)
        text += word if joined else " " + word
        spans.append((start, len(text)))
    return text, spans


def tokens_of(tokenizer: Tokenizer, words: list[str]) -> Tokens:
    """A token belongs to the word whose span holds its last character."""
    text, spans = join_words(words)
    encoding = tokenizer.encode(text)
    word_at = {character: index for index, (start, end) in enumerate(spans) for character in range(start, end)}
    return Tokens(encoding.ids, [word_at[end - 1] for _start, end in encoding.offsets[:-1]])


def word_links(token_links: Iterable[Link], source: Tokens, target: Tokens) -> set[Link]:
    """Two words are linked if any of their tokens are."""
    return {(source.words[i], target.words[j]) for i, j in token_links}


def error_rate(found: Iterable[set[Link]], pairs: Iterable[GoldPair]) -> float:
    """AER = 1 - (|A and S| + |A and P|) / (|A| + |S|) over all pairs (Och & Ney 2003); 0 is best."""
    hits = total = 0
    for links, pair in zip(found, pairs, strict=True):
        hits += len(links & pair.sure) + len(links & pair.possible)
        total += len(links) + len(pair.sure)
    return 1 - hits / total
