"""Which translation pairs begin in capitals on one side alone. Knows nothing of where they come from or how they are drawn.

A model that learns from such pairs begins some sentences with a small letter.
"""

import numpy as np
from tasks import LANGUAGES, SPECIAL_TOKENS, task_id
from tokenizers import Tokenizer

FEWEST_WORDS = 3
"""A shorter source may be a name or a term, which languages write as they like."""
BLANK = "▁"
"""What a piece that begins a word starts with."""
CAPITALISED_NOUNS = task_id("translate", "de")
"""Into it a small letter may become a capital: its nouns have one wherever they stand."""


def cases(tokenizer: Tokenizer) -> np.ndarray:
    """[vocabulary] int8: 1 for a piece that begins with a capital, -1 for one with a small letter, 0 for any other."""
    pieces = [tokenizer.id_to_token(index).removeprefix(BLANK)[:1] for index in range(tokenizer.get_vocab_size())]
    return np.array([piece.isupper() - piece.islower() for piece in pieces], dtype=np.int8)


def changed_case(tokenizer: Tokenizer, tokens: np.ndarray, offsets: np.ndarray, pairs: np.ndarray) -> np.ndarray:
    """[pairs] bool: whether source and target begin with letters of which one alone is a capital. Takes the arrays of packed.npz."""
    begins = np.array([tokenizer.id_to_token(index).startswith(BLANK) for index in range(tokenizer.get_vocab_size())])
    words = np.diff(np.concatenate([[0], np.cumsum(begins[tokens], dtype=np.int64)])[offsets])
    first = cases(tokenizer)[tokens[offsets[:-1]]]
    source, target, task = pairs.T
    lost = (first[source] > 0) & (first[target] < 0)
    gained = (first[source] < 0) & (first[target] > 0) & (task != CAPITALISED_NOUNS)
    translations = task >= len(SPECIAL_TOKENS) - len(LANGUAGES)
    return translations & (words[source] >= FEWEST_WORDS) & (lost | gained)
