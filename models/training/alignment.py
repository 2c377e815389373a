"""How well the decoder's cross-attention aligns words: the alignment error rate of every layer and head on hand-aligned pairs.

usage: alignment.py CONFIG REFERENCE_FOLDER ALIGNMENTS_DIR [--tokenizer FILE] [--json]

REFERENCE_FOLDER is any Hugging Face folder; --tokenizer where it holds no tokenizer.json. The model is given the
hand-aligned translation token by token, and each of its tokens is linked to the source token of greatest weight, </s> left
out: at the step that predicts it, and at the step that reads it (Chen et al. 2020). Prints a Markdown table, best first. Knows nothing of training.
"""

import argparse
import json
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import torch
from gold_alignments import GoldPair, Tokens, error_rate, read_gold, tokens_of, word_links
from reference import Reference, pad_right, read_config
from tasks import PAD_ID, task_id

BATCH = 32
STEPS = ("predicts", "reads")


@dataclass(frozen=True)
class Score:
    layer: int
    head: int | None
    """None is the mean of the layer's heads."""
    step: str
    """One of STEPS."""
    error_rates: dict[str, float]
    """By direction, as in "de-en"."""

    @property
    def mean(self) -> float:
        return sum(self.error_rates.values()) / len(self.error_rates)


@torch.inference_mode()
def strongest(reference: Reference, pairs: list[tuple[Tokens, Tokens]], task: int) -> torch.Tensor:
    """[layers, heads + 1, texts, target positions + 1]: the source position of greatest weight; the last head is the mean."""
    source = pad_right([tokens.ids for tokens, _ in pairs])
    attentions = reference.model(
        input_ids=source,
        attention_mask=(source != PAD_ID).long(),
        decoder_input_ids=pad_right([[task, *tokens.ids[:-1]] for _, tokens in pairs]),
        output_attentions=True,
        use_cache=False,
    ).cross_attentions
    weights = torch.stack(attentions)  # [layers, texts, heads, target positions + 1, source positions]
    weights = torch.cat([weights, weights.mean(2, keepdim=True)], 2)
    lengths = torch.tensor([len(tokens.words) for tokens, _ in pairs])
    outside = torch.arange(source.shape[1]) >= lengths[:, None]
    return weights.masked_fill(outside[:, None, None, :], -1.0).argmax(-1).transpose(1, 2)


def found_links(reference: Reference, pairs: list[GoldPair], language: str) -> dict[tuple[int, int, str], list[set]]:
    """The word links of each pair by layer, head (one past the last is the mean) and step."""
    texts = [(tokens_of(reference.tokenizer, pair.source), tokens_of(reference.tokenizer, pair.target)) for pair in pairs]
    order = sorted(range(len(texts)), key=lambda index: [len(tokens.ids) for tokens in texts[index]])
    found: dict = defaultdict(lambda: [set()] * len(pairs))
    for start in range(0, len(order), BATCH):
        members = order[start : start + BATCH]
        positions = strongest(reference, [texts[index] for index in members], task_id("translate", language)).tolist()
        for layer, heads in enumerate(positions):
            for head, rows in enumerate(heads):
                for index, row in zip(members, rows):
                    source, target = texts[index]
                    for shift, step in enumerate(STEPS):
                        links = ((row[position + shift], position) for position in range(len(target.words)))
                        found[layer, head, step][index] = word_links(links, source, target)
    return found


def measure(reference: Reference, gold: dict[str, list[GoldPair]]) -> list[Score]:
    """Best mean first. The reference is one with attention="eager", since no other returns attentions."""
    heads = reference.model.config.decoder_attention_heads
    rates: dict = defaultdict(dict)
    for direction, pairs in gold.items():
        for key, links in found_links(reference, pairs, direction.split("-")[1]).items():
            rates[key][direction] = error_rate(links, pairs)
    scores = [Score(layer, head if head < heads else None, step, values) for (layer, head, step), values in rates.items()]
    return sorted(scores, key=lambda score: score.mean)


def gold_of(folder: Path, languages: list[str]) -> dict[str, list[GoldPair]]:
    """The hand-aligned pairs between languages that the model has."""
    return {name: pairs for name, pairs in read_gold(folder).items() if set(name.split("-")) <= set(languages)}


def best(scores: list[Score]) -> Score:
    """Its layer, head and step are crossLayer, crossHead and crossStep of the model's config."""
    return min(scores, key=lambda score: score.mean)


def table(scores: list[Score]) -> str:
    directions = list(scores[0].error_rates)
    lines = [
        "| layer | head | step that | " + " | ".join(directions) + " | mean |",
        "|---:|---:|---|" + "---:|" * (len(directions) + 1),
    ]
    for score in scores:
        head = "mean" if score.head is None else score.head
        values = [*score.error_rates.values(), score.mean]
        lines.append(f"| {score.layer} | {head} | {score.step} | " + " | ".join(f"{value:.3f}" for value in values) + " |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("config", type=Path)
    parser.add_argument("reference", type=Path)
    parser.add_argument("alignments", type=Path)
    parser.add_argument("--tokenizer", type=Path, help="tokenizer.json, where the folder has none")
    parser.add_argument("--json", action="store_true", help="one JSON line per layer, head and step")
    arguments = parser.parse_args()
    config = read_config(arguments.config)
    torch.set_num_threads(config["train"]["threads"])
    scores = measure(Reference(arguments.reference, arguments.tokenizer), gold_of(arguments.alignments, config["languages"]))
    if not arguments.json:
        print(table(scores))
        return
    for score in scores:
        rates = {direction: round(rate, 4) for direction, rate in score.error_rates.items()}
        print(json.dumps({"layer": score.layer, "head": score.head, "step": score.step, "aer": rates, "mean": round(score.mean, 4)}))


if __name__ == "__main__":
    main()
