"""Everything that follows from a checkpoint, in order, so that weights, golden files and scores never disagree.

usage: release.py CONFIG WORK_DIR CORPUS_DIR TESTSETS_DIR [CHECKPOINT]

CHECKPOINT is a folder of WORK_DIR, `final` where it is not given. TESTSETS_DIR holds `dev` and `alignments`. Trains the encoder-only
heads, chooses the cross-attention that aligns best, writes models/<model-id>, models/catalog.json and the golden files; prints
the differences between onnxruntime and Python, and quick scores.
"""

import json
import subprocess
import sys
from pathlib import Path

from alignment import best, gold_of, measure, table
from reference import Reference, read_config

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parents[1]


def run(script: str, *arguments: Path | str) -> None:
    print(f"== {script}", flush=True)
    subprocess.run([sys.executable, str(HERE / script), *map(str, arguments)], check=True)


def choose_attention(config: dict, checkpoint: Path, tokenizer: Path, alignments: Path, out: Path) -> None:
    """Writes the layer, the head and the step that the panel shows first."""
    print("== alignment.py", flush=True)
    scores = measure(Reference(checkpoint, tokenizer), gold_of(alignments, config["languages"]))
    print(table(scores), flush=True)
    chosen = best(scores)
    out.write_text(json.dumps({"crossLayer": chosen.layer, "crossHead": chosen.head, "crossStep": chosen.step}) + "\n")


def main() -> None:
    config_path, work, corpus, testsets = (Path(argument) for argument in sys.argv[1:5])
    config, checkpoint = read_config(config_path), work / (sys.argv[5] if len(sys.argv) > 5 else "final")
    model, reference, tokenizer = HERE.parent / config["modelId"], work / "reference", work / "tokenizer.json"
    run("heads.py", config_path, checkpoint, corpus, work / "heads.npz", "--tokenizer", tokenizer, "--testsets", testsets / "dev")
    choose_attention(config, checkpoint, tokenizer, testsets / "alignments", work / "attention.json")
    run("export.py", config_path, checkpoint, tokenizer, model)
    run("shortlist.py", work, model)
    run("verify.py", model, reference)
    golden = REPOSITORY / "test" / "fixtures" / "golden"
    run("golden.py", config_path, reference, golden)
    run("alignment_golden.py", reference, testsets / "alignments", golden / "alignment" / "errorRates.json")
    run("evaluate.py", config_path, reference, testsets / "dev", "--limit", "50")


if __name__ == "__main__":
    main()
