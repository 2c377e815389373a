"""What a person may change inside the model to see what follows, done to Python's transformers by hooks. Knows nothing of ONNX.

Same as src/shared/intervention.ts: heads are taken out, source positions hidden, a target's beginning forced, and the encoder's states
silenced, thinned out or projected before the decoder reads them. The attentions that come out are the probabilities before a head is taken out.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import torch
from reference import Reference
from repetition import repeats
from span_keeping import Row
from transformers.modeling_outputs import BaseModelOutput

WHOLE = {"kind": "whole"}


@dataclass(frozen=True)
class Intervention:
    knocked_out: list[tuple[str, int, int]] = field(default_factory=list)
    """(encoder, decoder or cross; layer; head)"""
    masked_source: list[int] = field(default_factory=list)
    """Source positions that nothing attends to."""
    forced_prefix: list[int] = field(default_factory=list)
    """What the target begins with."""
    encoder: dict = field(default_factory=lambda: WHOLE)
    """{"kind": "whole" | "silenced"}, {"kind": "states", "positions": those kept} or {"kind": "components", "count": principal ones kept}"""

    def as_json(self) -> dict:
        return {
            "knockedOut": [{"kind": kind, "layer": layer, "head": head} for kind, layer, head in self.knocked_out],
            "maskedSource": self.masked_source,
            "forcedPrefix": self.forced_prefix,
            "encoder": self.encoder,
        }


@dataclass
class Inspected:
    logits: torch.Tensor
    """[T, V]"""
    hidden_states: torch.Tensor
    """[L + 1, S, D] of the encoder, as it gave them"""
    attentions: dict[str, torch.Tensor]
    """encoder, decoder, cross: [layers, H, queries, keys]"""
    value_products: dict[str, torch.Tensor]
    """The same names: [layers, keys, H, H]"""


class IntervenedModel:
    def __init__(self, reference: Reference, source: list[int], intervention: Intervention) -> None:
        """`reference` runs with attention="eager"."""
        self.reference, self.model, self.intervention = reference, reference.model, intervention
        self.source = torch.tensor([source])
        self.there = torch.ones(1, len(source), dtype=torch.long)
        self.there[0, intervention.masked_source] = 0
        encoder = intervention.encoder
        self.readable = self.there.clone()
        if encoder["kind"] == "states":
            self.readable[0, [position for position in range(len(source)) if position not in encoder["positions"]]] = 0

    def blocks(self) -> Iterator[tuple[str, int, torch.nn.Module]]:
        """(kind, layer, attention block)"""
        for layer, block in enumerate(self.model.model.encoder.layers):
            yield "encoder", layer, block.self_attn
        for layer, block in enumerate(self.model.model.decoder.layers):
            yield "decoder", layer, block.self_attn
            yield "cross", layer, block.encoder_attn

    def head_masks(self) -> dict[str, torch.Tensor]:
        """encoder, decoder, cross: [layers, H], 0 for a head that is out."""
        out, masks = set(self.intervention.knocked_out), {}
        for kind, layer, block in self.blocks():
            silenced = kind == "cross" and self.intervention.encoder["kind"] == "silenced"
            masks.setdefault(kind, []).append([0.0 if silenced or (kind, layer, head) in out else 1.0 for head in range(block.num_heads)])
        return {kind: torch.tensor(rows) for kind, rows in masks.items()}

    @contextmanager
    def heads_out(self) -> Iterator[dict[tuple[str, int], torch.Tensor]]:
        """Meanwhile the heads are out, and each block's values [B, keys, D] are noted."""
        values: dict[tuple[str, int], torch.Tensor] = {}
        hooks, masks = [], self.head_masks()
        for kind, layer, block in self.blocks():
            factors = masks[kind][layer].repeat_interleave(block.head_dim)
            hooks.append(block.out_proj.register_forward_pre_hook(lambda _, inputs, factors=factors: (inputs[0] * factors,)))
            hooks.append(block.v_proj.register_forward_hook(lambda _, __, value, key=(kind, layer): values.__setitem__(key, value)))
        try:
            yield values
        finally:
            for hook in hooks:
                hook.remove()

    def encode(self) -> BaseModelOutput:
        return self.model.model.encoder(self.source, attention_mask=self.there, output_attentions=True, output_hidden_states=True)

    def states(self, encoded: BaseModelOutput) -> torch.Tensor:
        """[1, S, D] as the decoder reads them."""
        states, encoder = encoded.last_hidden_state, self.intervention.encoder
        return leading_components(states, self.there[0].bool(), encoder["count"]) if encoder["kind"] == "components" else states

    @torch.inference_mode()
    def inspect(self, decoder_input: list[int]) -> Inspected:
        """One teacher-forced pass."""
        with self.heads_out() as values:
            encoded = self.encode()
            output = self.model(
                encoder_outputs=BaseModelOutput(last_hidden_state=self.states(encoded)),
                attention_mask=self.readable,
                decoder_input_ids=torch.tensor([decoder_input]),
                output_attentions=True,
                use_cache=False,
            )
        attentions = {"encoder": encoded.attentions, "decoder": output.decoder_attentions, "cross": output.cross_attentions}
        return Inspected(
            output.logits[0],
            torch.cat(encoded.hidden_states),
            {kind: torch.cat(layers) for kind, layers in attentions.items()},
            {kind: self.value_products(kind, values) for kind in attentions},
        )

    def value_products(self, kind: str, values: dict[tuple[str, int], torch.Tensor]) -> torch.Tensor:
        """[layers, keys, H, H]: inner products of the transformed value vectors f_h(x) = (x W_V^h + b_V^h) W_O^h of Kobayashi et al. 2020."""
        products = []
        for block_kind, layer, block in self.blocks():
            if block_kind == kind:
                by_head = values[kind, layer][0].unflatten(1, (block.num_heads, block.head_dim))
                output = block.out_proj.weight.T.unflatten(0, (block.num_heads, block.head_dim))
                transformed = torch.einsum("shk,hkd->shd", by_head, output)
                products.append(transformed @ transformed.transpose(1, 2))
        return torch.stack(products)

    @torch.inference_mode()
    def generate(self, task: int, limit: int) -> tuple[list[int], list[int]]:
        """Greedy target ids with every protected span kept, and the positions behind the forced ones at which a rule overruled the model."""
        source = self.source[0].tolist()
        row = Row(self.reference.sentinels.count(source), repeats(source))
        with self.heads_out():
            encoded = BaseModelOutput(last_hidden_state=self.states(self.encode()))
            given = {"encoder_outputs": encoded, "attention_mask": self.readable}
            return self.reference.decode_keeping_spans(source, task, limit, row, self.intervention.forced_prefix, given)


def leading_components(states: torch.Tensor, there: torch.Tensor, count: int) -> torch.Tensor:
    """[1, S, D]: the states projected on the `count` leading principal components of those that are there; with 0 each is their mean."""
    kept = states[0].double()
    mean = kept[there].mean(0)
    _, _, components = torch.linalg.svd(kept[there] - mean, full_matrices=False)
    leading = components[:count]
    return ((kept - mean) @ leading.T @ leading + mean).float()[None]
