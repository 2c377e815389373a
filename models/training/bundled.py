"""The model in the extension: its folder, and the configuration that it was made with."""

from pathlib import Path

from reference import read_config

HERE = Path(__file__).resolve().parent


def bundled_folder() -> Path:
    """The first model of the catalogue, which is the one that the extension begins with."""
    return HERE.parent / read_config(HERE.parent / "catalog.json")["models"][0]["id"]


def bundled_config() -> Path:
    model_id = bundled_folder().name
    return next(path for path in sorted((HERE / "config").glob("*.json")) if read_config(path)["modelId"] == model_id)
