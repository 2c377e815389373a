"""The loss that makes one head of the decoder's cross-attention align (Chen et al. 2016; Garg et al. 2019). Knows nothing of training.

It recomputes the attention weights of that head alone from what goes into its layer, so the model itself can keep the fused
attention that returns no weights.
"""

import torch
from tasks import PAD_ID
from teacher_forcing import Forced
from torch.nn import functional


def guided_alignment_loss(attention: torch.nn.Module, head: int, forced: Forced, source: torch.Tensor, readers: torch.Tensor, links: torch.Tensor) -> torch.Tensor:
    """Mean of -log(attention weight of the linked source position) over the linked target tokens; 0 where none is linked.

    `attention` is the cross-attention whose queries and keys `forced` has; source [texts, source positions]; readers and links as in
    Batch. The row of the decoder that reads a token is the row that is taught to look at its source, because the row
    that predicts it does not know it yet (Chen et al. 2020).
    """
    rows = slice(head * attention.head_dim, (head + 1) * attention.head_dim)
    queries, keys = (
        functional.linear(states, projection.weight[rows], projection.bias[rows])
        for states, projection in ((forced.queries, attention.q_proj), (forced.keys, attention.k_proj))
    )
    scores = attention.scaling * (queries @ keys.transpose(1, 2))
    scores = scores.masked_fill((source == PAD_ID)[:, None, :], -torch.inf).flatten(0, 1)[readers]
    return functional.cross_entropy(scores, links, reduction="sum") / max(1, len(links))
