"""Reads the corpus archives and cleans them, counting what each rule removed. Knows nothing of tokens or models."""

import csv
import hashlib
import lzma
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

csv.field_size_limit(sys.maxsize)

MARKUP_RESIDUE = re.compile(r"\w _ \w|_ _|\s_\s")
"""What a careless markup stripper leaves of an identifier: `DXGI _ _ BC2`."""
LETTERS = re.compile(r"[^\W\d_]")
NOT_LATIN = re.compile(r"[Ѐ-ӿ぀-ヿ一-鿿가-힯]")
SPACES = re.compile(r"\s+")
WIDTHS = {"zh": 2.4, "ja": 1.8}
"""How many letters of an alphabet one of the language's characters is worth: the median over the corpus."""
FUNCTION_WORDS = {
    "en": {"the", "of", "and", "to", "is", "in", "for", "this", "with", "that", "be", "are", "it", "you", "by", "from", "not"},
    "de": {"der", "die", "das", "und", "ist", "ein", "eine", "nicht", "von", "zu", "den", "für", "mit", "wird", "sie", "werden", "dem"},
    "fr": {"le", "la", "les", "des", "et", "est", "un", "une", "pour", "dans", "que", "pas", "du", "sur", "vous", "par", "il"},
    "es": {"el", "la", "los", "las", "y", "es", "un", "una", "para", "que", "no", "del", "se", "por", "con", "en", "al"},
}


def tidy(text: str) -> str:
    """One line, composed characters (NFC), single spaces."""
    return SPACES.sub(" ", unicodedata.normalize("NFC", text.replace("\\n", " "))).strip()


def share_of_hash(text: str) -> float:
    """A number in [0, 1) that depends on the text alone, so that every split and sample is the same in every run."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=6).digest(), "big") / 2**48


def sounds_like(text: str, language: str) -> bool:
    """False only where the function words of another trained language clearly outnumber those of `language`."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    if len(words) < 6:
        return True
    hits = {code: sum(word in known for word in words) for code, known in FUNCTION_WORDS.items()}
    best = max(hits.values())
    return hits.get(language, best) >= best - 1


def reject_reason(english: str, other: str, language: str) -> str | None:
    """The rule that removes this pair, or None. Rules are tried from cheap to dear."""
    if not 2 <= len(english) <= 600 or not 2 <= len(other) <= 700:
        return "length"
    if MARKUP_RESIDUE.search(english) or MARKUP_RESIDUE.search(other):
        return "markup residue"
    if len(LETTERS.findall(english)) < 0.5 * len(english.replace(" ", "")):
        return "few letters"
    if english == other and " " in english:
        return "untranslated"
    if language in ("de", "fr", "es", "pt") and NOT_LATIN.search(other):
        return "wrong script"
    if not 0.5 <= (len(other) * WIDTHS.get(language, 1) + 8) / (len(english) + 8) <= 2.2:
        return "length ratio"
    if not sounds_like(english, "en") or (language in FUNCTION_WORDS and not sounds_like(other, language)):
        return "wrong language"
    return None


def share_for(source: str, shares: dict[str, float]) -> float:
    """The configured share of the longest prefix that matches the source id; 1 where none does."""
    matches = [prefix for prefix in shares if source.startswith(prefix)]
    return shares[max(matches, key=len)] if matches else 1.0


def read_parallel(
    path: Path, languages: list[str], shares: dict[str, float], counts: Counter
) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Yields (source id, english, {language: translation}) for every row with at least one clean pair."""
    seen: set[str] = set()
    with lzma.open(path, "rt", encoding="utf-8", newline="\n") as file:
        header = file.readline().rstrip("\n").split("\t")
        columns = {code: header.index(code) for code in languages if code != "en"}
        for line in file:
            cells = line.rstrip("\n").split("\t")
            source = cells[-1]
            english = tidy(cells[0])
            if share_of_hash(source + english) >= share_for(source, shares):
                counts["not sampled"] += 1
                continue
            key = re.sub(r"[\W\d_]+", "", english.lower())
            if key in seen:
                counts["near duplicate"] += 1
                continue
            seen.add(key)
            kept: dict[str, str] = {}
            for code, column in columns.items():
                other = tidy(cells[column])
                if not other:
                    continue
                reason = reject_reason(english, other, code)
                counts[reason or "kept"] += 1
                if reason is None:
                    kept[code] = other
            if kept:
                yield source, english, kept


def read_summaries(path: Path, languages: list[str], counts: Counter) -> Iterator[tuple[str, str, str]]:
    """Yields (source id, document, summary) of the wanted languages; a summary must be shorter than what it sums up."""
    with lzma.open(path, "rt", encoding="utf-8", newline="\n") as file:
        file.readline()
        for line in file:
            language, document, summary, source = line.rstrip("\n").split("\t")
            document, summary = tidy(document), tidy(summary)
            if language not in languages:
                continue
            if not (8 <= len(summary) <= 240 and len(summary) < 0.8 * len(document)):
                counts["summary length"] += 1
                continue
            counts["summary kept"] += 1
            yield source, document, summary
