"""A tiny BART whose attention onnxruntime's optimizer has fused into `Attention` and `MultiHeadAttention` nodes.

usage: tiny_fused.py OUT_FOLDER

Needs the environment of hub_layout.py. Writes bart/fusedAttention/, whose golden file is that of bart: the weights are the same. The optimizer
knows the attention that Whisper has: without masks of padding, its queries scaled before they are split, no bias for keys (which moves all
scores of a query alike, and so no probability). Knows nothing of the extension.
"""

import sys
import tempfile
from pathlib import Path

import torch
from onnxruntime.transformers.fusion_options import FusionOptions
from onnxruntime.transformers.optimizer import optimize_model
from tiny_forms import HEADS, HIDDEN, pack
from tiny_models import bart, randomise
from torch import nn
from transformers.modeling_utils import ALL_ATTENTION_FUNCTIONS

LOWEST = -3.4e38


def unscaled(module, query, key, value, attention_mask, **_):
    scores = torch.matmul(query, key.transpose(2, 3))
    weights = torch.softmax(scores if attention_mask is None else scores + attention_mask, -1)
    return torch.matmul(weights, value).transpose(1, 2).contiguous(), weights


class Scaled(nn.Module):
    def __init__(self, projection: nn.Linear, factor: float) -> None:
        super().__init__()
        self.projection, self.factor = projection, factor

    def forward(self, states: torch.Tensor) -> torch.Tensor:
        return self.projection(states) * self.factor


class Encoder(nn.Module):
    def __init__(self, model: nn.Module) -> None:
        super().__init__()
        self.encoder = model.get_encoder()

    def forward(self, input_ids: torch.Tensor) -> torch.Tensor:
        return self.encoder(input_ids=input_ids).last_hidden_state


class Decoder(nn.Module):
    def __init__(self, model: nn.Module) -> None:
        super().__init__()
        self.model = model

    def forward(self, input_ids: torch.Tensor, encoder_hidden_states: torch.Tensor) -> torch.Tensor:
        later = torch.ones(input_ids.shape[1], input_ids.shape[1]).triu(1)[None, None]
        causal = torch.where(later > 0, torch.tensor(LOWEST), torch.tensor(0.0))
        states = self.model.get_decoder()(
            input_ids=input_ids, attention_mask=causal, encoder_hidden_states=encoder_hidden_states, use_cache=False
        ).last_hidden_state
        return self.model.lm_head(states) + self.model.final_logits_bias


def write(module: nn.Module, inputs: dict[str, torch.Tensor], output: str, target: Path) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        plain = str(Path(scratch) / "plain.onnx")
        axes = {name: {0: "batch", 1: f"{name}_positions"} for name in [*inputs, output]}
        names = {"input_names": list(inputs), "output_names": [output], "dynamic_axes": axes}
        torch.onnx.export(module, tuple(inputs.values()), plain, **names, opset_version=17, dynamo=False)
        options = FusionOptions("bart")
        options.use_multi_head_attention = True
        optimized = optimize_model(plain, "bart", num_heads=HEADS, hidden_size=HIDDEN, opt_level=0, optimization_options=options)
    fused = optimized.get_fused_operator_statistics()
    assert fused["Attention"] == 2 and fused["MultiHeadAttention"] == (2 if output == "logits" else 0), fused
    pack(optimized.model, target)


def main(out: Path) -> None:
    _, model, _ = bart()
    model.eval()
    randomise(model)
    for module in model.modules():
        if hasattr(module, "q_proj"):
            module.q_proj = Scaled(module.q_proj, module.scaling)
            module.k_proj.bias = None
    ALL_ATTENTION_FUNCTIONS["unscaled"] = unscaled
    model.config._attn_implementation = "unscaled"
    ids, folder = torch.full((1, 7), 5), out / "bart" / "fusedAttention"
    write(Encoder(model), {"input_ids": ids}, "last_hidden_state", folder / "encoder_model.onnx.gz")
    decoder_inputs = {"input_ids": ids[:, :5], "encoder_hidden_states": torch.zeros(1, 7, HIDDEN)}
    write(Decoder(model), decoder_inputs, "logits", folder / "decoder_model.onnx.gz")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
