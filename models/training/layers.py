"""The layers of a pre-norm M2M100 as plain ONNX operators. Knows nothing of files on disk, tokenizers or whole graphs.

Shapes: B texts, S source positions, T target positions, D model size, H heads, K = D / H, V vocabulary.
Texts are padded on the right, so position p always reads row p of the position table.
"""

import itertools
import math
from typing import NamedTuple

import numpy as np
from onnx import ModelProto, TensorProto, helper
from weights import EMBEDDING, HEADS_BIAS, HEADS_WEIGHT, POSITIONS_HIGH, POSITIONS_LOW, Weights

OPSET = 17
LAYER_NORM_EPSILON = 1e-5
MASKED = 1e9
"""Subtracted from a score to hide its key: exp() of the result is exactly 0 in fp32."""
FLOAT, HALF, INT32, INT64, BOOL = TensorProto.FLOAT, TensorProto.FLOAT16, TensorProto.INT32, TensorProto.INT64, TensorProto.BOOL


class EncoderPass(NamedTuple):
    hidden: str
    """[B, S, D] after the last norm"""
    entering: list[str]
    """[B, S, D] before each layer"""
    attentions: list[str]
    """[B, H, S, S] of each layer"""
    values: list[str]
    """[B, H, S, K] of each layer"""


class DecoderLayer(NamedTuple):
    hidden: str
    """[B, T, D]"""
    self_attentions: str
    """[B, H, T, T]"""
    cross_attentions: str
    """[B, H, T, S]"""
    value: str
    """[B, H, T, K] of the self-attention, with those of the past"""


class HeadMasks(NamedTuple):
    """Factors of the heads of a decoder layer, [1, H, 1, 1] each: 0 takes a head out."""

    own: str
    cross: str


class Graph:
    """Collects nodes, and declares the weights and constants that they name; `kind` is that of the weights, FLOAT or HALF."""

    def __init__(self, config: dict, weights: Weights, kind: int = FLOAT) -> None:
        self.config, self.weights, self.kind = config, weights, kind
        self.nodes: list = []
        self.inputs: list = []
        self.outputs: list = []
        self.used: dict[str, None] = {}
        self.constants: dict[str, TensorProto] = {}
        self.counter = itertools.count()

    def body(self) -> "Graph":
        """An empty graph for a node of this one. Its nodes may name what this graph has so far; weights and constants are declared here."""
        inner = Graph(self.config, self.weights, self.kind)
        inner.used, inner.constants, inner.counter = self.used, self.constants, self.counter
        return inner

    def op(self, kind: str, *inputs: str, name: str | None = None, **attributes) -> str:
        """Adds a node with one output and returns the output's name: `name`, or one that counts the nodes."""
        number = next(self.counter)
        output = name or f"{kind.lower()}_{number}"
        self.nodes.append(helper.make_node(kind, inputs, [output], name=output, **attributes))
        return output

    def branch(self, condition: str, then: "Graph", otherwise: "Graph", outputs: list[str]) -> None:
        """Runs one of two bodies without inputs; `outputs` names what either gives."""
        branches = {f"{name}_branch": helper.make_graph(body.nodes, name, [], body.outputs) for name, body in (("then", then), ("else", otherwise))}
        self.nodes.append(helper.make_node("If", [condition], outputs, name=f"if_{next(self.counter)}", **branches))

    def loop(self, count: str, state: list[str], body: "Graph", outputs: list[str]) -> None:
        """Runs the body at most `count` times, at least once. Its inputs are iteration, whether to go on, and the state; its outputs whether to
        go on, the state, and what is stacked up. `outputs` names the state at the end and the stacks."""
        inner = helper.make_graph(body.nodes, "body", body.inputs, body.outputs)
        self.nodes.append(helper.make_node("Loop", [count, "", *state], outputs, name="loop", body=inner))

    def weight(self, name: str) -> str:
        self.used[name] = None
        return name

    def constant(self, value: float | list[int]) -> str:
        """A scalar fp32 or an int64 vector, kept inside the graph file."""
        array = np.asarray(value, dtype=np.float32 if isinstance(value, float) else np.int64)
        name = f"constant_{value}".replace(" ", "")
        self.constants[name] = helper.make_tensor(name, FLOAT if array.dtype == np.float32 else TensorProto.INT64, array.shape, array.flatten())
        return name

    def integer(self, value: int) -> str:
        """An int32 scalar, kept inside the graph file."""
        name = f"integer_{value}"
        self.constants[name] = helper.make_tensor(name, INT32, [], [value])
        return name

    def input(self, name: str, kind: int, shape: list) -> str:
        self.inputs.append(helper.make_tensor_value_info(name, kind, shape))
        return name

    def output(self, name: str, kind: int, shape: list) -> None:
        self.outputs.append(helper.make_tensor_value_info(name, kind, shape))

    def model(self, name: str) -> ModelProto:
        initializers = [self.weights.initializer(name, self.kind) for name in self.used] + list(self.constants.values())
        graph = helper.make_graph(self.nodes, name, self.inputs, self.outputs, initializers)
        return helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=8, producer_name="saccade")

    # Layers. A block's `path` is its name in the Hugging Face state dict.

    def linear(self, x: str, path: str) -> str:
        return self.op("Add", self.op("MatMul", x, self.weight(f"{path}.weight")), self.weight(f"{path}.bias"))

    def norm(self, x: str, path: str, name: str | None = None) -> str:
        scale, bias = self.weight(f"{path}.weight"), self.weight(f"{path}.bias")
        return self.op("LayerNormalization", x, scale, bias, name=name, axis=-1, epsilon=LAYER_NORM_EPSILON)

    def split_heads(self, x: str, heads: int, name: str | None = None) -> str:
        """[B, T, D] -> [B, H, T, K]"""
        size = self.config["d_model"] // heads
        return self.op("Transpose", self.op("Reshape", x, self.constant([0, 0, heads, size])), name=name, perm=[0, 2, 1, 3])

    def attend(self, x: str, key: str, value: str, mask: str | None, path: str, heads: int, head_mask: str | None = None) -> tuple[str, str]:
        """Queries from x [B, T, D] over key and value [B, H, S, K]; returns [B, T, D] and the attentions [B, H, T, S].

        `head_mask` [1, H, 1, 1] are factors of the attentions, of which those that are returned know nothing.
        """
        size = self.config["d_model"]
        query = self.split_heads(self.linear(x, f"{path}.q_proj"), heads)
        scores = self.op("MatMul", query, self.op("Transpose", key, perm=[0, 1, 3, 2]))
        scores = self.op("Mul", scores, self.constant((size // heads) ** -0.5))
        if mask:
            scores = self.op("Add", scores, mask)
        attentions = self.op("Softmax", scores, axis=-1)
        gathered = self.op("MatMul", attentions, value)
        if head_mask:
            # A factor of a head's attentions is one of its output, which has fewer numbers.
            gathered = self.op("Mul", gathered, head_mask)
        heads_out = self.op("Transpose", gathered, perm=[0, 2, 1, 3])
        return self.linear(self.op("Reshape", heads_out, self.constant([0, 0, size])), f"{path}.out_proj"), attentions

    def feed_forward(self, x: str, path: str) -> str:
        inner = self.op("Relu", self.linear(self.norm(x, f"{path}.final_layer_norm"), f"{path}.fc1"))
        return self.op("Add", x, self.linear(inner, f"{path}.fc2"))

    def length(self, x: str, axis: int) -> str:
        return self.op("Shape", x, start=axis, end=axis + 1)

    def positions(self, start: str, end: str) -> str:
        """Rows [start, end) of the position table; the two halves add up to its fp32 values."""
        parts = [self.op("Slice", self.weight(half), start, end, self.constant([0])) for half in (POSITIONS_HIGH, POSITIONS_LOW)]
        return self.op("Add", *parts)

    def embed(self, ids: str, start: str, end: str) -> str:
        rows = self.op("Gather", self.weight(EMBEDDING), ids, axis=0)
        scaled = self.op("Mul", rows, self.constant(math.sqrt(self.config["d_model"])))
        return self.op("Add", scaled, self.positions(start, end))

    def padding_mask(self, source_mask: str) -> str:
        """[B, S] with 1 for a token -> additive [B, 1, 1, S]"""
        hidden = self.op("Mul", self.op("Sub", source_mask, self.constant(1.0)), self.constant(MASKED))
        return self.op("Unsqueeze", hidden, self.constant([1, 2]))

    def value_products(self, value: str, path: str, heads: int) -> str:
        """[1, H, S, K] -> [1, S, H, H]: of each position the inner products of what its heads would add to the output, were it attended to alone.

        The transformed value vectors f_h(x) = (x W_V^h + b_V^h) W_O^h of Kobayashi et al. 2020, "Attention is Not Only a Weight".
        """
        size = self.config["d_model"]
        output = self.op("Reshape", self.weight(f"{path}.out_proj.weight"), self.constant([heads, size // heads, size]))
        transformed = self.op("Transpose", self.op("MatMul", value, output), perm=[0, 2, 1, 3])
        return self.op("MatMul", transformed, self.op("Transpose", transformed, perm=[0, 1, 3, 2]))

    def head_masks(self, name: str, side: str) -> list[str]:
        """Declares the input [layers, heads] and returns each layer's part [1, H, 1, 1]."""
        layers, heads = self.config[f"{side}_layers"], self.config[f"{side}_attention_heads"]
        everything = self.op("Unsqueeze", self.input(name, FLOAT, [layers, heads]), self.constant([2, 3]))
        return [self.op("Slice", everything, self.constant([layer]), self.constant([layer + 1]), self.constant([0])) for layer in range(layers)]

    def encoder(self, ids: str, mask: str | None, name: str | None = None, head_masks: list[str] | None = None) -> EncoderPass:
        x = self.embed(ids, self.constant([0]), self.length(ids, 1))
        heads, entering, attentions, values = self.config["encoder_attention_heads"], [], [], []
        for layer in range(self.config["encoder_layers"]):
            entering.append(x)
            path = f"model.encoder.layers.{layer}"
            inner = self.norm(x, f"{path}.self_attn_layer_norm")
            key, value = (self.split_heads(self.linear(inner, f"{path}.self_attn.{part}_proj"), heads) for part in "kv")
            attended, weights = self.attend(inner, key, value, mask, f"{path}.self_attn", heads, head_masks and head_masks[layer])
            x = self.feed_forward(self.op("Add", x, attended), path)
            attentions.append(weights)
            values.append(value)
        return EncoderPass(self.norm(x, "model.encoder.layer_norm", name), entering, attentions, values)

    def classify(self, states: EncoderPass, there: str) -> None:
        """What the encoder-only heads say, as outputs: language_scores [B, languages], and class_scores [B, S, classes] of each token."""
        languages, size = len(self.config["saccade"]["heads"]["languages"]), self.weights.arrays[HEADS_BIAS].size
        both = self.op("Concat", states.entering[0], states.hidden, axis=-1)
        scores = self.op("Add", self.op("MatMul", both, self.weight(HEADS_WEIGHT)), self.weight(HEADS_BIAS))
        language, classes = (
            self.op("Slice", scores, self.constant([begin]), self.constant([end]), self.constant([2]), name=name)
            for begin, end, name in ((0, languages, None), (languages, size, "class_scores"))
        )
        counted = self.op("Mul", language, self.op("Unsqueeze", there, self.constant([2])))
        total = self.op("ReduceSum", counted, self.constant([1]), keepdims=0)
        self.op("Div", total, self.op("ReduceSum", there, self.constant([1]), keepdims=1), name="language_scores")
        self.output("language_scores", FLOAT, ["batch", languages])
        self.output(classes, FLOAT, ["batch", "source", size - languages])

    def cross_states(self, hidden: str, layer: int, part: str, name: str | None = None) -> str:
        heads = self.config["decoder_attention_heads"]
        return self.split_heads(self.linear(hidden, f"model.decoder.layers.{layer}.encoder_attn.{part}_proj"), heads, name)

    def decoder_layer(
        self,
        layer: int,
        x: str,
        past: tuple[str, str] | None,
        cross: tuple[str, str],
        causal: str | None,
        padding: str | None,
        grown: str = "present",
        head_masks: HeadMasks | None = None,
    ) -> DecoderLayer:
        """With `past` the layer's keys and values are appended to it, as outputs present_key.i and present_value.i, or as `grown` says."""
        path, heads = f"model.decoder.layers.{layer}", self.config["decoder_attention_heads"]
        inner = self.norm(x, f"{path}.self_attn_layer_norm")
        own = [self.split_heads(self.linear(inner, f"{path}.self_attn.{part}_proj"), heads) for part in "kv"]
        if past:
            names = f"{grown}_key.{layer}", f"{grown}_value.{layer}"
            own = [self.op("Concat", before, now, name=name, axis=2) for before, now, name in zip(past, own, names)]
        attended, self_attentions = self.attend(inner, *own, causal, f"{path}.self_attn", heads, head_masks and head_masks.own)
        x = self.op("Add", x, attended)
        inner = self.norm(x, f"{path}.encoder_attn_layer_norm")
        attended, cross_attentions = self.attend(inner, *cross, padding, f"{path}.encoder_attn", heads, head_masks and head_masks.cross)
        return DecoderLayer(self.feed_forward(self.op("Add", x, attended), path), self_attentions, cross_attentions, own[1])

    def decoder_states(self, x: str) -> str:
        """[B, T, D] -> [B * T, D], what the output layer reads."""
        return self.op("Reshape", self.norm(x, "model.decoder.layer_norm"), self.constant([-1, self.config["d_model"]]))

    def output_layer(self, states: str, name: str | None = None) -> str:
        """[R, D] -> [R, V]; Gemm reads the embedding as it lies, so the tied matrix is stored once."""
        return self.op("Gemm", states, self.weight(EMBEDDING), name=name, transB=1)

    def logits(self, x: str) -> str:
        """[B, T, D] -> [B * T, V]"""
        return self.output_layer(self.decoder_states(x), "logits")

    def output_columns(self, tokens: str) -> str:
        """Tokens [C] -> their columns of the output layer [D, C]."""
        return self.op("Transpose", self.op("Gather", self.weight(EMBEDDING), tokens, axis=0), perm=[1, 0])
