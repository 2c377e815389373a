"""Packed arrays -> batches. The n-th chunk of batches depends on (seed, n) alone, so a stopped run resumes exactly."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from tasks import EOS_ID, MASK_ID, PAD_ID, SPECIAL_TOKENS, task_id


@dataclass
class Batch:
    source: torch.Tensor
    """[texts, source positions] int64, padded with PAD_ID"""
    decoder_input: torch.Tensor
    """[texts, target positions] int64: the task token, then the target shifted right"""
    labels: torch.Tensor
    """[texts, target positions] int64, -100 where padded"""
    target_tokens: int


def pad(rows: list[np.ndarray], value: int) -> torch.Tensor:
    width = max(len(row) for row in rows)
    padded = np.full((len(rows), width), value, dtype=np.int64)
    for index, row in enumerate(rows):
        padded[index, : len(row)] = row
    return torch.from_numpy(padded)


def collate(examples: list[tuple[np.ndarray, np.ndarray, int]]) -> Batch:
    return Batch(
        pad([source for source, _, _ in examples], PAD_ID),
        pad([np.concatenate([[task], target[:-1]]) for _, target, task in examples], PAD_ID),
        pad([target for _, target, _ in examples], -100),
        sum(len(target) for _, target, _ in examples),
    )


def corrupt(ids: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Masks spans, deletes and swaps tokens: about a fifth of the text is touched. The last token stays </s>."""
    tokens = list(ids[:-1])
    corrupted: list[int] = []
    index = 0
    while index < len(tokens):
        draw = random.random()
        if draw < 0.06:
            corrupted.append(MASK_ID)
            index += int(random.integers(1, 4))
        elif draw < 0.09:
            index += 1
        elif draw < 0.12 and index + 1 < len(tokens):
            corrupted += [tokens[index + 1], tokens[index]]
            index += 2
        else:
            corrupted.append(tokens[index])
            index += 1
    return np.asarray([*corrupted, EOS_ID])


class Batches:
    def __init__(self, packed_path: Path, config: dict) -> None:
        packed = np.load(packed_path)
        self.tokens, self.offsets = packed["tokens"], packed["offsets"]
        self.config = config
        pairs, held = packed["pairs"], packed["held"]
        lengths = np.diff(self.offsets)
        self.longest = {}
        self.groups: dict[str, np.ndarray] = {}
        for task in np.unique(pairs[:, 2]):
            members = pairs[(pairs[:, 2] == task) & ~held]
            self.groups[SPECIAL_TOKENS[task]] = members
            self.longest[SPECIAL_TOKENS[task]] = np.maximum(lengths[members[:, 0]], lengths[members[:, 1]])
        self.held = pairs[held]

    def text(self, index: int) -> np.ndarray:
        return self.tokens[self.offsets[index] : self.offsets[index + 1]].astype(np.int64)

    def share(self, task: str) -> float:
        shares = self.config["taskShare"]
        if not task.startswith("<2"):
            same = [name for name in self.groups if not name.startswith("<2")]
            return shares["summarise"] * len(self.groups[task]) / sum(len(self.groups[name]) for name in same)
        if task == "<2en>":
            return shares["translate"] / 2
        return shares["translate"] / 2 / (len(self.config["languages"]) - 1)

    def example(self, pair: np.ndarray) -> tuple[np.ndarray, np.ndarray, int]:
        return self.text(pair[0]), self.text(pair[1]), int(pair[2])

    def chunk(self, number: int, short: bool) -> list[Batch]:
        """`short` keeps to texts of at most shortPhaseMaxTokens tokens."""
        train = self.config["train"]
        random = np.random.default_rng([self.config["seed"], number])
        budget = train["tokensPerStep"] * train["batchesPerChunk"]
        examples: list[tuple[np.ndarray, np.ndarray, int]] = []
        reconstruct = self.config["taskShare"]["reconstruct"]
        for task, members in self.groups.items():
            allowed = np.flatnonzero(self.longest[task] <= train["shortPhaseMaxTokens"]) if short else None
            if allowed is not None and len(allowed) == 0:
                continue
            wanted, taken = self.share(task) * budget, 0
            while taken < wanted:
                pick = int(random.integers(len(members) if allowed is None else len(allowed)))
                example = self.example(members[pick if allowed is None else allowed[pick]])
                if task.startswith("<2") and random.random() < reconstruct:
                    source = example[1]
                    example = (corrupt(source, random), source, task_id("reconstruct"))
                examples.append(example)
                taken += max(len(example[0]), len(example[1]))
        examples.sort(key=lambda example: (len(example[0]) + len(example[1]), len(example[1])))
        batches = list(self.cut(examples, train["tokensPerStep"]))
        random.shuffle(batches)
        return batches

    @staticmethod
    def cut(examples: list[tuple[np.ndarray, np.ndarray, int]], tokens_per_step: int) -> Iterator[Batch]:
        batch: list[tuple[np.ndarray, np.ndarray, int]] = []
        widest = 0
        for example in examples:
            width = max(len(example[0]), len(example[1]))
            if batch and (len(batch) + 1) * max(widest, width) > tokens_per_step:
                yield collate(batch)
                batch, widest = [], 0
            batch.append(example)
            widest = max(widest, width)
        if batch:
            yield collate(batch)

    def held_batches(self, limit: int) -> list[Batch]:
        examples = sorted((self.example(pair) for pair in self.held[:limit]), key=lambda example: len(example[0]))
        return list(self.cut(examples, self.config["train"]["tokensPerStep"]))
