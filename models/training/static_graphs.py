"""The decoder step for devices that replay recorded commands: every shape is static, and what a step leaves behind stays on the device.

WebGPU's capture records the buffers and dispatches of one run and plays them again, so nothing may depend on the host: each row's position, the
mask of its own past, its cache and its written tokens are buffers that the step reads and writes in place. Whoever runs it gives the same buffer
as input `NAME` and as output `next_NAME`. Every node that reads such a buffer reads the output, so that none sees it before it is written.

Each node is a dispatch, and those are what a small model's step costs: projections are joined, biases go into the layer norm behind them,
and whatever holds weights alone is folded when the graph is loaded. WebGPU computes Einsum and ArgMax one thread to a number, which reads thousands
of others one after the other, MatMul in tiles of 8 rows, and Gemm in tiles of 32 however few there are: products with weights are MatMul for few rows
and Gemm for many, and the likeliest token is found in blocks. Only the output layer is an Einsum: it has a thread for each token of the vocabulary.

Floating-point numbers are of the `kind` that is asked for. A step in fp16 reads half as many bytes of weights for a token.

Shapes as in layers.py; B rows, S the longest source, T the longest target. All three are fixed when the graph is loaded.
"""

import math
from collections.abc import Callable

from graph_builder import FLOAT, HALF, INT32
from graphs import head_shape
from layers import LAYER_NORM_EPSILON, Graph
from onnx import ModelProto, TensorProto, helper
from weights import EMBEDDING, POSITIONS_HIGH, POSITIONS_LOW, Weights

CONTRIB = "com.microsoft"
BLOCK_LOGITS = 128
"""Logits among which one group of threads finds the best; divides the vocabulary."""


def state(graph: Graph, name: str, kind: int, shape: list) -> str:
    """Declares a buffer that is written in place, by the node named `next_NAME`; returns the input."""
    graph.output(f"next_{name}", kind, shape)
    return graph.input(name, kind, shape)


def filled(graph: Graph, like: str, kind: int, value: int) -> str:
    """A constant of the shape of `like`."""
    return graph.op("ConstantOfShape", graph.op("Shape", like), value=helper.make_tensor("value", kind, [1], [value]))


class StepGraph(Graph):
    """`tiled` where its rows are many."""

    def __init__(self, config: dict, weights: Weights, kind: int, tiled: bool) -> None:
        super().__init__(config, weights, kind)
        self.tiled = tiled
        # With an Einsum they pick the keys or the values of a joint cache, without a dispatch to cut it in two.
        self.first_of_two, self.second_of_two = (self.floats(name, values, kind) for name, values in (("first", [1.0, 0.0]), ("second", [0.0, 1.0])))

    def floats(self, name: str, values: list[float], kind: int = FLOAT) -> str:
        """A vector, kept inside the graph file."""
        self.constants[name] = helper.make_tensor(name, kind, [len(values)], values)
        return name

    def folded(self, operation: str, *inputs: str) -> str:
        """Arithmetic of weights and fp32 constants, done once when the graph is loaded: by the processor, which has it in fp32 only."""
        if self.kind == FLOAT:
            return self.op(operation, *inputs)
        wide = [name if name in self.constants else self.op("Cast", name, to=FLOAT) for name in inputs]
        return self.op("Cast", self.op(operation, *wide), to=self.kind)

    def product(self, x: str, weight: str) -> str:
        """[B, n] times [n, m]"""
        if self.tiled:
            return self.op("Gemm", x, weight)
        # Three dimensions: a matrix and the sum behind it would become a Gemm.
        product = self.op("MatMul", self.op("Reshape", x, self.constant([0, 1, -1])), weight)
        return self.op("Reshape", product, self.constant([0, -1]))

    def scores(self, x: str, embedding: str) -> str:
        """[B, D] times the rows of [V, D]"""
        if self.tiled:
            return self.op("Gemm", x, embedding, name="logits", transB=1)
        return self.op("Einsum", x, embedding, name="logits", equation="bd,vd->bv")


def norm_of_sum(graph: Graph, x: str, change: str, bias: str | None, scale: str, shift: str) -> tuple[str, str]:
    """x + change + bias, and its layer norm: [B, D] each."""
    added, normed = f"sum_{len(graph.nodes)}", f"norm_{len(graph.nodes)}"
    inputs = [change, x, scale, shift, *([bias] if bias else [])]
    node = helper.make_node("SkipLayerNormalization", inputs, [normed, "", "", added], domain=CONTRIB, epsilon=LAYER_NORM_EPSILON)
    graph.nodes.append(node)
    return added, normed


def query_scale(config: dict) -> float:
    return (config["d_model"] // config["decoder_attention_heads"]) ** -0.5


def attend(graph: StepGraph, scores: str, bias: str, mix: Callable[[str], str], path: str) -> str:
    """What `mix` makes of the attention weights over positions, through the output's matrix but without its bias: [B, D].

    `scores` [B, H, P] and their bias [B, H or 1, P]; `mix` is given weights [B, H, P] and returns the values that they pick, [B, H, K].
    """
    mixed = mix(graph.op("Softmax", graph.op("Add", scores, bias), axis=-1))
    return graph.product(graph.op("Reshape", mixed, graph.constant([0, graph.config["d_model"]])), graph.weight(f"{path}.out_proj.weight"))


def likeliest(graph: StepGraph, logits: str) -> str:
    """The first of the greatest of [B, V] logits, as int32 [B]: the best of each block of BLOCK_LOGITS, then of these."""
    blocks = graph.config["vocab_size"] // BLOCK_LOGITS
    best, place = "block_best", "block_place"
    graph.nodes.append(helper.make_node("TopK", [graph.op("Reshape", logits, graph.constant([0, blocks, BLOCK_LOGITS])), graph.constant([1])], [best, place]))
    by_block = graph.constant([0, blocks])
    starts = graph.floats("block_starts", [float(BLOCK_LOGITS * block) for block in range(blocks)])
    token = graph.op("Add", graph.op("Cast", graph.op("Reshape", place, by_block), to=FLOAT), starts)
    block = graph.op("ArgMax", graph.op("Reshape", best, by_block), axis=-1)
    return graph.op("Cast", graph.op("GatherElements", token, block, axis=-1), to=INT32)


def captured_step_graph(config: dict, weights: Weights, tiled: bool, kind: int = FLOAT) -> ModelProto:
    """One more target token of each row.

    Reads `token` at the position after `position`, which is -1 before the first; leaves the likeliest next token in `token` and, at that
    position, in `history`. `target_mask` hides the positions that are not read yet. Where a row's source ends, what hides its padding is in
    `cross_bias`.
    """
    graph = StepGraph(config, weights, kind, tiled)
    heads, size = config["decoder_attention_heads"], config["d_model"]
    head_size, scale = size // heads, query_scale(config)
    before = state(graph, "position", INT32, [1, "rows"])
    token = state(graph, "token", INT32, [1, "rows"])
    history = state(graph, "history", INT32, ["target", "rows"])
    target_mask = state(graph, "target_mask", kind, ["rows", 1, "target"])

    zero, one = (filled(graph, before, INT32, value) for value in (0, 1))
    position = graph.op("ScatterElements", before, zero, one, name="next_position", axis=0, reduction="add")
    place = graph.op("Reshape", position, graph.constant([-1, 1, 1]))
    mask = graph.op("ScatterElements", target_mask, place, filled(graph, place, kind, 0), name="next_target_mask", axis=2)
    cache_place = graph.op("Expand", graph.op("Reshape", position, graph.constant([-1, 1, 1, 1])), graph.constant([1, 2 * heads, 1, head_size]))

    def normed(x: str, change: str, bias: str | None, path: str) -> tuple[str, str]:
        return norm_of_sum(graph, x, change, bias, graph.weight(f"{path}.weight"), graph.weight(f"{path}.bias"))

    # The only copy of the tied matrix is the scaled one; the last layer norm takes the scale out of the logits.
    embedding_scale = graph.constant(math.sqrt(size))
    embedding = graph.folded("Mul", graph.weight(EMBEDDING), embedding_scale)
    table = graph.folded("Add", graph.weight(POSITIONS_HIGH), graph.weight(POSITIONS_LOW))
    flat = graph.constant([-1])
    x = graph.op("Gather", embedding, graph.op("Reshape", token, flat), axis=0)
    change = graph.op("Gather", table, graph.op("Reshape", position, flat), axis=0)
    bias = None
    for layer in range(config["decoder_layers"]):
        path = f"model.decoder.layers.{layer}"
        x, inner = normed(x, change, bias, f"{path}.self_attn_layer_norm")
        parts = {part: [graph.weight(f"{path}.self_attn.{part}_proj.{name}") for name in ("weight", "bias")] for part in "qkv"}
        parts["q"] = [graph.folded("Mul", weight, graph.constant(scale)) for weight in parts["q"]]
        joined_weight, joined_bias = (graph.op("Concat", *(parts[part][index] for part in "qkv"), axis=-1) for index in (0, 1))
        joined = graph.op("Add", graph.product(inner, joined_weight), joined_bias)
        split = [f"{part}.{layer}" for part in ("new_query", "new_key_value")]
        graph.nodes.append(helper.make_node("Split", [joined, graph.constant([size, 2 * size])], split, axis=1))
        cache = state(graph, f"cache.{layer}", kind, ["rows", 2 * heads, "target", head_size])
        new = graph.op("Reshape", split[1], graph.constant([0, 2 * heads, 1, head_size]))
        written = graph.op("ScatterElements", cache, cache_place, new, name=f"next_cache.{layer}", axis=2)
        own = graph.op("Reshape", written, graph.constant([0, 2, heads, -1, head_size]))
        query = graph.op("Reshape", split[0], graph.constant([0, heads, head_size]))
        scores = graph.op("Einsum", query, own, graph.first_of_two, equation="bhk,bchpk,c->bhp")
        change = attend(graph, scores, mask, lambda weights: graph.op("Einsum", weights, own, graph.second_of_two, equation="bhp,bchpk,c->bhk"), f"{path}.self_attn")
        bias = graph.weight(f"{path}.self_attn.out_proj.bias")

        x, inner = normed(x, change, bias, f"{path}.encoder_attn_layer_norm")
        query = graph.product(inner, graph.folded("Mul", graph.weight(f"{path}.encoder_attn.q_proj.weight"), graph.constant(scale)))
        cross = [graph.input(f"cross_{part}.{layer}", kind, head_shape(config, "decoder", "source")) for part in ("key", "value")]
        cross_bias = graph.input(f"cross_bias.{layer}", kind, ["rows", heads, "source"])
        query = graph.op("Reshape", query, graph.constant([0, heads, head_size]))
        scores = graph.op("Einsum", query, cross[0], equation="bhk,bhpk->bhp")
        change = attend(graph, scores, cross_bias, lambda weights: graph.op("Einsum", weights, cross[1], equation="bhp,bhpk->bhk"), f"{path}.encoder_attn")
        bias = graph.weight(f"{path}.encoder_attn.out_proj.bias")

        x, inner = normed(x, change, bias, f"{path}.final_layer_norm")
        widened = graph.op("Add", graph.product(inner, graph.weight(f"{path}.fc1.weight")), graph.weight(f"{path}.fc1.bias"))
        change, bias = graph.product(graph.op("Relu", widened), graph.weight(f"{path}.fc2.weight")), graph.weight(f"{path}.fc2.bias")
    unscaled = [graph.folded("Div", graph.weight(f"model.decoder.layer_norm.{name}"), embedding_scale) for name in ("weight", "bias")]
    _, last = norm_of_sum(graph, x, change, bias, *unscaled)
    logits = graph.scores(last, embedding)
    graph.output(logits, kind, ["rows", config["vocab_size"]])
    written = graph.op("Reshape", likeliest(graph, logits), graph.constant([1, -1]))
    graph.op("ScatterElements", history, position, written, name="next_history", axis=0)
    graph.op("ScatterElements", token, zero, written, name="next_token", axis=0)
    model = graph.model("captured_batch" if tiled else "captured_step")
    model.opset_import.append(helper.make_opsetid(CONTRIB, 1))
    return model


def static_cross_graph(config: dict, weights: Weights, kind: int = FLOAT) -> ModelProto:
    """What the rows of a captured step keep of their sources, once for each decoding.

    Every layer's cross keys and values [texts, H, s, K] -> those of the rows, padded to [B, H, S, K], and the bias on their scores
    [B, H, S]: the query's own bias times the key, which stays the same from step to step, and what hides the padding.
    """
    graph = Graph(config, weights)
    heads = config["decoder_attention_heads"]
    rows = graph.input("rows", INT32, ["rows"])
    pads = graph.input("pads", TensorProto.INT64, [8])
    mask = graph.input("static_mask", FLOAT, ["rows", 1, "static_source"])
    static = ["rows", heads, "static_source", config["d_model"] // heads]

    def output(x: str, name: str, shape: list) -> None:
        graph.output(graph.op("Cast", x, name=name, to=kind), kind, shape)

    for layer in range(config["decoder_layers"]):
        padded = {}
        for part in ("key", "value"):
            everything = graph.input(f"cross_{part}.{layer}", FLOAT, head_shape(config, "decoder", "source"))
            padded[part] = graph.op("Pad", graph.op("Gather", everything, rows, axis=0), pads)
            output(padded[part], f"static_cross_{part}.{layer}", static)
        bias = graph.op("Mul", graph.weight(f"model.decoder.layers.{layer}.encoder_attn.q_proj.bias"), graph.constant(query_scale(config)))
        bias = graph.op("Reshape", bias, graph.constant([heads, -1]))
        scores = graph.op("Einsum", padded["key"], bias, equation="bhsk,hk->bhs")
        output(graph.op("Add", scores, mask), f"static_cross_bias.{layer}", static[:3])
    return graph.model("static_cross")


def zeros_graph(config: dict, weights: Weights, kind: int = FLOAT) -> ModelProto:
    """Zeros of a shape: a capture binds only buffers that the runtime itself has made."""
    graph = Graph(config, weights)
    shape = graph.input("shape", TensorProto.INT64, ["rank"])
    for name, type_ in ({FLOAT: "float32", HALF: "float16"}[kind], kind), ("int32", INT32):
        graph.constants[f"zero_{name}"] = helper.make_tensor(f"zero_{name}", type_, [1], [0])
        graph.op("Expand", f"zero_{name}", shape, name=name)
        graph.output(name, type_, None)
    return graph.model("zeros")
