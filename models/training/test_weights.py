import json
import tempfile
import unittest
from pathlib import Path

import numpy as np
import torch
from blocks import BLOCK, Blocks
from reference import read_config
from train import new_model
from weights import EMBEDDING, WEIGHTS_FILE, Weights, parameters_of

HERE = Path(__file__).resolve().parent
SMALL = {"d_model": 32, "encoder_layers": 1, "decoder_layers": 1, "encoder_attention_heads": 2, "decoder_attention_heads": 2, "encoder_ffn_dim": 64, "decoder_ffn_dim": 64}
HEADS = {"weight": np.ones((64, 5)), "bias": np.zeros(5)}


class WeightsTest(unittest.TestCase):
    def test_a_shrunken_scale_is_taken_where_it_is_nearer(self) -> None:
        numbers = np.full(BLOCK, 0.9, dtype=np.float32)
        numbers[0] = 1
        least = np.square(Blocks.rounded(numbers, 2).numbers() - numbers).sum()
        self.assertLess(least, 0.1**2 * (BLOCK - 1) / 2)
        with self.assertRaisesRegex(ValueError, "fp16"):
            Blocks.rounded(np.full(BLOCK, 1e9), 8)

    def test_the_file_holds_the_numbers_that_the_reference_gets(self) -> None:
        torch.manual_seed(0)
        model, other = (new_model({**read_config(HERE / "config" / "cpu.json"), "vocabularySize": 64, "model": SMALL}) for _ in range(2))
        before = {name: tensor.clone() for name, tensor in parameters_of(model).items()}
        weights = Weights.of(model, HEADS, 6)
        weights.copy_into(model)
        self.assertEqual(weights.offsets[EMBEDDING], 0)
        for name, tensor in parameters_of(model).items():
            self.assertLessEqual((tensor - before[name]).abs().max().item(), before[name].abs().max().item() / 31, name)
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            (folder / "onnx").mkdir()
            (folder / WEIGHTS_FILE).write_bytes(weights.stored())
            heads = {"languages": ["en", "de", "other"], "classes": ["prose", "code"]}
            (folder / "config.json").write_text(json.dumps({"saccade": {"weights": weights.settings(), "heads": heads}}))
            Weights.read(other, folder).copy_into(other)
            for name, tensor in parameters_of(other).items():
                self.assertTrue(torch.equal(tensor, parameters_of(model)[name]), name)
            (folder / WEIGHTS_FILE).write_bytes(weights.stored()[:-2])
            with self.assertRaisesRegex(ValueError, "not as long"):
                Weights.read(other, folder)


if __name__ == "__main__":
    unittest.main()
