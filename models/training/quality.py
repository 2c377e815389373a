"""Measures the product: what the shipped command line makes of held-out texts, scored per direction and task.

usage: quality.py [--config CONFIG] [--testsets DIR] [--sets docs ntrex summaries reconstruct language] [--limit 200]
                  [--json] [--write]

`--limit N` takes the first N rows of each file, 0 all. Prints one Markdown table, or with `--json` a line for each of its rows, and
names what is below the bars of the configuration (release.bars). `--write` puts the table into models/README.md and the first
twenty translations of every direction into models/SAMPLES.md, and the directions that reach their documentation bar into models/catalog.json, from
where the extension offers them. Needs dist/ ("npm run build"). Knows nothing of the model.
"""

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import numpy as np
from bundled import bundled_config
from quality_report import offered, samples_page, shortfalls, table, write_between_markers, write_directions
from reference import read_config
from restoration import KINDS, Restoration, compare, damage, pieces
from rouge import first_characters, first_sentence, rouge
from scores import detection_rows, detection_scores, read_rows, spans_kept, translation_scores
from tasks import UNSPACED_LANGUAGES
from tokenizers import Tokenizer

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parents[1]
SETS = ["docs", "ntrex", "summaries", "reconstruct", "language"]
PROCESSES = 2
SAMPLES = 20
HEADLINE_CHARACTERS = 40
"""A reference summary up to this length asks for a headline, as in prepare.py."""
SEED = 0

Lines = Callable[[list[str]], list[str]]
"""Texts without line breaks -> as many texts, in order."""


def command_line(*words: str) -> Lines:
    """The shipped command with these words, a text a line."""

    def run(lines: list[str]) -> list[str]:
        command = ["node", str(REPOSITORY / "dist" / "cli.js"), *words, "--lines"]
        done = subprocess.run(command, input="\n".join(lines) + "\n", capture_output=True, encoding="utf-8")
        outputs = done.stdout.removesuffix("\n").split("\n")
        if done.returncode != 0 or len(outputs) != len(lines):
            raise RuntimeError(f"{' '.join(words)}: exit {done.returncode}, {len(outputs)} of {len(lines)} lines. {done.stderr.strip()}")
        return outputs

    return run


def translation(run: Lines, name: str, direction: str, rows: list[tuple[str, str]]) -> Iterator[dict]:
    """Of (source, reference) rows."""
    sources, references = [source for source, _ in rows], [reference for _, reference in rows]
    outputs = run(sources)
    kept, spans = spans_kept(sources, outputs)
    share = round(100 * kept / spans, 1) if spans else None
    samples = list(zip(sources, references, outputs))[:SAMPLES]
    scores = translation_scores(outputs, references, direction.split("-")[1])
    yield {"set": name, "direction": direction, **scores, "spans": spans, "spansKept": share, "n": len(rows), "samples": samples}


def summaries(run: Lines, task: str, rows: list[tuple[str, str]]) -> Iterator[dict]:
    """Of (text, summary) rows; the baselines are [ROUGE-1, ROUGE-2, ROUGE-L] too."""
    texts, references = [text for text, _ in rows], [reference for _, reference in rows]
    scores = dict(zip(("rouge1", "rouge2", "rougeL"), rouge(run(texts), references)))
    baselines = {
        "firstSentence": rouge([first_sentence(text) for text in texts], references),
        "firstCharacters": rouge([first_characters(text) for text in texts], references),
    }
    yield {"set": "summaries", "direction": task, **scores, **baselines, "n": len(rows)}


def reconstruction(run: Lines, tokenizer: Tokenizer, texts: list[str]) -> Iterator[dict]:
    """Of all damage, then of each kind of it."""
    random = np.random.default_rng(SEED)
    cases = [(original, damage(original, random)) for original in (pieces(tokenizer, text) for text in texts)]
    cases = [(original, result) for original, result in cases if result.touched]
    inputs = [result.text for _, result in cases]

    def compared(outputs: list[str]) -> list[Restoration]:
        return [compare(tokenizer, original, result, output) for (original, result), output in zip(cases, outputs)]

    def share(found: list[Restoration], kinds: Sequence[str]) -> tuple[float, int]:
        touched = sum(each.touched[kind] for each in found for kind in kinds)
        return round(100 * sum(each.restored[kind] for each in found for kind in kinds) / touched, 2), touched

    repaired, unrepaired = compared(run(inputs)), compared(inputs)
    kept = round(100 * sum(each.kept for each in repaired) / sum(each.others for each in repaired), 2)
    for direction, kinds in (("corrupted", KINDS), *((kind, (kind,)) for kind in KINDS)):
        restored, touched = share(repaired, kinds)
        numbers = {"restored": restored, "restoredByNobody": share(unrepaired, kinds)[0], "othersKept": kept, "pieces": touched, "n": len(cases)}
        yield {"set": "reconstruct", "direction": direction, **numbers}


def detection(run: Lines, languages: list[str], rows: list[tuple[str, str]]) -> Iterator[dict]:
    """Of (language, text) rows."""
    yield from detection_scores(languages, rows, run([text for _, text in rows]))


def parts(arguments: argparse.Namespace, config: dict) -> Iterator[Callable[[], Iterator[dict]]]:
    """What is to be measured, each part by itself."""
    languages, limit = config["languages"], arguments.limit
    for name in ("docs", "ntrex"):
        for code in languages[1:] if name in arguments.sets else []:
            rows = read_rows(arguments.testsets / f"{name}.en-{code}.tsv.gz", limit)
            for source, target, pairs in (("en", code, rows), (code, "en", [(other, english) for english, other in rows])):
                run = command_line("translate", "--from", source, "--to", target)
                yield partial(translation, run, name, f"{source}-{target}", pairs)
    if "summaries" in arguments.sets:
        rows = read_rows(arguments.testsets / "summaries.tsv.gz", limit)
        for task, words in (("summarise", ["summarise"]), ("headline", ["summarise", "--headline"])):
            pairs = [row for row in rows if (len(row[1]) <= HEADLINE_CHARACTERS) == (task == "headline")]
            yield partial(summaries, command_line(*words), task, pairs)
    if {"reconstruct", "language"}.isdisjoint(arguments.sets):
        return
    rows = detection_rows(arguments.testsets, languages, limit)
    if "reconstruct" in arguments.sets:
        tokenizer = Tokenizer.from_file(str(HERE.parent / config["modelId"] / "tokenizer.json"))
        # Damage is done to words, which these languages do not tell apart.
        worded = [text for code, text in rows if code in languages and code not in UNSPACED_LANGUAGES]
        yield partial(reconstruction, command_line("reconstruct"), tokenizer, worded)
    if "language" in arguments.sets:
        yield partial(detection, command_line("detect"), languages, rows)


def measure(part: Callable[[], Iterator[dict]]) -> list[dict]:
    begun = time.monotonic()
    results = list(part())
    return [{**result, "seconds": round(time.monotonic() - begun, 1)} for result in results]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--config", type=Path, default=bundled_config(), help="of the bundled model where none is given")
    parser.add_argument("--testsets", type=Path, default=REPOSITORY.parent / "shared" / "testsets" / "dev")
    parser.add_argument("--sets", nargs="+", default=SETS, choices=SETS)
    parser.add_argument("--limit", type=int, default=200, help="first rows of each file; 0 is all")
    parser.add_argument("--json", action="store_true", help="one JSON line per row of the table")
    parser.add_argument("--write", action="store_true", help="into models/README.md, models/SAMPLES.md and models/catalog.json")
    arguments = parser.parse_args()
    if arguments.write and set(arguments.sets) != set(SETS):
        parser.error("--write replaces the whole table: it needs every set")
    config = read_config(arguments.config)
    results, samples = [], {}
    with ThreadPoolExecutor(PROCESSES) as pool:
        for measured in pool.map(measure, parts(arguments, config)):
            for result in measured:
                rows = result.pop("samples", None)
                if rows and result["set"] == "docs":
                    samples[result["direction"]] = rows
                results.append(result)
                if arguments.json:
                    print(json.dumps(result), flush=True)
    bars = config["release"].get("bars", {})
    page = table(results, bars)
    if not arguments.json:
        print(page)
    for line in shortfalls(results, bars):
        print(f"below its bar: {line}", file=sys.stderr if arguments.json else sys.stdout)
    if arguments.write:
        rows = f"the first {arguments.limit} rows of each file" if arguments.limit else "whole files"
        write_between_markers(HERE.parent / "README.md", f"Measured on {rows}.\n\n{page}")
        write_directions(HERE.parent / "catalog.json", config["modelId"], offered(results, bars))
        if samples:
            (HERE.parent / "SAMPLES.md").write_text(samples_page(samples), encoding="utf-8")


if __name__ == "__main__":
    main()
