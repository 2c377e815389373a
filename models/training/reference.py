"""The model as Python's transformers runs it, which every other implementation is compared with. Knows nothing of ONNX."""

import json
from pathlib import Path

import torch
from protect import protect, restore
from repetition import NO_REPEAT_NGRAM, repeats
from span_keeping import DecodingRules, Row, SentinelTokens, next_prefix
from tasks import EOS_ID, PAD_ID, SPECIAL_TOKENS, task_id
from tokenizers import Tokenizer
from transformers import LogitsProcessorList, M2M100ForConditionalGeneration


SUMMARIES = {task_id("summarise"), task_id("headline")}
"""The tasks whose target need not have every protected span of the source."""


class Reference:
    def __init__(self, folder: Path, tokenizer: Path | None = None, attention: str = "eager") -> None:
        """`folder` is a Hugging Face folder; `attention` is "eager" where attentions are wanted, "sdpa" where speed is."""
        self.model = M2M100ForConditionalGeneration.from_pretrained(folder, attn_implementation=attention, dtype=torch.float32).eval()
        self.tokenizer = Tokenizer.from_file(str(tokenizer or folder / "tokenizer.json"))
        self.sentinels = SentinelTokens(self.tokenizer, set(range(len(SPECIAL_TOKENS))))

    def source(self, text: str, limit: int) -> tuple[list[int], list[str]]:
        """Ids of the protected text, at most `limit` with the closing </s> kept, and the protected spans."""
        protected, spans = protect(text)
        ids = self.tokenizer.encode(protected).ids
        return (ids if len(ids) <= limit else [*ids[: limit - 1], EOS_ID]), spans

    def text(self, target_ids: list[int], spans: list[str]) -> str:
        return restore(self.tokenizer.decode(target_ids), spans)

    def generate(self, sources: list[list[int]], tasks: list[int], limit: int) -> list[list[int]]:
        """Greedy target ids of each source, at most `limit`; they end with </s> unless the limit cut them off."""
        return [target for target, _ in self.generate_keeping_spans(sources, tasks, limit)]

    def generate_keeping_spans(self, sources: list[list[int]], tasks: list[int], limit: int) -> list[tuple[list[int], list[int]]]:
        """The same, with the positions where a rule overruled the model's first choice."""
        rows = [Row(self.sentinels.count(source), repeats(source)) for source in sources]
        targets = self.decode(sources, tasks, limit, rows)
        return [self.keep_spans(target, *rest) for target, *rest in zip(targets, sources, tasks, [limit] * len(rows), rows)]

    def decode_keeping_spans(self, source: list[int], task: int, limit: int, row: Row, prefix: list[int], given: dict) -> tuple[list[int], list[int]]:
        """One text's, which begins with `prefix`; `given` is what `decode` takes instead of the source's mask."""
        [target] = self.decode([source], [task], limit, [row], prefix, given)
        return self.keep_spans(target, source, task, limit, row, given)

    def keep_spans(self, target: list[int], source: list[int], task: int, limit: int, row: Row, given: dict | None = None) -> tuple[list[int], list[int]]:
        """The target, begun again as often as a span is missing, and the positions where a rule overruled the model's first choice."""
        while task not in SUMMARIES and target[-1] == EOS_ID:
            prefix = next_prefix(row, target, self.sentinels)
            if prefix is None:
                break
            [target] = self.decode([source], [task], limit, [row], prefix, given)
        return target, row.overruled

    @torch.inference_mode()
    def decode(self, sources: list[list[int]], tasks: list[int], limit: int, rows: list[Row], prefix: list[int] | None = None, given: dict | None = None) -> list[list[int]]:
        """One attempt. `prefix` is what the targets begin with; it counts towards `limit`. `given` has encoder outputs and mask where they are not the source's own."""
        source = pad_right(sources)
        begun = torch.tensor([[task, *(prefix or [])] for task in tasks])
        output = self.model.generate(
            input_ids=source,
            **(given or {"attention_mask": (source != PAD_ID).long()}),
            decoder_input_ids=begun,
            decoder_start_token_id=tasks,
            max_length=limit + 1,
            max_new_tokens=None,
            num_beams=1,
            do_sample=False,
            logits_processor=LogitsProcessorList([DecodingRules(self.sentinels, rows)]),
        )
        return [until_end(row[1:]) for row in output.tolist()]

    @torch.inference_mode()
    def beam_search(self, source: list[int], task: int, limit: int, beams: int) -> tuple[list[int], float]:
        """Best target ids, and their log-probability divided by their number; without regard to protected spans."""
        output = self.model.generate(
            input_ids=torch.tensor([source]),
            decoder_start_token_id=task,
            max_new_tokens=limit,
            num_beams=beams,
            no_repeat_ngram_size=0 if repeats(source) else NO_REPEAT_NGRAM,
            length_penalty=1.0,
            early_stopping=False,
            do_sample=False,
            output_scores=True,
            return_dict_in_generate=True,
        )
        return until_end(output.sequences[0, 1:].tolist()), float(output.sequences_scores[0])

    @torch.inference_mode()
    def inspect(self, source: list[int], decoder_input: list[int]):
        """One teacher-forced pass with every logit, hidden state and attention; only with attention="eager"."""
        return self.model(
            input_ids=torch.tensor([source]),
            decoder_input_ids=torch.tensor([decoder_input]),
            output_attentions=True,
            output_hidden_states=True,
            use_cache=False,
        )


def pad_right(rows: list[list[int]]) -> torch.Tensor:
    width = max(len(row) for row in rows)
    return torch.tensor([row + [PAD_ID] * (width - len(row)) for row in rows])


def until_end(ids: list[int]) -> list[int]:
    """The ids up to the first </s>, which is kept."""
    return ids[: ids.index(EOS_ID) + 1] if EOS_ID in ids else ids


def read_config(path: Path) -> dict:
    return json.loads(path.read_text(encoding="utf-8"))
