"""What a score is: chrF2 and BLEU of translations, protected spans kept, words restored, and the rows that they are measured on.

Knows nothing of who wrote the output.
"""

import gzip
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from corpus import tidy
from protect import PROTECTED
from sacrebleu.metrics import BLEU, CHRF
from tasks import LANGUAGES

OTHER = "other"
"""What language detection answers for every language that is not the model's."""
WORD = re.compile(r"\w+")
UNSPACED = re.compile(r"[぀-ヿ㐀-䶿一-鿿]")
"""Kana and ideographs, of which about two are a word."""
BLEU_TOKENIZERS = {"zh": "zh", "ja": "char"}
"""Of sacrebleu, by target language; "13a" for the others. Japanese words would need a dictionary."""
WORD_COUNTS = {"1-2 words": (1, 2), "3-4 words": (3, 4), "5 words or more": (5, 10_000)}


def read_rows(path: Path, limit: int = 0) -> list[tuple[str, str]]:
    """The first two columns of the first `limit` rows; 0 is all."""
    with gzip.open(path, "rt", encoding="utf-8", newline="\n") as file:
        rows = [line.rstrip("\n").split("\t") for line in file]
    return [(tidy(row[0]), tidy(row[1])) for row in rows][: limit or None]


def translation_scores(outputs: list[str], references: list[str], language: str) -> dict:
    """{"chrf", "bleu"} of the whole set, written in `language`, 0 to 100, and sacrebleu's signatures of the two."""
    metrics = {"chrf": CHRF(), "bleu": BLEU(tokenize=BLEU_TOKENIZERS.get(language, "13a"))}
    values = {name: round(metric.corpus_score(outputs, [references]).score, 2) for name, metric in metrics.items()}
    return {**values, "signatures": {name: str(metric.get_signature()) for name, metric in metrics.items()}}


def spans_kept(sources: list[str], outputs: list[str]) -> tuple[int, int]:
    """(kept, all): protected spans of the sources that stand in the output unchanged, each as often as in the source at most."""
    kept = total = 0
    for source, output in zip(sources, outputs):
        spans = PROTECTED.findall(source)
        total += len(spans)
        # A span may be a part of another, so the longer one is looked for first and what it took is gone.
        for span in sorted(set(spans), key=lambda span: (-len(span), span)):
            output, found = whole(span).subn(" ", output, count=spans.count(span))
            kept += found
    return kept, total


def whole(span: str) -> re.Pattern:
    """Finds the span where nothing that continues it is next to it."""
    before = r"(?<![A-Za-z0-9_])" if re.match(r"[\w-]", span, re.ASCII) else ""
    after = r"(?![A-Za-z0-9_])" if re.search(r"\w$", span, re.ASCII) else ""
    return re.compile(before + re.escape(span) + after)


def aligned(original: Sequence, output: Sequence) -> dict[int, int]:
    """Position in `original` -> position in `output`, for the items that a longest common subsequence of the two matches."""
    lengths = [[0] * (len(output) + 1) for _ in range(len(original) + 1)]
    for row in range(len(original) - 1, -1, -1):
        for column in range(len(output) - 1, -1, -1):
            same = original[row] == output[column]
            lengths[row][column] = lengths[row + 1][column + 1] + 1 if same else max(lengths[row + 1][column], lengths[row][column + 1])
    matched, row, column = {}, 0, 0
    while row < len(original) and column < len(output):
        if original[row] == output[column]:
            matched[row] = column
            row, column = row + 1, column + 1
        elif lengths[row + 1][column] >= lengths[row][column + 1]:
            row += 1
        else:
            column += 1
    return matched


def detection_rows(testsets: Path, languages: list[str], limit: int = 0) -> list[tuple[str, str]]:
    """(language, text) of the held-out documentation: both sides of the files of `languages`, the other side of the rest."""
    rows: list[tuple[str, str]] = []
    for code in LANGUAGES[1:]:
        for english, other in read_rows(testsets / f"docs.en-{code}.tsv.gz", limit):
            rows += [("en", english), (code, other)] if code in languages else [(code, other)]
    return rows


def word_count(text: str) -> int:
    return len(WORD.findall(UNSPACED.sub(" ", text))) + (len(UNSPACED.findall(text)) + 1) // 2


def detection_scores(languages: list[str], rows: list[tuple[str, str]], detected: list[str]) -> Iterator[dict]:
    """Per cent right of the (language, text) rows: those in `languages` by number of words, and the rest, for which OTHER is right."""
    groups: dict[str, list[bool]] = {label: [] for label in [*WORD_COUNTS, "other languages"]}
    for (code, text), found in zip(rows, detected):
        if code not in languages:
            groups["other languages"].append(found == OTHER)
            continue
        length = word_count(text)
        for label, (least, most) in WORD_COUNTS.items():
            if least <= length <= most:
                groups[label].append(found == code)
    for label, right in groups.items():
        if right:
            yield {"set": "language", "direction": label, "accuracy": round(100 * sum(right) / len(right), 2), "n": len(right)}
