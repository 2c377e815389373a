"""The guided alignment loss against the attention weights that transformers returns."""

import unittest
from dataclasses import replace

import numpy as np
import torch
from batches import Batch, collate
from guided_alignment import guided_alignment_loss
from links import NOWHERE
from tasks import EOS_ID, PAD_ID
from teacher_forcing import TeacherForcing
from test_alignment import small_model
from variants import Example


class GuidedAlignmentTest(unittest.TestCase):
    def setUp(self) -> None:
        self.model = small_model(64)
        targets = [[30, 31, 34, EOS_ID], [32, 33, EOS_ID]]
        links = [[2, NOWHERE, 0, NOWHERE], [1, 0, NOWHERE]]
        sources = [[20, 21, 22, EOS_ID], [23, 24, EOS_ID]]
        examples = [Example(np.array(source), np.array(target), 9, np.array(row)) for source, target, row in zip(sources, targets, links)]
        self.batch = collate(examples)

    def loss(self, layer: int, head: int, batch: Batch) -> torch.Tensor:
        forced = TeacherForcing(self.model, layer, fused=True)(batch.source, batch.decoder_input)
        attention = self.model.model.decoder.layers[layer].encoder_attn
        return guided_alignment_loss(attention, head, forced, batch.source, batch.readers, batch.links)

    def gradients(self, loss: torch.Tensor) -> dict[str, torch.Tensor]:
        self.model.zero_grad()
        loss.backward()
        return {name: p.grad.clone() for name, p in self.model.named_parameters() if p.grad is not None}

    def test_loss_and_gradients_are_those_of_the_attention_weights(self) -> None:
        self.model.set_attn_implementation("eager")
        batch = self.batch
        for layer, head in ((0, 3), (1, 1)):
            output = self.model.model(
                input_ids=batch.source, attention_mask=(batch.source != PAD_ID).long(), decoder_input_ids=batch.decoder_input, use_cache=False, output_attentions=True
            )
            weights = output.cross_attentions[layer][:, head]
            # The row after the one that predicts a label reads it; nothing reads the last label.
            expected = -(weights[0, 1, 2].log() + weights[0, 3, 0].log() + weights[1, 1, 1].log() + weights[1, 2, 0].log()) / 4
            wanted = self.gradients(expected)
            loss = self.loss(layer, head, batch)
            self.assertAlmostEqual(loss.item(), expected.item(), places=9)
            found = self.gradients(loss)
            for name in set(found) | set(wanted):
                zero = torch.zeros_like(self.model.get_parameter(name))
                torch.testing.assert_close(found.get(name, zero), wanted.get(name, zero))

    def test_no_link_is_no_loss(self) -> None:
        none = torch.zeros(0, dtype=torch.int64)
        loss = self.loss(1, 0, replace(self.batch, readers=none, links=none))
        loss.backward()
        self.assertEqual(loss.item(), 0.0)


if __name__ == "__main__":
    unittest.main()
