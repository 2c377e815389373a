"""Tests of the scores, of the damage that reconstruction is measured on, and of the rules that label text for the heads.

usage: python -m unittest test_scores     (in this folder)
"""

import tempfile
import unittest
from pathlib import Path

import numpy as np
from head_data import CODE, IDENTIFIER, PROSE, UNKNOWN, Marked, lookalikes, other_scripts, prose, protected, token_classes, without_marks
from prepare import train_tokenizer
from quality_report import BEGIN, END, cell, offered, shortfalls, table, write_between_markers
from restoration import KINDS, MASK_TEXT, compare, damage, misspelt, pieces
from rouge import first_sentence, rouge
from scores import aligned, detection_scores, spans_kept, translation_scores, word_count

SENTENCES = [
    "Returns the number of elements in the list, or `None` when there is no list to read from.",
    "Opens the file and reads the first line; the second line is left where it stands, naïve as that may be.",
    "Call `open()` before `read()`, otherwise `read()` returns nothing, and set max_length to fifty.",
]


def of_class(marked: Marked, wanted: int) -> str:
    return "".join(character if value == wanted else "·" for character, value in zip(marked.text, marked.classes))


class ScoresTest(unittest.TestCase):
    def test_a_span_counts_as_often_as_the_source_has_it_and_no_more(self) -> None:
        self.assertEqual(spans_kept(["%s of %s"], ["%s"]), (1, 2))
        self.assertEqual(spans_kept(["%s of it"], ["%s %s %s"]), (1, 1))

    def test_a_span_inside_of_another_is_not_counted_twice(self) -> None:
        self.assertEqual(spans_kept(["Use `foo_bar` and foo_bar"], ["nimm `foo_bar`"]), (1, 2))

    def test_a_span_that_goes_on_is_another_one(self) -> None:
        self.assertEqual(spans_kept(["set fooBar and -d"], ["setze fooBars und x-d"]), (0, 2))
        self.assertEqual(spans_kept(["read foo() now"], ["lies foo()-Funktion"]), (1, 1))

    def test_translation_scores_tell_right_from_wrong(self) -> None:
        perfect = translation_scores(SENTENCES, SENTENCES, "en")
        self.assertEqual((perfect["chrf"], perfect["bleu"]), (100, 100))
        self.assertLess(translation_scores(SENTENCES[::-1], SENTENCES, "en")["chrf"], 50)
        self.assertIn("nc:6", perfect["signatures"]["chrf"])

    def test_words_without_spaces_are_compared(self) -> None:
        for language, tokenizer in (("zh", "zh"), ("ja", "char")):
            scores = translation_scores(["返回列表中的元素数量"], ["返回列表中的元素个数"], language)
            self.assertGreater(scores["bleu"], 50)
            self.assertIn(f"tok:{tokenizer}", scores["signatures"]["bleu"])
        self.assertEqual([word_count(text) for text in ("返回列表中的元素数量", "リストを返す", "调用 open 函数", "two words")], [5, 3, 3, 2])

    def test_alignment_is_a_longest_common_subsequence(self) -> None:
        self.assertEqual(aligned("abcbd", "acbd"), {0: 0, 2: 1, 3: 2, 4: 3})
        self.assertEqual(aligned("ab", "xy"), {})

    def test_detection_is_counted_by_words(self) -> None:
        texts = ["open", "eins zwei drei", "one two three four five", "eins zwei drei vier fünf", "um dois"]
        rows = list(zip(["en", "de", "en", "de", "pt"], texts))
        scores = detection_scores(["en", "de"], rows, ["en", "en", "en", "en", "other"])
        expected = {"1-2 words": (100, 1), "3-4 words": (0, 1), "5 words or more": (50, 2), "other languages": (100, 1)}
        self.assertEqual({score["direction"]: (score["accuracy"], score["n"]) for score in scores}, expected)

    def test_rouge_by_hand(self) -> None:
        # 5 of 6 words, 3 of 5 pairs, and 5 words in order.
        self.assertEqual(rouge(["the cat sat on the mat"], ["The cat is on the mat"]), [83.33, 60.0, 83.33])
        self.assertEqual(rouge(["a b"], ["b a"]), [100, 0, 50])

    def test_first_sentence(self) -> None:
        self.assertEqual(first_sentence("Version 2.0 is out. It is new."), "Version 2.0 is out.")
        self.assertEqual(first_sentence("no end"), "no end")


class RestorationTest(unittest.TestCase):
    def setUp(self) -> None:
        self.tokenizer = train_tokenizer(SENTENCES * 20, 600, 100)
        self.random = np.random.default_rng(0)

    def test_pieces_are_the_whole_text(self) -> None:
        for text in SENTENCES:
            self.assertEqual("".join(pieces(self.tokenizer, text).texts()).strip(), text)

    def test_nothing_done_restores_next_to_nothing_and_the_original_restores_all(self) -> None:
        touched, restored = dict.fromkeys(KINDS, 0), dict.fromkeys(KINDS, 0)
        for text in SENTENCES * 100:
            original = pieces(self.tokenizer, text)
            damaged = damage(original, self.random)
            right = compare(self.tokenizer, original, damaged, text)
            self.assertEqual((right.restored, right.kept), (right.touched, right.others))
            left = compare(self.tokenizer, original, damaged, damaged.text).restored
            for kind in KINDS:
                touched[kind] += right.touched[kind]
                restored[kind] += left[kind]
        for kind in KINDS:
            self.assertGreater(touched[kind], 100)
            # A lost piece may find its like where another one was lost.
            self.assertLess(restored[kind], 0.03 * touched[kind])

    def test_protected_spans_are_left_alone(self) -> None:
        for _ in range(100):
            text = damage(pieces(self.tokenizer, SENTENCES[2]), self.random).text
            self.assertEqual((text.count("`open()`"), text.count("`read()`"), text.count("max_length")), (1, 2, 1))

    def test_damage_is_what_it_says(self) -> None:
        original = pieces(self.tokenizer, "the second line stands")
        made: dict[str, set[str]] = {kind: set() for kind in KINDS}
        for _ in range(2000):
            text, touched = damage(original, self.random)
            if len(touched) == 1:
                made[touched[0].kind].add(text)
        self.assertEqual(made["masked"] & {f"the {MASK_TEXT} stands", f"the second {MASK_TEXT} stands"}, {f"the {MASK_TEXT} stands", f"the second {MASK_TEXT} stands"})
        self.assertEqual(made["deleted"], {"second line stands", "the line stands", "the second stands", "the second line"})
        self.assertEqual(made["swapped"], {"second the line stands", "the line second stands", "the second stands line"})
        self.assertIn("the second lien stands", made["misspelt"])
        self.assertEqual(len({misspelt("returns", self.random) for _ in range(200)} & {"retunrs", "retrns", "retuurns"}), 3)


class HeadDataTest(unittest.TestCase):
    def test_marks_say_what_is_code(self) -> None:
        marked = without_marks("Set `x = 1` in `loop`, then loop again for `3` turns.")
        self.assertEqual(marked.text, "Set x = 1 in loop, then loop again for 3 turns.")
        self.assertEqual(of_class(marked, CODE).strip("·"), "x = 1")
        self.assertEqual(of_class(marked, IDENTIFIER).strip("·"), "loop")
        self.assertEqual(of_class(marked, PROSE), "Set ····· in ····, then ···· again for · turns.")

    def test_prose_knows_the_pattern_and_its_own_limits(self) -> None:
        marked = prose("Read os.path from /usr/lib and the HTTP header.")
        self.assertEqual(of_class(marked, IDENTIFIER).strip("·"), "os.path")
        self.assertEqual(of_class(marked, CODE).strip("·"), "/usr/lib")
        self.assertEqual(of_class(marked, UNKNOWN).strip("·"), "HTTP")

    def test_words_of_every_alphabet_are_prose(self) -> None:
        self.assertEqual(of_class(prose("Открывает файл НДС"), PROSE), "Открывает файл ···")
        self.assertEqual(of_class(prose("打开文件HTTP协议"), PROSE), "打开文件····协议")
        self.assertEqual(of_class(prose("naïve v2 cœur"), PROSE), "naïve ·· cœur")

    def test_other_scripts_are_no_letters_of_the_corpus(self) -> None:
        texts = list(other_scripts(80, np.random.default_rng(0)))
        self.assertEqual(len(set(texts)), 80)
        for text in texts:
            self.assertNotRegex(text, r"[A-Za-zЀ-ӿ぀-ヿ一-鿿]")

    def test_protected_text_keeps_the_classes_of_the_rest(self) -> None:
        marked = protected(without_marks("Call `os.path` or `loop` twice."))
        self.assertEqual(marked.text, "Call \ue000 or loop twice.")
        self.assertEqual(of_class(marked, IDENTIFIER).strip("·"), "loop")

    def test_a_token_is_of_its_last_character(self) -> None:
        marked = Marked("a b ", np.array([PROSE, UNKNOWN, CODE, CODE]))
        self.assertEqual(token_classes(marked, [(0, 1), (1, 3), (3, 4), (4, 4)]), [PROSE, CODE, UNKNOWN, UNKNOWN])

    def test_lookalikes_are_plain_words(self) -> None:
        (marked,) = lookalikes(["Now print the list.", "Call print() now.", "Nothing here."], {"print"})
        self.assertEqual(of_class(marked, PROSE).strip("·"), "print")


class ReportTest(unittest.TestCase):
    RESULT = {"set": "docs", "direction": "en-de", "chrf": 45.0, "bleu": 20.0, "spans": 8, "spansKept": 90.0, "n": 10}

    def test_what_is_below_a_bar_is_named(self) -> None:
        self.assertEqual(shortfalls([self.RESULT], {"docs": {"en-de": 45}, "spansKept": 90}), [])
        self.assertEqual(len(shortfalls([self.RESULT], {"docs": {"en-de": 46}, "spansKept": 91})), 2)

    def test_a_direction_below_its_bar_is_not_offered(self) -> None:
        self.assertEqual(offered([self.RESULT], {"docs": {"en-de": 46}}), [])
        score = round(self.RESULT["chrf"], 1)
        self.assertEqual(offered([self.RESULT], {"docs": {"en-de": 45}}), [{"from": "en", "to": "de", "chrf2": score}])
        self.assertIn("46, **missed**", table([self.RESULT], {"docs": {"en-de": 46}}))

    def test_cells_hold_any_text(self) -> None:
        self.assertEqual(cell("a|b *c* <d> `x|<y>_` e_f"), r"a\|b \*c\* &lt;d&gt; `x\|<y>_` e\_f")

    def test_only_what_is_between_the_marks_is_replaced(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "page.md"
            path.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n", encoding="utf-8")
            write_between_markers(path, "new")
            self.assertEqual(path.read_text(encoding="utf-8"), f"before\n{BEGIN}\n\nnew\n\n{END}\nafter\n")


if __name__ == "__main__":
    unittest.main()
