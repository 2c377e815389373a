"""Tests of the aligners against brute force, toy languages and the attention that transformers returns.

usage: python -m unittest test_alignment     (in this folder; the model is a small random one)
"""

import io
import itertools
import tempfile
import unittest
from contextlib import redirect_stdout
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import torch
from alignment import STEPS, Score, best, found_links
from gold_alignments import GoldPair, Tokens, error_rate, join_words, tokens_of, word_links
from hmm_alignment import EMPTY_SHARE, LONGEST, Chain, HmmAligner
from lexical_alignment import LexicalAligner, alignments_of
from lexicon import lexicon_of, read_lexicon
from links import NOWHERE, misaligned
from packed_texts import PackedTexts
from prepare import train_tokenizer
from tasks import EOS_ID, PAD_ID, task_id
from train import new_model


class ChainTest(unittest.TestCase):
    def test_posteriors_and_counts_equal_a_sum_over_every_path(self) -> None:
        random = np.random.default_rng(0)
        vocabulary, positions, steps = 11, [3, 2], [2, 4]
        chain = Chain(vocabulary)
        chain.jumps = random.random(2 * LONGEST + 1).astype(np.float32)
        chain.empty = random.random(vocabulary).astype(np.float32)
        states = np.arange(3) < np.array(positions)[:, None]
        emission = random.random((4, 2, 3)).astype(np.float32) * states
        written = np.zeros((4, 2), dtype=int)
        for text, length in enumerate(steps):
            written[:length, text] = random.integers(1, vocabulary, length)
        found = chain.posteriors(emission, written, states, ordered=True, counting=True)
        jumps, empty = np.zeros(2 * LONGEST + 1), np.zeros(vocabulary)
        for text, (width, length) in enumerate(zip(positions, steps)):
            expected, total = np.zeros((length, width)), 0.0
            text_jumps, text_empty = np.zeros_like(jumps), np.zeros_like(empty)

            def move(to: int, at: int) -> float:
                return chain.jumps[to - at + LONGEST] / sum(chain.jumps[other - at + LONGEST] for other in range(width))

            for path in itertools.product(range(width), [False, True], repeat=length):
                places, silent, probability, at = path[::2], path[1::2], 1.0, -1
                for step, (place, none) in enumerate(zip(places, silent)):
                    # Before the first token there is no position to stay at, so even an empty word draws one.
                    probability *= float(place == at) if none and step else move(place, at)
                    probability *= EMPTY_SHARE * chain.empty[written[step, text]] if none else 1 - EMPTY_SHARE
                    probability *= 1 if none else emission[step, text, place]
                    at = place
                total += probability
                for step, (place, none) in enumerate(zip(places, silent)):
                    if none:
                        text_empty[written[step, text]] += probability
                    else:
                        expected[step, place] += probability
                        text_jumps[place - (places[step - 1] if step else -1) + LONGEST] += probability
            np.testing.assert_allclose(found[:length, text, :width], expected / total, atol=1e-6)
            jumps, empty = jumps + text_jumps / total, empty + text_empty / total
        np.testing.assert_allclose(chain.jump_counts, jumps, atol=1e-6)
        np.testing.assert_allclose(chain.empty_counts, empty, atol=1e-6)


def toy_pairs(count: int) -> tuple[list[list[int]], list[list[int]]]:
    """Texts whose translation is each token plus 50, the first two exchanged; token 60 is added anywhere, from nowhere."""
    random = np.random.default_rng(1)
    first = [random.permutation(np.arange(20, 32))[: random.integers(3, 8)].tolist() for _ in range(count)]
    second = []
    for text in first:
        words = [token + 50 for token in text]
        words[0], words[1] = words[1], words[0]
        words.insert(int(random.integers(len(words) + 1)), 60)
        second.append(words)
    return first, second


class LexicalAlignmentTest(unittest.TestCase):
    def setUp(self) -> None:
        """A packed.npz of toy pairs, both directions as neighbours, and a row of another task."""
        first, second = toy_pairs(400)
        texts = [[*text, EOS_ID] for pair in zip(first, second) for text in pair]
        pairs = [
            row
            for index in range(0, len(texts), 2)
            for row in ((index, index + 1, task_id("translate", "de")), (index + 1, index, task_id("translate", "en")))
        ]
        pairs.append((0, 1, task_id("summarise")))
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        np.savez(
            self.folder / "packed.npz",
            tokens=np.concatenate(texts).astype(np.uint16),
            offsets=np.concatenate([[0], np.cumsum([len(text) for text in texts])]),
            pairs=np.array(pairs, dtype=np.int32),
            held=np.zeros(len(pairs), dtype=bool),
        )
        self.texts = PackedTexts(self.folder / "packed.npz")
        self.rows = self.texts.rows("de")
        model = HmmAligner(100)
        for iteration in range(6):
            model.iterate(((one, other) for _, one, other in self.texts.batches(self.rows)), ordered=iteration >= 3)
        self.aligner = LexicalAligner({"de": model})

    def test_links_of_both_directions_are_those_of_the_toy_language(self) -> None:
        source, target = np.array([[20, 25, 31, EOS_ID, 0]]), np.array([[75, 60, 70, 81, EOS_ID, -100]])
        out = self.aligner.align(source, target, "en-de")
        self.assertEqual(out.tolist(), [[1, NOWHERE, 0, 2, NOWHERE, NOWHERE]])
        back = self.aligner.align(target, source, "de-en")
        self.assertEqual(back.tolist(), [[2, 0, 3, NOWHERE, NOWHERE]])

    def test_a_saved_aligner_gives_the_same_posteriors(self) -> None:
        np.savez(self.folder / "aligner.npz", **self.aligner.arrays())
        loaded = LexicalAligner.load(self.folder / "aligner.npz")
        texts = np.array([[22, 23, 24, 30]]), np.array([[60, 73, 72, 74, 80]])
        for mine, theirs in zip(self.aligner.ways(*texts, "en-de"), loaded.ways(*texts, "en-de")):
            np.testing.assert_array_equal(mine, theirs)

    def test_written_links_stand_at_the_rows_of_their_pairs(self) -> None:
        with redirect_stdout(io.StringIO()):
            parts = [alignments_of(self.aligner, self.texts, "de", rows) for rows in (self.rows[60:200], self.rows[10:60])]
        links, offsets = parts[0].merged(parts[1])
        self.assertEqual(len(offsets), len(self.texts.pairs) + 1)
        for row, (source, target, task) in enumerate(self.texts.pairs):
            found = links[offsets[row] : offsets[row + 1]]
            if not 20 <= row < 400:
                self.assertEqual(len(found), 0)
                continue
            ids = [self.texts.tokens[self.texts.offsets[text] : self.texts.offsets[text + 1]] for text in (source, target)]
            direction = "en-de" if task == task_id("translate", "de") else "de-en"
            np.testing.assert_array_equal(found, self.aligner.align(*(text[None].astype(int) for text in ids), direction)[0])
        self.assertGreater(np.mean(links != NOWHERE), 0.6)

    def test_the_lexicon_lists_the_right_token_first(self) -> None:
        np.savez(self.folder / "lexicon.npz", **lexicon_of(self.aligner.models["de"], self.texts, self.rows, "de"))
        for direction, source, target in (("en-de", 24, 74), ("de-en", 74, 24)):
            offsets, targets, probabilities = read_lexicon(self.folder / "lexicon.npz", direction)
            mine = slice(offsets[source], offsets[source + 1])
            self.assertEqual(targets[mine][0], target)
            self.assertGreater(probabilities[mine][0], 0.8)
            self.assertTrue((np.diff(probabilities[mine]) <= 0).all())
            self.assertLessEqual(probabilities[mine].sum(), 1.0001)
            self.assertNotIn(PAD_ID, targets)


class GoldAlignmentsTest(unittest.TestCase):
    def test_error_rate_of_a_worked_example(self) -> None:
        pair = GoldPair([], [], {(0, 0), (1, 1)}, {(0, 0), (1, 1), (1, 2)})
        self.assertEqual(error_rate([{(0, 0), (1, 1), (1, 2)}], [pair]), 0.0)
        # 1 of 2 links is sure, 1 of 2 is possible, 2 sure ones are wanted: 1 - (1 + 1) / (2 + 2)
        self.assertEqual(error_rate([{(0, 0), (2, 2)}], [pair]), 0.5)
        self.assertEqual(error_rate([{(1, 1), (0, 0)}], [pair.flipped()]), 0.0)

    def test_every_token_belongs_to_its_word(self) -> None:
        words = ["two", "-", "thirds", ",", "l'", "heure", "(", "Ottawa", "'s", ")", "."]
        self.assertEqual(join_words(words)[0], "two-thirds, l'heure (Ottawa's).")
        tokenizer = train_tokenizer(["two thirds, l'heure of Ottawa"] * 20, 400, 100)
        tokens = tokens_of(tokenizer, words)
        self.assertEqual(sorted(set(tokens.words)), list(range(len(words))))
        for index, word in enumerate(words):
            ids = [id for id, owner in zip(tokens.ids, tokens.words) if owner == index]
            self.assertEqual(tokenizer.decode(ids).strip(), word)

    def test_words_are_linked_if_any_of_their_tokens_are(self) -> None:
        source, target = Tokens([5, 6, 7, EOS_ID], [0, 0, 1]), Tokens([8, 9, 10, EOS_ID], [0, 1, 1])
        self.assertEqual(word_links([(0, 0), (1, 0), (2, 2)], source, target), {(0, 0), (1, 1)})


def small_model(vocabulary: int) -> torch.nn.Module:
    torch.manual_seed(0)
    sizes = {"d_model": 32, "encoder_layers": 1, "decoder_layers": 2, "encoder_ffn_dim": 64, "decoder_ffn_dim": 64}
    heads = {"encoder_attention_heads": 4, "decoder_attention_heads": 4}
    model = new_model({"vocabularySize": vocabulary, "model": {**sizes, **heads}}).double().eval()
    # Random weights this small give even attention, by which no head could be told from another.
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.mul_(8)
    return model


class AttentionTest(unittest.TestCase):
    def test_links_are_the_greatest_weights_of_each_head_at_both_steps(self) -> None:
        tokenizer = train_tokenizer(["a house is green, the houses are a b c d"] * 20, 320, 100)
        model = small_model(320)
        model.set_attn_implementation("eager")
        texts = [("the house is green", "a b c"), ("a", "d c b a"), ("houses are", "c c")]
        pairs = [GoldPair(source.split(), target.split(), {(0, 0)}, {(0, 0)}) for source, target in texts]
        found = found_links(SimpleNamespace(model=model, tokenizer=tokenizer), pairs, "de")
        self.assertEqual(len(found), 2 * 5 * 2)
        for index, pair in enumerate(pairs):
            source, target = tokens_of(tokenizer, pair.source), tokens_of(tokenizer, pair.target)
            decoder_input = torch.tensor([[task_id("translate", "de"), *target.ids[:-1]]])
            output = model(input_ids=torch.tensor([source.ids]), decoder_input_ids=decoder_input, output_attentions=True)
            for layer, weights in enumerate(output.cross_attentions):
                for head in range(5):
                    chosen = weights[0].mean(0) if head == 4 else weights[0, head]
                    for first, step in enumerate(STEPS):
                        rows = chosen[first : first + len(target.words), : len(source.words)].argmax(1).tolist()
                        expected = {(source.words[i], target.words[j]) for j, i in enumerate(rows)}
                        self.assertEqual(found[layer, head, step][index], expected)

    def test_the_best_is_the_least_mean_of_either_step(self) -> None:
        rates = {(0, None, "predicts"): (0.5, 0.4), (1, 2, "reads"): (0.1, 0.3), (1, 3, "predicts"): (0.1, 0.6)}
        scores = [Score(*key, dict(zip(("de-en", "en-fr"), values))) for key, values in rates.items()]
        self.assertEqual(best(scores), scores[1])


class MisalignedTest(unittest.TestCase):
    def test_few_links_tell_a_pair_that_is_hardly_a_translation(self) -> None:
        rows = [[0, 1, 2, 3, 4], [NOWHERE] * 6, [NOWHERE] * 3, [0] + [NOWHERE] * 5, [0] + [NOWHERE] * 6]
        links = np.array([link for row in rows for link in row], dtype=np.uint8)
        offsets = np.concatenate([[0], np.cumsum([len(row) for row in rows])])
        # Without </s>: 4 of 4, 0 of 5, too short, 1 of 5, 1 of 6.
        self.assertEqual(misaligned(links, offsets).tolist(), [False, True, False, False, True])


if __name__ == "__main__":
    unittest.main()
