"""Writes which target tokens each source token may become, so that a step need not score the whole vocabulary.

usage: shortlist.py WORK_DIR MODEL_FOLDER

Reads lexicon.npz and packed.npz of WORK_DIR. MODEL_FOLDER/onnx/shortlist.bin holds, as little-endian uint16, for each language of config.json:
the tokens that are candidates for every source; for each token of the vocabulary how many entries it has; the entries, which
are target tokens, likeliest first. Into any language but English texts are translated from English; for English the tables of all source
languages are one.
"""

import re
import sys
from pathlib import Path

import numpy as np
from export import update_catalog, write_json
from lexicon import read_lexicon
from reference import read_config
from span_keeping import SentinelTokens
from tasks import SPECIAL_TOKENS, task_id
from tokenizers import Tokenizer

FILE = Path("onnx") / "shortlist.bin"
ALWAYS = 6144
"""How many tokens are candidates for every source: control tokens, bytes, sentinels, and the most frequent tokens of the language."""
ENTRIES, SMALLEST = 32, 0.002
"""The most entries of a source token, and the least probability of one."""
BYTE = re.compile("<0x[0-9A-F]{2}>")
LEAST_PROBABILITY = 0.2
"""A token less likely than this among the candidates is looked for in the whole vocabulary."""


def always(packed: dict[str, np.ndarray], language: str, first: list[int]) -> np.ndarray:
    """`first`, and the most frequent tokens of the language."""
    tokens, offsets, pairs = packed["tokens"], packed["offsets"], packed["pairs"]
    texts = np.unique(pairs[pairs[:, 2] == task_id("translate", language), 1])
    # Ends minus beginnings: 1 for every position inside one of the texts.
    inside = np.zeros(len(tokens) + 1, dtype=np.int8)
    inside[offsets[texts]] += 1
    inside[offsets[texts + 1]] -= 1
    counts = np.bincount(tokens[np.cumsum(inside[:-1], dtype=np.int8) > 0])
    frequent = [token for token in np.argsort(-counts, kind="stable").tolist() if token not in set(first)]
    return np.array([*first, *frequent][:ALWAYS])


def kept_whole(tokenizer: Tokenizer) -> list[int]:
    """Tokens that no lexicon knows of but every target may need: control tokens, bytes, sentinels."""
    special = set(range(len(SPECIAL_TOKENS)))
    bytes_ = {token for piece, token in tokenizer.get_vocab().items() if BYTE.fullmatch(piece)}
    return sorted(special | bytes_ | SentinelTokens(tokenizer, special).sentinel_of.keys())


def entries(lexicon: Path, directions: list[str], vocabulary: int) -> list[list[int]]:
    """Target tokens of each source token; where several directions know it, by the greatest of their probabilities."""
    best: list[dict[int, float]] = [{} for _ in range(vocabulary)]
    for direction in directions:
        offsets, targets, probabilities = read_lexicon(lexicon, direction)
        for source, found in enumerate(best):
            for place in range(offsets[source], offsets[source + 1]):
                target, probability = int(targets[place]), float(probabilities[place])
                if probability >= SMALLEST:
                    found[target] = max(found.get(target, 0.0), probability)
    return [sorted(found, key=lambda target: -found[target])[:ENTRIES] for found in best]


def main() -> None:
    work, folder = Path(sys.argv[1]), Path(sys.argv[2]).resolve()
    config, archive = read_config(folder / "config.json"), np.load(work / "packed.npz")
    # An archive reads an array anew each time that it is asked for.
    packed = {name: archive[name] for name in ("tokens", "offsets", "pairs")}
    english, *others = languages = config["saccade"]["languages"]
    first, parts = kept_whole(Tokenizer.from_file(str(folder / "tokenizer.json"))), []
    for language in languages:
        directions = [f"{other}-en" for other in others] if language == english else [f"en-{language}"]
        table = entries(work / "lexicon.npz", directions, config["vocab_size"])
        parts += [always(packed, language, first), [len(row) for row in table], [target for row in table for target in row]]
        print(f"{language}: {len(parts[-1])} entries", flush=True)
    (folder / FILE).write_bytes(np.concatenate(parts).astype("<u2").tobytes())
    config["saccade"]["shortlist"] = {"always": ALWAYS, "leastProbability": LEAST_PROBABILITY}
    write_json(folder / "config.json", config)
    update_catalog(folder, next(model["name"] for model in read_config(folder.parent / "catalog.json")["models"] if model["id"] == folder.name), languages)


if __name__ == "__main__":
    main()
