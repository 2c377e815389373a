"""Pairs that begin in capitals on one side alone are found, but for those that are as they should be."""

import unittest

import numpy as np
from bundled import bundled_folder
from first_letters import changed_case
from tasks import SPECIAL_TOKENS, task_id
from tokenizers import Tokenizer

TOKENIZER = Tokenizer.from_file(str(bundled_folder() / "tokenizer.json"))
INTO = {code: task_id("translate", code) for code in ("en", "de", "fr", "ru", "zh")}


def found(source: str, target: str, task: int) -> bool:
    ids = [TOKENIZER.encode(text).ids for text in (source, target)]
    offsets = np.cumsum([0, *map(len, ids)])
    [answer] = changed_case(TOKENIZER, np.concatenate(ids).astype(np.uint16), offsets, np.array([[0, 1, task]], dtype=np.int32))
    return bool(answer)


class ChangedCaseTest(unittest.TestCase):
    def test_a_capital_that_is_lost_or_gained(self) -> None:
        self.assertTrue(found("Displays the next lines.", "zeigt die nächsten Zeilen an.", INTO["de"]))
        self.assertTrue(found("pick black point from image", "Choisir le point noir dans l’image", INTO["fr"]))
        self.assertTrue(found("Écrit le fichier ici", "writes the file here", INTO["en"]))
        self.assertTrue(found("Opens the door again", "открывает дверь снова", INTO["ru"]))

    def test_the_same_on_both_sides(self) -> None:
        self.assertFalse(found("Displays the next lines.", "Zeigt die nächsten Zeilen an.", INTO["de"]))
        self.assertFalse(found("unable to open the file", "impossible d’ouvrir le fichier", INTO["fr"]))

    def test_german_nouns_have_a_capital_wherever_they_stand(self) -> None:
        self.assertFalse(found("file was not found", "Datei nicht gefunden", INTO["de"]))
        self.assertTrue(found("Datei nicht gefunden, Abbruch", "file not found, aborted", INTO["en"]))

    def test_one_or_two_words_may_be_a_name(self) -> None:
        self.assertFalse(found("Insulin Pump", "langlebige Insulinpumpe", INTO["de"]))

    def test_what_has_no_case(self) -> None:
        self.assertFalse(found("Opens the door again", "打开文件", INTO["zh"]))
        self.assertFalse(found("\ue000 opens the file", "Die Funktion \ue000 öffnet die Datei", INTO["fr"]))
        self.assertFalse(found("3 files were found", "fichiers trouvés : 3", INTO["fr"]))

    def test_a_headline_is_no_translation(self) -> None:
        self.assertFalse(found("Copies files to another computer.", "copy files", SPECIAL_TOKENS.index("<headline>")))


if __name__ == "__main__":
    unittest.main()
