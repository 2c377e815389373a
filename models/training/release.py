"""Everything that follows from a checkpoint, in order, so that weights, golden files and scores never disagree.

usage: release.py CONFIG WORK_DIR TESTSETS_DIR [CHECKPOINT]

CHECKPOINT is a folder of WORK_DIR, `final` where it is not given. Writes models/<model-id>, models/catalog.json and the
golden files; prints the differences between onnxruntime and Python, and quick scores.
"""

import subprocess
import sys
from pathlib import Path

from reference import read_config

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parents[1]


def run(script: str, *arguments: Path | str) -> None:
    print(f"== {script}", flush=True)
    subprocess.run([sys.executable, str(HERE / script), *map(str, arguments)], check=True)


def main() -> None:
    config, work, testsets = (Path(argument) for argument in sys.argv[1:4])
    checkpoint = sys.argv[4] if len(sys.argv) > 4 else "final"
    model, reference = HERE.parent / read_config(config)["modelId"], work / "reference"
    run("export.py", config, work / checkpoint, work / "tokenizer.json", model)
    run("verify.py", model, reference)
    run("golden.py", config, reference, REPOSITORY / "test" / "fixtures" / "golden")
    run("evaluate.py", config, reference, testsets, "--limit", "50")


if __name__ == "__main__":
    main()
