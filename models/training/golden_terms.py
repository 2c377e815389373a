"""Translations in which words must become what a glossary says. The engine does the same (webview/engine/engine.ts); the golden files compare the two.

The text is translated as it is. While the target lacks a wanted translation as often as the source has its word, it is translated again with
those words as protected spans too, which stand for their translations.
"""

import re
from collections import Counter
from typing import NamedTuple

from protect import protect
from reference import Reference
from tasks import task_id

LIMIT = 64


class TermText(NamedTuple):
    name: str
    language: str
    """Target language."""
    text: str
    terms: dict[str, str]


TERM_TEXTS = [
    TermText("wanted-by-itself", "de", "Returns the number of elements in the list.", {"list": "Liste"}),
    TermText("another-word", "de", "Opens the file and reads the first line.", {"file": "Akte"}),
    TermText("two-of-three", "de", "The user opens the folder and deletes the file.", {"user": "Anwenderin", "folder": "Ordner", "file": "Akte"}),
    TermText("as-often-as-there", "fr", "Copy the folder to another folder, then delete the first folder.", {"folder": "classeur"}),
    TermText("phrase", "es", "Shows an error message when the server does not answer.", {"error message": "aviso de fallo", "message": "carta"}),
    TermText("never-translated", "fr", "The Window class closes the window of the Editor.", {"Window": "Window", "Editor": "Editor"}),
    TermText("beside-code", "de", "Call `file()` before the file is read, then set file_name.", {"file": "Akte"}),
    TermText("into-english", "en", "Diese Funktion löscht alle alten Einträge der Tabelle.", {"Tabelle": "spreadsheet", "Einträge": "records"}),
]


def missing(wanted: Counter, target: str) -> set[str]:
    """An ending of inflection, and a capital at the beginning, are allowed."""

    def count(term: str) -> int:
        either = f"{re.escape(term)}|{re.escape(term[0].upper() + term[1:])}"
        return len(re.findall(rf"(?<![\w-])(?:{either})(?:e|e?[mnrs]|ns|x)?(?![\w-])", target))

    return {term for term, times in wanted.items() if count(term) < times}


def with_terms(text: TermText, reference: Reference) -> dict:
    task = task_id("translate", text.language)
    words = re.findall("|".join(rf"\b{re.escape(word)}\b" for word in sorted(text.terms, key=len, reverse=True)), protect(text.text)[0])
    wanted = Counter(text.terms[word] for word in words)
    protected: set[str] = set()
    readings = []
    while True:
        source, spans = protect(text.text, {word: term for word, term in text.terms.items() if term in protected})
        ids = reference.tokenizer.encode(source).ids
        [(target, overruled)] = reference.generate_keeping_spans([ids], [task], LIMIT)
        target_text = reference.text(target, spans)
        readings.append({"protectedText": source, "protectedSpans": spans, "sourceIds": ids, "targetIds": target, "overruled": overruled})
        more = missing(wanted, target_text) - protected
        if not more:
            break
        protected |= more
    return {
        "name": text.name,
        "task": {"name": "translate", "language": text.language, "id": task},
        "text": text.text,
        "terms": [{"source": word, "target": term} for word, term in text.terms.items()],
        "limit": LIMIT,
        "readings": readings,
        "targetText": target_text,
    }
