"""Tiny models of every family with random weights, in the layout and the forms in which the Hub has models, and what Python says of them.

usage: tiny_models.py OUT_FOLDER [--forms] [FAMILY...]

Needs the environment of hub_layout.py. Writes for each family a folder with its settings, its tokenizer and onnx/*.onnx.gz: plain (encoder_model,
decoder_model, decoder_with_past_model) and merged; golden.json with the tokens and attentions of transformers; and what tiny_forms.py makes of
the graphs, with --forms that alone. Knows nothing of the extension.
"""

import gzip
import json
import shutil
import sys
import tempfile
from pathlib import Path

import onnx
import torch
from optimum.exporters.onnx import main_export
from tiny_forms import HEADS, HIDDEN, pack, write_forms
from tiny_golden import forced_end_golden, golden
from tiny_tokenizers import byte_level, unigram
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

LAYERS, FFN = 2, 8
FORCED_LENGTH = 6
GRAPHS = ("encoder_model", "decoder_model", "decoder_with_past_model", "decoder_model_merged")


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
            pack(onnx.load(str(exported / f"{graph}.onnx")), folder / "onnx" / f"{graph}.onnx.gz")
        for setting in ("config.json", "generation_config.json", "tokenizer.json", "tokenizer_config.json"):
            if (checkpoint / setting).exists():
                shutil.copyfile(checkpoint / setting, folder / setting)
    write_golden(folder, tokenizer, model, how)
    write_forms(folder, how.get("forced"))


def write_golden(folder: Path, tokenizer: PreTrainedTokenizerFast, model: torch.nn.Module, how: dict) -> None:
    forced_end = {"maxLength": FORCED_LENGTH, "targetIds": forced_end_golden(tokenizer, model, how, FORCED_LENGTH)}
    text = json.dumps({"task": how["task"], "cases": golden(tokenizer, model, how), "forcedEnd": forced_end}, ensure_ascii=False, separators=(",", ":"))
    (folder / "golden.json.gz").write_bytes(gzip.compress(text.encode(), 9, mtime=0))


if __name__ == "__main__":
    out, *words = sys.argv[1:]
    for family in [word for word in words if word != "--forms"] or FAMILIES:
        if "--forms" in words:
            write_forms(Path(out) / family, FAMILIES[family]()[2].get("forced"))
        else:
            write(family, Path(out))
