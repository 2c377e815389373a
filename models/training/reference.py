"""The model as Python's transformers runs it, which every other implementation is compared with. Knows nothing of ONNX."""

import json
from pathlib import Path

import torch
from protect import protect, restore
from tasks import EOS_ID, PAD_ID
from tokenizers import Tokenizer
from transformers import M2M100ForConditionalGeneration


class Reference:
    def __init__(self, folder: Path, tokenizer: Path | None = None, attention: str = "eager") -> None:
        """`folder` is a Hugging Face folder; `attention` is "eager" where attentions are wanted, "sdpa" where speed is."""
        self.model = M2M100ForConditionalGeneration.from_pretrained(folder, attn_implementation=attention, dtype=torch.float32).eval()
        self.tokenizer = Tokenizer.from_file(str(tokenizer or folder / "tokenizer.json"))

    def source(self, text: str, limit: int) -> tuple[list[int], list[str]]:
        """Ids of the protected text, at most `limit` with the closing </s> kept, and the protected spans."""
        protected, spans = protect(text)
        ids = self.tokenizer.encode(protected).ids
        return (ids if len(ids) <= limit else [*ids[: limit - 1], EOS_ID]), spans

    def text(self, target_ids: list[int], spans: list[str]) -> str:
        return restore(self.tokenizer.decode(target_ids), spans)

    @torch.inference_mode()
    def generate(self, sources: list[list[int]], tasks: list[int], limit: int) -> list[list[int]]:
        """Greedy target ids of each source, at most `limit`; they end with </s> unless the limit cut them off."""
        source = pad_right(sources)
        output = self.model.generate(
            input_ids=source,
            attention_mask=(source != PAD_ID).long(),
            decoder_start_token_id=tasks,
            max_new_tokens=limit,
            num_beams=1,
            do_sample=False,
        )
        return [until_end(row[1:]) for row in output.tolist()]

    @torch.inference_mode()
    def inspect(self, source: list[int], decoder_input: list[int]):
        """One teacher-forced pass with every logit, hidden state and attention; only with attention="eager"."""
        return self.model(
            input_ids=torch.tensor([source]),
            decoder_input_ids=torch.tensor([decoder_input]),
            output_attentions=True,
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
