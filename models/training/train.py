"""Trains the model for a given number of minutes, resuming from the newest checkpoint of WORK_DIR.

usage: train.py CONFIG WORK_DIR --minutes N [--from CHECKPOINT]

The learning rate warms up, stays, and falls to zero over the last `decayShare` of the minutes. `stable.pt` is the state
where the fall began: the next run with more minutes resumes there; `final/` holds the weights after the fall, in
Hugging Face layout.
"""

import argparse
import json
import os
import time
from pathlib import Path

import torch
from batches import Batch, Batches
from tasks import BOS_ID, EOS_ID, PAD_ID
from torch.nn.functional import cross_entropy
from transformers import M2M100Config, M2M100ForConditionalGeneration


def new_model(config: dict) -> M2M100ForConditionalGeneration:
    return M2M100ForConditionalGeneration(
        M2M100Config(
            vocab_size=config["vocabularySize"],
            **config["model"],
            max_position_embeddings=512,
            dropout=0.0,
            attention_dropout=0.0,
            activation_dropout=0.0,
            encoder_layerdrop=0.0,
            decoder_layerdrop=0.0,
            pad_token_id=PAD_ID,
            bos_token_id=BOS_ID,
            eos_token_id=EOS_ID,
            decoder_start_token_id=EOS_ID,
        )
    )


class Optimizers:
    """Muon for the matrices of the layers, AdamW for embeddings, norms and biases."""

    def __init__(self, model: torch.nn.Module, train: dict) -> None:
        matrices = [p for name, p in model.named_parameters() if p.ndim == 2 and "layers" in name]
        chosen = {id(p) for p in matrices}
        rest = [p for p in model.parameters() if id(p) not in chosen]
        self.peaks = [train["muonLearningRate"], train["adamLearningRate"]]
        self.all = [
            torch.optim.Muon(matrices, lr=self.peaks[0], weight_decay=0.0, adjust_lr_fn="match_rms_adamw"),
            torch.optim.AdamW(rest, lr=self.peaks[1], betas=(0.9, 0.98), weight_decay=0.0, fused=True),
        ]

    def step(self, scale: float) -> None:
        for optimizer, peak in zip(self.all, self.peaks):
            for group in optimizer.param_groups:
                group["lr"] = peak * scale
            optimizer.step()
            optimizer.zero_grad()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("config", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--minutes", type=float, required=True, help="minutes of training in all, earlier runs counted in")
    parser.add_argument("--from", dest="start", default="latest.pt", help="checkpoint in WORK_DIR to resume from")
    arguments = parser.parse_args()
    config = json.loads(arguments.config.read_text())
    train = config["train"]
    torch.manual_seed(config["seed"])
    torch.set_num_threads(train["threads"])

    batches = Batches(arguments.work / "packed.npz", config)
    model = new_model(config).train()
    optimizers = Optimizers(model, train)
    state = {"chunk": 0, "step": 0, "target_tokens": 0, "seconds": 0.0}

    def save(name: str) -> None:
        path = arguments.work / name
        content = {"state": state, "model": model.state_dict(), "optimizers": [o.state_dict() for o in optimizers.all]}
        torch.save(content, path.with_suffix(".part"))
        os.replace(path.with_suffix(".part"), path)

    if (arguments.work / arguments.start).exists():
        content = torch.load(arguments.work / arguments.start)
        state = content["state"]
        model.load_state_dict(content["model"])
        for optimizer, saved in zip(optimizers.all, content["optimizers"]):
            optimizer.load_state_dict(saved)
        print("resumed", state, flush=True)

    def loss_of(source: torch.Tensor, mask: torch.Tensor, decoder_input: torch.Tensor, labels: torch.Tensor, smoothing: float) -> torch.Tensor:
        hidden = model.model(
            input_ids=source, attention_mask=mask, decoder_input_ids=decoder_input, use_cache=False
        ).last_hidden_state
        logits = model.lm_head(hidden.reshape(-1, hidden.shape[-1]))
        return cross_entropy(logits.float(), labels.reshape(-1), ignore_index=-100, label_smoothing=smoothing)

    compiled = torch.compile(loss_of, dynamic=True)

    def forward(batch: Batch, smoothing: float) -> torch.Tensor:
        with torch.autocast("cpu", torch.bfloat16):
            return compiled(batch.source, (batch.source != PAD_ID).long(), batch.decoder_input, batch.labels, smoothing)

    def held_loss() -> float:
        with torch.no_grad():
            parts = [(forward(batch, 0.0).item(), batch.target_tokens) for batch in held]
        return sum(loss * tokens for loss, tokens in parts) / sum(tokens for _, tokens in parts)

    def write(folder: str) -> None:
        model.save_pretrained(arguments.work / folder)

    held = batches.held_batches(600)
    total = arguments.minutes * 60
    decay_from = total * (1 - train["decayShare"])
    last_save, running = time.monotonic(), None
    while state["seconds"] < total:
        short = state["target_tokens"] < train["shortPhaseTargetTokens"]
        for batch in batches.chunk(state["chunk"], short):
            begun = time.monotonic()
            loss = forward(batch, train["labelSmoothing"])
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            fall = min(1.0, (total - state["seconds"]) / (total - decay_from))
            optimizers.step(max(0.0, fall) * min(1.0, (state["step"] + 1) / train["warmupSteps"]))
            running = loss.item() if running is None else 0.98 * running + 0.02 * loss.item()
            state["step"] += 1
            state["target_tokens"] += batch.target_tokens
            seconds_before = state["seconds"]
            state["seconds"] += time.monotonic() - begun
            if state["step"] % 50 == 0:
                rate = batch.target_tokens / (time.monotonic() - begun)
                print(json.dumps({**state, "loss": round(running, 4), "fall": round(fall, 3), "rate": round(rate)}), flush=True)
            if seconds_before < decay_from <= state["seconds"]:
                save("stable.pt")
            if state["seconds"] >= total:
                break
        state["chunk"] += 1
        if time.monotonic() - last_save > train["checkpointMinutes"] * 60 or state["seconds"] >= total:
            save("latest.pt")
            write("latest")
            print(json.dumps({"held_loss": round(held_loss(), 4), **state}), flush=True)
            last_save = time.monotonic()
    write("final")


if __name__ == "__main__":
    main()
