"""What attention reads in a pass of the model. Knows no measure."""

import numpy as np
import torch


class AttentionInputs:
    """What went into the attention of every layer in the newest forward pass: [positions, size] each, after the layer norm."""

    def __init__(self, model: torch.nn.Module) -> None:
        """`model` is an M2M100ForConditionalGeneration."""
        encoder, decoder = model.model.encoder.layers, model.model.decoder.layers
        self.modules = {
            "encoder": [layer.self_attn for layer in encoder],
            "decoder": [layer.self_attn for layer in decoder],
            "cross": [layer.encoder_attn for layer in decoder],
        }
        self.keys: dict[str, list[np.ndarray]] = {kind: [None] * len(modules) for kind, modules in self.modules.items()}
        for kind, modules in self.modules.items():
            for layer, module in enumerate(modules):
                module.register_forward_pre_hook(self.recorder(kind, layer), with_kwargs=True)

    def recorder(self, kind: str, layer: int):
        def record(_module: torch.nn.Module, arguments: tuple, named: dict) -> None:
            states = named["key_value_states"] if kind == "cross" else named.get("hidden_states", *arguments[:1])
            self.keys[kind][layer] = states[0].double().numpy()

        return record

    def transformed_values(self, kind: str) -> np.ndarray:
        """f_h(x_j) = (x_j W_V^h + b_V^h) W_O^h of Kobayashi et al. 2020: [layers, heads, keys, size]."""
        layers = []
        for module, states in zip(self.modules[kind], self.keys[kind]):
            wide = module.head_dim
            value, bias, out = (part.detach().double().numpy() for part in (module.v_proj.weight, module.v_proj.bias, module.out_proj.weight))
            heads = [slice(head * wide, (head + 1) * wide) for head in range(module.num_heads)]
            layers.append([(states @ value[rows].T + bias[rows]) @ out[:, rows].T for rows in heads])
        return np.array(layers)
