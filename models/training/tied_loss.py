"""Cross-entropy of a tied output layer, which holds of a whole batch only the gradient of its logits, in the precision of the products. Knows nothing of models."""

import torch

ROWS = {"cpu": 128, "cuda": 16384}
"""Positions whose logits are held in fp32 at a time: they stay in the processor's cache, or leave a GPU room for the rest."""

TINY = torch.finfo(torch.float32).tiny


class TiedLoss(torch.autograd.Function):
    """Mean label-smoothed cross-entropy (Szegedy et al. 2016) of logits = hidden @ weight.T; gradients are computed on the way.

    hidden [n, d] fp32 or bf16, which is what the products are computed in; weight [v, d] fp32, labels [n] int64 of which none is ignored.
    """

    @staticmethod
    def forward(context, hidden: torch.Tensor, weight: torch.Tensor, labels: torch.Tensor, smoothing: float) -> torch.Tensor:
        matrix = weight.to(hidden.dtype)
        residuals = hidden.new_empty(len(labels), len(weight))
        hidden_gradient, total = torch.empty_like(hidden), weight.new_zeros(())
        wholes = hidden, labels.unsqueeze(1), residuals, hidden_gradient
        for rows, wanted, residual, gradient in zip(*(whole.split(ROWS[hidden.device.type]) for whole in wholes)):
            logits = (rows @ matrix.T).float()
            chosen, mean = logits.gather(1, wanted), logits.mean(1, keepdim=True)
            share = torch.softmax(logits, 1)
            # log(sum(exp(logits))) from the label's own share; where that underflows the loss, but no gradient, is too small.
            normaliser = chosen - share.gather(1, wanted).clamp(min=TINY).log()
            total += (normaliser - (1 - smoothing) * chosen - smoothing * mean).sum()
            # n * d loss / d logits = softmax - smoothed one-hot, whose even part is the same in all rows and comes off at the end.
            residual.copy_(share.scatter_add_(1, wanted, share.new_full(wanted.shape, smoothing - 1)))
            torch.mm(residual, matrix, out=gradient)
        even = smoothing / len(weight)
        hidden_gradient -= even * matrix.sum(0)
        weight_gradient = (hidden.T.contiguous() @ residuals).T.float() - even * hidden.float().sum(0)
        context.save_for_backward(hidden_gradient, weight_gradient)
        context.count = len(labels)
        return total / context.count

    @staticmethod
    def backward(context, outer: torch.Tensor):
        hidden_gradient, weight_gradient = context.saved_tensors
        return hidden_gradient * (outer / context.count), weight_gradient * (outer / context.count), None, None
