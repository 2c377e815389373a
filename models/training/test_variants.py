"""The variants of training pairs, with the tokenizer of the released model."""

import unittest

import numpy as np
from bundled import bundled_folder
from links import NOWHERE
from tasks import EOS_ID, MASK_ID, task_id
from tokenizers import Tokenizer
from variants import Example, Variants

MODEL = bundled_folder()
NONE = {"capitals": 0.0, "noFullStop": 0.0, "listItem": 0.0, "joined": 0.0}
SENTINEL = "\ue000"


class VariantsTest(unittest.TestCase):
    def setUp(self) -> None:
        self.tokenizer = Tokenizer.from_file(str(MODEL / "tokenizer.json"))
        self.random = np.random.default_rng(1)
        self.example = self.pair(f"The file {SENTINEL} is open.", f"Die Datei {SENTINEL} ist offen.")

    def pair(self, source: str, target: str) -> Example:
        ids = [np.asarray(self.tokenizer.encode(text).ids) for text in (source, target)]
        return Example(*ids, task_id("translate", "de"), np.arange(len(ids[1]), dtype=np.uint8))

    def varied(self, **shares: float) -> tuple[str, str]:
        varied = Variants(self.tokenizer, NONE | shares).vary(self.example, self.random)
        self.assertEqual(len(varied.links), len(varied.target))
        self.assertEqual([varied.source[-1], varied.target[-1]], [EOS_ID, EOS_ID])
        return self.text(varied.source), self.text(varied.target)

    def text(self, ids: np.ndarray) -> str:
        return self.tokenizer.decode(ids.tolist())

    def test_both_texts_change_alike(self) -> None:
        self.assertEqual(self.varied(), (f"The file {SENTINEL} is open.", f"Die Datei {SENTINEL} ist offen."))
        self.assertEqual(self.varied(capitals=1.0), (f"THE FILE {SENTINEL} IS OPEN.", f"DIE DATEI {SENTINEL} IST OFFEN."))
        self.assertEqual(self.varied(noFullStop=1.0), (f"The file {SENTINEL} is open", f"Die Datei {SENTINEL} ist offen"))
        source, target = self.varied(listItem=1.0)
        self.assertEqual(source[:2], target[:2])
        self.assertTrue(source.endswith(f"The file {SENTINEL} is open."))

    def test_joined_texts_keep_their_links(self) -> None:
        other = self.pair("Close it.", "Schließ sie.")
        joined = Variants(self.tokenizer, NONE).joined(self.example, other)
        self.assertEqual(self.text(joined.target), f"Die Datei {SENTINEL} ist offen. Schließ sie.")
        first, begun = len(self.example.target) - 1, len(self.example.source) - 1
        self.assertEqual(joined.links[:first].tolist(), self.example.links[:-1].tolist())
        self.assertEqual(joined.links[first:].tolist(), (other.links + begun).tolist())
        nowhere = Variants(self.tokenizer, NONE).joined(self.example, Example(other.source, other.target, 9, np.full_like(other.links, NOWHERE)))
        self.assertTrue((nowhere.links[first:] == NOWHERE).all())

    def test_a_reconstruction_is_asked_for_the_undamaged_text(self) -> None:
        variants, damaged = Variants(self.tokenizer, NONE), set()
        for _ in range(40):
            found = variants.reconstruction(self.example.target, self.random)
            self.assertEqual(found.target.tolist(), self.example.target.tolist())
            self.assertEqual((found.task, found.source[-1]), (task_id("reconstruct"), EOS_ID))
            self.assertEqual(self.text(found.source).count(SENTINEL), 1)
            damaged.add(tuple(found.source.tolist()))
        self.assertGreater(len(damaged), 5)

    def test_a_masked_word_is_one_token(self) -> None:
        variants = Variants(self.tokenizer, NONE)
        sources = [variants.reconstruction(self.example.target, self.random).source for _ in range(100)]
        self.assertTrue(any(MASK_ID in source for source in sources))


if __name__ == "__main__":
    unittest.main()
