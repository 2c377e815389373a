"""What becomes of a few golden texts when the model is intervened in, and how a target's loss grows as the encoder's states are thinned out."""

import torch
from golden_texts import GOLDEN_TEXTS, GoldenText
from interventions import IntervenedModel, Intervention
from protect import protect
from reference import Reference
from tasks import task_id

INTERVENED_TEXTS = [text for text in GOLDEN_TEXTS if text.name in ("docstring-en-de", "comment-de-en", "code-spans")]
LIMIT = 24
KEPT = (0, 1, 2, 4, 8)
ALTERNATIVES = 5


def rounded(values: torch.Tensor, digits: int) -> list:
    """Nested lists of short decimals: a float32 printed as it is would carry digits that mean nothing."""
    return values.double().mul(10**digits).round().div(10**digits).tolist()


def interventions(target: list[int], second: int) -> list[Intervention]:
    """`second` is the second most likely token at target position 1."""
    heads = [("encoder", 0, 1), ("decoder", 1, 2), ("cross", 1, 0)]
    forced = [target[0], second]
    return [
        Intervention(),
        *(Intervention(knocked_out=[head]) for head in heads),
        Intervention(knocked_out=[(kind, layer, head) for kind, layer, _ in heads for head in range(4)]),
        Intervention(masked_source=[2]),
        Intervention(forced_prefix=forced),
        Intervention(encoder={"kind": "silenced"}),
        Intervention(encoder={"kind": "states", "positions": [0, 3]}),
        Intervention(encoder={"kind": "components", "count": 2}),
        Intervention(knocked_out=heads, masked_source=[1], forced_prefix=forced, encoder={"kind": "components", "count": 3}),
    ]


def most_attended(attentions: torch.Tensor) -> list[int]:
    """Source positions in the order of the cross-attention [M, H, T, S] that they get from all layers, heads and target positions."""
    return attentions.double().sum((0, 1, 2)).argsort(descending=True, stable=True).tolist()


def log_probabilities(logits: torch.Tensor, target: list[int]) -> torch.Tensor:
    return logits.log_softmax(-1)[torch.arange(len(target)), target]


def intervened(text: GoldenText, reference: Reference) -> dict:
    """One text: the model left alone, under each intervention, under each bottleneck, and as an auto-encoder."""
    task, reconstruct = task_id(text.task, text.language), task_id("reconstruct")
    protected, spans = protect(text.text)
    source = reference.tokenizer.encode(protected).ids
    original, _ = IntervenedModel(reference, source, Intervention()).generate(task, LIMIT)
    plain = IntervenedModel(reference, source, Intervention()).inspect([task, *original[:-1]])
    attended = most_attended(plain.attentions["cross"])

    def original_under(intervention: Intervention) -> list[float]:
        logits = IntervenedModel(reference, source, intervention).inspect([task, *original[:-1]]).logits
        return rounded(log_probabilities(logits, original), 5)

    def case(intervention: Intervention) -> dict:
        model = IntervenedModel(reference, source, intervention)
        target, overruled = model.generate(task, LIMIT)
        logits = model.inspect([task, *target[:-1]]).logits
        forced = range(len(intervention.forced_prefix))
        return {
            "intervention": intervention.as_json(),
            "targetIds": target,
            "targetText": reference.text(target, spans),
            "overruled": [position for position in forced if logits[position].argmax() != target[position]] + overruled,
            "logProbabilities": rounded(log_probabilities(logits, target), 5),
            "originalLogProbabilities": original_under(intervention),
        }

    best = plain.logits.log_softmax(-1).topk(ALTERNATIVES)
    restored = IntervenedModel(reference, source, Intervention()).inspect([reconstruct, *source[:-1]])
    return {
        "name": text.name,
        "task": {"name": text.task, "language": text.language, "id": task},
        "text": text.text,
        "limit": LIMIT,
        "sourceIds": source,
        "targetIds": original,
        "alternatives": {"ids": best.indices.tolist(), "logProbabilities": rounded(best.values, 5)},
        "cases": [case(intervention) for intervention in interventions(original, best.indices[1, 1].item())],
        "mostAttended": attended,
        "bottleneck": [
            {
                "count": count,
                "states": original_under(Intervention(encoder={"kind": "states", "positions": attended[:count]})) if count else None,
                "components": original_under(Intervention(encoder={"kind": "components", "count": count})),
            }
            for count in KEPT
        ],
        "reconstruction": rounded(log_probabilities(restored.logits, source), 5),
        "encoderHiddenStates": {"first": rounded(plain.hidden_states[0, :, :4], 5), "last": rounded(plain.hidden_states[-1, :, :4], 5)},
        "valueProducts": {kind: rounded(products[-1], 6) for kind, products in plain.value_products.items()},
    }
