"""Corpus -> tokenizer.json and packed token arrays. Run once; train.py reads only what this writes.

usage: prepare.py CONFIG CORPUS_DIR WORK_DIR
"""

import json
import multiprocessing
import sys
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import numpy as np
from corpus import read_parallel, read_summaries, share_for, share_of_hash
from protect import SENTINELS, protect_pair, sentinel, shared_words
from tasks import EOS, SPECIAL_TOKENS, UNK, task_id
from tokenizers import Regex, Tokenizer, decoders, models, pre_tokenizers, processors, trainers

SLICE = 50_000
"""Texts that are tokenized at a time."""


def new_tokenizer() -> Tokenizer:
    """BPE with byte fallback over words, single digits and single punctuation marks.

    Nothing is normalised, so every token ties to exact characters; punctuation stands alone, so an identifier
    splits the same way wherever it stands and can be copied.
    """
    tokenizer = Tokenizer(models.BPE(byte_fallback=True, unk_token=UNK, fuse_unk=False))
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always", split=True),
            pre_tokenizers.Split(Regex(r"▁?[^\p{L}\p{M}▁]"), behavior="isolated"),
        ]
    )
    tokenizer.decoder = decoders.Sequence(
        [decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse(), decoders.Strip(" ", 1, 0)]
    )
    return tokenizer


def train_tokenizer(texts: list[str], size: int, alphabet: int) -> Tokenizer:
    """`alphabet`: the most characters that are pieces of their own; rarer ones are spelt in bytes."""
    tokenizer = new_tokenizer()
    bytes_ = [f"<0x{value:02X}>" for value in range(256)]
    tokenizer.train_from_iterator(
        texts,
        trainers.BpeTrainer(
            vocab_size=size,
            special_tokens=SPECIAL_TOKENS + bytes_,
            limit_alphabet=alphabet,
            initial_alphabet=[sentinel(index) for index in range(SENTINELS)],
            min_frequency=5,
            show_progress=False,
        ),
    )
    # Byte tokens are ordinary pieces: only the task and control tokens are special, and text that spells one out
    # must not become one, so the added tokens are limited to those.
    state = json.loads(tokenizer.to_str())
    state["added_tokens"] = [token for token in state["added_tokens"] if token["content"] in SPECIAL_TOKENS]
    tokenizer = Tokenizer.from_str(json.dumps(state))
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"$A {EOS}", special_tokens=[(EOS, SPECIAL_TOKENS.index(EOS))]
    )
    return tokenizer


class Packed:
    """Grows a list of token sequences as one flat uint16 array with offsets."""

    def __init__(self) -> None:
        self.chunks: list[np.ndarray] = []
        self.lengths: list[int] = []

    def add(self, ids: np.ndarray) -> int:
        """The index of the added text."""
        self.chunks.append(ids)
        self.lengths.append(len(ids))
        return len(self.lengths) - 1

    def arrays(self) -> tuple[np.ndarray, np.ndarray]:
        return np.concatenate(self.chunks), np.concatenate([[0], np.cumsum(self.lengths)]).astype(np.int64)


def practice_spans(source: str, target: str, share: float) -> list[str]:
    """For that share of the pairs some shared words, so that the model sees sentinels wherever a name may stand."""
    if share_of_hash(target) >= share:
        return []
    return [word for word in shared_words(source, target) if share_of_hash(target + word) < 0.5]


def protected_pairs(row: tuple[str, str, dict[str, str]], practice: float) -> list[tuple[str, str, str, str]]:
    """(source id, language, English, translation) for each language of a corpus row."""
    source, english, others = row
    return [
        (source, code, *protect_pair(english, other, target_needs_all=True, also=practice_spans(english, other, practice)))
        for code, other in others.items()
    ]


def times(source: str, config: dict) -> int:
    """How often the pairs of this source are drawn: a share above 1 repeats them, one below 1 has been sampled by then."""
    return max(1, round(share_for(source, config["sourceShare"])))


def encode(tokenizer: Tokenizer, texts: list[str]) -> Iterator[np.ndarray]:
    """The ids of each text. A slice at a time, because what the tokenizer returns is a hundred times the size of its ids."""
    for start in range(0, len(texts), SLICE):
        for encoding in tokenizer.encode_batch_fast(texts[start : start + SLICE]):
            yield np.asarray(encoding.ids, dtype=np.uint16)


def main() -> None:
    config_path, corpus, work = (Path(argument) for argument in sys.argv[1:4])
    config = json.loads(config_path.read_text())
    work.mkdir(parents=True, exist_ok=True)
    languages = config["languages"]
    counts: Counter = Counter()

    rows = read_parallel(corpus / "parallel.tsv.xz", languages, config["sourceShare"], counts)
    with multiprocessing.Pool() as pool:
        protected = pool.imap(partial(protected_pairs, practice=config["practiceSpans"]), rows, chunksize=500)
        pairs_of_text = [(code, times(source, config), english, other) for pairs in protected for source, code, english, other in pairs]
    summaries = [
        protect_pair(document, summary, target_needs_all=False)
        for _source, document, summary in read_summaries(corpus / "summaries.tsv.xz", ["en"], counts)
    ]
    print(len(pairs_of_text), "pairs", len(summaries), "summaries", dict(counts), flush=True)

    tokenizer_path = work / "tokenizer.json"
    if tokenizer_path.exists():
        tokenizer = Tokenizer.from_file(str(tokenizer_path))
    else:
        limit = config["tokenizerSentencesPerLanguage"]
        texts = []
        for code in languages[1:]:
            mine = [pair for pair in pairs_of_text if pair[0] == code]
            mine = mine[:: max(1, len(mine) // limit)][:limit]
            texts += [target for *_, target in mine] + [source for *_, source, _ in mine[:: len(languages) - 1]]
        tokenizer = train_tokenizer(texts, config["vocabularySize"], config["alphabetSize"])
        tokenizer.save(str(tokenizer_path))
    print("vocabulary", tokenizer.get_vocab_size(), flush=True)

    limit = config["maxTokens"]
    texts = Packed()
    pairs: list[tuple[int, int, int]] = []
    sources = encode(tokenizer, [source for *_, source, _ in pairs_of_text])
    targets = encode(tokenizer, [target for *_, target in pairs_of_text])
    for (code, repeats, *_), source, target in zip(pairs_of_text, sources, targets):
        if max(len(source), len(target)) > limit:
            counts["too many tokens"] += 1
            continue
        english, other = texts.add(source), texts.add(target)
        both_ways = [(english, other, task_id("translate", code)), (other, english, task_id("translate", "en"))]
        pairs += both_ways * repeats
    for (document, summary), ids, summary_ids in zip(
        summaries, encode(tokenizer, [row[0] for row in summaries]), encode(tokenizer, [row[1] for row in summaries])
    ):
        if len(summary_ids) > limit:
            counts["too many tokens"] += 1
            continue
        if len(ids) > config["maxSummarySourceTokens"]:
            ids = np.append(ids[: config["maxSummarySourceTokens"] - 1], ids[-1])
        task = "headline" if len(summary) <= 40 else "summarise"
        pairs.append((texts.add(ids), texts.add(summary_ids), task_id(task)))
    flat, offsets = texts.arrays()
    held = np.array([share_of_hash(str(source)) < 0.002 for source, _, _ in pairs])
    np.savez(work / "packed.npz", tokens=flat, offsets=offsets, pairs=np.asarray(pairs, dtype=np.int32), held=held)
    (work / "counts.json").write_text(json.dumps(counts, indent=1))
    print(len(pairs), "pairs", len(flat), "tokens", dict(counts), flush=True)


if __name__ == "__main__":
    main()
