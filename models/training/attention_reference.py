"""The attention measures of src/shared/attention straight from their formulas, on passes of the real model. Knows nothing of that code.

usage: attention_reference.py REFERENCE_FOLDER OUT_DIR

OUT_DIR/<name>.json holds one text's attentions, value products and hidden states as little-endian fp32 in base64, so that whoever computes
the measures starts from the very same numbers, and what is to come out. Maps are [queries, keys]; positions count from 0.
"""

import base64
import json
import sys
from itertools import groupby
from pathlib import Path

import numpy as np
import torch
from attention_inputs import AttentionInputs
from protect import protect
from reference import Reference
from tasks import EOS_ID, task_id

TEXTS = [
    ("docstring", "de", "Returns the number of unreadable elements in the list."),
    ("code-span", "fr", "Call `open()` first; it's needed, and costs nothing."),
]
TARGET_LIMIT = 24
MASSES = (0.5, 0.9)
COMPONENTS = 3
LOG_DECADES = 3
KINDS = ("encoder", "decoder", "cross")


def rollout(attention: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """[layers, queries, keys] of each kind: the share of every input in every position after each layer.

    Encoder as in the paper. The decoder's positions and the source are taken as one long row of states: self-attention mixes decoder
    positions, cross-attention adds source positions, each half and half with what was there. Either part's rows are then made to sum to 1.
    """
    means = {kind: weights.mean(1) for kind, weights in attention.items()}
    source, target = means["encoder"].shape[-1], means["decoder"].shape[-1]
    encoder, state = [], np.eye(source)
    for mean in means["encoder"]:
        state = (mean + np.eye(source)) / 2 @ state
        encoder.append(state)
    out = {"encoder": np.array(encoder), "decoder": [], "cross": []}
    joint = np.eye(target + source)
    joint[target:, target:] = encoder[-1]
    for own, across in zip(means["decoder"], means["cross"]):
        step = np.eye(target + source)
        step[:target, :target] = (own + np.eye(target)) / 2
        joint = step @ joint
        step = np.eye(target + source)
        step[:target, :target], step[:target, target:] = np.eye(target) / 2, across / 2
        joint = step @ joint
        for kind, columns in (("decoder", slice(target)), ("cross", slice(target, None))):
            part = joint[:target, columns]
            out[kind].append(part / part.sum(1, keepdims=True))
    return {kind: np.array(maps) for kind, maps in out.items()}


def entropies(weights: np.ndarray, causal: bool) -> tuple[np.ndarray, np.ndarray]:
    """[layers, heads] each: the mean entropy in nats, and the mean of those divided by ln(visible keys), of rows with more than one."""
    rows = -np.where(weights > 0, weights * np.log(np.where(weights > 0, weights, 1)), 0).sum(-1)
    queries, keys = weights.shape[-2:]
    visible = np.arange(1, queries + 1) if causal else np.full(queries, keys)
    free = visible > 1
    return rows.mean(-1), (rows[..., free] / np.log(visible[free])).mean(-1) if free.any() else np.zeros(weights.shape[:2])


def kept_mass(weights: np.ndarray, mass: float) -> np.ndarray:
    out = np.zeros_like(weights)
    for row, kept in zip(weights, out):
        order = np.argsort(-row, kind="stable")
        count = int(np.searchsorted(np.cumsum(row[order]), mass * row.sum())) + 1
        kept[order[:count]] = row[order[:count]]
    return out


def scaled(weights: np.ndarray) -> dict[str, np.ndarray]:
    highest = weights.max()
    with np.errstate(divide="ignore"):
        log = np.clip(1 + np.log10(weights / highest) / LOG_DECADES, 0, 1)
    return {"linear": weights / highest, "log": log, "row": weights / weights.max(1, keepdims=True)}


def about_target(cross: np.ndarray, step: str) -> np.ndarray:
    """The rows that are about each target token; no row reads the last."""
    return cross if step == "predicts" else np.concatenate([cross[1:], np.zeros_like(cross[:1])])


def indicator(words: list[int]) -> np.ndarray:
    """[words, tokens]: 1 where the token is of the word."""
    return (np.arange(max(words) + 1)[:, None] == np.array(words)).astype(float)


def merged(weights: np.ndarray, rows: list[int], columns: list[int]) -> np.ndarray:
    by_row = indicator(rows)
    return by_row @ weights @ indicator(columns).T / by_row.sum(1, keepdims=True)


def mutual_links(weights: np.ndarray, control: tuple[set[int], set[int]]) -> list[list[int]]:
    """[source word, target word] of each pair that is the greatest of its row and of its column; `control` words of either side are in none."""
    rows = [row for row in range(len(weights)) if row not in control[1]]
    columns = [column for column in range(weights.shape[1]) if column not in control[0]]
    inner = weights[np.ix_(rows, columns)]
    pairs = ((row, int(inner[row].argmax())) for row in range(len(rows)))
    return [[columns[column], rows[row]] for row, column in pairs if inner[:, column].argmax() == row and inner[row, column] > 0]


def word_numbers(tokenizer, text: str, ids: list[int]) -> tuple[list[int], set[int]]:
    """The word of each token of a text, parted at spaces, and those that are control tokens."""
    starts = [index for index, token in enumerate(ids) if tokenizer.id_to_token(token).startswith("▁") or token == EOS_ID]
    words = [sum(start <= index for start in starts[1:]) for index in range(len(ids))]
    return words, {word for word, token in zip(words, ids) if token == EOS_ID}


def measures(attention: dict[str, np.ndarray], values: dict[str, np.ndarray], states: np.ndarray, words: dict) -> dict:
    """Everything that is expected. `attention` [layers, heads, queries, keys], `values` [layers, heads, keys, size], `states` [layers, positions, size]."""
    out: dict = {kind: {} for kind in KINDS}
    sums = {}
    rolled = rollout(attention)
    for kind, weights in attention.items():
        # One vector for each query and key: alpha f(x), and its sum over heads.
        vectors = weights[..., None] * values[kind][:, :, None]
        layer_norms = np.linalg.norm(vectors.sum(1), axis=-1)
        sums[kind] = layer_norms.sum(-1)
        plain, normalised = entropies(weights, kind == "decoder")
        voted = weights if kind == "decoder" else weights[..., :-1]
        out[kind] = {
            "headMean": weights.mean(1),
            "headMax": weights.max(1),
            "layerMean": weights.mean((0, 1)),
            "layerMax": weights.max((0, 1)),
            "rollout": rolled[kind],
            "headNorms": np.linalg.norm(vectors[-1], axis=-1),
            "layerNorms": layer_norms,
            "entropy": plain,
            "normalisedEntropy": normalised,
            "confidence": voted.max(-1).mean(-1),
        }
    cross = attention["cross"]
    columns = [position for position, word in enumerate(words["source"]) if word not in words["sourceControl"]]
    rows = [position for position, word in enumerate(words["target"][:-1]) if word not in words["targetControl"]]
    strongest = cross[..., columns].argmax(-1)
    out["stepAgreement"] = (strongest[..., rows] == strongest[..., [row + 1 for row in rows]]).mean(-1)
    # The default is the mean of the last layer's heads here, whichever head the released model names.
    out["defaultAgreement"] = (strongest == cross[-1].mean(0)[:, columns].argmax(-1)).mean(-1)
    out["sourceShare"] = (sums["cross"] / (sums["cross"] + sums["decoder"])).mean(0)
    best = cross[-1].mean(0)
    out["merged"] = merged(best, words["target"], words["source"])
    out["mutualLinks"], out["coverage"] = {}, {}
    for step in ("predicts", "reads"):
        about = about_target(best, step)
        control = (words["sourceControl"], words["targetControl"])
        out["mutualLinks"][step] = mutual_links(merged(about, words["target"], words["source"]), control)
        counted = [position for position, word in enumerate(words["target"]) if word not in words["targetControl"]]
        out["coverage"][step] = (about[counted] @ indicator(words["source"]).T).max(0)
    out["keptMass"] = {str(mass): kept_mass(best, mass) for mass in MASSES}
    out["scaled"] = scaled(best)
    last = states[-1].astype(float)
    unit = last / np.linalg.norm(last, axis=1, keepdims=True)
    out["similarity"] = unit @ unit.T
    centred = last - last.mean(0)
    _, singular, directions = np.linalg.svd(centred, full_matrices=False)
    directions = directions[:COMPONENTS]
    directions *= np.sign(directions[np.arange(len(directions)), np.abs(directions).argmax(1)])[:, None]
    out["components"] = {
        "scores": centred @ directions.T,
        "shares": (singular**2 / (singular**2).sum())[:COMPONENTS],
        "restored": last.mean(0) + centred @ directions[:2].T @ directions[:2],
    }
    return out


def packed(array: np.ndarray) -> dict:
    return {"shape": list(array.shape), "base64": base64.b64encode(array.astype("<f4").tobytes()).decode()}


def expected(value):
    """Arrays as nested lists of seven decimals."""
    if isinstance(value, dict):
        return {name: expected(each) for name, each in value.items()}
    return value.round(7).tolist() if isinstance(value, np.ndarray) else value


def case(reference: Reference, inputs: AttentionInputs, name: str, language: str, text: str) -> dict:
    source, task = reference.tokenizer.encode(protect(text)[0]).ids, task_id("translate", language)
    [(target, _)] = reference.generate_keeping_spans([source], [task], TARGET_LIMIT)
    output = reference.inspect(source, [task, *target[:-1]])
    passes = {"encoder": output.encoder_attentions, "decoder": output.decoder_attentions, "cross": output.cross_attentions}
    attention = {kind: torch.cat(maps).numpy() for kind, maps in passes.items()}
    values = {kind: inputs.transformed_values(kind) for kind in KINDS}
    states = torch.cat([output.encoder_hidden_states[0], output.encoder_last_hidden_state]).numpy()
    words: dict = {}
    for side, ids in (("source", source), ("target", target)):
        words[side], words[f"{side}Control"] = word_numbers(reference.tokenizer, text, ids)
    found = measures({kind: maps.astype(float) for kind, maps in attention.items()}, values, states, words)
    return {
        "name": name,
        "task": {"kind": "translate", "to": language},
        "text": text,
        "sourceIds": source,
        "targetIds": target,
        "words": {side: [sum(1 for _ in group) for _, group in groupby(words[side])] for side in ("source", "target")},
        "attentions": {kind: packed(maps) for kind, maps in attention.items()},
        "valueProducts": {kind: packed(np.einsum("lhjd,lgjd->ljhg", vectors, vectors)) for kind, vectors in values.items()},
        "hiddenStates": packed(states),
        "expected": expected(found),
    }


def write_attention_files(reference: Reference, out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    for stale in out.glob("*.json"):
        stale.unlink()
    inputs = AttentionInputs(reference.model)
    for name, language, text in TEXTS:
        found = case(reference, inputs, name, language, text)
        fields = (f" {json.dumps(field)}: {json.dumps(value, ensure_ascii=False, separators=(',', ':'))}" for field, value in found.items())
        (out / f"{name}.json").write_text("{\n" + ",\n".join(fields) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    write_attention_files(Reference(Path(sys.argv[1])), Path(sys.argv[2]))
