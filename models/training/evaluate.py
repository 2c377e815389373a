"""Scores the Python reference on the held-out test sets, decoding greedily. Knows nothing of ONNX or training.

usage: evaluate.py CONFIG REFERENCE_FOLDER TESTSETS_DIR [--sets docs ntrex summaries] [--limit 200] [--json]

Translation: chrF2, BLEU and the share of protected spans that are in the output unchanged. Summaries (English): ROUGE-L,
beside that of the text's first sentence. `--limit 0` takes every row. Prints the Markdown tables of the model card.
"""

import argparse
import gzip
import json
import re
import time
from collections.abc import Iterator
from pathlib import Path

from corpus import tidy
from protect import PROTECTED
from reference import Reference, read_config
from sacrebleu.metrics import BLEU, CHRF
from tasks import task_id

BATCH = 64
HEADLINE_CHARACTERS = 40
"""A reference summary up to this length asks for a headline, as in prepare.py."""
WORD = re.compile(r"\w+|[^\w\s]")
FIRST_SENTENCE = re.compile(r".*?[.!?](?=\s|$)")


def read_rows(path: Path, limit: int) -> list[tuple[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="\n") as file:
        rows = [line.rstrip("\n").split("\t") for line in file]
    return [(tidy(row[0]), tidy(row[1])) for row in rows][: limit or None]


def rouge_l(candidate: str, reference: str) -> float:
    """F1 of the longest common subsequence of lower-case words (Lin 2004), 0 to 1."""
    ours, theirs = WORD.findall(candidate.lower()), WORD.findall(reference.lower())
    if not ours or not theirs:
        return 0.0
    row = [0] * (len(theirs) + 1)
    for word in ours:
        diagonal = 0
        for index, other in enumerate(theirs, start=1):
            above = row[index]
            row[index] = diagonal + 1 if word == other else max(above, row[index - 1])
            diagonal = above
    return 2 * row[-1] / (len(ours) + len(theirs))


TABLES = {
    "translation": ("| set | direction | chrF2 | BLEU | rows | protected spans kept |", "|---|---|---:|---:|---:|---:|"),
    "summaries": ("| set | task | ROUGE-L | ROUGE-L of the first sentence | rows |", "|---|---|---:|---:|---:|"),
}


def table_row(result: dict) -> tuple[str, str]:
    """The table that a result belongs to, and its row there."""
    if result["set"] == "summaries":
        table, cells = "summaries", [result["rougeL"], result["rougeLFirstSentence"], result["n"]]
    else:
        kept = f"{result['spansKept']} % of {result['spans']}" if result["spans"] else "none there"
        table, cells = "translation", [result["chrf"], result["bleu"], result["n"], kept]
    return table, "| " + " | ".join(map(str, [result["set"], result["direction"], *cells])) + " |"


class Evaluation:
    def __init__(self, reference: Reference, settings: dict) -> None:
        self.reference, self.settings = reference, settings

    def outputs(self, texts: list[str], task: int) -> list[str]:
        """Batches hold texts of like length; a batch ends at twice its source, where only endless repetition is cut."""
        release = self.settings["release"]
        sources = [self.reference.source(text, release["maxSourceTokens"]) for text in texts]
        order = sorted(range(len(texts)), key=lambda index: len(sources[index][0]))
        results = [""] * len(texts)
        for start in range(0, len(order), BATCH):
            members = order[start : start + BATCH]
            ids = [sources[index][0] for index in members]
            limit = min(release["maxTargetTokens"], 2 * len(ids[-1]) + 16)
            for index, target in zip(members, self.reference.generate(ids, [task] * len(ids), limit)):
                results[index] = self.reference.text(target, sources[index][1])
        return results

    def translation(self, name: str, path: Path, language: str, limit: int) -> Iterator[dict]:
        rows = read_rows(path, limit)
        for source_language, target_language in (("en", language), (language, "en")):
            pairs = rows if source_language == "en" else [(target, source) for source, target in rows]
            begun = time.monotonic()
            outputs = self.outputs([source for source, _ in pairs], task_id("translate", target_language))
            spans = [(span, output) for (source, _), output in zip(pairs, outputs) for span in set(PROTECTED.findall(source))]
            kept = sum(span in output for span, output in spans)
            scores = {"chrf": CHRF(), "bleu": BLEU()}
            references = [[target for _, target in pairs]]
            values = {key: round(metric.corpus_score(outputs, references).score, 2) for key, metric in scores.items()}
            yield {
                "set": name,
                "direction": f"{source_language}-{target_language}",
                **values,
                "n": len(pairs),
                "spans": len(spans),
                "spansKept": round(100 * kept / len(spans), 1) if spans else None,
                "seconds": round(time.monotonic() - begun, 1),
                "signatures": {key: str(metric.get_signature()) for key, metric in scores.items()},
            }

    def summaries(self, path: Path, limit: int) -> Iterator[dict]:
        rows = read_rows(path, limit)
        for task in ("summarise", "headline"):
            pairs = [row for row in rows if (len(row[1]) <= HEADLINE_CHARACTERS) == (task == "headline")]
            if not pairs:
                continue
            begun = time.monotonic()
            outputs = self.outputs([text for text, _ in pairs], task_id(task))
            first = [(match := FIRST_SENTENCE.match(text)) and match.group() or text for text, _ in pairs]
            mean = {
                key: round(100 * sum(rouge_l(text, summary) for text, (_, summary) in zip(texts, pairs)) / len(pairs), 2)
                for key, texts in (("rougeL", outputs), ("rougeLFirstSentence", first))
            }
            yield {"set": "summaries", "direction": task, **mean, "n": len(pairs), "seconds": round(time.monotonic() - begun, 1)}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("config", type=Path)
    parser.add_argument("reference", type=Path, help="the folder that export.py wrote, or any Hugging Face folder with a tokenizer.json")
    parser.add_argument("testsets", type=Path)
    parser.add_argument("--sets", nargs="+", default=["docs", "ntrex", "summaries"], choices=["docs", "ntrex", "summaries"])
    parser.add_argument("--limit", type=int, default=200, help="first rows of each set; 0 is all")
    parser.add_argument("--json", action="store_true", help="one JSON line per direction")
    arguments = parser.parse_args()
    config = read_config(arguments.config)
    evaluation = Evaluation(Reference(arguments.reference, attention="sdpa"), config)
    signatures: dict = {}

    def results() -> Iterator[dict]:
        for name in arguments.sets:
            if name == "summaries":
                yield from evaluation.summaries(arguments.testsets / "summaries.tsv.gz", arguments.limit)
                continue
            for language in config["languages"][1:]:
                path = arguments.testsets / f"{name}.en-{language}.tsv.gz"
                yield from evaluation.translation(name, path, language, arguments.limit)

    table = None
    for result in results():
        signatures.update(result.get("signatures", {}))
        if arguments.json:
            print(json.dumps(result), flush=True)
            continue
        wanted, row = table_row(result)
        if table != wanted:
            print(*([""] if table else []), *TABLES[wanted], sep="\n")
            table = wanted
        print(row, flush=True)
    if signatures and not arguments.json:
        print("\nsacrebleu: " + "; ".join(f"{key} `{signature}`" for key, signature in signatures.items()))


if __name__ == "__main__":
    main()
