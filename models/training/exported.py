"""An exported model folder as onnxruntime runs it on the processor. Knows no reference."""

import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import numpy as np
import onnx
import onnxruntime
from export import HALF_SUFFIX
from tasks import PAD_ID
from weights import EXPANDED_FILE

CAPTURED = ("captured_step", "captured_batch")
"""The graphs whose every dimension is fixed when they are loaded."""


class Exported(NamedTuple):
    settings: dict
    """config.json"""
    graphs: dict[str, onnxruntime.InferenceSession]
    embedding: np.ndarray
    """[V, D]"""


def sessions(folder: Path, numbers: np.ndarray, static: dict[str, int]) -> dict[str, onnxruntime.InferenceSession]:
    """Loads the graphs, as the engine does: those in fp32 with the numbers of the weights, the steps in fp16 with the halves nearest to them.

    `static` fixes the dimensions of the recorded steps.
    """
    loaded = {}

    def load(names: Iterable[str], weights: np.ndarray) -> None:
        with tempfile.TemporaryDirectory() as scratch:
            weights.tofile(Path(scratch) / EXPANDED_FILE)
            for name in names:
                path = Path(scratch) / f"{name}.onnx"
                path.write_bytes((folder / "onnx" / f"{name}.onnx").read_bytes())
                onnx.checker.check_model(str(path), full_check=True)
                options = onnxruntime.SessionOptions()
                for dimension, value in static.items() if name.removesuffix(HALF_SUFFIX) in CAPTURED else ():
                    options.add_free_dimension_override_by_name(dimension, value)
                loaded[name] = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])

    load(("encoder", "step", "inspect_encoder", "inspect_decoder", "static_cross", f"static_cross{HALF_SUFFIX}", *CAPTURED), numbers)
    load((f"{name}{HALF_SUFFIX}" for name in CAPTURED), numbers.astype(np.float16))
    return loaded


def named(session: onnxruntime.InferenceSession, inputs: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    names = [output.name for output in session.get_outputs()]
    return dict(zip(names, session.run(names, inputs)))


def packed(source: np.ndarray, embedding: np.ndarray) -> dict[str, np.ndarray]:
    """The encoder's inputs for a padded batch."""
    there = source != PAD_ID
    tokens = np.flatnonzero(there)
    places = np.zeros(source.shape, dtype=np.int32)
    places[there] = np.arange(len(tokens))
    indices = {"positions": tokens % source.shape[1], "tokens": tokens}
    return {"embedded": embedding[source[there]], "places": places, "source_mask": there.astype(np.float32), **{name: part.astype(np.int32) for name, part in indices.items()}}


def cache_at_first(exported: Exported, source: np.ndarray) -> dict[str, np.ndarray]:
    """What a step reads of a padded batch besides a token, before the first one."""
    mask = (source != PAD_ID).astype(np.float32)
    encoded = named(exported.graphs["encoder"], packed(source, exported.embedding))
    cross = {name: value for name, value in encoded.items() if name.startswith("cross_")}
    heads = exported.settings["decoder_attention_heads"]
    none = np.zeros((len(source), heads, 0, exported.settings["d_model"] // heads), dtype=np.float32)
    return {"source_mask": mask, **cross, **{name.replace("cross", "past"): none for name in cross}}
