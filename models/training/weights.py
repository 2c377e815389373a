"""The weights as one file of integers in blocks, and as initializers that point into its expansion. Knows nothing of graphs.

The file is what is shipped: the integers of every matrix, the embedding's first, their scales, and the rest (vectors, positions, heads) in fp16. "weights.bin", the
same numbers in the same order as fp32 or fp16, exists only in memory of whoever loads the model.
"""

import json
import math
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import torch
from blocks import BLOCK, Blocks
from onnx import TensorProto

WEIGHTS_FILE = Path("onnx") / "weights.blocks.bin"
EXPANDED_FILE = "weights.bin"
EMBEDDING = "model.shared.weight"
POSITIONS_HIGH, POSITIONS_LOW = "positions.high", "positions.low"
HEADS_WEIGHT, HEADS_BIAS = "heads.weight", "heads.bias"
TIED = ("lm_head.weight", "model.encoder.embed_tokens.weight", "model.decoder.embed_tokens.weight")


def parameters_of(model: torch.nn.Module) -> dict[str, torch.Tensor]:
    """Views of the model's parameters in the form and the order of the file: matrices first."""
    # torch keeps a linear layer as [outputs, inputs]; MatMul wants [inputs, outputs].
    found = {name: tensor.T if tensor.ndim == 2 and name != EMBEDDING else tensor for name, tensor in model.state_dict().items() if name not in TIED}
    return dict(sorted(found.items(), key=lambda item: item[1].ndim != 2))


class Weights:
    def __init__(self, shapes: dict[str, tuple[int, ...]], blocks: Blocks, halves: np.ndarray) -> None:
        """`shapes` by name, in the order of the file; `blocks` holds the first of them, `halves` the others in fp16."""
        self.blocks, self.halves = blocks, halves
        self.numbers = np.concatenate([blocks.numbers(), halves.astype(np.float32)])
        if not np.isfinite(self.numbers.astype(np.float16)).all():
            raise ValueError("a weight does not fit into fp16")
        ends = np.cumsum([math.prod(shape) for shape in shapes.values()]).tolist()
        if ends[-1] != self.numbers.size:
            raise ValueError(f"{self.numbers.size} numbers are not of this model, which has {ends[-1]}")
        self.offsets = dict(zip(shapes, [0, *ends]))
        """Of each array, in numbers."""
        self.arrays = {name: part.reshape(shape) for (name, shape), part in zip(shapes.items(), np.split(self.numbers, ends[:-1]))}
        """fp32, rounded."""

    @classmethod
    def of(cls, model: torch.nn.Module, heads: Mapping[str, np.ndarray], bits: int) -> "Weights":
        """Those of an M2M100ForConditionalGeneration, rounded; `heads` is what heads.py wrote."""
        arrays = {name: tensor.numpy() for name, tensor in parameters_of(model).items()}
        matrices = [array.ravel() for array in arrays.values() if array.ndim == 2]
        rest = [array.astype(np.float16) for array in arrays.values() if array.ndim != 2]
        # Row 0 of the table belongs to padding. One fp16 number is too coarse for the sines, the sum of two is not.
        table = model.model.encoder.embed_positions.weights[1 : model.config.max_position_embeddings + 1].numpy()
        high = table.astype(np.float16)
        added = {POSITIONS_HIGH: high, POSITIONS_LOW: table - high, HEADS_WEIGHT: heads["weight"], HEADS_BIAS: heads["bias"]}
        halves = np.concatenate([array.astype(np.float16).ravel() for array in (*rest, *added.values())])
        shapes = {name: array.shape for name, array in (arrays | added).items()}
        return cls(shapes, Blocks.rounded(np.concatenate(matrices), bits), halves)

    @classmethod
    def read(cls, model: torch.nn.Module, folder: Path) -> "Weights":
        """Those of a model folder; `model` has the same configuration and gives names and shapes only."""
        settings = json.loads((folder / "config.json").read_text(encoding="utf-8"))["saccade"]
        bits, count, rest = (settings["weights"][name] for name in ("bits", "blocks", "halves"))
        size, length, outputs = model.config.d_model, model.config.max_position_embeddings, sum(len(settings["heads"][name]) for name in ("languages", "classes"))
        shapes = {name: tuple(tensor.shape) for name, tensor in parameters_of(model).items()}
        shapes |= {POSITIONS_HIGH: (length, size), POSITIONS_LOW: (length, size), HEADS_WEIGHT: (2 * size, outputs), HEADS_BIAS: (outputs,)}
        packed, halves = np.split(np.fromfile(folder / WEIGHTS_FILE, dtype=np.uint8), [count * BLOCK * bits // 8])
        scales, halves = np.split(halves.view(np.float16), [count])
        if halves.size != rest:
            raise ValueError(f"{folder / WEIGHTS_FILE} is not as long as config.json says")
        return cls(shapes, Blocks.unpacked(packed, scales, bits), halves)

    def copy_into(self, model: torch.nn.Module) -> None:
        with torch.no_grad():
            for name, tensor in parameters_of(model).items():
                tensor.copy_(torch.from_numpy(self.arrays[name]))

    def settings(self) -> dict[str, int]:
        """What whoever reads the file must know, for config.json."""
        return {"bits": self.blocks.bits, "blocks": len(self.blocks.scales), "halves": self.halves.size}

    def stored(self) -> bytes:
        return b"".join(part.tobytes() for part in (self.blocks.packed(), self.blocks.scales, self.halves))

    def initializer(self, name: str, kind: int) -> TensorProto:
        """It points into the expansion to its own `kind`, fp32 or fp16, under one name: a graph has one of them."""
        array, width = self.arrays[name], 2 if kind == TensorProto.FLOAT16 else 4
        tensor = TensorProto(name=name, data_type=kind, dims=array.shape, data_location=TensorProto.EXTERNAL)
        for key, value in (("location", EXPANDED_FILE), ("offset", self.offsets[name] * width), ("length", array.size * width)):
            tensor.external_data.add(key=key, value=str(value))
        return tensor
