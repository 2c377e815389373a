"""The forms in which the Hub has a model, made of the plain graphs of a tiny one: int8, half precision, four bits, and fused by onnxruntime.

Reads onnx/*.onnx.gz of a family's folder and writes beside them encoder_model and decoder_model_merged as `_quantized` (int8, dynamic), `_fp16` and
`_q4` (MatMulNBits), below fused/ the graphs as onnxruntime's own optimizer leaves them, and forms.json: what onnxruntime says with each form.
Needs the environment of hub_layout.py. Knows no weights.
"""

import gzip
import json
import tempfile
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.matmul_nbits_quantizer import MatMulNBitsQuantizer
from onnxruntime.transformers.float16 import convert_float_to_float16
from onnxruntime.transformers.optimizer import optimize_model
from tokenizers import Tokenizer
from transformers import GenerationConfig, LogitsProcessorList, NoBadWordsLogitsProcessor, NoRepeatNGramLogitsProcessor

HEADS, HIDDEN = 2, 8
# As in webview/engine/hub/hubSelfCheck.ts and loadHubEngine.ts.
CHECKED_STEPS = 3
SAMPLE = "a file"
GRAPHS = ("encoder_model", "decoder_model_merged")


def graphs_of(model: onnx.ModelProto) -> list[onnx.GraphProto]:
    """The graph and the branches inside it."""
    inner = [a.g for node in model.graph.node for a in node.attribute if a.type == onnx.AttributeProto.GRAPH]
    return [model.graph, *inner]


def pack(model: onnx.ModelProto, target: Path) -> None:
    """Without what only people read, which is most of a tiny graph."""
    for graph in graphs_of(model):
        del graph.value_info[:]
        for node in graph.node:
            node.ClearField("doc_string")
            node.ClearField("name")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(gzip.compress(model.SerializeToString(), 9, mtime=0))


def unpack(source: Path) -> onnx.ModelProto:
    """With names for the nodes, which onnxruntime's tools tell them by."""
    model = onnx.load_model_from_string(gzip.decompress(source.read_bytes()))
    nodes = [node for graph in graphs_of(model) for node in graph.node]
    for index, node in enumerate(nodes):
        node.name = f"{node.op_type}_{index}"
    return model


def int8(model: onnx.ModelProto) -> onnx.ModelProto:
    with tempfile.TemporaryDirectory() as scratch:
        plain, quantised = Path(scratch) / "plain.onnx", Path(scratch) / "quantised.onnx"
        onnx.save(model, str(plain))
        quantize_dynamic(plain, quantised, weight_type=QuantType.QUInt8, extra_options={"EnableSubgraph": True, "MatMulConstBOnly": True})
        return onnx.load(str(quantised))


def half(model: onnx.ModelProto) -> onnx.ModelProto:
    return convert_float_to_float16(model, disable_shape_infer=True)


def four_bits(model: onnx.ModelProto) -> onnx.ModelProto:
    quantizer = MatMulNBitsQuantizer(model, block_size=32, is_symmetric=False)
    quantizer.process()
    return quantizer.model.model


def fused(model: onnx.ModelProto, family: str) -> onnx.ModelProto:
    kind = "t5" if family in ("t5", "mt5") else "bart"
    with tempfile.TemporaryDirectory() as scratch:
        plain = Path(scratch) / "plain.onnx"
        onnx.save(model, str(plain))
        optimized = optimize_model(str(plain), model_type=kind, num_heads=HEADS, hidden_size=HIDDEN, opt_level=0, use_gpu=False)
    print(family, optimized.get_fused_operator_statistics())
    return optimized.model


FORMS = {"quantized": int8, "fp16": half, "q4": four_bits}


def session(model: onnx.ModelProto) -> onnxruntime.InferenceSession:
    return onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])


class Form:
    """A form as onnxruntime runs it: the whole target anew at each step, so that no cache can be at fault."""

    def __init__(self, folder: Path, suffix: str) -> None:
        encoder, decoder = (unpack(folder / "onnx" / f"{graph}{suffix}.onnx.gz") for graph in GRAPHS)
        self.encoder, self.decoder = session(encoder), session(decoder)
        self.settings = GenerationConfig.from_pretrained(folder)

    def scores(self, source: list[int], target: list[int]) -> np.ndarray:
        """Of the token behind `target`, which begins with the start token. [vocabulary]"""
        mask = np.ones((1, len(source)), np.int64)
        states = self.encoder.run(["last_hidden_state"], {"input_ids": np.array([source]), "attention_mask": mask})[0]
        feeds = {"input_ids": np.array([target]), "encoder_hidden_states": states, "encoder_attention_mask": mask, "use_cache_branch": np.array([False])}
        for value in self.decoder.get_inputs():
            if value.name.startswith("past_key_values."):
                feeds[value.name] = np.zeros((1, HEADS, 0, HIDDEN // HEADS), np.float16 if "float16" in value.type else np.float32)
        return self.decoder.run(["logits"], feeds)[0][0, -1].astype(np.float32)

    def written(self, source: list[int], length: int, forced: int | None) -> dict:
        """Greedily, under the rules of generation_config.json; and how much surer than the next best the least sure token was."""
        start = self.settings.decoder_start_token_id
        rules = LogitsProcessorList()
        if self.settings.no_repeat_ngram_size:
            rules.append(NoRepeatNGramLogitsProcessor(self.settings.no_repeat_ngram_size))
        if self.settings.bad_words_ids:
            rules.append(NoBadWordsLogitsProcessor(self.settings.bad_words_ids, eos_token_id=self.settings.eos_token_id))
        first = forced if forced is not None else self.settings.forced_bos_token_id
        target, margins = [start], []
        while len(target) <= length and target[-1:] != [self.settings.eos_token_id] or len(target) == 1:
            if len(target) == 1 and first is not None:
                target.append(first)
                continue
            scores = rules(torch.tensor([target]), torch.tensor(self.scores(source, target))[None])[0]
            best, second = scores.topk(2).values.tolist()
            margins.append(best - second)
            target.append(int(scores.argmax()))
        return {"targetIds": target[1:], "leastMargin": min(margins)}


def distance(plain: Form, other: Form, source: list[int]) -> float:
    """How far the scores of the first steps are from the plain form's, of how far those of a step are apart: what the self-check asks."""
    read, worst = [plain.settings.decoder_start_token_id], 0.0
    barred = [word[0] for word in plain.settings.bad_words_ids or []]
    for _ in range(CHECKED_STEPS):
        expected, actual = (np.delete(form.scores(source, read), barred) for form in (plain, other))
        worst = max(worst, float(np.abs(expected - actual).max() / (expected.max() - expected.min())))
        scores = plain.scores(source, read)
        scores[barred] = -np.inf
        read.append(int(scores.argmax()))
    return worst


def forms_golden(folder: Path, forced: int | None) -> dict:
    """For each form what it writes for each text, and how far it is from the plain one."""
    cases = json.loads(gzip.decompress((folder / "golden.json.gz").read_bytes()))["cases"]
    sample = Tokenizer.from_file(str(folder / "tokenizer.json")).encode(SAMPLE).ids
    plain, golden = Form(folder, ""), {}
    for name in FORMS:
        form = Form(folder, f"_{name}")
        written = [form.written(case["sourceIds"], len(case["targetIds"]), forced) for case in cases]
        golden[name] = {"distance": distance(plain, form, sample), "cases": written}
    return golden


def write_forms(folder: Path, forced: int | None = None) -> None:
    """@param folder of a family, with its plain graphs and its golden file"""
    for graph in GRAPHS:
        for name, make in FORMS.items():
            pack(make(unpack(folder / "onnx" / f"{graph}.onnx.gz")), folder / "onnx" / f"{graph}_{name}.onnx.gz")
    for graph in ("encoder_model", "decoder_model"):
        pack(fused(unpack(folder / "onnx" / f"{graph}.onnx.gz"), folder.name), folder / "fused" / f"{graph}.onnx.gz")
    text = json.dumps(forms_golden(folder, forced), separators=(",", ":"))
    (folder / "forms.json.gz").write_bytes(gzip.compress(text.encode(), 9, mtime=0))
