"""ROUGE-1, ROUGE-2 and ROUGE-L (Lin 2004) as F1 over lower-case words and punctuation marks, and the trivial summaries to beat."""

import re
from collections import Counter

from scores import aligned

WORD = re.compile(r"\w+|[^\w\s]")
FIRST_SENTENCE = re.compile(r".*?[.!?](?=\s|$)")
FIRST_CHARACTERS = 60


def f1(common: int, ours: int, theirs: int) -> float:
    return 100 * 2 * common / (ours + theirs) if ours + theirs else 0.0


def rouge_n(candidate: list[str], reference: list[str], n: int) -> float:
    ours, theirs = (Counter(zip(*(words[start:] for start in range(n)))) for words in (candidate, reference))
    return f1((ours & theirs).total(), ours.total(), theirs.total())


def rouge(candidates: list[str], references: list[str]) -> list[float]:
    """Means of [ROUGE-1, ROUGE-2, ROUGE-L] over the texts, 0 to 100."""
    totals = [0.0, 0.0, 0.0]
    for candidate, reference in zip(candidates, references):
        ours, theirs = WORD.findall(candidate.lower()), WORD.findall(reference.lower())
        longest = f1(len(aligned(ours, theirs)), len(ours), len(theirs))
        for index, value in enumerate((rouge_n(ours, theirs, 1), rouge_n(ours, theirs, 2), longest)):
            totals[index] += value
    return [round(total / len(references), 2) for total in totals]


def first_sentence(text: str) -> str:
    match = FIRST_SENTENCE.match(text)
    return match.group() if match else text


def first_characters(text: str) -> str:
    return text[:FIRST_CHARACTERS]
