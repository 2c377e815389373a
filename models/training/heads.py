"""Two linear heads on the frozen encoder: the language of a text, and prose, code or identifier for each of its tokens.

usage: heads.py CONFIG REFERENCE_FOLDER CORPUS_DIR OUT_FILE [--tokenizer FILE] [--testsets TESTSETS_DIR]

REFERENCE_FOLDER is a checkpoint or what export.py wrote. OUT_FILE (npz) holds what inference needs, which is one matrix
product: logits [tokens, languages + classes] = states [tokens, 2 D] @ weight + bias, where the states of a token are what enters
the first encoder layer and what leaves the last one, side by side. The language of any run of tokens is the largest mean of their
first columns, the class of a token the largest of its other columns. Knows nothing of ONNX.
"""

import argparse
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from corpus import share_of_hash
from head_data import (
    CLASSES,
    PROSE,
    UNKNOWN,
    Example,
    Marked,
    class_examples,
    code_lines,
    lookalikes,
    names_that_are_words,
    other_scripts,
    read_texts,
    token_classes,
)
from reference import Reference, pad_right, read_config
from scores import OTHER, detection_rows, detection_scores
from tasks import LANGUAGES, PAD_ID

ROW_SHARE, HELD_SHARE = 0.03, 0.1
"""Of the corpus's rows, those that are read; of those, the ones that are never trained on."""
TEXTS_PER_LANGUAGE, LONGEST_TEXT = 12_000, 300
AMOUNTS = {"spans": 3000, "prose": 2000, "line": 1500, "mixed": 800}
OTHER_TEXTS = 2000
"""Made-up ones, in scripts of no language of the corpus."""
MAX_TOKENS, TOKENS_PER_BATCH = 128, 2048
FALSE_CODE = 0.01
"""The share of prose tokens that may be taken for code at `code_margin`: a word left untranslated is the worse mistake."""
LOOKALIKES = 500


class Heads:
    """What OUT_FILE holds, on the states of a Reference."""

    def __init__(self, path: Path, reference: Reference, limit: int) -> None:
        content = np.load(path)
        self.reference, self.limit = reference, limit
        self.languages = content["languages"].tolist()
        self.weight, self.bias = torch.from_numpy(content["weight"]), torch.from_numpy(content["bias"])

    def detect(self, texts: list[str]) -> list[str]:
        """The language code of each text, or OTHER."""
        states = encoder_states(self.reference, [self.reference.source(text, self.limit)[0] for text in texts])
        means = (((text @ self.weight) + self.bias).mean(0)[: len(self.languages)] for text in states)
        return [self.languages[mean.argmax()] for mean in means]


def in_batches(sources: list[list[int]]) -> Iterator[list[int]]:
    """Indices of texts of like length."""
    batch: list[int] = []
    for index in sorted(range(len(sources)), key=lambda index: len(sources[index])):
        if batch and (len(batch) + 1) * len(sources[index]) > TOKENS_PER_BATCH:
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch


@torch.inference_mode()
def encoder_states(reference: Reference, sources: list[list[int]]) -> list[torch.Tensor]:
    """[tokens, 2 D] of each text: before the first layer and after the last."""
    states: list[torch.Tensor] = [torch.empty(0)] * len(sources)
    for batch in in_batches(sources):
        ids = pad_right([sources[index] for index in batch])
        # Half of the bits leave the states within what another device would make of them.
        with torch.autocast("cpu", torch.bfloat16, enabled=torch.ops.mkldnn._is_mkldnn_bf16_supported()):
            output = reference.model.model.encoder(ids, attention_mask=(ids != PAD_ID).long(), output_hidden_states=True)
        both = torch.cat([output.hidden_states[0], output.last_hidden_state], 2).float()
        for row, index in enumerate(batch):
            states[index] = both[row, : len(sources[index])].clone()
    return states


@torch.inference_mode()
def mean_embeddings(reference: Reference, sources: list[list[int]]) -> torch.Tensor:
    """[texts, D]: the mean over the tokens before the first layer, for which no layer has to run."""
    encoder = reference.model.model.encoder
    means = torch.empty(len(sources), reference.model.config.d_model)
    for batch in in_batches(sources):
        ids = pad_right([sources[index] for index in batch])
        embedded, there = encoder.embed_tokens(ids), (ids != PAD_ID).unsqueeze(2)
        means[batch] = ((embedded + encoder.embed_positions(ids, embedded)) * there).sum(1) / there.sum(1)
    return means


def fit(states: torch.Tensor, answers: torch.Tensor, count: int, steps: int, decay: float = 1e-5) -> tuple[torch.Tensor, torch.Tensor]:
    """Logistic regression: weight [features, count] and bias [count] from states [n, features] and answers [n]."""
    mean, deviation = states.mean(0), states.std(0) + 1e-6
    scaled = (states - mean) / deviation
    weight, bias = torch.zeros(states.shape[1], count, requires_grad=True), torch.zeros(count, requires_grad=True)
    optimizer = torch.optim.LBFGS([weight, bias], max_iter=steps, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimizer.zero_grad()
        value = torch.nn.functional.cross_entropy(scaled @ weight + bias, answers) + decay * weight.square().sum()
        value.backward()
        return value

    optimizer.step(loss)
    with torch.no_grad():
        return weight / deviation[:, None], bias - (mean / deviation) @ weight


def percent(hits: torch.Tensor) -> str:
    return f"{100 * hits.float().mean():.2f} % of {len(hits)}" if len(hits) else "none there"


class LanguageHead:
    """Trained on states before the first layer alone: what a piece of a word says about its language, every layer mixes away."""

    def __init__(self, reference: Reference, languages: list[str]) -> None:
        self.reference, self.names = reference, [*languages, OTHER]

    def states(self, texts: list[str]) -> torch.Tensor:
        return mean_embeddings(self.reference, [self.reference.source(text, MAX_TOKENS)[0] for text in texts])

    def answers(self, languages: list[str]) -> torch.Tensor:
        return torch.tensor([self.names.index(code if code in self.names else OTHER) for code in languages])

    def train(self, rows: list[tuple[str, str]]) -> None:
        """Rows are (language, text)."""
        chosen = [row for code in [*LANGUAGES, OTHER] for row in [row for row in rows if row[0] == code][:TEXTS_PER_LANGUAGE]]
        states = self.states([text for _, text in chosen])
        self.weight, self.bias = fit(states, self.answers([language for language, _ in chosen]), len(self.names), steps=100)

    def report(self, name: str, rows: list[tuple[str, str]]) -> None:
        logits = self.states([text for _, text in rows]) @ self.weight + self.bias
        detected = [self.names[column] for column in logits.argmax(1)]
        for score in detection_scores(self.names[:-1], rows, detected):
            print(f"language, {name}, {score['direction']}: {score['accuracy']} % of {score['n']}")


class ClassHead:
    def __init__(self, reference: Reference) -> None:
        self.reference = reference

    def states(self, texts: list[Marked]) -> tuple[list[torch.Tensor], list[torch.Tensor]]:
        """[tokens, 2 D] and the answers [tokens] of each text."""
        encodings = [self.reference.tokenizer.encode(marked.text) for marked in texts]
        states = encoder_states(self.reference, [encoding.ids[:MAX_TOKENS] for encoding in encodings])
        answers = (token_classes(marked, encoding.offsets[:MAX_TOKENS]) for marked, encoding in zip(texts, encodings))
        return states, [torch.tensor(answer) for answer in answers]

    def train(self, examples: list[Example]) -> None:
        states, answers = (torch.cat(parts) for parts in self.states([example.marked for example in examples]))
        states, answers = states[answers != UNKNOWN], answers[answers != UNKNOWN]
        self.weight, self.bias = fit(states, answers, len(CLASSES), steps=60)
        odds = self.code_odds(states @ self.weight + self.bias)
        self.margin = torch.quantile(odds[answers == PROSE], 1 - FALSE_CODE).item()

    @staticmethod
    def code_odds(logits: torch.Tensor) -> torch.Tensor:
        """[tokens]: the logarithm of the odds that a token is not prose."""
        rest = [column for column in range(len(CLASSES)) if column != PROSE]
        return logits[:, rest].logsumexp(1) - logits[:, PROSE]

    def report(self, examples: list[Example]) -> None:
        per_text, answers_of = self.states([example.marked for example in examples])
        logits_of = [states @ self.weight + self.bias for states in per_text]
        logits, answers = torch.cat(logits_of), torch.cat(answers_of)
        known = answers != UNKNOWN
        best, right, odds = logits.argmax(1)[known], answers[known], self.code_odds(logits)[known]
        print(f"classes: right {percent(best == right)} tokens, were every one called prose {percent(right == PROSE)}")
        for value, name in enumerate(CLASSES):
            precision, recall = ((best == right)[which == value].float().mean().item() for which in (best, right))
            score = 200 * precision * recall / (precision + recall)
            print(f"classes, {name}: F1 {score:.1f}, precision {100 * precision:.1f}, recall {100 * recall:.1f}")
        sure = odds >= self.margin
        print(
            f"classes, not prose, by a margin of {self.margin:.2f}: precision {percent((right != PROSE)[sure])},",
            f"recall {percent(sure[right != PROSE])}",
        )
        for kind in AMOUNTS:
            code = [logits.mean(0).argmax() != PROSE for logits, example in zip(logits_of, examples) if example.kind == kind]
            print(f"classes, texts whose mean is not prose, {kind}: {percent(torch.tensor(code))}")

    def report_lookalikes(self, texts: list[Marked]) -> None:
        states, answers = (torch.cat(parts) for parts in self.states(texts))
        logits = (states @ self.weight + self.bias)[answers == PROSE]
        for name, margin in (("", 0.0), (" by the margin", self.margin)):
            print(f"classes, plain words that are names elsewhere, taken for names{name}: {percent(self.code_odds(logits) > margin)}")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("config", type=Path)
    parser.add_argument("reference", type=Path)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--tokenizer", type=Path, help="where the folder has no tokenizer.json")
    parser.add_argument("--testsets", type=Path, help="held-out documentation to report the language head's score on")
    arguments = parser.parse_args()
    clock = time.monotonic()
    config, random = read_config(arguments.config), np.random.default_rng(0)
    torch.manual_seed(config["seed"])
    reference, languages = Reference(arguments.reference, arguments.tokenizer, attention="sdpa"), config["languages"]

    rows = [row for row in read_texts(arguments.corpus / "parallel.tsv.xz", ROW_SHARE) if len(row.text) <= LONGEST_TEXT]
    train, held = ([row for row in rows if (row.share < HELD_SHARE) == wanted] for wanted in (False, True))
    print(f"{time.monotonic() - clock:.0f} s: {len(train)} texts read, {len(held)} held out", flush=True)
    language = LanguageHead(reference, languages)
    language.train([*((row.language, row.text) for row in train), *((OTHER, text) for text in other_scripts(OTHER_TEXTS, random))])
    print(f"{time.monotonic() - clock:.0f} s: language head", flush=True)

    lines = {line: share_of_hash(str(path)) < HELD_SHARE for path, line in code_lines()}
    texts, held_texts = ([row.text for row in part if row.language in languages] for part in (train, held))
    fewer = {kind: amount // 5 for kind, amount in AMOUNTS.items()}
    classes = ClassHead(reference)
    classes.train(class_examples(texts, [line for line, held_out in lines.items() if not held_out], AMOUNTS, random))
    print(f"{time.monotonic() - clock:.0f} s: class head", flush=True)

    size = reference.model.config.d_model
    np.savez(
        arguments.out,
        weight=torch.cat([torch.cat([language.weight, torch.zeros(size, len(language.names))]), classes.weight], 1).numpy(),
        bias=torch.cat([language.bias, classes.bias]).numpy(),
        languages=np.array(language.names),
        classes=np.array(CLASSES),
        code_margin=np.float32(classes.margin),
    )
    language.report("held-out rows of the corpus", [(row.language, row.text) for row in held])
    language.report("made-up texts in other scripts", [(OTHER, text) for text in other_scripts(OTHER_TEXTS // 10, random)])
    if arguments.testsets:
        language.report("held-out documentation", detection_rows(arguments.testsets, languages))
    classes.report(class_examples(held_texts, [line for line, held_out in lines.items() if held_out], fewer, random))
    english = [row.text for row in held if row.language == "en"]
    classes.report_lookalikes(lookalikes(english, names_that_are_words(texts))[:LOOKALIKES])


if __name__ == "__main__":
    main()
