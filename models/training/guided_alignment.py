"""The loss that makes one head of the decoder's cross-attention align (Chen et al. 2016; Garg et al. 2019). Knows nothing of training.

It recomputes the attention weights of that head alone from what goes into its layer, so the model itself can keep the fused
attention that returns no weights.
"""

import torch
from lexical_alignment import NOWHERE
from torch.nn import functional


class CrossAttentionInputs:
    """What went into the cross-attention of one decoder layer in the model's newest forward pass."""

    def __init__(self, model: torch.nn.Module, layer: int) -> None:
        """`model` is an M2M100ForConditionalGeneration."""
        self.attention = model.model.decoder.layers[layer].encoder_attn
        self.queries: torch.Tensor
        """[texts, target positions, width], after the layer norm"""
        self.keys: torch.Tensor
        """[texts, source positions, width]"""
        self.attention.register_forward_pre_hook(self.record, with_kwargs=True)

    def record(self, _module: torch.nn.Module, _arguments: tuple, named: dict) -> None:
        self.queries, self.keys = named["hidden_states"], named["key_value_states"]


def guided_alignment_loss(inputs: CrossAttentionInputs, head: int, source_mask: torch.Tensor, links: torch.Tensor) -> torch.Tensor:
    """Mean of -log(attention weight of the linked source position) over the linked target tokens; 0 where none is linked.

    source_mask [texts, source positions], true for tokens; links [texts, target positions] uint8: the source position of each
    label, or NOWHERE. The row of the decoder that reads a token is the row that is taught to look at its source, because the row
    that predicts it does not know it yet (Chen et al. 2020).
    """
    links = functional.pad(links[:, :-1], (1, 0), value=NOWHERE)
    attention = inputs.attention
    rows = slice(head * attention.head_dim, (head + 1) * attention.head_dim)
    queries, keys = (
        functional.linear(states, projection.weight[rows], projection.bias[rows])
        for states, projection in ((inputs.queries, attention.q_proj), (inputs.keys, attention.k_proj))
    )
    scores = attention.scaling * (queries @ keys.transpose(1, 2))
    linked = links != NOWHERE
    scores = scores.masked_fill(~source_mask[:, None, :], -torch.inf)[linked]
    return functional.cross_entropy(scores, links[linked].long(), reduction="sum") / max(1, len(scores))
