"""Writes the golden file of alignment error rates: those of alignment.py, and of words that are each other's greatest, on a part of the test sets.

usage: alignment_golden.py REFERENCE_FOLDER ALIGNMENTS_DIR OUT_FILE
"""

import json
import sys
from pathlib import Path

import numpy as np
import torch
from alignment import STEPS, found_links, gold_of
from attention_reference import about_target, indicator, mutual_links
from gold_alignments import GoldPair, Tokens, error_rate, tokens_of
from reference import Reference, read_config
from tasks import task_id

EVERY = {"de-en": 4, "en-de": 4, "en-fr": 12, "fr-en": 12}


def mutual(cross: np.ndarray, source: Tokens, target: Tokens, step: str) -> set[tuple[int, int]]:
    """The word links of one map [target positions + 1, source positions + 1], </s> left out."""
    rows, columns = indicator(target.words), indicator(source.words)
    weights = about_target(cross, step)[: len(target.words), : len(source.words)]
    # A word may have no token of its own.
    merged = rows @ weights @ columns.T / rows.sum(1, keepdims=True).clip(1)
    return {(i, j) for i, j in mutual_links(merged, (set(), set()))}


@torch.inference_mode()
def mutual_rate(reference: Reference, pairs: list[GoldPair], language: str, layer: int, head: int | None, step: str) -> float:
    links = []
    for pair in pairs:
        source, target = tokens_of(reference.tokenizer, pair.source), tokens_of(reference.tokenizer, pair.target)
        maps = reference.inspect(source.ids, [task_id("translate", language), *target.ids[:-1]]).cross_attentions[layer][0].double().numpy()
        links.append(mutual(maps.mean(0) if head is None else maps[head], source, target, step))
    return error_rate(links, pairs)


def main() -> None:
    folder, alignments, out = (Path(argument) for argument in sys.argv[1:4])
    # One short text at a time keeps no second thread busy, and waiting for one costs minutes beside other work.
    torch.set_num_threads(1)
    reference, section = Reference(folder), read_config(folder / "config.json")["saccade"]
    chosen = section["attention"]
    rates: dict = {}
    for direction, pairs in gold_of(alignments, section["languages"]).items():
        pairs, language = pairs[:: EVERY[direction]], direction.split("-")[1]
        found = found_links(reference, pairs, language)
        heads = max(head for _, head, _ in found)
        rates[direction] = {
            "every": EVERY[direction],
            "pairs": len(pairs),
            "greatest": [
                {"layer": layer, "head": head if head < heads else None, "step": step, "errorRate": round(error_rate(links, pairs), 6)}
                for (layer, head, step), links in found.items()
            ],
            "mutual": [
                {
                    **{"layer": chosen["crossLayer"], "head": chosen["crossHead"], "step": step},
                    "errorRate": round(mutual_rate(reference, pairs, language, chosen["crossLayer"], chosen["crossHead"], step), 6),
                }
                for step in STEPS
            ],
        }
    out.parent.mkdir(parents=True, exist_ok=True)
    lines = (f" {json.dumps(direction)}: {json.dumps(rate)}" for direction, rate in rates.items())
    out.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
    for direction, rate in rates.items():
        best = min(each["errorRate"] for each in rate["greatest"])
        print(f"{direction}: {rate['pairs']} pairs, best token by token {best:.3f}, of words both ways {min(each['errorRate'] for each in rate['mutual']):.3f}")


if __name__ == "__main__":
    main()
