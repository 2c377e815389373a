"""Cuts the packed training data into shards that another machine can train on one by one as they arrive, and joins those that are there.

usage: shards.py split WORK_DIR FOLDER SHARDS
       shards.py join FOLDER WORK_DIR

A shard is FOLDER/<number>.shard: arrays as LZMA stores them best, about a third of packed.npz and alignments.npz. Each has a like
share of every source and language. Joined they are the same pairs in another order.
"""

import io
import lzma
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

BLOCK = 2048
"""Neighbouring texts that stay together: the translations of one English text stand side by side, and it is stored once in effect."""
FILTERS = [{"id": lzma.FILTER_LZMA2, "preset": 4, "lc": 0, "lp": 1, "pb": 1, "dict_size": 1 << 26}]


def differences(values: np.ndarray) -> np.ndarray:
    """Of neighbours, in the type's own wrapping arithmetic, so that cumulative_sum gives the values back."""
    return np.diff(values, axis=0, prepend=np.zeros_like(values[:1]))


def cumulative_sum(values: np.ndarray) -> np.ndarray:
    return np.cumsum(values, axis=0, dtype=values.dtype)


def pieces_of(flat: np.ndarray, offsets: np.ndarray, kept: np.ndarray) -> np.ndarray:
    """The parts of `flat` whose entry in `kept` is true."""
    return flat[np.repeat(kept, np.diff(offsets))]


def split(work: Path, folder: Path, shards: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    packed, alignments = dict(np.load(work / "packed.npz")), dict(np.load(work / "alignments.npz"))
    tokens, offsets, pairs, held = (packed[name] for name in ("tokens", "offsets", "pairs", "held"))
    lengths = np.diff(offsets)
    shard_of_text = np.arange(len(lengths)) // BLOCK % shards
    shard_of_pair = shard_of_text[pairs[:, 0]]

    def write(number: int) -> None:
        mine, rows = shard_of_text == number, shard_of_pair == number
        numbers = np.cumsum(mine) - 1
        arrays = {
            "tokens": pieces_of(tokens, offsets, mine),
            "lengths": lengths[mine].astype(np.uint8),
            "pairs": differences(np.column_stack([numbers[pairs[rows, :2]], pairs[rows, 2]]).astype(np.int32)),
            "held": np.packbits(held[rows]),
            "links": pieces_of(alignments["links"], alignments["offsets"], rows),
            "linked": np.packbits(np.diff(alignments["offsets"])[rows] > 0),
        }
        content = io.BytesIO()
        np.savez(content, **arrays)
        (folder / f"{number}.shard").write_bytes(lzma.compress(content.getvalue(), lzma.FORMAT_XZ, filters=FILTERS))

    # LZMA lets other threads run.
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        list(threads.map(write, range(shards)))


def read(path: Path) -> tuple[np.ndarray, ...]:
    """tokens, lengths, pairs, held, links, and the number of links of each pair"""
    arrays = dict(np.load(io.BytesIO(lzma.decompress(path.read_bytes()))))
    lengths, pairs = arrays["lengths"].astype(np.int64), cumulative_sum(arrays["pairs"])
    held, linked = (np.unpackbits(arrays[name], count=len(pairs)).astype(bool) for name in ("held", "linked"))
    return arrays["tokens"], lengths, pairs, held, arrays["links"], linked * lengths[pairs[:, 1]]


def join(folder: Path, work: Path) -> None:
    work.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        tokens, lengths, pairs, held, links, linked = zip(*threads.map(read, sorted(folder.glob("*.shard"))))
    begun = np.concatenate([[0], np.cumsum([len(part) for part in lengths])])
    moved = [part + np.array([first, first, 0], dtype=np.int32) for part, first in zip(pairs, begun)]
    sums = [np.concatenate([[0], np.cumsum(np.concatenate(parts))]) for parts in (lengths, linked)]
    np.savez(work / "packed.npz", tokens=np.concatenate(tokens), offsets=sums[0], pairs=np.concatenate(moved), held=np.concatenate(held))
    np.savez(work / "alignments.npz", links=np.concatenate(links), offsets=sums[1])


def main() -> None:
    match sys.argv[1:]:
        case ["split", work, folder, shards]:
            split(Path(work), Path(folder), int(shards))
        case ["join", folder, work]:
            join(Path(folder), Path(work))
        case _:
            raise SystemExit(__doc__)


if __name__ == "__main__":
    main()
