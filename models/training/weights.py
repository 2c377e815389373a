"""The weights as one fp16 file, and as initializers that point into its fp32 expansion. Knows nothing of graphs.

The fp16 file is what is shipped; "weights.bin", the same numbers in the same order as fp32, exists only in memory of
whoever loads the model, so every offset is twice the offset in the shipped file.
"""

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


def load_half(model: torch.nn.Module, path: Path) -> None:
    """Reads the shipped fp16 file at `path` back into a model of the same configuration, in place."""
    numbers, offset = torch.from_numpy(np.fromfile(path, dtype=np.float16)), 0
    with torch.no_grad():
        for name, tensor in model.state_dict().items():
            if name in TIED:
                continue
            part = numbers[offset : offset + tensor.numel()]
            transposed = tensor.ndim == 2 and name != EMBEDDING
            tensor.copy_(part.view(tensor.T.shape).T if transposed else part.view(tensor.shape))
            offset += tensor.numel()


class Weights:
    def __init__(self, model: torch.nn.Module, heads: Mapping[str, np.ndarray]) -> None:
        """`model` is an M2M100ForConditionalGeneration that round_to_half has been through; `heads` is what heads.py wrote."""
        self.arrays: dict[str, np.ndarray] = {}
        for name, tensor in model.state_dict().items():
            if name not in TIED:
                # torch keeps a linear layer as [outputs, inputs]; MatMul wants [inputs, outputs].
                transposed = tensor.ndim == 2 and name != EMBEDDING
                self.arrays[name] = (tensor.T if transposed else tensor).half().contiguous().numpy()
        # Row 0 of the table belongs to padding. One fp16 number is too coarse for the sines, the sum of two is not.
        table = model.model.encoder.embed_positions.weights[1 : model.config.max_position_embeddings + 1]
        self.arrays[POSITIONS_HIGH] = table.half().numpy()
        self.arrays[POSITIONS_LOW] = (table - table.half().float()).half().numpy()
        self.arrays[HEADS_WEIGHT], self.arrays[HEADS_BIAS] = (heads[name].astype(np.float16) for name in ("weight", "bias"))
        self.offsets: dict[str, int] = {}
        size = 0
        for name, array in self.arrays.items():
            self.offsets[name] = size
            size += array.size * 4

    def half_bytes(self) -> bytes:
        return b"".join(array.tobytes() for array in self.arrays.values())

    def expanded_bytes(self) -> bytes:
        return b"".join(array.astype(np.float32).tobytes() for array in self.arrays.values())

    def initializer(self, name: str) -> TensorProto:
        array = self.arrays[name]
        tensor = TensorProto(name=name, data_type=TensorProto.FLOAT, dims=array.shape, data_location=TensorProto.EXTERNAL)
        for key, value in (("location", EXPANDED_FILE), ("offset", self.offsets[name]), ("length", array.size * 4)):
            tensor.external_data.add(key=key, value=str(value))
        return tensor
