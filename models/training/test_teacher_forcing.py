"""The forward pass of training against that of transformers: states and gradients."""

import unittest

import torch
from reference import pad_right
from tasks import EOS_ID, PAD_ID
from teacher_forcing import TeacherForcing
from train import new_model

MODEL = {"d_model": 16, "encoder_layers": 2, "decoder_layers": 2, "encoder_attention_heads": 2, "decoder_attention_heads": 2, "encoder_ffn_dim": 32, "decoder_ffn_dim": 32}


class TeacherForcingTest(unittest.TestCase):
    def setUp(self) -> None:
        torch.manual_seed(3)
        self.model = new_model({"vocabularySize": 64, "model": MODEL}).double()
        self.source = pad_right([[20, 21, 22, 25, EOS_ID], [23, 24, EOS_ID]])
        self.decoder_input = pad_right([[9, 30, 31], [9, 32]])
        self.mask = (self.decoder_input != PAD_ID)[:, :, None]

    def gradients(self, hidden: torch.Tensor) -> dict[str, torch.Tensor]:
        self.model.zero_grad()
        (hidden * self.mask).sin().sum().backward()
        return {name: p.grad.clone() for name, p in self.model.model.named_parameters() if p.grad is not None}

    def test_states_and_gradients_are_those_of_transformers(self) -> None:
        expected = self.model.model(
            input_ids=self.source, attention_mask=(self.source != PAD_ID).long(), decoder_input_ids=self.decoder_input, use_cache=False
        )
        wanted = self.gradients(expected.last_hidden_state)
        for fused in (True, False):
            forced = TeacherForcing(self.model, layer=1, fused=fused)(self.source, self.decoder_input)
            torch.testing.assert_close(forced.hidden * self.mask, expected.last_hidden_state * self.mask)
            texts = self.source != PAD_ID
            torch.testing.assert_close(forced.keys[texts], expected.encoder_last_hidden_state[texts])
            found = self.gradients(forced.hidden)
            self.assertEqual(found.keys(), wanted.keys())
            for name, gradient in wanted.items():
                torch.testing.assert_close(found[name], gradient, msg=lambda text: f"{name}: {text}")


if __name__ == "__main__":
    unittest.main()
