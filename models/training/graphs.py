"""The ONNX graphs of the model: encoder, one decoder step, a run of steps, choice of rows. Knows nothing of files on disk or tokenizers.

Inputs and outputs are named as `transformers` names them; shapes as in layers.py, L encoder and M decoder layers.
"""

from graph_builder import BOOL, FLOAT, INT32, INT64
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


def greedy_graph(config: dict, weights: Weights) -> ModelProto:
    """Up to `steps` steps, each with the most likely token of the one before: the tokens, their scores and the grown cache.

    Weights and cross-attention keys and values belong to the graph around the loop, and so are there for every step. The loop ends as
    soon as fewer than `least_open` texts are without a </s>; a text that has one goes on with tokens that mean nothing.

    A token is chosen among `frequent` and `candidates` if among them it has at least its text's `least_probability`, else among all. Many runs have the
    same frequent ones, so `frequent_columns` [D, F] are what output_columns() gives for them: taking them out of the embedding costs more than a step.
    Scores are logits: of the token that was chosen, and at each step of the tokens `watched`.
    """
    graph = Graph(config, weights)
    first = graph.input("decoder_input_ids", INT32, ["batch", 1])
    padding = graph.padding_mask(graph.input("source_mask", FLOAT, ["batch", "source"]))
    steps, least_open = graph.input("steps", INT32, []), graph.input("least_open", INT32, [])
    frequent, candidates = graph.input("frequent", INT32, ["frequent"]), graph.input("candidates", INT32, ["candidates"])
    frequent_columns = graph.input("frequent_columns", FLOAT, [config["d_model"], "frequent"])
    least_probability = graph.input("least_probability", FLOAT, ["batch", 1])
    watched_columns = graph.output_columns(graph.input("watched", INT32, ["watched"]))
    past_states, cross_states = cached(graph, "past", "target"), cached(graph, "cross", "source")
    columns, tokens = [frequent_columns, graph.output_columns(candidates)], graph.op("Concat", frequent, candidates, axis=0)
    past, end = graph.length("past_key.0", 2), graph.integer(config["eos_token_id"])
    names = [f"{kind}.{layer}" for layer in range(config["decoder_layers"]) for kind in ("key", "value")]

    body = graph.body()
    iteration = body.input("iteration", INT64, [])
    body.input("goes_on_before", BOOL, [])
    token, is_open = body.input("token", INT32, ["batch", 1]), body.input("is_open", BOOL, ["batch", 1])
    own_states = cached(body, "own", "target")
    position = body.op("Add", past, iteration)
    x = body.embed(token, body.positions(position, body.op("Add", position, body.constant([1]))))
    for layer, (own, cross) in enumerate(zip(own_states, cross_states)):
        x = body.decoder_layer(layer, x, own, cross, None, padding, "grown").hidden
    states = body.decoder_states(x)
    next_token, score = choose_token(body, states, columns, tokens, least_probability, is_open)
    still_open = body.op("And", is_open, body.op("Not", body.op("Equal", next_token, end)))
    open_count = body.op("ReduceSum", body.op("Cast", still_open, to=INT32), keepdims=0)
    body.output(body.op("Not", body.op("Less", open_count, least_open)), BOOL, [])
    body.output(next_token, INT32, ["batch", 1])
    body.output(still_open, BOOL, ["batch", 1])
    for name in names:
        body.output(f"grown_{name}", FLOAT, head_shape(config, "decoder", "target_and_one"))
    body.output(body.op("Identity", next_token), INT32, ["batch", 1])
    body.output(score, FLOAT, ["batch", 1])
    body.output(body.op("MatMul", states, watched_columns), FLOAT, ["batch", "watched"])

    state = [first, graph.op("Not", graph.op("Equal", first, end)), *(name for pair in past_states for name in pair)]
    ends = ["last_token", "last_open", *(f"present_{name}" for name in names)]
    graph.loop(graph.op("Cast", steps, to=INT64), state, body, [*ends, "next_tokens", "scores", "watched_scores"])
    graph.output("next_tokens", INT32, ["steps", "batch", 1])
    graph.output("scores", FLOAT, ["steps", "batch", 1])
    graph.output("watched_scores", FLOAT, ["steps", "batch", "watched"])
    for name in names:
        graph.output(f"present_{name}", FLOAT, head_shape(config, "decoder", "target_and_steps"))
    return graph.model("greedy")


def choose_token(body: Graph, states: str, columns: list[str], tokens: str, least_probability: str, is_open: str) -> tuple[str, str]:
    """The most likely token of each row [B, 1] and its logit [B, 1]. Only rows that go on and are uncertain pay for the whole vocabulary."""
    axis = body.constant([-1])
    logits = body.op("Concat", *(body.op("MatMul", states, part) for part in columns), axis=-1)
    best = body.op("ReduceMax", logits, axes=[-1])
    token = body.op("Gather", tokens, body.op("ArgMax", logits, axis=-1), axis=0)
    # The probability of the best is 1 / sum(exp(logit - best)).
    doubt = body.op("ReduceSum", body.op("Exp", body.op("Sub", logits, best)), axis)
    is_uncertain = body.op("And", is_open, body.op("Less", body.op("Reciprocal", doubt), least_probability))
    rows = body.op("Transpose", body.op("NonZero", body.op("Squeeze", is_uncertain, axis)), perm=[1, 0])

    # Outside of the branch, since onnxruntime packs weights ahead of time for a loop's body but not for a branch in it.
    exact = body.output_layer(body.op("GatherND", states, rows))
    # Kernels of reductions fail or lose their shape where there are no rows, so there is a branch without any.
    certain, uncertain = body.body(), body.body()
    for name in (token, best):
        certain.output(certain.op("Identity", name), INT32 if name == token else FLOAT, ["batch", 1])
    exact_token = uncertain.op("Cast", uncertain.op("ArgMax", exact, axis=-1), to=INT32)
    uncertain.output(uncertain.op("ScatterND", token, rows, exact_token), INT32, ["batch", 1])
    uncertain.output(uncertain.op("ScatterND", best, rows, uncertain.op("ReduceMax", exact, axes=[-1])), FLOAT, ["batch", 1])
    some = body.op("Cast", body.op("ReduceMax", body.op("Cast", is_uncertain, to=INT32), keepdims=0), to=BOOL)
    body.branch(some, uncertain, certain, ["chosen_token", "chosen_score"])
    return "chosen_token", "chosen_score"


def rows_graph(config: dict, weights: Weights) -> ModelProto:
    """Keys or values [B, H, T, K] -> those of the rows [R] that a batch goes on with; on whatever device they are."""
    graph = Graph(config, weights)
    everything = graph.input("all", FLOAT, head_shape(config, "decoder", "positions"))
    rows = graph.input("rows", INT32, ["rows"])
    graph.output(graph.op("Gather", everything, rows, name="chosen", axis=0), FLOAT, ["rows", *head_shape(config, "decoder", "positions")[1:]])
    return graph.model("rows")
