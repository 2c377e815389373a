"""What counts as a repetition, against the rule of transformers."""

import unittest

import numpy as np
import torch
from repetition import NO_REPEAT_NGRAM, repeating_tokens, repeats
from transformers import NoRepeatNGramLogitsProcessor

VOCABULARY = 4


class RepetitionTest(unittest.TestCase):
    def test_the_barred_tokens_are_those_of_transformers(self) -> None:
        processor, random = NoRepeatNGramLogitsProcessor(NO_REPEAT_NGRAM), np.random.default_rng(3)
        barred = 0
        for length in range(60):
            for _ in range(20):
                written = random.integers(VOCABULARY, size=length).tolist()
                scores = processor(torch.tensor([written], dtype=torch.long), torch.zeros(1, VOCABULARY))
                expected = set(torch.isinf(scores[0]).nonzero().flatten().tolist())
                self.assertEqual(repeating_tokens(written), expected, written)
                barred += len(expected)
        self.assertGreater(barred, 0)

    def test_a_source_repeats_where_a_whole_sequence_stands_twice(self) -> None:
        self.assertFalse(repeats([]))
        self.assertFalse(repeats([1, 2, 3, 4, 9, 1, 2, 3, 4]))
        self.assertTrue(repeats([1, 2, 3, 4, 5, 1, 2, 3, 4, 5]))
        self.assertTrue(repeats([7] * 6))


if __name__ == "__main__":
    unittest.main()
