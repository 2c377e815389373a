"""The ONNX graphs of the model: encoder, one decoder step, choice of rows, inspect pass. Knows nothing of files on disk or tokenizers.

Inputs and outputs are named as `transformers` names them; shapes as in layers.py, L encoder and M decoder layers.
"""

import numpy as np
from layers import FLOAT, INT32, MASKED, Graph
from onnx import ModelProto, helper
from weights import Weights


def head_shape(config: dict, side: str, length: str) -> list:
    heads = config[f"{side}_attention_heads"]
    return ["batch", heads, length, config["d_model"] // heads]


def encoder_graph(config: dict, weights: Weights) -> ModelProto:
    """Source ids [B, S] and mask -> encoder hidden states and every decoder layer's cross keys and values."""
    graph = Graph(config, weights)
    ids = graph.input("input_ids", INT32, ["batch", "source"])
    mask = graph.padding_mask(graph.input("source_mask", FLOAT, ["batch", "source"]))
    hidden, _ = graph.encoder(ids, mask, "encoder_hidden_states")
    graph.output(hidden, FLOAT, ["batch", "source", config["d_model"]])
    for layer in range(config["decoder_layers"]):
        for part, kind in (("k", "key"), ("v", "value")):
            name = graph.cross_states(hidden, layer, part, f"cross_{kind}.{layer}")
            graph.output(name, FLOAT, head_shape(config, "decoder", "source"))
    return graph.model("encoder")


def step_graph(config: dict, weights: Weights) -> ModelProto:
    """One more target token of each text: its logits, the most likely next token and the grown cache."""
    graph = Graph(config, weights)
    ids = graph.input("decoder_input_ids", INT32, ["batch", 1])
    padding = graph.padding_mask(graph.input("source_mask", FLOAT, ["batch", "source"]))
    layers = range(config["decoder_layers"])
    states = {"past": "target", "cross": "source"}
    cache = {
        (state, layer): tuple(
            graph.input(f"{state}_{kind}.{layer}", FLOAT, head_shape(config, "decoder", length)) for kind in ("key", "value")
        )
        for state, length in states.items()
        for layer in layers
    }
    past = graph.length("past_key.0", 2)
    x = graph.embed(ids, past, graph.op("Add", past, graph.constant([1])))
    for layer in layers:
        x, _, _ = graph.decoder_layer(layer, x, cache["past", layer], cache["cross", layer], None, padding)
    best = graph.op("ArgMax", graph.logits(x), axis=-1, keepdims=0)
    graph.output(graph.op("Cast", best, name="next_token", to=INT32), INT32, ["batch"])
    graph.output("logits", FLOAT, ["batch", config["vocab_size"]])
    for layer in layers:
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


def inspect_graph(config: dict, weights: Weights) -> ModelProto:
    """One text, teacher-forced: logits of every target position and the attentions of every layer and head."""
    graph = Graph(config, weights)
    ids = graph.input("input_ids", INT32, [1, "source"])
    target = graph.input("decoder_input_ids", INT32, [1, "target"])
    hidden, encoder_attentions = graph.encoder(ids, None)
    length, start = graph.length(target, 1), graph.constant([0])
    x = graph.embed(target, start, length)
    # A key that lies n > 0 positions after its query gets -n * MASKED.
    graph.constants["every_position"] = helper.make_tensor("every_position", FLOAT, [config["max_position_embeddings"]], np.arange(config["max_position_embeddings"]))
    position = graph.op("Slice", "every_position", start, length, start)
    ahead = graph.op("Sub", position, graph.op("Unsqueeze", position, graph.constant([1])))
    causal = graph.op("Mul", graph.op("Relu", ahead), graph.constant(-MASKED))
    decoder_attentions, cross_attentions = [], []
    for layer in range(config["decoder_layers"]):
        cross = tuple(graph.cross_states(hidden, layer, part) for part in "kv")
        x, own, across = graph.decoder_layer(layer, x, None, cross, causal, None)
        decoder_attentions.append(own)
        cross_attentions.append(across)
    graph.logits(x)
    graph.output("logits", FLOAT, ["target", config["vocab_size"]])
    graph.op("Squeeze", hidden, start, name="encoder_hidden_states")
    graph.output("encoder_hidden_states", FLOAT, ["source", config["d_model"]])
    for name, parts, queries, keys in (
        ("encoder_attentions", encoder_attentions, "source", "source"),
        ("decoder_attentions", decoder_attentions, "target", "target"),
        ("cross_attentions", cross_attentions, "target", "source"),
    ):
        graph.op("Concat", *parts, name=name, axis=0)
        graph.output(name, FLOAT, [len(parts), config[f"{name.split('_')[0].replace('cross', 'decoder')}_attention_heads"], queries, keys])
    return graph.model("inspect")
