"""Trains the model for a given number of minutes, resuming from the newest checkpoint of WORK_DIR.

usage: train.py CONFIG WORK_DIR --minutes N [--from CHECKPOINT] [--weights MODEL_FOLDER] [--peak SHARE] [--decay SHARE]
       torchrun --nproc-per-node 2 train.py ...   (one process and one thread a core)

Where WORK_DIR has no checkpoint yet, --weights starts from the weights of a released model instead of random ones. They have
seen their learning rate fall: a lower --peak and a --decay from the beginning on keep what they know.

On a machine that does other work too, processes that meet once a step lose less time than threads that meet at every
operation.

The learning rate warms up, stays, and falls to zero over the last `decayShare` of the minutes. `stable.pt` is the state
where the fall began: the next run with more minutes resumes there; `final/` holds the weights after the fall, in
Hugging Face layout, in fp16 where the products are computed in bf16.
"""

import argparse
import json
import os
import time
from pathlib import Path

import torch
import torch.distributed
from batches import Batch, Batches, chunks_from
from guided_alignment import guided_alignment_loss
from muon import Muon
from reference import read_config
from tasks import BOS_ID, EOS_ID, PAD_ID
from teacher_forcing import Forced, TeacherForcing
from tied_loss import TiedLoss
from transformers import M2M100Config, M2M100ForConditionalGeneration
from weights import TIED, Weights


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


def in_half(device: torch.device, precision: str) -> bool:
    """Whether products are computed in bf16. "auto": where they are the faster ones, on GPUs and on processors with a matrix unit."""
    if precision == "auto":
        return device.type == "cuda" or bool(torch.cpu.get_capabilities().get("amx_bf16"))
    return precision == "bf16"


class Processes:
    """The processes of one run, each with its share of the batches; a single one needs no torchrun."""

    def __init__(self) -> None:
        self.rank, self.count = int(os.environ.get("RANK", "0")), int(os.environ.get("WORLD_SIZE", "1"))
        if self.count > 1:
            torch.distributed.init_process_group("gloo")

    def average(self, parameters: list[torch.nn.Parameter], loss: torch.Tensor, *facts: float) -> tuple[torch.Tensor, *tuple[float, ...]]:
        """Averages the gradients in place, and returns loss and facts averaged likewise. Several processes are for processors, not for GPUs."""
        if self.count == 1:
            return loss, *facts
        flat = torch.cat([*(parameter.grad.flatten() for parameter in parameters), loss.view(1), torch.tensor(facts)])
        torch.distributed.all_reduce(flat)
        flat /= self.count
        offset = 0
        for parameter in parameters:
            parameter.grad.copy_(flat[offset : offset + parameter.numel()].view_as(parameter))
            offset += parameter.numel()
        return flat[offset], *flat[offset + 1 :].tolist()


class Optimizers:
    """Muon for the matrices of the layers, AdamW for embeddings, norms and biases."""

    def __init__(self, model: torch.nn.Module, train: dict, half: bool, processes: Processes) -> None:
        matrices = [p for name, p in model.named_parameters() if p.ndim == 2 and "layers" in name]
        chosen = {id(p) for p in matrices}
        rest = [p for p in model.parameters() if id(p) not in chosen]
        self.peaks = [train["muonLearningRate"], train["adamLearningRate"]]
        self.all = [
            Muon(matrices, self.peaks[0], dtype=torch.bfloat16 if half else torch.float32, rank=processes.rank, processes=processes.count),
            torch.optim.AdamW(rest, lr=self.peaks[1], betas=(0.9, 0.98), weight_decay=0.0, fused=True),
        ]

    def step(self, scale: float) -> None:
        for optimizer, peak in zip(self.all, self.peaks):
            for group in optimizer.param_groups:
                group["lr"] = peak * scale
            optimizer.step()
            optimizer.zero_grad()


def share_of_peak(step: int, seconds: float, total: float, decay: float, warmup: int) -> float:
    """Of the learning rate: it rises for `warmup` steps and falls to zero over the last share `decay` of the `total` seconds."""
    fall = (total - seconds) / (total * decay)
    return max(0.0, min(1.0, fall)) * min(1.0, (step + 1) / warmup)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("config", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--minutes", type=float, required=True, help="minutes of training in all, earlier runs counted in")
    parser.add_argument("--weights", type=Path, help="folder of a released model to start from where there is no checkpoint")
    parser.add_argument("--from", dest="start", default="latest.pt", help="checkpoint in WORK_DIR to resume from")
    parser.add_argument("--peak", type=float, default=1.0, help="how much of the configured learning rates the run rises to")
    parser.add_argument("--decay", type=float, help="in the place of the configured decayShare")
    arguments = parser.parse_args()
    config = read_config(arguments.config)
    train = config["train"]
    processes = Processes()
    torch.manual_seed(config["seed"])
    torch.set_num_threads(train["threads"])
    # Of fp32 products on a GPU, which are those of Muon and the output layer.
    torch.set_float32_matmul_precision("high")
    device = torch.device(train["device"])
    half = in_half(device, train["precision"])

    batches = Batches(arguments.work, config)
    if processes.rank == 0:
        print("left out", {rule: int(pairs.sum()) for rule, pairs in batches.left_out.items()}, flush=True)
    model = new_model(config).train().to(device)
    guided = train["guidedAlignment"]
    forcing = TeacherForcing(model, guided["layer"] if guided else 0, fused=device.type == "cuda" or not half)
    # cuDNN's attention makes a plan for each shape, and every batch has another one.
    torch.backends.cuda.enable_cudnn_sdp(False)
    optimizers = Optimizers(model, train, half, processes)
    state = {"chunk": 0, "step": 0, "target_tokens": 0, "seconds": 0.0}

    parameters = list(model.parameters())

    def save(name: str) -> None:
        if processes.rank > 0:
            return
        path = arguments.work / name
        content = {"state": state, "model": model.state_dict(), "optimizers": [o.state_dict() for o in optimizers.all]}
        torch.save(content, path.with_suffix(".part"))
        os.replace(path.with_suffix(".part"), path)

    if (arguments.work / arguments.start).exists():
        content = torch.load(arguments.work / arguments.start, map_location=device)
        state = content["state"]
        model.load_state_dict(content["model"])
        for optimizer, saved in zip(optimizers.all, content["optimizers"]):
            optimizer.load_state_dict(saved)
        print("resumed", state, flush=True)
    elif arguments.weights:
        Weights.read(model, arguments.weights).copy_into(model)
        state["target_tokens"] = read_config(arguments.weights / "config.json")["saccade"]["trainedTargetTokens"]
        # Goes on about where the released weights stopped: from chunk 0 every run would draw the same texts again.
        state["chunk"] = state["target_tokens"] // (train["tokensPerStep"] * train["batchesPerChunk"])
        print("started from", arguments.weights.name, state, flush=True)

    def translation_loss(batch: Batch, forced: Forced, smoothing: float) -> torch.Tensor:
        return TiedLoss.apply(forced.hidden.flatten(0, 1)[batch.places], model.lm_head.weight, batch.labels, smoothing)

    def loss_of(batch: Batch) -> tuple[torch.Tensor, torch.Tensor]:
        """What is minimised, and the part of it that is the translation's."""
        with torch.autocast(device.type, torch.bfloat16, enabled=half):
            forced = forcing(batch.source, batch.decoder_input)
            loss = translation_loss(batch, forced, train["labelSmoothing"])
            if not guided:
                return loss, loss.detach()
            attention = model.model.decoder.layers[guided["layer"]].encoder_attn
            alignment = guided_alignment_loss(attention, guided["head"], forced, batch.source, batch.readers, batch.links)
        return loss + guided["weight"] * alignment, loss.detach()

    @torch.no_grad()
    def held_loss() -> float:
        total = 0.0
        for batch in (one.to(device) for one in held):
            with torch.autocast(device.type, torch.bfloat16, enabled=half):
                total += translation_loss(batch, forcing(batch.source, batch.decoder_input), 0.0).item() * batch.target_tokens
        return total / sum(batch.target_tokens for batch in held)

    def write(folder: str) -> None:
        # A copy in fp16 of each name would store what is tied three times.
        weights = {name: weight.half() if half else weight for name, weight in model.state_dict().items() if name not in TIED}
        model.save_pretrained(arguments.work / folder, state_dict=weights)
        (arguments.work / folder / "training.json").write_text(json.dumps(state))

    held = batches.held_batches(600)
    total = arguments.minutes * 60
    decay = arguments.decay or train["decayShare"]
    decay_from = total * (1 - decay)
    last_save, running, printed = time.monotonic(), None, dict(state)
    chunks = chunks_from(batches, state["chunk"], train["loaders"], pinned=device.type == "cuda")
    while state["seconds"] < total:
        clock = time.monotonic()
        chunk = next(chunks)
        for first in range(0, len(chunk) - processes.count + 1, processes.count):
            batch = chunk[first + processes.rank].to(device)
            loss, shown = loss_of(batch)
            loss.backward()
            # The clock is averaged too, so that every process sees the same time and stops at the same step.
            facts = batch.target_tokens * processes.count, time.monotonic() - clock
            clock = time.monotonic()
            # The loss stays on its device until it is printed: who reads it at every step waits for the GPU at every step.
            step_loss, target_tokens, seconds = processes.average(parameters, shown, *facts)
            torch.nn.utils.clip_grad_norm_(parameters, 1.0)
            share = arguments.peak * share_of_peak(state["step"], state["seconds"], total, decay, train["warmupSteps"])
            optimizers.step(share)
            running = step_loss if running is None else 0.98 * running + 0.02 * step_loss
            seconds_before = state["seconds"]
            state["step"] += 1
            state["target_tokens"] += round(target_tokens)
            state["seconds"] += seconds
            if state["step"] % 25 == 0 and processes.rank == 0:
                rate = (state["target_tokens"] - printed["target_tokens"]) / (state["seconds"] - printed["seconds"])
                print(json.dumps({**state, "loss": round(running.item(), 4), "share": round(share, 3), "rate": round(rate)}), flush=True)
                printed = dict(state)
            if seconds_before < decay_from <= state["seconds"]:
                save("stable.pt")
            if state["seconds"] >= total:
                break
        state["chunk"] += 1
        due = time.monotonic() - last_save > train["checkpointMinutes"] * 60 or state["seconds"] >= total
        if due and processes.rank == 0:
            save("latest.pt")
            write("latest")
            print(json.dumps({"held_loss": round(held_loss(), 4), **state}), flush=True)
            last_save = time.monotonic()
    if processes.rank == 0:
        write("final")


if __name__ == "__main__":
    main()
