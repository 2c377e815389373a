"""Compares an exported model folder, run by onnxruntime, with the Python reference. Fails where they differ too much.

usage: verify.py MODEL_FOLDER REFERENCE_FOLDER
"""

import sys
from pathlib import Path

import numpy as np
from export import HALF_SUFFIX
from exported import CAPTURED, Exported, cache_at_first, named, packed, sessions
from interventions import IntervenedModel, Inspected, Intervention
from reference import Reference, pad_right, read_config
from weights import EMBEDDING, HEADS_BIAS, HEADS_WEIGHT, Weights

MAX_LOGIT_DIFFERENCE = 1e-4
MAX_HALF_LOGIT_DIFFERENCE = 0.1
"""Of steps that compute in fp16."""
MAX_ATTENTION_DIFFERENCE = 1e-5
MAX_HEAD_DIFFERENCE = 1e-3
MAX_RELATIVE_DIFFERENCE = 1e-5
"""Of value products and hidden states, of the largest among them."""
TEXTS = [
    "Returns the number of bytes that were read, or `-1` at the end of the file.",
    "Save",
    "Öffnet die Datei  {path} 🙂 und liest sie; danach ist der Zeiger am Ende, so dass weitere Aufrufe nichts mehr liefern.",
]
STEPS = 12
STATIC = {"rows": len(TEXTS), "source": 80, "target": STEPS}
"""What a recording would fix; 80 positions leave padding behind every source."""
HIDDEN = -32768
INTERVENTIONS = [
    Intervention(),
    Intervention(knocked_out=[("encoder", 0, 1), ("encoder", 3, 0), ("decoder", 1, 2), ("cross", 0, 0), ("cross", 1, 2)]),
    Intervention(masked_source=[0]),
    Intervention(encoder={"kind": "silenced"}),
    Intervention(encoder={"kind": "states", "positions": [0]}),
]
"""Every way by which the graphs are intervened in."""


def greedy(exported: Exported, source: np.ndarray, task: int, steps: int) -> tuple[np.ndarray, np.ndarray]:
    """Target ids [B, steps] and logits [B, steps, V] of a padded batch, decoded with encoder.onnx and step.onnx."""
    inputs = cache_at_first(exported, source)
    token = np.full(len(source), task, dtype=np.int32)
    ids, logits = [], []
    for _ in range(steps):
        output = named(exported.graphs["step"], {"decoder_input_ids": token[:, None], **inputs})
        inputs |= {name.replace("present", "past"): value for name, value in output.items() if name.startswith("present_")}
        token = output["next_token"]
        ids.append(token)
        logits.append(output["logits"])
    return np.stack(ids, 1), np.stack(logits, 1)


def captured(exported: Exported, name: str, source: np.ndarray, task: int) -> tuple[np.ndarray, np.ndarray]:
    """Target ids [B, STEPS] and logits [B, STEPS, V] of a padded batch, decoded with a step of static shapes."""
    rows, positions, target = STATIC.values()
    suffix, kind = (HALF_SUFFIX, np.float16) if name.endswith(HALF_SUFFIX) else ("", np.float32)
    cache = cache_at_first(exported, source)
    mask = np.full((rows, 1, positions), HIDDEN, dtype=np.float32)
    mask[:, 0, : source.shape[1]][cache["source_mask"] == 1] = 0
    pads = np.array([0, 0, 0, 0, 0, 0, positions - source.shape[1], 0])
    cross = {key: value for key, value in cache.items() if key.startswith("cross_")}
    inputs = named(exported.graphs[f"static_cross{suffix}"], {"rows": np.arange(rows, dtype=np.int32), "pads": pads, "static_mask": mask, **cross})
    inputs = {key.removeprefix("static_"): value for key, value in inputs.items()}
    heads, layers = exported.settings["decoder_attention_heads"], range(exported.settings["decoder_layers"])
    none = np.zeros((rows, 2 * heads, target, exported.settings["d_model"] // heads), dtype=kind)
    inputs |= {f"cache.{layer}": none for layer in layers}
    inputs |= {"position": np.full((1, rows), -1, dtype=np.int32), "token": np.full((1, rows), task, dtype=np.int32)}
    inputs |= {"history": np.zeros((target, rows), dtype=np.int32), "target_mask": np.full((rows, 1, target), HIDDEN, dtype=kind)}
    logits = []
    for _ in range(STEPS):
        output = named(exported.graphs[name], inputs)
        inputs |= {key.removeprefix("next_"): value for key, value in output.items() if key.startswith("next_")}
        logits.append(output["logits"])
    return inputs["history"].T, np.stack(logits, 1)


def inspected(exported: Exported, model: IntervenedModel, decoder_input: list[int]) -> dict[str, np.ndarray]:
    """All outputs of the two inspect graphs, the decoder's first tokens read by a run of their own."""
    masks = {f"{kind}_head_mask": mask.numpy() for kind, mask in model.head_masks().items()}
    there = {"source_mask": model.there.numpy().astype(np.float32)}
    encoded = named(exported.graphs["inspect_encoder"], {"input_ids": model.source.numpy().astype(np.int32), **there, "encoder_head_mask": masks.pop("encoder_head_mask")})
    inputs = {"encoder_states": encoded["encoder_hidden_states"][-1:], "source_mask": model.readable.numpy().astype(np.float32), **masks}
    layers, heads = masks["cross_head_mask"].shape
    none = np.zeros((1, heads, 0, encoded["encoder_hidden_states"].shape[2] // heads), dtype=np.float32)
    past = {f"past_{kind}.{layer}": none for kind in ("key", "value") for layer in range(layers)}

    def decode(ids: list[int], past: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
        return named(exported.graphs["inspect_decoder"], {**inputs, "decoder_input_ids": np.array([ids], dtype=np.int32), **past})

    whole, begun = decode(decoder_input, past), decode(decoder_input[:-1], past)
    present = {name.replace("present", "past"): value for name, value in begun.items() if name.startswith("present")}
    last = decode(decoder_input[-1:], present)
    for name in ("logits", "cross_attentions", "decoder_attentions"):
        axis = whole[name].ndim - 2
        before, now = begun[name], last[name]
        if name == "decoder_attentions":
            before = np.pad(before, [(0, 0), (0, 0), (0, 0), (0, 1)])
        if np.abs(np.concatenate([before, now], axis) - whole[name]).max() > MAX_LOGIT_DIFFERENCE:
            raise SystemExit(f"inspect_decoder.onnx gives other {name} with a cache than without")
    return {**encoded, **whole}


def main() -> None:
    folder, reference_folder = (Path(argument) for argument in sys.argv[1:3])
    settings = read_config(folder / "config.json")
    reference = Reference(reference_folder)
    weights = Weights.read(reference.model, folder)
    exported = Exported(settings, sessions(folder, weights.numbers, STATIC), weights.arrays[EMBEDDING])
    task = settings["saccade"]["tasks"]["translate"]["de"]
    sources = [reference.source(text, settings["saccade"]["maxSourceTokens"])[0] for text in TEXTS]
    differences = {"logits of the inspect pass": 0.0, "logits of the steps": 0.0, "logits of the steps in fp16": 0.0, "attentions": 0.0, "encoder hidden states": 0.0, "value products": 0.0, "heads": 0.0}

    def compare(what: str, ours: np.ndarray, theirs: np.ndarray) -> None:
        if ours.shape != theirs.shape:
            raise SystemExit(f"{what}: shape {ours.shape}, reference {theirs.shape}")
        differences[what] = max(differences[what], float(np.abs(ours - theirs).max()))

    def compare_relative(what: str, ours: np.ndarray, theirs: np.ndarray) -> None:
        largest = np.abs(theirs).max()
        compare(what, ours / largest, theirs / largest)

    batch = pad_right(sources).numpy().astype(np.int32)
    encoded = named(exported.graphs["encoder"], packed(batch, exported.embedding))
    languages = len(settings["saccade"]["heads"]["languages"])
    head_weight, head_bias = (weights.arrays[name] for name in (HEADS_WEIGHT, HEADS_BIAS))

    def compare_heads(ours: dict[str, np.ndarray], row: int, source: list[int], expected) -> None:
        states = np.concatenate([expected.encoder_hidden_states[0][0].numpy(), expected.encoder_last_hidden_state[0].numpy()], 1)
        scores = states @ head_weight + head_bias
        compare("heads", ours["language_scores"][row], scores[:, :languages].mean(0))
        compare("heads", ours["class_scores"][row, : len(source)], scores[:, languages:])

    def compare_inspected(expected: Inspected, ours: dict[str, np.ndarray]) -> None:
        compare("logits of the inspect pass", ours["logits"], expected.logits.numpy())
        compare_relative("encoder hidden states", ours["encoder_hidden_states"], expected.hidden_states.numpy())
        for kind, attentions in expected.attentions.items():
            compare("attentions", ours[f"{kind}_attentions"], attentions.numpy())
            compare_relative("value products", ours[f"{kind}_value_products"], expected.value_products[kind].numpy())

    targets, step_logits = greedy(exported, batch, task, STEPS)
    captured_logits = {}
    for name in (*CAPTURED, *(f"{name}{HALF_SUFFIX}" for name in CAPTURED)):
        ids, captured_logits[name] = captured(exported, name, batch, task)
        if not (ids == targets).all():
            raise SystemExit(f"{name}.onnx writes other tokens than step.onnx")
    for row, source in enumerate(sources):
        decoder_input = [task, *targets[row, :-1].tolist()]
        expected = reference.inspect(source, decoder_input)
        compare("logits of the steps", step_logits[row], expected.logits[0].numpy())
        for name, logits in captured_logits.items():
            compare(f"logits of the steps{' in fp16' if name.endswith(HALF_SUFFIX) else ''}", logits[row], expected.logits[0].numpy())
        compare_heads(encoded, row, source, expected)
        for intervention in INTERVENTIONS:
            model = IntervenedModel(reference, source, intervention)
            ours = inspected(exported, model, decoder_input)
            compare_inspected(model.inspect(decoder_input), ours)
            if intervention == Intervention():
                compare_heads(ours, 0, source, expected)
    check = settings["saccade"]["selfCheck"]
    ids, logits = greedy(exported, np.array([check["sourceIds"]], dtype=np.int32), check["task"], len(check["targetIds"]))
    own = np.abs(logits[0, : len(check["logits"])][:, check["logitIds"]] - check["logits"]).max()
    for what, value in {**differences, "logits of the self-check": own}.items():
        print(f"{value:.2e}  {what}")
    if ids[0].tolist() != check["targetIds"]:
        raise SystemExit("the self-check's tokens differ")
    half_difference = differences.pop("logits of the steps in fp16")
    logit_difference = max(value for what, value in differences.items() if "logits" in what)
    relative = max(differences["encoder hidden states"], differences["value products"])
    if half_difference > MAX_HALF_LOGIT_DIFFERENCE or relative > MAX_RELATIVE_DIFFERENCE or differences["heads"] > MAX_HEAD_DIFFERENCE or logit_difference > MAX_LOGIT_DIFFERENCE or differences["attentions"] > MAX_ATTENTION_DIFFERENCE:
        raise SystemExit("the exported graphs differ from the reference")


if __name__ == "__main__":
    main()
