"""The ONNX graphs of the model: encoder, one decoder step, choice of rows. Knows nothing of files on disk or tokenizers.

Inputs and outputs are named as `transformers` names them; shapes as in layers.py, L encoder and M decoder layers.
"""

from graph_builder import FLOAT, INT32
from layers import Graph, Packing
from onnx import ModelProto
from weights import Weights


def head_shape(config: dict, side: str, length: str) -> list:
    heads = config[f"{side}_attention_heads"]
    return ["batch", heads, length, config["d_model"] // heads]


def encoder_graph(config: dict, weights: Weights) -> ModelProto:
    """Rows of the embedding for the source tokens [N, D], how they are packed, and mask [B, S] -> every decoder layer's cross keys and values, and what
    the encoder-only heads say.

    Rows, not ids: whoever runs it has the embedding, and a session would keep a copy of its own.
    """
    graph = Graph(config, weights)
    embedded = graph.input("embedded", FLOAT, ["tokens", config["d_model"]])
    positions, tokens = (graph.input(name, INT32, ["tokens"]) for name in ("positions", "tokens"))
    packing = Packing(positions, tokens, graph.input("places", INT32, ["batch", "source"]))
    there = graph.input("source_mask", FLOAT, ["batch", "source"])
    states = graph.encoder(graph.placed(embedded, graph.positions_at(positions)), graph.padding_mask(there), packing=packing)
    for layer in range(config["decoder_layers"]):
        for part, kind in (("k", "key"), ("v", "value")):
            name = graph.cross_states(states.hidden, layer, part, f"cross_{kind}.{layer}", packing)
            graph.output(name, FLOAT, head_shape(config, "decoder", "source"))
    graph.classify(states, there, packing)
    return graph.model("encoder")


def cached(graph: Graph, state: str, length: str) -> list[tuple[str, str]]:
    """Inputs with the keys and values of each decoder layer."""
    shape = head_shape(graph.config, "decoder", length)
    return [tuple(graph.input(f"{state}_{kind}.{layer}", FLOAT, shape) for kind in ("key", "value")) for layer in range(graph.config["decoder_layers"])]


def step_graph(config: dict, weights: Weights) -> ModelProto:
    """One more target token of each text: its logits, the most likely next token and the grown cache."""
    graph = Graph(config, weights)
    ids = graph.input("decoder_input_ids", INT32, ["batch", 1])
    padding = graph.padding_mask(graph.input("source_mask", FLOAT, ["batch", "source"]))
    past_states, cross_states = cached(graph, "past", "target"), cached(graph, "cross", "source")
    past = graph.length("past_key.0", 2)
    x = graph.embed(ids, graph.positions(past, graph.op("Add", past, graph.constant([1]))))
    for layer, (own, cross) in enumerate(zip(past_states, cross_states)):
        x = graph.decoder_layer(layer, x, own, cross, None, padding).hidden
    best = graph.op("ArgMax", graph.logits(x), axis=-1, keepdims=0)
    graph.output(graph.op("Cast", best, name="next_token", to=INT32), INT32, ["batch"])
    graph.output("logits", FLOAT, ["batch", config["vocab_size"]])
    for layer in range(config["decoder_layers"]):
        for kind in ("key", "value"):
            graph.output(f"present_{kind}.{layer}", FLOAT, head_shape(config, "decoder", "target_and_one"))
    return graph.model("step")


def rows_graph(config: dict, weights: Weights) -> ModelProto:
    """Keys or values [B, H, T, K] -> those of the rows [R] that a batch goes on with; on whatever device they are."""
    graph = Graph(config, weights)
    everything = graph.input("all", FLOAT, head_shape(config, "decoder", "positions"))
    rows = graph.input("rows", INT32, ["rows"])
    graph.output(graph.op("Gather", everything, rows, name="chosen", axis=0), FLOAT, ["rows", *head_shape(config, "decoder", "positions")[1:]])
    return graph.model("rows")
