"""Cross-entropy of a tied output layer, without ever holding the logits of a whole batch. Knows nothing of models."""

import torch

ROWS = {"cpu": 512, "cuda": 16384}
"""Positions computed at a time: their logits stay in the processor's cache, or leave a GPU room for the rest."""


class TiedLoss(torch.autograd.Function):
    """Mean label-smoothed cross-entropy (Szegedy et al. 2016) of logits = hidden @ weight.T; gradients are computed on the way.

    hidden [n, d], weight [v, d], labels [n] int64 of which none is ignored.
    """

    @staticmethod
    def forward(context, hidden: torch.Tensor, weight: torch.Tensor, labels: torch.Tensor, smoothing: float) -> torch.Tensor:
        count, size = len(labels), len(weight)
        hidden_gradient, weight_gradient, total = torch.empty_like(hidden), torch.zeros_like(weight), hidden.new_zeros(())
        size_of_part = ROWS[hidden.device.type]
        for rows, wanted, gradient in zip(*(whole.split(size_of_part) for whole in (hidden, labels, hidden_gradient))):
            wanted = wanted.unsqueeze(1)
            logits = rows @ weight.T
            aim = (1 - smoothing) * logits.gather(1, wanted) + smoothing * logits.mean(1, keepdim=True)
            largest = logits.amax(1, keepdim=True)
            exponentials = logits.sub_(largest).exp_()
            sums = exponentials.sum(1, keepdim=True)
            total += (sums.log() + largest - aim).sum()
            # d loss / d logits = (softmax - smoothed one-hot) / count
            residual = exponentials.div_(sums * count).sub_(smoothing / size / count)
            residual.scatter_add_(1, wanted, residual.new_full(wanted.shape, -(1 - smoothing) / count))
            torch.mm(residual, weight, out=gradient)
            weight_gradient.addmm_(residual.T, rows)
        context.save_for_backward(hidden_gradient, weight_gradient)
        return total / count

    @staticmethod
    def backward(context, outer: torch.Tensor):
        hidden_gradient, weight_gradient = context.saved_tensors
        return outer * hidden_gradient, outer * weight_gradient, None, None
