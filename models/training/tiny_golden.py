"""What transformers says of a tiny model: tokens, attentions, hidden states and products of values, for a few texts. Knows no files."""

import numpy as np
import torch
from tiny_forms import HEADS, HIDDEN
from transformers import PreTrainedTokenizerFast

NEW_TOKENS = 10
TEXTS = ("open the file", "read all bytes, then close it", "naïve café")


def golden(tokenizer: PreTrainedTokenizerFast, model: torch.nn.Module, how: dict) -> list[dict]:
    cases = []
    for text in TEXTS:
        ids = tokenizer(how.get("prefix", "") + text, return_tensors="pt").input_ids
        forced = {"forced_bos_token_id": how["forced"]} if "forced" in how else {}
        generated = model.generate(ids, max_new_tokens=NEW_TOKENS, num_beams=1, do_sample=False, output_scores=True, return_dict_in_generate=True, **forced)
        target = generated.sequences[0, 1:]
        margins = [float(torch.diff(scores[0].topk(2).values.flip(0))[0]) for scores in generated.scores]
        with torch.no_grad():
            out = model(input_ids=ids, decoder_input_ids=generated.sequences[:, :-1], output_attentions=True, output_hidden_states=True)
        rounded = lambda tensors: [np.round(tensor[0].numpy(), 6).tolist() for tensor in tensors]  # noqa: E731
        cases.append({
            "text": text,
            "sourceIds": ids[0].tolist(),
            "targetIds": target.tolist(),
            "targetText": tokenizer.decode(target, skip_special_tokens=True),
            # How sure the least certain of the tokens is: a form that computes less exactly may only differ where this is small.
            "leastMargin": min(margins),
            "encoderAttentions": rounded(out.encoder_attentions),
            "decoderAttentions": rounded(out.decoder_attentions),
            "crossAttentions": rounded(out.cross_attentions),
            "encoderHiddenStates": rounded(out.encoder_hidden_states[:-1]),
            **value_products(model, lambda: model(input_ids=ids, decoder_input_ids=generated.sequences[:, :-1])),
        })  # fmt: skip
    return cases


def forced_end_golden(tokenizer: PreTrainedTokenizerFast, model: torch.nn.Module, how: dict, max_length: int) -> list[int]:
    """What is written of the first text where the model ends every text at this length, the start token included."""
    ids = tokenizer(how.get("prefix", "") + TEXTS[0], return_tensors="pt").input_ids
    forced = {"forced_bos_token_id": how["forced"]} if "forced" in how else {}
    end = model.config.eos_token_id
    return model.generate(ids, max_length=max_length, forced_eos_token_id=end, num_beams=1, do_sample=False, **forced)[0, 1:].tolist()


def value_products(model: torch.nn.Module, run) -> dict[str, list]:
    """Of each layer and key the products f_h · f_g of the heads' values behind the output projection, by kind of attention [keys, heads, heads]."""
    seen: dict[str, list[torch.Tensor]] = {"encoder": [], "decoder": [], "cross": []}

    def watch(module: torch.nn.Module, kind: str) -> list:
        value, output = (getattr(module, "v_proj", None) or module.v), (getattr(module, "out_proj", None) or module.o)

        def hook(_, __, values: torch.Tensor) -> None:
            by_head = values[0].view(values.shape[1], HEADS, -1)
            weight = output.weight.T.view(HEADS, -1, HIDDEN)
            seen[kind].append(torch.einsum("khd,hdw,gew,kge->khg", by_head, weight, weight, by_head))

        return [value.register_forward_hook(hook)]

    hooks = []
    for name, module in model.named_modules():
        if name.endswith(("self_attn", "SelfAttention")):
            hooks += watch(module, "encoder" if "encoder." in name and "decoder." not in name else "decoder")
        elif name.endswith(("encoder_attn", "EncDecAttention")):
            hooks += watch(module, "cross")
    with torch.no_grad():
        run()
    for hook in hooks:
        hook.remove()
    return {f"{kind}ValueProducts": [[[[float(f"{x:.6g}") for x in row] for row in key] for key in layer.tolist()] for layer in layers] for kind, layers in seen.items()}
