"""Packed arrays -> batches. The n-th chunk of batches depends on (seed, n) alone, so a stopped run resumes exactly."""

import itertools
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
import torch
from first_letters import changed_case
from links import NOWHERE, misaligned
from tasks import PAD_ID, SPECIAL_TOKENS, UNSPACED_LANGUAGES, task_token
from tokenizers import Tokenizer
from variants import Example, Variants

NO_LABEL = -1
UNSPACED = {task_token("translate", code) for code in UNSPACED_LANGUAGES}
"""What is damaged of other texts a word at a time would be a whole clause of these."""


@dataclass
class Batch:
    source: torch.Tensor
    """[texts, source positions] int64, padded with PAD_ID"""
    decoder_input: torch.Tensor
    """[texts, target positions] int64: the task token, then the target shifted right"""
    places: torch.Tensor
    """[target tokens] int64: where in the flattened decoder_input each label is predicted"""
    labels: torch.Tensor
    """[target tokens] int64"""
    readers: torch.Tensor
    """[links] int64: where in the flattened decoder_input each linked target token is read"""
    links: torch.Tensor
    """[links] int64: the source position that the token comes from"""

    @property
    def target_tokens(self) -> int:
        return len(self.labels)

    def changed(self, change: Callable[[torch.Tensor], torch.Tensor]) -> "Batch":
        return Batch(*(change(getattr(self, field.name)) for field in fields(self)))

    def pin_memory(self) -> "Batch":
        """What a DataLoader calls, so that a GPU can fetch the batch while it computes."""
        return self.changed(torch.Tensor.pin_memory)

    def to(self, device: torch.device) -> "Batch":
        return self.changed(lambda tensor: tensor.to(device, non_blocking=True))


def pad(rows: list[np.ndarray], value: int) -> np.ndarray:
    width = max(len(row) for row in rows)
    padded = np.full((len(rows), width), value, dtype=np.int64)
    for index, row in enumerate(rows):
        padded[index, : len(row)] = row
    return padded


def collate(examples: list[Example]) -> Batch:
    labels = pad([example.target for example in examples], NO_LABEL)
    # The row that reads a token is the one after the row that predicts it; nothing reads the last one.
    links = pad([np.concatenate([[NOWHERE], example.links[:-1]]) for example in examples], NOWHERE)
    places, readers = np.flatnonzero(labels != NO_LABEL), np.flatnonzero(links != NOWHERE)
    arrays = (
        pad([example.source for example in examples], PAD_ID),
        pad([np.concatenate([[example.task], example.target[:-1]]) for example in examples], PAD_ID),
        places,
        labels.ravel()[places],
        readers,
        links.ravel()[readers],
    )
    return Batch(*map(torch.from_numpy, arrays))


def alike(example: Example) -> tuple[int, int]:
    """Sorts texts that pad each other little next to one another: by the longer side in sixths of an octave, then by how much longer it is.

    Of 128 batches 90 % of the positions then hold tokens; sorted by the sum of both sides 75 %.
    """
    return round(6 * math.log2(example.longest)), len(example.source) - len(example.target)


class Batches:
    def __init__(self, work: Path, config: dict) -> None:
        """`work` holds packed.npz, tokenizer.json and, for guided alignment, alignments.npz of lexical_alignment.py."""
        packed = np.load(work / "packed.npz")
        self.alignments = None
        if config["train"]["guidedAlignment"]:
            alignments = np.load(work / "alignments.npz")
            self.alignments = alignments["links"], alignments["offsets"]
        self.tokens, self.offsets = packed["tokens"], packed["offsets"]
        self.config = config
        tokenizer = Tokenizer.from_file(str(work / "tokenizer.json"))
        self.variants = Variants(tokenizer, config["variants"])
        pairs, held = packed["pairs"], packed["held"]
        self.pairs = pairs
        lengths = np.diff(self.offsets)
        self.longest = {}
        self.groups: dict[str, np.ndarray] = {}
        """Task -> rows of `pairs`."""
        self.left_out = {"changed case": changed_case(tokenizer, self.tokens, self.offsets, pairs)}
        """By rule, whether each row of `pairs` is never drawn."""
        if self.alignments:
            self.left_out["misaligned"] = misaligned(*self.alignments)
        left_out = np.any([held, *self.left_out.values()], axis=0)
        for task in np.unique(pairs[:, 2]):
            members = np.flatnonzero((pairs[:, 2] == task) & ~left_out)
            self.groups[SPECIAL_TOKENS[task]] = members
            self.longest[SPECIAL_TOKENS[task]] = np.maximum(lengths[pairs[members, 0]], lengths[pairs[members, 1]])
        self.held = np.flatnonzero(held)

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

    def example(self, row: int) -> Example:
        source, target, task = self.pairs[row]
        target = self.text(target)
        links = np.full(len(target), NOWHERE, dtype=np.uint8)
        if self.alignments:
            all_links, offsets = self.alignments
            found = all_links[offsets[row] : offsets[row + 1]]
            links[: len(found)] = found
        return Example(self.text(source), target, int(task), links)

    def drawn(self, rows: np.ndarray, random: np.random.Generator) -> Example:
        return self.example(rows[random.integers(len(rows))])

    def chunk(self, number: int) -> list[Batch]:
        """The first ones keep to texts of at most shortPhaseMaxTokens tokens."""
        train = self.config["train"]
        short = number < train["shortPhaseChunks"]
        random = np.random.default_rng([self.config["seed"], number])
        budget = train["tokensPerStep"] * train["batchesPerChunk"]
        examples: list[Example] = []
        reconstruct, joined = self.config["taskShare"]["reconstruct"], self.config["variants"]["joined"]
        for task, members in self.groups.items():
            rows = members[self.longest[task] <= train["shortPhaseMaxTokens"]] if short else members
            if len(rows) == 0:
                continue
            wanted, taken = self.share(task) * budget, 0
            while taken < wanted:
                example = self.drawn(rows, random)
                if task.startswith("<2"):
                    example = self.variants.vary(example, random)
                    if task not in UNSPACED and random.random() < reconstruct:
                        example = self.variants.reconstruction(example.target, random)
                    elif random.random() < joined:
                        example = self.variants.joined(example, self.drawn(rows, random))
                examples.append(example)
                taken += example.longest
        examples.sort(key=alike)
        batches = list(self.cut(examples, train["tokensPerStep"]))
        random.shuffle(batches)
        return batches

    @staticmethod
    def cut(examples: list[Example], tokens_per_step: int) -> Iterator[Batch]:
        """`tokens_per_step` bounds the mean of source and target positions of a batch, padding included."""
        batch: list[Example] = []
        source = target = 0
        for example in examples:
            wider = max(source, len(example.source)), max(target, len(example.target))
            if batch and (len(batch) + 1) * sum(wider) > 2 * tokens_per_step:
                yield collate(batch)
                batch, wider = [], (len(example.source), len(example.target))
            batch.append(example)
            source, target = wider
        if batch:
            yield collate(batch)

    def held_batches(self, limit: int) -> list[Batch]:
        examples = sorted((self.example(row) for row in self.held[:limit]), key=lambda example: len(example.source))
        return list(self.cut(examples, self.config["train"]["tokensPerStep"]))


class ChunkData(torch.utils.data.Dataset):
    """Chunks by their number, for the processes of a DataLoader."""

    def __init__(self, batches: Batches) -> None:
        self.batches = batches

    def __getitem__(self, number: int) -> list[Batch]:
        return self.batches.chunk(number)


def chunks_from(batches: Batches, first: int, loaders: int, pinned: bool = False) -> Iterator[list[Batch]]:
    """The chunks from `first` on, in order. `loaders` processes make them ahead, where making them is what a step would wait for; 0 makes them here."""
    if loaders == 0:
        return map(batches.chunk, itertools.count(first))
    # A chunk has more tensors than a process may have open files.
    torch.multiprocessing.set_sharing_strategy("file_system")
    data = ChunkData(batches)
    return iter(torch.utils.data.DataLoader(data, batch_size=None, sampler=itertools.count(first), num_workers=loaders, pin_memory=pinned))
