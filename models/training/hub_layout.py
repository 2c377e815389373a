"""The released model in the layout of the Hugging Face Hub, as `@huggingface/transformers` reads it. Knows nothing of our own graphs.

usage: hub_layout.py MODEL_FOLDER OUT_FOLDER

Writes config.json, the tokenizer's files and onnx/encoder_model.onnx and onnx/decoder_model_merged.onnx (fp32) with optimum, the exporter
that nearly every ONNX model of the Hub was made with. It needs transformers 4, so it has an environment of its own beside requirements.txt:

    python3 -m venv --system-site-packages ENV && ENV/bin/python -m pip install -r models/training/requirements-hub.txt
    ENV/bin/python models/training/hub_layout.py MODEL_FOLDER OUT_FOLDER
"""

import shutil
import sys
import tempfile
from pathlib import Path

from optimum.exporters.onnx import main_export
from transformers import M2M100Config, M2M100ForConditionalGeneration
from weights import Weights

GRAPHS = ("encoder_model.onnx", "decoder_model_merged.onnx")
SETTINGS = ("config.json", "generation_config.json", "tokenizer.json", "tokenizer_config.json")


def main() -> None:
    folder, out = (Path(argument) for argument in sys.argv[1:3])
    model = M2M100ForConditionalGeneration(M2M100Config.from_pretrained(folder)).eval()
    Weights.read(model, folder).copy_into(model)
    (out / "onnx").mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        checkpoint, exported = Path(scratch) / "checkpoint", Path(scratch) / "exported"
        model.save_pretrained(checkpoint)
        for name in SETTINGS:
            shutil.copyfile(folder / name, checkpoint / name)
        main_export(str(checkpoint), output=exported, task="text2text-generation-with-past")
        for name in GRAPHS:
            shutil.copyfile(exported / name, out / "onnx" / name)
    for name in SETTINGS:
        shutil.copyfile(folder / name, out / name)


if __name__ == "__main__":
    main()
