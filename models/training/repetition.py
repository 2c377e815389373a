"""Which tokens would repeat what a target has already said. Knows nothing of models.

A small model can fall into a loop. No sequence of NO_REPEAT_NGRAM tokens is written twice, as with `no_repeat_ngram_size` of transformers, but
where the source itself repeats one: what it says twice may be said twice. webview/engine/repetition.ts does the same.
"""

NO_REPEAT_NGRAM = 5


def repeats(source: list[int]) -> bool:
    """Whether a sequence of NO_REPEAT_NGRAM tokens stands in the source twice."""
    sequences = [tuple(source[start : start + NO_REPEAT_NGRAM]) for start in range(len(source) - NO_REPEAT_NGRAM + 1)]
    return len(set(sequences)) < len(sequences)


def repeating_tokens(written: list[int]) -> set[int]:
    """The next tokens that would end a sequence which the target has already."""
    before = NO_REPEAT_NGRAM - 1
    last = written[len(written) - before :]
    return {written[start + before] for start in range(len(written) - before) if written[start : start + before] == last}
