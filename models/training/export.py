"""A checkpoint -> the model folder that the extension reads, the catalogue, and the same weights as a Python reference.

usage: export.py CONFIG CHECKPOINT_FOLDER TOKENIZER MODEL_FOLDER

Beside CHECKPOINT_FOLDER lie `heads.npz` of heads.py and, where the model was measured on hand-aligned pairs, `attention.json` of
release.py. Weights are rounded to `weightBits` of the configuration first and everything is derived from the rounded ones. The reference folder is written
there too, as `reference`.
"""

import hashlib
import json
import shutil
import sys
from functools import partial
from pathlib import Path

import numpy as np
from graph_builder import FLOAT, HALF
from graphs import encoder_graph, rows_graph, step_graph
from inspect_graphs import inspect_decoder_graph, inspect_encoder_graph
from protect import FIRST_SENTINEL, PATTERN, SENTINELS
from reference import Reference, read_config
from repetition import NO_REPEAT_NGRAM
from static_graphs import captured_step_graph, static_cross_graph, zeros_graph
from tasks import BOS, BOS_ID, EOS, EOS_ID, MASK_ID, PAD, PAD_ID, UNK, task_id
from weights import WEIGHTS_FILE, Weights

HALF_SUFFIX = "_fp16"
"""Of the graphs that compute in fp16, and read the weights expanded to that."""
GRAPHS = {
    **{"encoder": encoder_graph, "step": step_graph, "rows": rows_graph},
    **{"inspect_encoder": inspect_encoder_graph, "inspect_decoder": inspect_decoder_graph},
    **{
        f"{name}{suffix}": partial(build, kind=kind)
        for suffix, kind in (("", FLOAT), (HALF_SUFFIX, HALF))
        for name, build in {
            "captured_step": partial(captured_step_graph, tiled=False),
            "captured_batch": partial(captured_step_graph, tiled=True),
            **{"static_cross": static_cross_graph, "zeros": zeros_graph},
        }.items()
    },
}
OTHER_TASKS = ["summarise", "headline", "reconstruct"]
SELF_CHECK_STEPS, SELF_CHECK_TOKENS, SELF_CHECK_LOGITS = 4, 10, 8
SELF_CHECK_MARGIN = 0.05
"""Between the best two logits of a step; a nearer tie could go either way on devices that are both right."""


def self_check(reference: Reference, release: dict) -> dict:
    """What a device must reproduce before it is trusted: greedy tokens, and logits[step][i] of token logitIds[i]."""
    task = task_id("translate", release["selfCheck"]["language"])
    source, _ = reference.source(release["selfCheck"]["text"], release["maxSourceTokens"])
    target = reference.generate([source], [task], SELF_CHECK_TOKENS)[0]
    logits = reference.inspect(source, [task, *target[:-1]]).logits[0]
    best = logits.topk(2).values
    clear = (best[:, 0] - best[:, 1] >= SELF_CHECK_MARGIN).int().cumprod(0).sum().item()
    if clear == 0:
        raise ValueError("the self-check's first token is all but a tie: choose another sentence")
    target, logits = target[:clear], logits[:clear]
    spread = range(0, logits.shape[1], logits.shape[1] // SELF_CHECK_LOGITS)[:SELF_CHECK_LOGITS]
    ids = sorted({*spread, *target[:SELF_CHECK_STEPS]})
    rows = [[round(value, 5) for value in row[ids].tolist()] for row in logits[:SELF_CHECK_STEPS]]
    return {"sourceIds": source, "task": task, "targetIds": target, "logitIds": ids, "logits": rows}


def saccade_section(reference: Reference, weights: Weights, config: dict, checkpoint: Path) -> dict:
    work, release = checkpoint.resolve().parent, config["release"]
    attention, heads = work / "attention.json", np.load(work / "heads.npz")
    return {
        "languages": config["languages"],
        "tasks": {
            "translate": {code: task_id("translate", code) for code in config["languages"]},
            **{task: task_id(task) for task in OTHER_TASKS},
        },
        "protectedPattern": PATTERN,
        "firstSentinel": FIRST_SENTINEL,
        "sentinels": SENTINELS,
        "maxSourceTokens": release["maxSourceTokens"],
        "maxTargetTokens": release["maxTargetTokens"],
        "maskToken": MASK_ID,
        "noRepeatNgram": NO_REPEAT_NGRAM,
        "weights": weights.settings(),
        "attention": read_config(attention) if attention.exists() else release["attention"],
        "heads": {
            "languages": heads["languages"].tolist(),
            "classes": heads["classes"].tolist(),
            "codeMargin": round(float(heads["code_margin"]), 4),
        },
        "trainedTargetTokens": read_config(checkpoint / "training.json")["target_tokens"],
        "selfCheck": self_check(reference, release),
    }


def write_json(path: Path, value: dict) -> None:
    path.write_text(json.dumps(value, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def write_settings(folder: Path, reference: Reference, section: dict, config: dict, tokenizer: Path) -> None:
    """The JSON files that both the model folder and the reference folder have."""
    hugging_face = {name: value for name, value in reference.model.config.to_dict().items() if not name.startswith("_")}
    write_json(folder / "config.json", {**hugging_face, "saccade": section})
    special = {"bos_token_id": BOS_ID, "eos_token_id": EOS_ID, "pad_token_id": PAD_ID}
    limit = config["release"]["maxTargetTokens"]
    write_json(folder / "generation_config.json", {**special, "num_beams": 1, "do_sample": False, "max_new_tokens": limit})
    write_json(
        folder / "tokenizer_config.json",
        {
            "tokenizer_class": "PreTrainedTokenizerFast",
            **{"bos_token": BOS, "eos_token": EOS, "unk_token": UNK, "pad_token": PAD},
            "model_max_length": config["release"]["maxSourceTokens"],
            "clean_up_tokenization_spaces": False,
        },
    )
    if tokenizer.resolve() != (folder / "tokenizer.json").resolve():
        shutil.copyfile(tokenizer, folder / "tokenizer.json")


def write_graphs(folder: Path, weights: Weights) -> None:
    """Into the model folder, whose config.json is there already."""
    settings = read_config(folder / "config.json")
    for name, build in GRAPHS.items():
        (folder / "onnx" / f"{name}.onnx").write_bytes(build(settings, weights).SerializeToString())


def update_catalog(folder: Path, name: str, languages: list[str]) -> None:
    """Replaces the model's entry in the catalogue beside its folder, or adds it, and lists its files."""
    path = folder.parent / "catalog.json"
    models = json.loads(path.read_text(encoding="utf-8"))["models"] if path.exists() else []
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    entry = {
        "id": folder.name,
        "name": name,
        "tasks": ["translate", *OTHER_TASKS],
        "languages": languages,
        # quality.py --write measures them, after this.
        "directions": next((model["directions"] for model in models if model["id"] == folder.name), []),
        "files": [
            {
                "path": file.relative_to(folder).as_posix(),
                "sha256": hashlib.sha256(file.read_bytes()).hexdigest(),
                "bytes": file.stat().st_size,
            }
            for file in files
        ],
    }
    # A model whose folder is gone is no longer bundled.
    others = [model for model in models if model["id"] != entry["id"] and (folder.parent / model["id"]).is_dir()]
    models = [*others, entry]
    write_json(path, {"models": sorted(models, key=lambda model: model["id"])})
    for file in files:
        print(f"{file.stat().st_size:>10}  {file.relative_to(folder)}")


def main() -> None:
    config_path, checkpoint, tokenizer, folder = (Path(argument) for argument in sys.argv[1:5])
    config = read_config(config_path)
    reference = Reference(checkpoint, tokenizer)
    work = checkpoint.resolve().parent
    weights = Weights.of(reference.model, np.load(work / "heads.npz"), config["release"]["weightBits"])
    weights.copy_into(reference.model)
    section = saccade_section(reference, weights, config, checkpoint)

    reference_folder = work / "reference"
    reference.model.save_pretrained(reference_folder)
    write_settings(reference_folder, reference, section, config, tokenizer)

    (folder / "onnx").mkdir(parents=True, exist_ok=True)
    write_settings(folder, reference, section, config, tokenizer)
    (folder / WEIGHTS_FILE).write_bytes(weights.stored())
    write_graphs(folder, weights)
    update_catalog(folder, config["release"]["name"], config["languages"])


if __name__ == "__main__":
    main()
