"""Quick scores of the Python reference, to choose between checkpoints. Knows nothing of ONNX; quality.py measures the product.

usage: evaluate.py CONFIG REFERENCE_FOLDER TESTSETS_DIR [--tokenizer FILE] [--sets ntrex docs] [--limit 200] [--bits 8] [--json]

Decodes greedily and in batches. Choose by `ntrex` alone: `docs` is held out, to be reported and not to be optimised.
"""

import argparse
import json
from pathlib import Path

import numpy as np
from reference import Reference, read_config
from scores import read_rows, translation_scores
from tasks import task_id
from weights import Weights

BATCH = 64
NO_HEADS = {"weight": np.zeros((0, 0)), "bias": np.zeros(0)}
"""Of a model that only translates: they are few, and stay in fp16."""


def decode(reference: Reference, sources: list[tuple[list[int], list[str]]], task: int, max_target_tokens: int) -> list[str]:
    """The output texts of (ids, protected spans), in order; a batch ends at twice its source, where only endless repetition is cut."""
    order = sorted(range(len(sources)), key=lambda index: len(sources[index][0]))
    results = [""] * len(sources)
    for start in range(0, len(order), BATCH):
        members = order[start : start + BATCH]
        ids = [sources[index][0] for index in members]
        limit = min(max_target_tokens, 2 * len(ids[-1]) + 16)
        for index, target in zip(members, reference.generate(ids, [task] * len(ids), limit)):
            results[index] = reference.text(target, sources[index][1])
    return results


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("config", type=Path)
    parser.add_argument("reference", type=Path, help="a Hugging Face folder: a checkpoint, or what export.py wrote")
    parser.add_argument("testsets", type=Path)
    parser.add_argument("--tokenizer", type=Path, help="where the folder has no tokenizer.json")
    parser.add_argument("--sets", nargs="+", default=["ntrex"], choices=["ntrex", "docs"])
    parser.add_argument("--limit", type=int, default=200, help="first rows of each set; 0 is all")
    parser.add_argument("--bits", type=int, choices=range(4, 9), help="round the weights as export.py does, to so many bits")
    parser.add_argument("--json", action="store_true", help="one JSON line per direction")
    arguments = parser.parse_args()
    config, reference = read_config(arguments.config), Reference(arguments.reference, arguments.tokenizer, attention="sdpa")
    release = config["release"]
    if arguments.bits:
        weights = Weights.of(reference.model, NO_HEADS, arguments.bits)
        weights.copy_into(reference.model)
        if not arguments.json:
            print(f"{arguments.bits} bits: {len(weights.stored()) / 1e6:.1f} MB")
    for name in arguments.sets:
        values = []
        for language in config["languages"][1:]:
            rows = read_rows(arguments.testsets / f"{name}.en-{language}.tsv.gz", arguments.limit)
            for source, target, pairs in (("en", language, rows), (language, "en", [(other, english) for english, other in rows])):
                sources = [reference.source(text, release["maxSourceTokens"]) for text, _ in pairs]
                outputs = decode(reference, sources, task_id("translate", target), release["maxTargetTokens"])
                scores = translation_scores(outputs, [text for _, text in pairs], target)
                values.append(scores["chrf"])
                result = {"set": name, "direction": f"{source}-{target}", **scores, "n": len(pairs)}
                line = f"{name} {result['direction']} chrF2 {scores['chrf']:.2f} BLEU {scores['bleu']:.2f} of {len(pairs)}"
                print(json.dumps(result) if arguments.json else line, flush=True)
        if not arguments.json:
            print(f"{name} mean chrF2 {sum(values) / len(values):.2f}", flush=True)


if __name__ == "__main__":
    main()
