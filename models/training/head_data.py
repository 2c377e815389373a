"""Texts with known answers for the encoder's heads: the language of a text, and prose, code or identifier for each character.

Nobody labelled anything by hand. The corpus says which language a text is in; its authors' backticks and the pattern of
protect.py say what is code in prose; lines of source files are code. What none of them settles is UNKNOWN. Knows nothing of models.
"""

import lzma
import re
import sysconfig
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from corpus import reject_reason, share_of_hash, tidy
from protect import PROTECTED, SENTINELS, sentinel

CLASSES = ["prose", "code", "identifier"]
PROSE, CODE, IDENTIFIER = range(3)
UNKNOWN = -100

MARKED = re.compile(r"(``|`)([^`\n]+)\1")
NAME = re.compile(r"[A-Za-z_$][\w$]*(?:(?:\.|::|->)[A-Za-z_]\w*)*(?:\(\))?", re.ASCII)
NOT_CLEARLY_CODE = re.compile(r"[\W\d]+|[^\W\d_]+(?: [^\W\d_]+){2,}[.!?]?")
"""What stands between backticks without being code for certain: numbers and signs alone, three plain words or more."""
LETTERS = "A-Za-zÀ-ÖØ-öø-ɏЀ-ӿ"
"""Of the alphabets; a word of them may stand among ideographs without a space."""
WORD_SIGN = f"[{LETTERS}0-9_]"
NOT_CLEARLY_PROSE = re.compile(
    rf"(?<!{WORD_SIGN})(?:{WORD_SIGN}*[A-ZÀ-ÖØ-ÞЀ-Я0-9]{{2}}{WORD_SIGN}*|{WORD_SIGN}*[{LETTERS}_][0-9]{WORD_SIGN}*|{WORD_SIGN}*[0-9][{LETTERS}_]{WORD_SIGN}*)"
    r"|\S*[=<>{}\[\]|\\]\S*"
)
"""Words of prose that may be names: capitals or digits in a row, letters with digits, signs that prose does not use."""

REPOSITORY = Path(__file__).resolve().parents[2]
SOURCES = [
    (Path(sysconfig.get_path("stdlib")), "*.py"),
    (Path(torch.__file__).parent / "include" / "c10", "**/*.h"),
    (REPOSITORY / "src", "**/*.ts"),
    (REPOSITORY / "webview", "**/*.ts"),
]
"""Source files that are there wherever this runs: Python's own, PyTorch's, this repository's."""
QUOTED_WORDS = re.compile(r"\"\"\"|'''|[\"'`][^\"'`]*\w \w[^\"'`]*[\"'`]")
COMMENT = re.compile(r"#|//|/\*|\*/|^\s*\*")


OTHER_SCRIPTS = [(0x3B1, 0x3C9), (0x531, 0x556), (0x5D0, 0x5EA), (0x627, 0x64A), (0x905, 0x939), (0xE01, 0xE2E), (0x10D0, 0x10F0), (0xAC00, 0xD7A3)]
"""First and last letter of Greek, Armenian, Hebrew, Arabic, Devanagari, Thai, Georgian and Hangul."""


class Marked(NamedTuple):
    text: str
    classes: np.ndarray
    """[characters] int64"""


class Row(NamedTuple):
    """A text of the corpus."""

    share: float
    """In [0, 1), from a hash of the row: it decides about samples and splits."""
    language: str
    text: str


def read_texts(path: Path, share: float) -> Iterator[Row]:
    """The clean texts, in every language of the corpus, of that share of its rows."""
    with lzma.open(path, "rt", encoding="utf-8", newline="\n") as file:
        header = file.readline().rstrip("\n").split("\t")
        for line in file:
            own = share_of_hash(line)
            if own >= share:
                continue
            english, *others = (tidy(cell) for cell in line.rstrip("\n").split("\t")[:-1])
            clean = [
                Row(own / share, code, other)
                for code, other in zip(header[1:], others)
                if other and other != english and reject_reason(english, other, code) is None
            ]
            if clean:
                yield Row(own / share, "en", english)
                yield from clean


def other_scripts(count: int, random: np.random.Generator) -> Iterator[str]:
    """Made-up texts in scripts of no language of the corpus: 2 to 12 words of 2 to 8 letters."""
    for index in range(count):
        first, last = OTHER_SCRIPTS[index % len(OTHER_SCRIPTS)]
        sizes = random.integers(2, 9, size=random.integers(2, 13))
        yield " ".join("".join(map(chr, random.integers(first, last + 1, size=size))) for size in sizes)


def code_lines() -> Iterator[tuple[Path, str]]:
    """(file, line) of source code; lines with a comment, or with words in quotes, are prose in part and left out."""
    for folder, pattern in SOURCES:
        for path in sorted(folder.glob(pattern)):
            inside = False
            for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
                # A Python string of several lines opens and closes with three quotes, a block comment with its own signs.
                toggles = line.count('"""') + line.count("'''")
                begun = inside
                inside = (inside != (toggles % 2 == 1)) if path.suffix == ".py" else (inside or "/*" in line) and "*/" not in line
                text = tidy(line)
                in_prose = begun or inside or COMMENT.search(line) or QUOTED_WORDS.search(text)
                if not in_prose and 6 <= len(text) <= 100 and NAME.search(text):
                    yield path.relative_to(folder), text


def constant(text: str, value: int) -> Marked:
    return Marked(text, np.full(len(text), value))


def joined(parts: list[Marked], between: str = "") -> Marked:
    """What stands between two parts belongs to neither."""
    glue = constant(between, UNKNOWN)
    parts = [piece for part in parts for piece in (glue, part)][1:]
    return Marked("".join(part.text for part in parts), np.concatenate([part.classes for part in parts]))


def class_of(span: str) -> int:
    """Of a span that is code for certain."""
    return IDENTIFIER if NAME.fullmatch(span) else CODE


def prose(text: str) -> Marked:
    """Text outside of code spans."""
    marked = constant(text, PROSE)
    for match in NOT_CLEARLY_PROSE.finditer(text):
        marked.classes[match.start() : match.end()] = UNKNOWN
    for match in PROTECTED.finditer(text):
        marked.classes[match.start() : match.end()] = class_of(match.group())
    return marked


def code_spans(text: str) -> list[str]:
    return [match.group(2).strip() for match in MARKED.finditer(text)]


def without_marks(text: str) -> Marked:
    """The text with its code spans, no longer marked as such."""
    # The same word outside of the marks is neither prose nor code for certain.
    elsewhere = re.compile("|".join(rf"(?<!\w){re.escape(span)}(?!\w)" for span in code_spans(text)))
    parts, done = [], 0

    def between(end: int) -> Marked:
        part = prose(text[done:end])
        for match in elsewhere.finditer(part.text):
            part.classes[match.start() : match.end()] = UNKNOWN
        return part

    for match in MARKED.finditer(text):
        span = match.group(2).strip()
        parts += [between(match.start()), constant(span, UNKNOWN if NOT_CLEARLY_CODE.fullmatch(span) else class_of(span))]
        done = match.end()
    return joined([*parts, between(len(text))])


def protected(marked: Marked) -> Marked:
    """As protect(): what the pattern finds is a sentinel, whose class is no question any more."""
    text, spans, parts, done = marked.text, [], [], 0
    for match in PROTECTED.finditer(text):
        if match.group() not in spans:
            if len(spans) == SENTINELS:
                continue
            spans.append(match.group())
        parts += [Marked(text[done : match.start()], marked.classes[done : match.start()])]
        parts += [constant(sentinel(spans.index(match.group())), UNKNOWN)]
        done = match.end()
    return joined([*parts, Marked(text[done:], marked.classes[done:])])


def token_classes(marked: Marked, offsets: list[tuple[int, int]]) -> list[int]:
    """A token is of its last character's class: its first may be the space before a word. A space alone has none."""
    ends = ((begin, end - 1) for begin, end in offsets)
    return [UNKNOWN if begin > last or marked.text[last] == " " else int(marked.classes[last]) for begin, last in ends]


class Example(NamedTuple):
    kind: str
    """"spans": prose with code in it; "prose"; "line": code alone; "mixed": a line of code before or behind prose"""
    marked: Marked
    """as the product's encoder reads it: protected"""


def class_examples(texts: list[str], lines: list[str], amounts: dict[str, int], random: np.random.Generator) -> list[Example]:
    """`amounts` says how many of each kind, from texts of the corpus and lines of code."""

    def some(items: list, kind: str) -> list:
        return [items[index] for index in random.permutation(len(items))[: amounts[kind]]]

    plain = [text for text in texts if "`" not in text]
    examples = [("spans", without_marks(text)) for text in some([text for text in texts if MARKED.search(text)], "spans")]
    examples += [("prose", prose(text)) for text in some(plain, "prose")]
    examples += [("line", constant(line, CODE)) for line in some(lines, "line")]
    for text, line in zip(some(plain, "mixed"), some(lines, "mixed")):
        parts = [prose(text), constant(line, CODE)]
        examples.append(("mixed", joined(parts if random.random() < 0.5 else parts[::-1], " ")))
    return [Example(kind, protected(marked)) for kind, marked in examples]


def names_that_are_words(texts: list[str]) -> set[str]:
    """Names between backticks that look like any word: `print`, `default`."""
    return {span for text in texts for span in code_spans(text) if re.fullmatch(r"[a-z]{4,}", span)}


def lookalikes(texts: list[str], names: set[str]) -> list[Marked]:
    """Texts without code that hold one of `names` as a plain word; of everything else in them the class is UNKNOWN."""
    examples = []
    for text in texts:
        marked = constant(text, UNKNOWN)
        for match in re.finditer(r"(?<![\w.])[a-z]{4,}(?![\w.(])", text):
            if match.group() in names:
                marked.classes[match.start() : match.end()] = PROSE
        if "`" not in text and (marked.classes == PROSE).any():
            examples.append(protected(marked))
    return examples
