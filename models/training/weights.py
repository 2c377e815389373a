"""The weights as one fp16 file, and as initializers that point into its fp32 expansion. Knows nothing of graphs.

The fp16 file is what is shipped; "weights.bin", the same numbers in the same order as fp32, exists only in memory of
whoever loads the model, so every offset is twice the offset in the shipped file.
"""

import math
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import torch
from onnx import TensorProto

EXPANDED_FILE = "weights.bin"
EMBEDDING = "model.shared.weight"
POSITIONS_HIGH, POSITIONS_LOW = "positions.high", "positions.low"
HEADS_WEIGHT, HEADS_BIAS = "heads.weight", "heads.bias"
TIED = ("lm_head.weight", "model.encoder.embed_tokens.weight", "model.decoder.embed_tokens.weight")


def round_to_half(model: torch.nn.Module) -> None:
    """Rounds every parameter to the nearest fp16 number, in place; the parameters stay fp32."""
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            rounded = parameter.half().float()
            if not torch.isfinite(rounded).all():
                raise ValueError(f"{name} does not fit into fp16")
            parameter.copy_(rounded)


class Weights:
    def __init__(self, arrays: dict[str, np.ndarray]) -> None:
        """fp16 arrays by name, in the order of the file."""
        self.arrays = arrays
        self.offsets: dict[str, int] = {}
        """Of each array, in numbers."""
        size = 0
        for name, array in arrays.items():
            self.offsets[name] = size
            size += array.size

    @classmethod
    def of(cls, model: torch.nn.Module, heads: Mapping[str, np.ndarray]) -> "Weights":
        """`model` is an M2M100ForConditionalGeneration that round_to_half has been through; `heads` is what heads.py wrote."""
        arrays: dict[str, np.ndarray] = {}
        for name, tensor in model.state_dict().items():
            if name not in TIED:
                # torch keeps a linear layer as [outputs, inputs]; MatMul wants [inputs, outputs].
                transposed = tensor.ndim == 2 and name != EMBEDDING
                arrays[name] = (tensor.T if transposed else tensor).half().contiguous().numpy()
        # Row 0 of the table belongs to padding. One fp16 number is too coarse for the sines, the sum of two is not.
        table = model.model.encoder.embed_positions.weights[1 : model.config.max_position_embeddings + 1]
        arrays[POSITIONS_HIGH] = table.half().numpy()
        arrays[POSITIONS_LOW] = (table - table.half().float()).half().numpy()
        arrays[HEADS_WEIGHT], arrays[HEADS_BIAS] = (heads[name].astype(np.float16) for name in ("weight", "bias"))
        return cls(arrays)

    @classmethod
    def read(cls, model: torch.nn.Module, path: Path) -> "Weights":
        """Those of the shipped file at `path`; `model` has the same configuration and gives names and shapes only."""
        size, length = model.config.d_model, model.config.max_position_embeddings
        shapes = {name: tensor.T.shape if tensor.ndim == 2 and name != EMBEDDING else tensor.shape for name, tensor in model.state_dict().items()}
        shapes = {name: tuple(shape) for name, shape in shapes.items() if name not in TIED}
        shapes |= {POSITIONS_HIGH: (length, size), POSITIONS_LOW: (length, size)}
        numbers = np.fromfile(path, dtype=np.float16)
        # The rest are the heads: a row for each of the 2 * size features, and one for the bias.
        outputs = (numbers.size - sum(map(math.prod, shapes.values()))) // (2 * size + 1)
        shapes |= {HEADS_WEIGHT: (2 * size, outputs), HEADS_BIAS: (outputs,)}
        if sum(map(math.prod, shapes.values())) != numbers.size:
            raise ValueError(f"{path} is not of this model: {numbers.size} numbers")
        ends = np.cumsum([math.prod(shape) for shape in shapes.values()])
        return cls({name: part.reshape(shape) for (name, shape), part in zip(shapes.items(), np.split(numbers, ends[:-1]))})

    def half_bytes(self) -> bytes:
        return b"".join(array.tobytes() for array in self.arrays.values())

    def expanded_bytes(self) -> bytes:
        return b"".join(array.astype(np.float32).tobytes() for array in self.arrays.values())

    def initializer(self, name: str, kind: int) -> TensorProto:
        """In fp32 it points into the expansion, in fp16 into the bytes that are shipped, under the same name: a graph has one of them."""
        array, width = self.arrays[name], 2 if kind == TensorProto.FLOAT16 else 4
        tensor = TensorProto(name=name, data_type=kind, dims=array.shape, data_location=TensorProto.EXTERNAL)
        for key, value in (("location", EXPANDED_FILE), ("offset", self.offsets[name] * width), ("length", array.size * width)):
            tensor.external_data.add(key=key, value=str(value))
        return tensor


def load_half(model: torch.nn.Module, path: Path) -> Weights:
    """Reads the shipped fp16 file at `path` back into a model of the same configuration, in place."""
    weights = Weights.read(model, path)
    with torch.no_grad():
        for name, tensor in model.state_dict().items():
            if name not in TIED:
                part = torch.from_numpy(weights.arrays[name])
                tensor.copy_(part.T if tensor.ndim == 2 and name != EMBEDDING else part)
    return weights
