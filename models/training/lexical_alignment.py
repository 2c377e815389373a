"""Learns which token of a text a token of its translation comes from, and writes that down for the training pairs.

usage: lexical_alignment.py CONFIG WORK_DIR [--output DIR] [--alignments DIR] [--sample N] [--limit N]

Reads packed.npz and tokenizer.json of WORK_DIR. Writes to the output folder, WORK_DIR where none is given:

aligner.npz     the models, for LexicalAligner.load
lexicon.npz     p(target token | source token) of each direction, for read_lexicon
alignments.npz  `links` uint8: for each target token of a pair the source position it comes from, or NOWHERE; those of row
                p of packed.npz's pairs are links[offsets[p] : offsets[p + 1]], none where the row is not aligned

Every model learns from pairs that are not held out, and knows tokens only: neither words nor meaning. With --alignments it
prints its alignment error rate on hand-aligned pairs, which it never learns from.
"""

import argparse
import multiprocessing
import time
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np
from gold_alignments import GoldPair, error_rate, read_gold, tokens_of, word_links
from hmm_alignment import HmmAligner
from lexicon import lexicon_of
from links import NOWHERE, Alignments, misaligned
from packed_texts import PackedTexts
from reference import read_config
from tasks import EOS_ID, task_id
from tokenizers import Tokenizer

AGREED = 0.2
"""A link counts where the product of both ways' posteriors is above this."""
MODEL_1_ITERATIONS, HMM_ITERATIONS = 3, 3


class LexicalAligner:
    """One model for each language, English being its first text. A direction is written "en-de"."""

    def __init__(self, models: dict[str, HmmAligner]) -> None:
        self.models = models

    def ways(self, source: np.ndarray, target: np.ndarray, direction: str) -> tuple[np.ndarray, np.ndarray]:
        """[texts, target positions, source positions] twice: posteriors of source writing target, and of the reverse.

        source and target [texts, positions]: token ids; 0, </s> and what is below 0 are no tokens.
        """
        into_english = direction.endswith("-en")
        model = self.models[direction.split("-")[0 if into_english else 1]]
        texts = [np.where((ids < 0) | (ids == EOS_ID), 0, ids).astype(np.int32) for ids in (source, target)]
        _keys, forward, backward = model.posteriors(*(texts[::-1] if into_english else texts))
        if into_english:
            return backward.transpose(1, 2, 0), forward.transpose(1, 2, 0)
        return forward.transpose(1, 0, 2), backward.transpose(1, 0, 2)

    def align(self, source: np.ndarray, target: np.ndarray, direction: str) -> np.ndarray:
        """[texts, target positions] uint8, the source position that each target token comes from, or NOWHERE."""
        one, other = self.ways(source, target, direction)
        return nearest(one * other)

    def arrays(self) -> dict[str, np.ndarray]:
        """What aligner.npz holds."""
        arrays = {}
        for language, model in self.models.items():
            keys = np.flatnonzero(model.counts).astype(np.int32)
            arrays |= {f"{language}.keys": keys, f"{language}.counts": model.counts[keys]}
            for name, chain in (("forward", model.forward), ("backward", model.backward)):
                arrays |= {f"{language}.{name}.jumps": chain.jumps, f"{language}.{name}.empty": chain.empty}
        return arrays

    @classmethod
    def load(cls, path: Path) -> "LexicalAligner":
        """Takes 4 bytes for each pair of tokens of the vocabulary and each language."""
        arrays, models = np.load(path), {}
        for language in [name.removesuffix(".keys") for name in arrays if name.endswith(".keys")]:
            model = models[language] = HmmAligner(len(arrays[f"{language}.forward.empty"]))
            counts = np.zeros_like(model.counts)
            counts[arrays[f"{language}.keys"]] = arrays[f"{language}.counts"]
            model.set_counts(counts)
            for name, chain in (("forward", model.forward), ("backward", model.backward)):
                chain.jumps, chain.empty = arrays[f"{language}.{name}.jumps"], arrays[f"{language}.{name}.empty"]
        return cls(models)


def nearest(agreement: np.ndarray) -> np.ndarray:
    """[..., target positions, source positions] -> uint8 [..., target positions]: the best source position, or NOWHERE."""
    return np.where(agreement.max(-1) > AGREED, agreement.argmax(-1), NOWHERE).astype(np.uint8)


def train(texts: PackedTexts, rows: np.ndarray, vocabulary: int) -> HmmAligner:
    model = HmmAligner(vocabulary)
    for iteration in range(MODEL_1_ITERATIONS + HMM_ITERATIONS):
        ordered, begun = iteration >= MODEL_1_ITERATIONS, time.monotonic()
        model.iterate(((english, other) for _, english, other in texts.batches(rows)), ordered)
        print(f"  {'hmm' if ordered else 'model 1'} {time.monotonic() - begun:.0f} s", flush=True)
    return model


def alignments_of(aligner: LexicalAligner, texts: PackedTexts, language: str, mine: np.ndarray) -> Alignments:
    """Of the rows `mine` and of the same pairs the other way."""
    rows, begun = np.concatenate([mine, mine + 1]), time.monotonic()
    sizes = np.zeros(len(texts.pairs), dtype=np.int64)
    sizes[rows] = texts.lengths[texts.pairs[rows, 1]] + 1
    offsets = np.concatenate([[0], np.cumsum(sizes)])
    links = np.full(offsets[-1], NOWHERE, dtype=np.uint8)
    for batch, english, other in texts.batches(mine):
        one, reverse = aligner.ways(english, other, f"en-{language}")
        agreement = one * reverse
        for at, target, found in (
            (batch, other, nearest(agreement)),
            (batch + 1, english, nearest(agreement.transpose(0, 2, 1))),
        ):
            places = offsets[at][:, None] + np.arange(target.shape[1])
            links[places[target != 0]] = found[target != 0]
    print(f"en-{language}: {len(mine)} pairs aligned, {len(mine) / (time.monotonic() - begun):.0f} a second", flush=True)
    return Alignments(links, offsets)


def report(aligner: LexicalAligner, tokenizer: Tokenizer, gold: dict[str, list[GoldPair]]) -> None:
    """Alignment error rates: of the source writing the target alone, of what both ways have, and of what align() gives."""
    print("| direction | one way | both ways | agreement | align() |\n|---|---:|---:|---:|---:|")
    for direction, pairs in gold.items():
        found: list[list[set]] = [[], [], [], []]
        for pair in pairs:
            source, target = tokens_of(tokenizer, pair.source), tokens_of(tokenizer, pair.target)
            ids = [np.array([tokens.ids[:-1]]) for tokens in (source, target)]
            one, other = (way[0] for way in aligner.ways(*ids, direction))
            written = {(int(row.argmax()), j) for j, row in enumerate(one) if row.sum() > 0.5}
            reverse = {(i, int(row.argmax())) for i, row in enumerate(other.T) if row.sum() > 0.5}
            agreed = [(i, j) for j, i in np.argwhere(one * other > AGREED).tolist()]
            aligned = [(int(i), j) for j, i in enumerate(aligner.align(*ids, direction)[0]) if i != NOWHERE]
            for list_, links in zip(found, (written, written & reverse, agreed, aligned)):
                list_.append(word_links(links, source, target))
        print(f"| {direction} | " + " | ".join(f"{error_rate(links, pairs):.3f}" for links in found) + " |")


class Learned(NamedTuple):
    aligner: dict[str, np.ndarray]
    lexicon: dict[str, np.ndarray]
    alignments: Alignments


def learn(language: str, arguments: argparse.Namespace) -> Learned:
    """Everything of one language, in a process that gives the memory of its tables back."""
    config, texts = read_config(arguments.config), PackedTexts(arguments.work / "packed.npz")
    rows = np.random.default_rng([config["seed"], task_id("translate", language)]).permutation(texts.rows(language))
    sample = rows[~(texts.held[rows] | texts.held[rows + 1])][: arguments.sample or None]
    print(f"en-{language}: learns from {len(sample)} of {len(rows)} pairs", flush=True)
    model = train(texts, sample, config["vocabularySize"])
    lexicon, aligner = lexicon_of(model, texts, sample, language), LexicalAligner({language: model})
    if arguments.alignments:
        gold = {name: pairs for name, pairs in read_gold(arguments.alignments).items() if language in name.split("-")}
        report(aligner, Tokenizer.from_file(str(arguments.work / "tokenizer.json")), gold)
    return Learned(aligner.arrays(), lexicon, alignments_of(aligner, texts, language, rows[: arguments.limit or None]))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("config", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--output", type=Path, help="folder to write to")
    parser.add_argument("--alignments", type=Path, help="folder of the hand-aligned test sets")
    parser.add_argument("--sample", type=int, default=300_000, help="pairs a language to learn from; 0 is all")
    parser.add_argument("--limit", type=int, default=0, help="pairs a language to align; 0 is all")
    parser.add_argument("--processes", type=int, default=2, help="languages at a time; each takes 20 bytes for each pair of tokens of the vocabulary")
    arguments = parser.parse_args()
    output = arguments.output or arguments.work
    output.mkdir(parents=True, exist_ok=True)
    aligner: dict[str, np.ndarray] = {}
    lexicon: dict[str, np.ndarray] = {}
    alignments: Alignments | None = None
    with multiprocessing.Pool(arguments.processes, maxtasksperchild=1) as pool:
        for learned in pool.imap(partial(learn, arguments=arguments), read_config(arguments.config)["languages"][1:], chunksize=1):
            aligner |= learned.aligner
            lexicon |= learned.lexicon
            alignments = learned.alignments.merged(alignments) if alignments else learned.alignments
    np.savez_compressed(output / "lexicon.npz", **lexicon)
    np.savez_compressed(output / "aligner.npz", **aligner)
    aligned = np.count_nonzero(np.diff(alignments.offsets))
    print(f"{100 * np.mean(alignments.links != NOWHERE):.1f} % of {len(alignments.links)} target tokens are linked")
    print(f"{misaligned(*alignments).sum()} of {aligned} pairs are hardly translations; training leaves them out")
    np.savez(output / "alignments.npz", **alignments._asdict())


if __name__ == "__main__":
    main()
