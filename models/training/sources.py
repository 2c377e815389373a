"""Prints, as Markdown, where the pairs that a config trains on come from: by licence class, and the largest sources.

usage: sources.py CONFIG CORPUS_DIR
"""

import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

from corpus import read_parallel, read_summaries
from reference import read_config

LARGEST = 25
LICENCE_REMARK = re.compile(r" \([^)]*\)|\|.*|:.*")


def read_licences(path: Path) -> dict[str, tuple[str, str]]:
    """Source id -> (licence class, licence). A row's id may lack the language suffix that its entries here have."""
    licences: dict[str, tuple[str, str]] = {}
    for line in path.read_bytes().decode().rstrip("\n").split("\n")[1:]:
        source, _origin, _version, licence, licence_class, *_ = line.split("\t")
        for name in (source, source.rsplit("-", 1)[0]):
            licences.setdefault(name, (licence_class, LICENCE_REMARK.sub("", licence).strip().replace("NOT DETERMINED", "not determined")))
    return licences


def main() -> None:
    config_path, corpus = (Path(argument) for argument in sys.argv[1:3])
    config, counts = read_config(config_path), Counter()
    licences = read_licences(corpus / "SOURCES.tsv")
    pairs: dict[str, Counter] = defaultdict(Counter)

    def count(task: str, source: str, number: int) -> None:
        # A text found in several places names them all; the first one stands for it, "@" marks a variety of a language.
        pairs[source.split(",")[0].split("@")[0]][task] += number

    for source, _, translations in read_parallel(corpus / "parallel.tsv.xz", config["languages"], config["sourceShare"], counts):
        count("translation", source, len(translations))
    for source, _, _ in read_summaries(corpus / "summaries.tsv.xz", ["en"], counts):
        count("summaries", source, 1)

    by_class: dict[str, Counter] = defaultdict(Counter)
    for source, tasks in pairs.items():
        by_class[licences[source][0]].update({**tasks, "sources": 1})
    print("| licence class | sources | translation pairs | summaries |\n|---|---:|---:|---:|")
    for name, row in sorted(by_class.items(), key=lambda item: -item[1].total()):
        print(f"| {name} | {row['sources']:,} | {row['translation']:,} | {row['summaries']:,} |")
    print("\n| source | licence | translation pairs | summaries |\n|---|---|---:|---:|")
    for source, row in sorted(pairs.items(), key=lambda item: -item[1].total())[:LARGEST]:
        print(f"| {source} | {licences[source][1]} | {row['translation']:,} | {row['summaries']:,} |")


if __name__ == "__main__":
    main()
