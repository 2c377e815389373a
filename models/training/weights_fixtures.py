"""Writes small files of weights and the numbers they stand for; the extension's tests compare with it.

    python weights_fixtures.py > ../../test/fixtures/weights.json
"""

import json
import sys

import numpy as np
from blocks import BLOCK, Blocks
from weights import Weights

SIZES = (0.05, 0.0, 1e-6, 3000.0)
"""Of the numbers of each block: common ones, none, such that halves have few bits for, and great ones."""


def case(bits: int) -> dict:
    random = np.random.default_rng(bits)
    numbers = np.concatenate([size * random.standard_normal(BLOCK) for size in SIZES])
    halves = np.array([1, -2, 65504, 2**-14, 2**-24, 1023 * 2**-24, -(2**-24)], dtype=np.float16)
    weights = Weights({"matrix": (len(SIZES), BLOCK), "rest": halves.shape}, Blocks.rounded(numbers, bits), halves)
    expanded = {"numbers": weights.numbers.tolist(), "nearestHalves": weights.numbers.astype(np.float16).view(np.uint16).tolist()}
    return {"weights": weights.settings(), "stored": weights.stored().hex(), **expanded}


if __name__ == "__main__":
    sys.stdout.write("[\n" + ",\n".join(json.dumps(case(bits)) for bits in range(4, 9)) + "\n]\n")
