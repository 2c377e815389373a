"""Writes the golden files: what Python's transformers and tokenizers make of fixed texts. Knows nothing of ONNX.

usage: golden.py CONFIG REFERENCE_FOLDER OUT_DIR

OUT_DIR/<name>.json holds one text and its whole way through the model; OUT_DIR/tokenizer/texts.json the tokenizer alone;
OUT_DIR/interventions/<name>.json what becomes of a text when the model is intervened in; OUT_DIR/terms/<name>.json translations that
must have the wanted words; OUT_DIR/attention/ the attention measures (attention_reference.py).
Token spans are half-open, in UTF-16 units of the protected text; attentions are [layers, heads, queries, keys].
"""

import json
import re
import sys
from pathlib import Path

import torch
from attention_reference import write_attention_files
from golden_interventions import INTERVENED_TEXTS, intervened, rounded
from golden_terms import TERM_TEXTS, with_terms
from golden_texts import GOLDEN_TEXTS, TOKENIZER_TEXTS, GoldenText
from protect import protect
from reference import Reference, read_config
from tasks import task_id
from tokenizers import Encoding

TARGET_LIMIT, TARGET_LIMIT_WITH_EVERY_ATTENTION = 64, 24
TOP, FIXED = 8, 16
BEAMS = 4
PRIVATE_USE = re.compile(r"[\uE000-\uF8FF]")


def utf16_spans(text: str, encoding: Encoding) -> list[list[int]]:
    starts = [0]
    for character in text:
        starts.append(starts[-1] + (2 if ord(character) > 0xFFFF else 1))
    return [[starts[begin], starts[end]] for begin, end in encoding.offsets]


def golden(text: GoldenText, reference: Reference, limit: int) -> dict:
    task = task_id(text.task, text.language)
    protected, spans = protect(text.text)
    encoding = reference.tokenizer.encode(protected)
    if len(encoding.ids) > limit:
        raise ValueError(f"{text.name} has {len(encoding.ids)} tokens")
    target_limit = TARGET_LIMIT_WITH_EVERY_ATTENTION if text.every_attention else TARGET_LIMIT
    [(target, overruled)] = reference.generate_keeping_spans([encoding.ids], [task], target_limit)
    output = reference.inspect(encoding.ids, [task, *target[:-1]])
    logits = output.logits[0]
    if any(best != token for position, (best, token) in enumerate(zip(logits.argmax(-1).tolist(), target)) if position not in overruled):
        raise ValueError(f"{text.name}: the teacher-forced pass does not reproduce the greedy tokens")
    fixed = list(range(0, logits.shape[1], logits.shape[1] // FIXED))[:FIXED]
    top = logits.topk(TOP)
    beam_target, beam_score = reference.beam_search(encoding.ids, task, target_limit, BEAMS)
    encoder_layers, decoder_layers = len(output.encoder_attentions), len(output.decoder_attentions)
    heads = list(range(output.cross_attentions[0].shape[1])) if text.every_attention else [0]
    chosen = {"encoder": list(range(encoder_layers)), "decoder": list(range(decoder_layers))}
    if not text.every_attention:
        chosen = {side: layers[-1:] for side, layers in chosen.items()}

    def maps(attentions: tuple[torch.Tensor, ...], layers: list[int]) -> list:
        return [rounded(attentions[layer][0, heads], 7) for layer in layers]

    return {
        "name": text.name,
        "task": {"name": text.task, "language": text.language, "id": task},
        "text": text.text,
        "protectedText": protected,
        "protectedSpans": spans,
        "sourceIds": encoding.ids,
        "sourceTokens": encoding.tokens,
        "sourceSpans": utf16_spans(protected, encoding),
        "targetIds": target,
        "targetTokens": [reference.tokenizer.id_to_token(token) for token in target],
        "overruled": overruled,
        "targetText": reference.text(target, spans),
        "beams": {"count": BEAMS, "limit": target_limit, "targetIds": beam_target, "score": round(beam_score, 6)},
        "logits": {
            "topIds": top.indices.tolist(),
            "topValues": rounded(top.values, 5),
            "fixedIds": fixed,
            "fixedValues": rounded(logits[:, fixed], 5),
        },
        "attentions": {
            "heads": heads,
            "encoderLayers": chosen["encoder"],
            "decoderLayers": chosen["decoder"],
            "encoder": maps(output.encoder_attentions, chosen["encoder"]),
            "decoder": maps(output.decoder_attentions, chosen["decoder"]),
            "cross": maps(output.cross_attentions, chosen["decoder"]),
        },
    }


def tokenizer_case(text: str, reference: Reference) -> dict:
    encoding = reference.tokenizer.encode(text)
    return {
        "text": text,
        "ids": encoding.ids,
        "tokens": encoding.tokens,
        "spans": utf16_spans(text, encoding),
        "detokenized": reference.tokenizer.decode(encoding.ids),
    }


def write(path: Path, value: dict | list) -> None:
    """One line per field; private-use characters are escaped, since nobody can see them."""
    lines = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    if isinstance(value, dict):
        fields = (f" {json.dumps(name)}: {json.dumps(field, ensure_ascii=False, separators=(',', ':'))}" for name, field in value.items())
        lines = "{\n" + ",\n".join(fields) + "\n}"
    path.write_text(PRIVATE_USE.sub(lambda match: f"\\u{ord(match.group()):04x}", lines) + "\n", encoding="utf-8")


def main() -> None:
    config_path, reference_folder, out = (Path(argument) for argument in sys.argv[1:4])
    reference, limit = Reference(reference_folder), read_config(config_path)["release"]["maxSourceTokens"]
    for folder in ("tokenizer", "interventions", "terms"):
        (out / folder).mkdir(parents=True, exist_ok=True)
    for stale in (*out.glob("*.json"), *out.glob("interventions/*.json"), *out.glob("terms/*.json")):
        stale.unlink()
    for text in GOLDEN_TEXTS:
        case = golden(text, reference, limit)
        write(out / f"{text.name}.json", case)
        margin = min(first - second for first, second, *_ in case["logits"]["topValues"])
        print(f"{len(case['sourceIds']):>4} -> {len(case['targetIds']):>3} tokens, margin {margin:.4f}  {text.name}: {case['targetText']!r}")
    for text in INTERVENED_TEXTS:
        write(out / "interventions" / f"{text.name}.json", intervened(text, reference))
    for text in TERM_TEXTS:
        write(out / "terms" / f"{text.name}.json", with_terms(text, reference))
    write(out / "tokenizer" / "texts.json", {"texts": [tokenizer_case(text, reference) for text in TOKENIZER_TEXTS]})
    write_attention_files(reference, out / "attention")
    size = sum(path.stat().st_size for path in out.rglob("*.json"))
    print(f"{len(GOLDEN_TEXTS)} texts, {size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
