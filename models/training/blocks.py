"""Weights as small integers in blocks with a scale each, to measure what storing them so would cost. Knows nothing of files or scores."""

import torch

BLOCK = 32
"""Numbers that share a scale, along the inputs of a matrix: what ONNX's MatMulNBits reads."""


def rounded_to_blocks(matrix: torch.Tensor, bits: int) -> torch.Tensor:
    """[outputs, inputs] -> the numbers that symmetric integers of so many bits with one fp16 scale a block stand for; inputs are a multiple of BLOCK."""
    blocks = matrix.unflatten(1, (-1, BLOCK))
    largest = 2 ** (bits - 1) - 1
    scale = (blocks.abs().amax(-1, keepdim=True) / largest).half().float().clamp(min=1e-7)
    return ((blocks / scale).round().clamp(-largest - 1, largest) * scale).flatten(1)


@torch.no_grad()
def round_to_blocks(model: torch.nn.Module, bits: int) -> None:
    """Rounds every matrix of `model`, the embedding too, in place; vectors are few and stay as they are."""
    for parameter in model.parameters():
        if parameter.ndim == 2:
            parameter.copy_(rounded_to_blocks(parameter, bits))


def stored_bytes(model: torch.nn.Module, bits: int) -> int:
    """Of the rounded weights, each block with its fp16 scale, and of the vectors in fp16."""
    matrices = sum(parameter.numel() for parameter in model.parameters() if parameter.ndim == 2)
    vectors = sum(parameter.numel() for parameter in model.parameters() if parameter.ndim != 2)
    return matrices * bits // 8 + matrices // BLOCK * 2 + vectors * 2
