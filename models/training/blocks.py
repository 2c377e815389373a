"""Numbers as small symmetric integers in blocks that share an fp16 scale. Knows nothing of models or files.

A block is BLOCK consecutive numbers. Packed, number i of a block takes the bits from i * bits on, the lowest first, and is stored with
2 ** (bits - 1) added, so that it is never negative.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np

BLOCK = 32
SHRUNK = np.linspace(1, 0.8, 9, dtype=np.float32)
"""What the scale of a block's greatest number is tried times of: where few bits are left, cutting that number short can make the rest more exact."""
LEAST_SCALE = 2.0**-24


@dataclass
class Blocks:
    integers: np.ndarray
    """int8 [blocks, BLOCK]"""
    scales: np.ndarray
    """fp16 [blocks]"""
    bits: int

    @classmethod
    def rounded(cls, numbers: np.ndarray, bits: int) -> Self:
        """The blocks nearest to `numbers`, by the squares of the differences; there must be a multiple of BLOCK of them."""
        blocks = numbers.reshape(-1, BLOCK).astype(np.float32)
        largest = 2 ** (bits - 1) - 1
        greatest = np.abs(blocks).max(1, keepdims=True) / largest
        if not greatest.max() <= np.finfo(np.float16).max:
            raise ValueError("a scale does not fit into fp16")
        least = np.full(len(blocks), np.inf, dtype=np.float32)
        integers, scales = np.zeros(blocks.shape, dtype=np.int8), np.zeros(len(blocks), dtype=np.float16)
        for shrunk in SHRUNK:
            tried = np.maximum(greatest * shrunk, LEAST_SCALE).astype(np.float16)
            found = np.rint(blocks / tried).clip(-largest - 1, largest)
            error = np.square(found * tried - blocks).sum(1)
            better = error < least
            least[better], integers[better], scales[better] = error[better], found[better], tried[better, 0]
        return cls(integers, scales, bits)

    @classmethod
    def unpacked(cls, packed: np.ndarray, scales: np.ndarray, bits: int) -> Self:
        """`packed` is what packed() gave, as uint8."""
        digits = np.unpackbits(packed, bitorder="little").reshape(-1, BLOCK, bits)
        integers = np.packbits(digits, axis=-1, bitorder="little")[..., 0].astype(np.int16) - 2 ** (bits - 1)
        return cls(integers.astype(np.int8), scales, bits)

    def packed(self) -> np.ndarray:
        """uint8 [blocks * BLOCK * bits / 8], without the scales."""
        digits = np.unpackbits((self.integers.astype(np.int16) + 2 ** (self.bits - 1)).astype(np.uint8)[..., None], axis=-1, bitorder="little")
        return np.packbits(digits[..., : self.bits], bitorder="little")

    def numbers(self) -> np.ndarray:
        """fp32 [blocks * BLOCK], exactly those that whoever loads the model computes."""
        return (self.integers * self.scales[:, None].astype(np.float32)).reshape(-1)
