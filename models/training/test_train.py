"""Training on a handful of made-up texts: it resumes where it stopped, and the ways that only a GPU is worth run here too."""

import contextlib
import io
import json
import sys
import tempfile
import unittest
from itertools import islice
from pathlib import Path
from unittest import mock

import numpy as np
import torch
from batches import Batches, chunks_from
from bundled import bundled_folder
from reference import read_config
from safetensors import safe_open
from tasks import EOS_ID, SPECIAL_TOKENS, task_id
from tokenizers import Tokenizer
from train import main, share_of_peak

HERE = Path(__file__).resolve().parent
TOKENIZER = bundled_folder() / "tokenizer.json"
TEXTS = ["Opens the file.", "Reads a line of the file.", "Closes the file again.", "The second line is empty.", "Write it down here."]
SMALL_LETTER = "reads it down to here."
SMALL = {"d_model": 16, "encoder_layers": 1, "decoder_layers": 1, "encoder_attention_heads": 2, "decoder_attention_heads": 2, "encoder_ffn_dim": 32, "decoder_ffn_dim": 32}


class TrainTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.work = Path(folder.name)
        tokenizer = Tokenizer.from_file(str(TOKENIZER))
        tokenizer.save(str(self.work / "tokenizer.json"))
        ids = [tokenizer.encode(text).ids for text in [*TEXTS, SMALL_LETTER]]
        tasks = [task_id("translate", "de"), task_id("translate", "en"), SPECIAL_TOKENS.index("<summarise>")]
        pairs = [(source, target, task) for task in tasks for source in range(len(ids)) for target in range(len(ids))]
        held = np.arange(len(pairs)) % 9 == 0
        offsets = np.concatenate([[0], np.cumsum([len(row) for row in ids])])
        np.savez(self.work / "packed.npz", tokens=np.concatenate(ids).astype(np.uint16), offsets=offsets, pairs=np.array(pairs, dtype=np.int32), held=held)

    def config(self, **train: object) -> dict:
        config = read_config(HERE / "config" / "cpu.json")
        vocabulary = Tokenizer.from_file(str(TOKENIZER)).get_vocab_size()
        config |= {"model": SMALL, "languages": ["en", "de"], "vocabularySize": vocabulary}
        config["train"] |= {"tokensPerStep": 64, "batchesPerChunk": 4, "shortPhaseChunks": 0, "guidedAlignment": None, "warmupSteps": 2, "precision": "fp32"} | train
        return config

    def trained(self, config: dict, minutes: float, *more: str) -> list[str]:
        """The lines that the run printed."""
        path = self.work / "config.json"
        path.write_text(json.dumps(config))
        words = ["train.py", str(path), str(self.work), "--minutes", str(minutes), *more]
        with mock.patch.object(sys, "argv", words), contextlib.redirect_stdout(io.StringIO()) as printed:
            main()
        return printed.getvalue().splitlines()

    def state(self) -> dict:
        return torch.load(self.work / "latest.pt")["state"]

    def test_a_run_goes_on_from_its_checkpoint(self) -> None:
        self.trained(self.config(), 0.02)
        first = self.state()
        lines = self.trained(self.config(), 0.04)
        self.assertIn(f"resumed {first}", lines)
        self.assertGreater(self.state()["step"], first["step"])
        self.assertGreater(self.state()["chunk"], first["chunk"])

    def test_processes_that_make_chunks_ahead_make_the_same_ones(self) -> None:
        batches = Batches(self.work, self.config())
        here, ahead = (list(islice(chunks_from(batches, 5, loaders), 3)) for loaders in (0, 2))
        for one, other in zip(here, ahead, strict=True):
            self.assertEqual([batch.source.tolist() for batch in one], [batch.source.tolist() for batch in other])
            self.assertEqual([batch.labels.tolist() for batch in one], [batch.labels.tolist() for batch in other])

    def test_pairs_of_which_one_text_begins_with_a_capital_are_not_drawn(self) -> None:
        batches = Batches(self.work, self.config())
        changed, held = batches.left_out["changed case"], np.isin(np.arange(len(batches.pairs)), batches.held)
        # From a small letter to a capital is as it should be into German; a summary is no translation.
        self.assertEqual(changed.sum(), len(TEXTS) * 3)
        drawn = np.concatenate(list(batches.groups.values()))
        self.assertEqual(sorted(drawn), np.flatnonzero(~(changed | held)).tolist())

    def test_half_precision_learns_too_and_leaves_half_the_bytes(self) -> None:
        self.trained(self.config(precision="bf16"), 0.05)
        losses = [json.loads(line)["loss"] for line in self.trained(self.config(precision="bf16"), 0.3) if '"loss"' in line]
        self.assertLess(losses[-1], losses[0])
        with safe_open(self.work / "final" / "model.safetensors", "pt") as weights:
            self.assertEqual({weights.get_tensor(name).dtype for name in weights.keys()}, {torch.float16})


class ScheduleTest(unittest.TestCase):
    def test_it_rises_stays_and_falls(self) -> None:
        shares = [share_of_peak(step, float(step), 100.0, 0.5, 10) for step in (0, 9, 50, 75, 100)]
        self.assertEqual(shares, [0.1, 1.0, 1.0, 0.5, 0.0])

    def test_it_may_fall_from_the_beginning_on(self) -> None:
        shares = [share_of_peak(step, float(step), 100.0, 1.0, 10) for step in (0, 20, 50, 100)]
        self.assertEqual(shares, [0.1, 0.8, 0.5, 0.0])


if __name__ == "__main__":
    unittest.main()
