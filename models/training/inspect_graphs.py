"""The ONNX graphs of the inspect pass, which give every attention and take interventions: of one text, encoder and decoder apart.

Between the two whoever runs them may change the encoder's states. Heads are taken out by masks, source positions by `source_mask`. Attentions that
come out are the probabilities before the head mask. Shapes as in layers.py, L encoder and M decoder layers, P target positions that were read before.
"""

import numpy as np
from graph_builder import FLOAT, INT32
from graphs import cached, head_shape
from layers import MASKED, Graph, HeadMasks
from onnx import ModelProto, helper
from weights import Weights


def stacked(graph: Graph, parts: list[str], name: str, shape: list) -> None:
    """Parts [1, ...], one of each layer, as one output."""
    graph.op("Concat", *parts, name=name, axis=0)
    graph.output(name, FLOAT, [len(parts), *shape])


def inspect_encoder_graph(config: dict, weights: Weights) -> ModelProto:
    """Source ids [1, S], 1 for each position that may be attended to [1, S] and head mask [L, H] -> every layer's states, attentions and value products.

    encoder_hidden_states [L + 1, S, D] are what enters each layer, and last what the decoder reads.
    """
    graph = Graph(config, weights)
    ids = graph.input("input_ids", INT32, [1, "source"])
    there = graph.input("source_mask", FLOAT, [1, "source"])
    entering = graph.embed(ids, graph.positions(graph.constant([0]), graph.length(ids, 1)))
    states = graph.encoder(entering, graph.padding_mask(there), graph.head_masks("encoder_head_mask", "encoder"))
    heads = config["encoder_attention_heads"]
    products = [graph.value_products(value, f"model.encoder.layers.{layer}.self_attn", heads) for layer, value in enumerate(states.values)]
    stacked(graph, [*states.entering, states.hidden], "encoder_hidden_states", ["source", config["d_model"]])
    stacked(graph, states.attentions, "encoder_attentions", [heads, "source", "source"])
    stacked(graph, products, "encoder_value_products", ["source", heads, heads])
    graph.classify(states, there)
    return graph.model("inspect_encoder")


def inspect_decoder_graph(config: dict, weights: Weights) -> ModelProto:
    """Encoder states [1, S, D] and T more decoder tokens -> their logits, every layer's attentions and value products, and the grown cache.

    With an empty cache it is the teacher-forced pass over a whole target. decoder_head_mask and cross_head_mask are [M, H].
    """
    graph = Graph(config, weights)
    hidden = graph.input("encoder_states", FLOAT, [1, "source", config["d_model"]])
    padding = graph.padding_mask(graph.input("source_mask", FLOAT, [1, "source"]))
    ids = graph.input("decoder_input_ids", INT32, [1, "target"])
    masks = [HeadMasks(*pair) for pair in zip(graph.head_masks("decoder_head_mask", "decoder"), graph.head_masks("cross_head_mask", "decoder"))]
    past_states = cached(graph, "past", "past")
    past, heads = graph.length("past_key.0", 2), config["decoder_attention_heads"]
    end = graph.op("Add", past, graph.length(ids, 1))
    x, causal = graph.embed(ids, graph.positions(past, end)), causal_mask(graph, past, end)
    layers, cross_values = [], []
    for layer, own in enumerate(past_states):
        cross = tuple(graph.cross_states(hidden, layer, part) for part in "kv")
        layers.append(graph.decoder_layer(layer, x, own, cross, causal, padding, head_masks=masks[layer]))
        cross_values.append(cross[1])
        x = layers[-1].hidden
    graph.logits(x)
    graph.output("logits", FLOAT, ["target", config["vocab_size"]])
    for name, attention, parts, values, queries, keys in (
        ("decoder", "self_attn", [layer.self_attentions for layer in layers], [layer.value for layer in layers], "target", "past_and_target"),
        ("cross", "encoder_attn", [layer.cross_attentions for layer in layers], cross_values, "target", "source"),
    ):
        products = [graph.value_products(value, f"model.decoder.layers.{layer}.{attention}", heads) for layer, value in enumerate(values)]
        stacked(graph, parts, f"{name}_attentions", [heads, queries, keys])
        stacked(graph, products, f"{name}_value_products", [keys, heads, heads])
    for layer in range(config["decoder_layers"]):
        for kind in ("key", "value"):
            graph.output(f"present_{kind}.{layer}", FLOAT, head_shape(config, "decoder", "past_and_target"))
    return graph.model("inspect_decoder")


def causal_mask(graph: Graph, past: str, end: str) -> str:
    """[T, P + T]: a key that lies n > 0 positions behind its query gets -n * MASKED."""
    most = graph.config["max_position_embeddings"]
    graph.constants["every_position"] = helper.make_tensor("every_position", FLOAT, [most], np.arange(most))
    first = graph.constant([0])
    query, key = (graph.op("Slice", "every_position", start, end, first) for start in (past, first))
    ahead = graph.op("Sub", key, graph.op("Unsqueeze", query, graph.constant([1])))
    return graph.op("Mul", graph.op("Relu", ahead), graph.constant(-MASKED))
