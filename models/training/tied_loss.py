"""Cross-entropy of a tied output layer, without ever holding the logits of a whole batch. Knows nothing of models."""

import torch

ROWS = {"cpu": 256, "cuda": 16384}
"""Positions computed at a time: their logits stay in the processor's cache, or leave a GPU room for the rest."""


class TiedLoss(torch.autograd.Function):
    """Mean label-smoothed cross-entropy (Szegedy et al. 2016) of logits = hidden @ weight.T; gradients are computed on the way.

    hidden [n, d] fp32 or bf16, which is what the products are computed in; weight [v, d] fp32, labels [n] int64 of which none is ignored.
    """

    @staticmethod
    def forward(context, hidden: torch.Tensor, weight: torch.Tensor, labels: torch.Tensor, smoothing: float) -> torch.Tensor:
        count, size = len(labels), len(weight)
        matrix = weight.to(hidden.dtype)
        hidden_gradient, weight_gradient, total = torch.empty_like(hidden), torch.zeros_like(weight), weight.new_zeros(())
        size_of_part = ROWS[hidden.device.type]
        for rows, wanted, gradient in zip(*(whole.split(size_of_part) for whole in (hidden, labels, hidden_gradient))):
            wanted = wanted.unsqueeze(1)
            scores = torch.log_softmax((rows @ matrix.T).float(), 1)
            total -= (1 - smoothing) * scores.gather(1, wanted).sum() + smoothing * scores.mean(1).sum()
            # count * d loss / d logits = softmax - smoothed one-hot
            residual = scores.exp_().sub_(smoothing / size)
            residual.scatter_add_(1, wanted, residual.new_full(wanted.shape, -(1 - smoothing)))
            residual = residual.to(hidden.dtype)
            torch.mm(residual, matrix, out=gradient)
            weight_gradient += residual.T @ rows
        context.save_for_backward(hidden_gradient, weight_gradient)
        context.count = count
        return total / count

    @staticmethod
    def backward(context, outer: torch.Tensor):
        hidden_gradient, weight_gradient = context.saved_tensors
        return hidden_gradient * (outer / context.count), weight_gradient * (outer / context.count), None, None
