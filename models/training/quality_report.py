"""Scores as Markdown: the table of the model card, the page of sample translations, and what is below its bar."""

import html
import json
import re
from pathlib import Path

from tasks import LANGUAGES

BEGIN, END = "<!-- quality: begin -->", "<!-- quality: end -->"
CODE_SPAN = re.compile(r"(`[^`]*`)")
MARKUP = re.compile(r"([\\*_\[\]~#])")
LANGUAGE_NAMES = dict(zip(LANGUAGES, ("English", "German", "French", "Spanish", "Portuguese", "Russian", "Chinese", "Japanese")))


def main_score(result: dict) -> tuple[str, float]:
    """What the bar of a row is about, and the row's value."""
    match result["set"]:
        case "summaries":
            return "ROUGE-L above the first sentence", round(result["rougeL"] - result["firstSentence"][2], 2)
        case "reconstruct":
            return "% restored", result["restored"]
        case "language":
            return "% right", result["accuracy"]
        case _:
            return "chrF2", result["chrf"]


def bar_of(result: dict, bars: dict) -> float | None:
    """The bar of a row's main score."""
    return bars.get(result["set"], {}).get(result["direction"])


def spans_bar_of(result: dict, bars: dict) -> float | None:
    """The bar of the per cent of spans kept, where a row has both."""
    return bars.get("spansKept") if result["set"] == "docs" and result["spans"] else None


def shortfalls(results: list[dict], bars: dict) -> list[str]:
    """A line for each value that is below its bar."""
    lines = []
    for result in results:
        what, value = main_score(result)
        checks = [(what, value, bar_of(result, bars)), ("% of spans kept", result.get("spansKept"), spans_bar_of(result, bars))]
        missed = [check for check in checks if is_missed(*check[1:])]
        lines += [f"{result['set']} {result['direction']}: {value:g} {what}, bar {bar:g}" for what, value, bar in missed]
    return lines


def is_missed(value: float | None, bar: float | None) -> bool:
    return value is not None and bar is not None and value < bar


def bar_text(value: float | None, bar: float | None) -> str:
    return "" if bar is None else f"{bar:g}{', **missed**' if is_missed(value, bar) else ''}"


def beside(result: dict, bars: dict) -> str:
    """What else was measured in a row."""

    def rouges(values: list[float]) -> str:
        return " / ".join(f"{value:.1f}" for value in values)

    match result["set"]:
        case "summaries":
            ours = rouges([result["rouge1"], result["rouge2"], result["rougeL"]])
            baselines = f"first sentence {rouges(result['firstSentence'])}; first 60 characters {rouges(result['firstCharacters'])}"
            return f"ROUGE-1/2/L {ours}; {baselines}"
        case "reconstruct":
            unrepaired = f"{result['restoredByNobody']:g} % if nothing is done"
            return f"of {result['pieces']} pieces; {unrepaired}; {result['othersKept']:g} % of the others kept"
        case "language":
            return ""
    if not result["spans"]:
        return f"BLEU {result['bleu']:.1f}"
    bar = bar_text(result["spansKept"], spans_bar_of(result, bars))
    kept = f"{result['spansKept']:g} % of {result['spans']} spans kept"
    return f"BLEU {result['bleu']:.1f}; {kept}{f' (bar {bar})' if bar else ''}"


def table(results: list[dict], bars: dict) -> str:
    lines = ["| set | direction | score | bar | beside it | rows |", "|---|---|---:|---|---|---:|"]
    for result in results:
        what, value = main_score(result)
        bar = bar_text(value, bar_of(result, bars))
        lines.append(f"| {result['set']} | {result['direction']} | {value:.2f} {what} | {bar} | {beside(result, bars)} | {result['n']} |")
    # BLEU has another tokenizer for Chinese and Japanese.
    signatures = dict.fromkeys(f"{name} `{signature}`" for result in results for name, signature in result.get("signatures", {}).items())
    if signatures:
        lines += ["", "sacrebleu: " + "; ".join(signatures)]
    return "\n".join(lines)


def write_between_markers(path: Path, content: str) -> None:
    before, rest = path.read_text(encoding="utf-8").split(BEGIN)
    _, after = rest.split(END)
    path.write_text(f"{before}{BEGIN}\n\n{content}\n\n{END}{after}", encoding="utf-8")


def offered(results: list[dict], bars: dict) -> list[dict]:
    """The directions, as the catalogue has them, whose documentation score is not below its bar."""
    rows = [result for result in results if result["set"] == "docs" and not is_missed(result["chrf"], bar_of(result, bars))]
    return [dict(zip(("from", "to"), row["direction"].split("-"))) | {"chrf2": round(row["chrf"], 1)} for row in rows]


def write_directions(path: Path, model_id: str, directions: list[dict]) -> None:
    catalog = json.loads(path.read_text(encoding="utf-8"))
    for model in catalog["models"]:
        if model["id"] == model_id:
            model["directions"] = directions
    path.write_text(json.dumps(catalog, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def cell(text: str) -> str:
    """The text as a cell of a Markdown table; a code span stays one, outside of it no sign means anything."""
    parts = CODE_SPAN.split(text)
    parts[::2] = [html.escape(MARKUP.sub(r"\\\1", part), quote=False) for part in parts[::2]]
    return "".join(parts).replace("|", "\\|")


def samples_page(samples: dict[str, list[tuple[str, str, str]]]) -> str:
    """(source, reference, output) of each direction; the three stand one below the other, so that long ones can be compared."""
    lines = ["# Sample translations", ""]
    lines += ["The first rows of each held-out documentation file, unselected. `training/quality.py --write` wrote this page."]
    for direction, rows in samples.items():
        source, target = (LANGUAGE_NAMES[code] for code in direction.split("-"))
        lines += ["", f"## {source} to {target}", "", "| | | |", "|---:|---|---|"]
        for number, texts in enumerate(rows, start=1):
            names = (f"{number} | source", " | reference", " | **Saccade**")
            lines += [f"| {name} | {cell(text)} |" for name, text in zip(names, texts)]
    return "\n".join(lines) + "\n"
