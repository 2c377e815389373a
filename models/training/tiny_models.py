"""Tiny models of every family with random weights, in the layout and the forms in which the Hub has models, and what Python says of them.

usage: tiny_models.py OUT_FOLDER [FAMILY...]

Needs the environment of hub_layout.py. Writes for each family a folder with its settings, its tokenizer and onnx/*.onnx.gz: plain (encoder_model,
decoder_model, decoder_with_past_model), merged, quantised (int8, dynamic) and, below fused/, as onnxruntime's own optimizer leaves them; and
golden.json with the tokens and attentions of transformers. Knows nothing of the extension.
"""

import gzip
import json
import shutil
import sys
import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers.optimizer import optimize_model
from optimum.exporters.onnx import main_export
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors
from transformers import (
    BartConfig,
    BartForConditionalGeneration,
    M2M100Config,
    M2M100ForConditionalGeneration,
    MarianConfig,
    MarianMTModel,
    MBartConfig,
    MBartForConditionalGeneration,
    MT5Config,
    MT5ForConditionalGeneration,
    PegasusConfig,
    PegasusForConditionalGeneration,
    PreTrainedTokenizerFast,
    T5Config,
    T5ForConditionalGeneration,
)

HIDDEN, HEADS, LAYERS, FFN = 8, 2, 2, 8
NEW_TOKENS = 10
TEXTS = ("open the file", "read all bytes, then close it", "naïve café")
PIECES = [*"abcdefghijklmnopqrstuvwxyz,.ïé▁", "▁open", "▁the", "▁file", "▁read", "▁all", "▁bytes", "▁then", "▁close", "▁it", "en", "er"]
GRAPHS = ("encoder_model", "decoder_model", "decoder_with_past_model", "decoder_model_merged")


def unigram(specials: list[str], template: list[str], more: list[str] = ()) -> PreTrainedTokenizerFast:
    """`template` has $A for the text."""
    pieces = [*specials, *more, *PIECES]
    scores = [0.0 if piece in specials else -2.0 - (len(piece) == 1) * 4.0 for piece in pieces]
    tokenizer = Tokenizer(models.Unigram(list(zip(pieces, scores)), unk_id=pieces.index("<unk>")))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")])
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.decoder = decoders.Metaspace()
    tokenizer.add_special_tokens([*specials, *more])
    return closed(tokenizer, template)


def byte_level() -> PreTrainedTokenizerFast:
    specials = ["<s>", "<pad>", "</s>", "<unk>"]
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    merges = [("t", "h"), ("th", "e"), ("Ġ", "the"), ("o", "p"), ("e", "n"), ("op", "en"), ("Ġ", "a"), ("Ġa", "l"), ("Ġal", "l")]
    vocabulary = {token: index for index, token in enumerate([*specials, *alphabet, *("".join(pair) for pair in merges)])}
    tokenizer = Tokenizer(models.BPE(vocabulary, merges))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens(specials)
    return closed(tokenizer, ["<s>", "$A", "</s>"])


def closed(tokenizer: Tokenizer, template: list[str]) -> PreTrainedTokenizerFast:
    around = [(token, tokenizer.token_to_id(token)) for token in template if token != "$A"]
    tokenizer.post_processor = processors.TemplateProcessing(single=" ".join(template), special_tokens=around)
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token="<pad>", eos_token="</s>", unk_token="<unk>", model_max_length=64, clean_up_tokenization_spaces=False
    )


def bart_like(config_class, tokenizer: PreTrainedTokenizerFast, **more):
    return config_class(
        vocab_size=len(tokenizer),
        d_model=HIDDEN,
        encoder_layers=LAYERS,
        decoder_layers=LAYERS,
        encoder_attention_heads=HEADS,
        decoder_attention_heads=HEADS,
        encoder_ffn_dim=FFN,
        decoder_ffn_dim=FFN,
        max_position_embeddings=64,
        pad_token_id=tokenizer.pad_token_id,
        eos_token_id=tokenizer.eos_token_id,
        bos_token_id=tokenizer.eos_token_id,
        forced_eos_token_id=None,
        **more,
    )


def marian():
    tokenizer = unigram(["</s>", "<unk>", "<pad>"], ["$A", "</s>"])
    pad = tokenizer.pad_token_id
    config = bart_like(MarianConfig, tokenizer, decoder_start_token_id=pad, bad_words_ids=[[pad]], scale_embedding=True, static_position_embeddings=True)
    return tokenizer, MarianMTModel(config), {"task": {"kind": "text2text"}}


def t5_like(config_class, tokenizer: PreTrainedTokenizerFast):
    return config_class(
        vocab_size=len(tokenizer), d_model=HIDDEN, d_kv=HIDDEN // HEADS, d_ff=FFN, num_layers=LAYERS, num_decoder_layers=LAYERS, num_heads=HEADS,
        feed_forward_proj="gated-gelu", tie_word_embeddings=False, pad_token_id=0, eos_token_id=1, decoder_start_token_id=0, n_positions=64,
        relative_attention_num_buckets=8, relative_attention_max_distance=16,
    )  # fmt: skip


def t5():
    tokenizer = unigram(["<pad>", "</s>", "<unk>"], ["$A", "</s>"])
    return tokenizer, T5ForConditionalGeneration(t5_like(T5Config, tokenizer)), {"task": {"kind": "summarise"}, "prefix": "summarize: "}


def mt5():
    tokenizer = unigram(["<pad>", "</s>", "<unk>"], ["$A", "</s>"])
    return tokenizer, MT5ForConditionalGeneration(t5_like(MT5Config, tokenizer)), {"task": {"kind": "text2text"}}


def pegasus():
    tokenizer = unigram(["<pad>", "</s>", "<unk>"], ["$A", "</s>"])
    config = bart_like(PegasusConfig, tokenizer, decoder_start_token_id=0, scale_embedding=True)
    return tokenizer, PegasusForConditionalGeneration(config), {"task": {"kind": "summarise"}}


def bart():
    tokenizer = byte_level()
    config = bart_like(BartConfig, tokenizer, decoder_start_token_id=2, forced_bos_token_id=0, no_repeat_ngram_size=3)
    return tokenizer, BartForConditionalGeneration(config), {"task": {"kind": "text2text"}}


def mbart():
    codes = ["en_XX", "de_DE", "fr_XX", "es_XX", "ur_PK"]
    tokenizer = unigram(["<s>", "<pad>", "</s>", "<unk>"], ["en_XX", "$A", "</s>"], codes)
    config = bart_like(MBartConfig, tokenizer, decoder_start_token_id=2)
    forced = tokenizer.convert_tokens_to_ids("de_DE")
    return tokenizer, MBartForConditionalGeneration(config), {"task": {"kind": "translate", "to": "de"}, "forced": forced}


def m2m_100():
    codes = ["eng_Latn", "deu_Latn", "fra_Latn", "spa_Latn"]
    tokenizer = unigram(["<s>", "<pad>", "</s>", "<unk>"], ["eng_Latn", "$A", "</s>"], codes)
    config = bart_like(M2M100Config, tokenizer, decoder_start_token_id=2)
    forced = tokenizer.convert_tokens_to_ids("fra_Latn")
    return tokenizer, M2M100ForConditionalGeneration(config), {"task": {"kind": "translate", "to": "fr"}, "forced": forced}


FAMILIES = {make.__name__: make for make in (marian, t5, mt5, bart, pegasus, mbart, m2m_100)}


def randomise(model: torch.nn.Module) -> None:
    """Weights so large that tokens differ and probabilities are far from even; sinusoids stay what they are."""
    generator = torch.Generator().manual_seed(5)
    for name, parameter in model.named_parameters():
        if parameter.requires_grad and "norm" not in name:
            with torch.no_grad():
                parameter.normal_(0, 0.6, generator=generator)


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


def pack(source: Path, target: Path) -> None:
    """Without what only people read, which is most of a tiny graph."""
    model = onnx.load(str(source))
    del model.graph.value_info[:]
    for graph in [model.graph, *(a.g for node in model.graph.node for a in node.attribute if a.type == onnx.AttributeProto.GRAPH)]:
        del graph.value_info[:]
        for node in graph.node:
            node.ClearField("doc_string")
            node.ClearField("name")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(gzip.compress(model.SerializeToString(), 9, mtime=0))


def write(name: str, out: Path) -> None:
    tokenizer, model, how = FAMILIES[name]()
    model.eval()
    randomise(model)
    model.set_attn_implementation("eager") if hasattr(model, "set_attn_implementation") else None
    folder = out / name
    shutil.rmtree(folder, ignore_errors=True)
    with tempfile.TemporaryDirectory() as scratch:
        checkpoint, exported = Path(scratch) / "checkpoint", Path(scratch) / "exported"
        model.save_pretrained(checkpoint)
        tokenizer.save_pretrained(checkpoint)
        main_export(str(checkpoint), output=exported, task="text2text-generation-with-past", library_name="transformers")
        for graph in GRAPHS:
            pack(exported / f"{graph}.onnx", folder / "onnx" / f"{graph}.onnx.gz")
        for graph in ("encoder_model", "decoder_model_merged"):
            quantised = exported / f"{graph}_quantized.onnx"
            quantize_dynamic(exported / f"{graph}.onnx", quantised, weight_type=QuantType.QUInt8, extra_options={"EnableSubgraph": True, "MatMulConstBOnly": True})
            pack(quantised, folder / "onnx" / f"{graph}_quantized.onnx.gz")
        for graph in ("encoder_model", "decoder_model"):
            kind = "t5" if name in ("t5", "mt5") else "bart"
            fused = optimize_model(str(exported / f"{graph}.onnx"), model_type=kind, num_heads=HEADS, hidden_size=HIDDEN, opt_level=0, use_gpu=False)
            print(name, graph, fused.get_fused_operator_statistics())
            fused.save_model_to_file(str(exported / "fused.onnx"))
            pack(exported / "fused.onnx", folder / "fused" / f"{graph}.onnx.gz")
        for setting in ("config.json", "generation_config.json", "tokenizer.json", "tokenizer_config.json"):
            if (checkpoint / setting).exists():
                shutil.copyfile(checkpoint / setting, folder / setting)
    write_golden(folder, tokenizer, model, how)


def write_golden(folder: Path, tokenizer: PreTrainedTokenizerFast, model: torch.nn.Module, how: dict) -> None:
    text = json.dumps({"task": how["task"], "cases": golden(tokenizer, model, how)}, ensure_ascii=False, separators=(",", ":"))
    (folder / "golden.json.gz").write_bytes(gzip.compress(text.encode(), 9, mtime=0))


if __name__ == "__main__":
    for family in sys.argv[2:] or FAMILIES:
        write(family, Path(sys.argv[1]))
