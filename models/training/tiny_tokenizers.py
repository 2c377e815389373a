"""The tokenizers of the tiny models: one of pieces, as Marian, T5 and their kin have, and one of bytes, as BART has. Knows no model."""

from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors
from transformers import PreTrainedTokenizerFast

PIECES = [*"abcdefghijklmnopqrstuvwxyz,.ïé▁", "▁open", "▁the", "▁file", "▁read", "▁all", "▁bytes", "▁then", "▁close", "▁it", "en", "er"]


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
