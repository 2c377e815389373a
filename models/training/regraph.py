"""Writes the graphs of a released model anew, where graphs.py has changed and no checkpoint is at hand. The weights stay, byte for byte.

usage: regraph.py MODEL_FOLDER [REFERENCE_FOLDER]

REFERENCE_FOLDER becomes the same model for `transformers`, which verify.py and golden.py compare with.
"""

import shutil
import sys
from pathlib import Path

from export import update_catalog, write_graphs
from reference import read_config
from transformers import M2M100Config, M2M100ForConditionalGeneration
from weights import Weights

SETTINGS = ("config.json", "generation_config.json", "tokenizer_config.json", "tokenizer.json")


def main() -> None:
    folder = Path(sys.argv[1]).resolve()
    model = M2M100ForConditionalGeneration(M2M100Config.from_pretrained(folder))
    weights = Weights.read(model, folder)
    weights.copy_into(model)
    write_graphs(folder, weights)
    catalog = read_config(folder.parent / "catalog.json")
    [entry] = [entry for entry in catalog["models"] if entry["id"] == folder.name]
    update_catalog(folder, entry["name"], entry["languages"])
    if len(sys.argv) > 2:
        reference = Path(sys.argv[2])
        model.save_pretrained(reference)
        for name in SETTINGS:
            shutil.copyfile(folder / name, reference / name)


if __name__ == "__main__":
    main()
