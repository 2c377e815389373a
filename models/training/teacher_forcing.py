"""The forward pass of training: every position of the targets at once, over the parameters of a transformers model. Knows nothing of losses.

transformers' own pass computes masks and projections that training can share, and tells a compiler little about what stays
the same; this one gives equal states (test_teacher_forcing.py) and what guided alignment needs of the cross-attention.
"""

from collections.abc import Sequence
from typing import NamedTuple

import torch
from tasks import PAD_ID
from torch.nn import functional
from transformers import M2M100ForConditionalGeneration


class Forced(NamedTuple):
    hidden: torch.Tensor
    """[texts, target positions, width]: what the output layer reads"""
    queries: torch.Tensor
    """[texts, target positions, width]: what enters the cross-attention of one decoder layer, after the layer norm"""
    keys: torch.Tensor
    """[texts, source positions, width]: what the encoder made of the source"""


def joined(projections: Sequence[torch.nn.Linear], states: torch.Tensor) -> torch.Tensor:
    """The outputs of several linear layers of one width as one product, [..., their outputs one after another]."""
    return functional.linear(states, torch.cat([one.weight for one in projections]), torch.cat([one.bias for one in projections]))


class TeacherForcing(torch.nn.Module):
    def __init__(self, model: M2M100ForConditionalGeneration, layer: int, fused: bool) -> None:
        """`layer` is the decoder layer whose cross-attention is wanted. `fused` attention is for GPUs: on a processor its gradient takes five times as long in bf16 as the products one by one."""
        super().__init__()
        # In a list, so that the parameters do not get a second name.
        self.models = [model.model]
        self.layer, self.fused = layer, fused
        self.heads = model.config.encoder_attention_heads

    def split(self, states: torch.Tensor, parts: int) -> tuple[torch.Tensor, ...]:
        """[texts, positions, parts * width] -> `parts` times [texts, heads, positions, size of a head]"""
        texts, positions, _ = states.shape
        return states.view(texts, positions, parts, self.heads, -1).permute(2, 0, 3, 1, 4).unbind(0)

    def attended(self, queries: torch.Tensor, keys: torch.Tensor, values: torch.Tensor, allowed: torch.Tensor | None) -> torch.Tensor:
        """`allowed` is broadcast to [texts, heads, queries, keys]; None is causal. Returns [texts, queries, width]."""
        if self.fused:
            mixed = functional.scaled_dot_product_attention(queries, keys, values, attn_mask=allowed, is_causal=allowed is None)
        else:
            if allowed is None:
                positions = torch.arange(keys.shape[2], device=keys.device)
                allowed = positions <= positions[:, None]
            scores = queries @ keys.transpose(2, 3) * queries.shape[3] ** -0.5
            mixed = scores.masked_fill(~allowed, torch.finfo(scores.dtype).min).softmax(3).to(values.dtype) @ values
        return mixed.transpose(1, 2).flatten(2)

    def embedded(self, ids: torch.Tensor, stack: torch.nn.Module) -> torch.Tensor:
        # Position 1 is the first; padding stands behind every text, where no one looks.
        return stack.embed_tokens(ids) + stack.embed_positions.weights[PAD_ID + 1 : PAD_ID + 1 + ids.shape[1]]

    def feed_forward(self, layer: torch.nn.Module, states: torch.Tensor) -> torch.Tensor:
        return states + layer.fc2(functional.relu(layer.fc1(layer.final_layer_norm(states))))

    def self_attention(self, layer: torch.nn.Module, states: torch.Tensor, allowed: torch.Tensor | None) -> torch.Tensor:
        own = layer.self_attn
        parts = self.split(joined([own.q_proj, own.k_proj, own.v_proj], layer.self_attn_layer_norm(states)), 3)
        return states + own.out_proj(self.attended(*parts, allowed))

    def forward(self, source: torch.Tensor, decoder_input: torch.Tensor) -> Forced:
        """source [texts, source positions], decoder_input [texts, target positions]: ids, padded on the right"""
        [model] = self.models
        allowed = (source != PAD_ID)[:, None, None, :]
        states = self.embedded(source, model.encoder)
        for layer in model.encoder.layers:
            states = self.feed_forward(layer, self.self_attention(layer, states, allowed))
        keys = model.encoder.layer_norm(states)
        states, chosen = self.embedded(decoder_input, model.decoder), None
        for index, layer in enumerate(model.decoder.layers):
            states = self.self_attention(layer, states, None)
            across, queries = layer.encoder_attn, layer.encoder_attn_layer_norm(states)
            chosen = queries if index == self.layer else chosen
            [asked] = self.split(across.q_proj(queries), 1)
            states = states + across.out_proj(self.attended(asked, *self.split(joined([across.k_proj, across.v_proj], keys), 2), allowed))
            states = self.feed_forward(layer, states)
        return Forced(model.decoder.layer_norm(states), chosen, keys)
