"""The special tokens: which first decoder token asks for which task. Knows nothing of data or models."""

LANGUAGES = ["en", "de", "fr", "es", "pt", "ru", "zh", "ja"]
"""Every language that the vocabulary reserves a task token for, trained or not."""
UNSPACED_LANGUAGES = {"zh", "ja"}
"""Those that put no spaces between words."""

PAD, BOS, EOS, UNK, MASK = "<pad>", "<s>", "</s>", "<unk>", "<mask>"
SUMMARISE, HEADLINE, RECONSTRUCT = "<summarise>", "<headline>", "<reconstruct>"

SPECIAL_TOKENS = [PAD, BOS, EOS, UNK, MASK, SUMMARISE, HEADLINE, RECONSTRUCT] + [f"<2{code}>" for code in LANGUAGES]
"""In vocabulary order: the index is the id, so ids stay the same for every vocabulary."""

PAD_ID, BOS_ID, EOS_ID, UNK_ID, MASK_ID = range(5)


def task_token(task: str, language: str | None = None) -> str:
    """The first decoder token of a task; `language` is the target language of "translate"."""
    return f"<2{language}>" if task == "translate" else f"<{task}>"


def task_id(task: str, language: str | None = None) -> int:
    return SPECIAL_TOKENS.index(task_token(task, language))
