"""The layers of a pre-norm M2M100 as plain ONNX operators. Knows nothing of files on disk, tokenizers or whole graphs.

Shapes: B texts, S source positions, N source tokens without padding, T target positions, D model size, H heads, K = D / H, V vocabulary.
Texts are padded on the right, so position p always reads row p of the position table.
"""

import math
from typing import NamedTuple

from graph_builder import FLOAT, GraphBuilder
from weights import EMBEDDING, HEADS_BIAS, HEADS_WEIGHT, POSITIONS_HIGH, POSITIONS_LOW

LAYER_NORM_EPSILON = 1e-5
MASKED = 1e9
"""Subtracted from a score to hide its key: exp() of the result is exactly 0 in fp32."""


class Packing(NamedTuple):
    """The tokens of all texts one after the other, so that products with weights, nearly all of the encoder's arithmetic, do without the padding."""

    positions: str
    """[N] of each token in its text"""
    tokens: str
    """[N] where each token is among the B * S positions of the padded batch"""
    places: str
    """[B, S] which token is at each position; any where there is none"""


class EncoderPass(NamedTuple):
    hidden: str
    """[B, S, D] after the last norm; with a packing [N, D]"""
    entering: list[str]
    """[B, S, D] before each layer; with a packing [N, D]"""
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


class Graph(GraphBuilder):
    """With the layers of the model. A block's `path` is its name in the Hugging Face state dict."""

    def linear(self, x: str, path: str) -> str:
        return self.op("Add", self.op("MatMul", x, self.weight(f"{path}.weight")), self.weight(f"{path}.bias"))

    def norm(self, x: str, path: str, name: str | None = None) -> str:
        scale, bias = self.weight(f"{path}.weight"), self.weight(f"{path}.bias")
        return self.op("LayerNormalization", x, scale, bias, name=name, axis=-1, epsilon=LAYER_NORM_EPSILON)

    def split_heads(self, x: str, heads: int, name: str | None = None) -> str:
        """[B, T, D] -> [B, H, T, K]"""
        size = self.config["d_model"] // heads
        return self.op("Transpose", self.op("Reshape", x, self.constant([0, 0, heads, size])), name=name, perm=[0, 2, 1, 3])

    def padded(self, x: str, packing: Packing | None) -> str:
        """[N, X] -> [B, S, X], where there is a packing"""
        return self.op("Gather", x, packing.places, axis=0) if packing else x

    def attend(
        self, x: str, key: str, value: str, mask: str | None, path: str, heads: int, head_mask: str | None = None, packing: Packing | None = None
    ) -> tuple[str, str]:
        """Queries from x [B, T, D] over key and value [B, H, S, K]; returns [B, T, D] and the attentions [B, H, T, S].

        `head_mask` [1, H, 1, 1] are factors of the attentions, of which those that are returned know nothing. With a packing x and what is returned
        in its place are [N, D].
        """
        size = self.config["d_model"]
        query = self.split_heads(self.padded(self.linear(x, f"{path}.q_proj"), packing), heads)
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
        if packing:
            joined = self.op("Gather", self.op("Reshape", heads_out, self.constant([-1, size])), packing.tokens, axis=0)
        else:
            joined = self.op("Reshape", heads_out, self.constant([0, 0, size]))
        return self.linear(joined, f"{path}.out_proj"), attentions

    def feed_forward(self, x: str, path: str) -> str:
        inner = self.op("Relu", self.linear(self.norm(x, f"{path}.final_layer_norm"), f"{path}.fc1"))
        return self.op("Add", x, self.linear(inner, f"{path}.fc2"))

    def length(self, x: str, axis: int) -> str:
        return self.op("Shape", x, start=axis, end=axis + 1)

    def positions(self, start: str, end: str) -> str:
        """Rows [start, end) of the position table; the two halves add up to its fp32 values."""
        return self.op("Add", *(self.op("Slice", self.weight(half), start, end, self.constant([0])) for half in (POSITIONS_HIGH, POSITIONS_LOW)))

    def positions_at(self, indices: str) -> str:
        """Those rows of the position table."""
        return self.op("Add", *(self.op("Gather", self.weight(half), indices, axis=0) for half in (POSITIONS_HIGH, POSITIONS_LOW)))

    def embed(self, ids: str, positions: str) -> str:
        """What enters the first layer; `positions` are the rows of the position table."""
        return self.placed(self.op("Gather", self.weight(EMBEDDING), ids, axis=0), positions)

    def placed(self, embedded: str, positions: str) -> str:
        """The same of rows of the embedding."""
        return self.op("Add", self.op("Mul", embedded, self.constant(math.sqrt(self.config["d_model"]))), positions)

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

    def encoder(self, x: str, mask: str, head_masks: list[str] | None = None, packing: Packing | None = None) -> EncoderPass:
        """Of what enters the first layer: [B, S, D], with a packing [N, D]."""
        heads, entering, attentions, values = self.config["encoder_attention_heads"], [], [], []
        for layer in range(self.config["encoder_layers"]):
            entering.append(x)
            path = f"model.encoder.layers.{layer}"
            inner = self.norm(x, f"{path}.self_attn_layer_norm")
            key, value = (self.split_heads(self.padded(self.linear(inner, f"{path}.self_attn.{part}_proj"), packing), heads) for part in "kv")
            attended, weights = self.attend(inner, key, value, mask, f"{path}.self_attn", heads, head_masks and head_masks[layer], packing)
            x = self.feed_forward(self.op("Add", x, attended), path)
            attentions.append(weights)
            values.append(value)
        return EncoderPass(self.norm(x, "model.encoder.layer_norm"), entering, attentions, values)

    def classify(self, states: EncoderPass, there: str, packing: Packing | None = None) -> None:
        """What the encoder-only heads say, as outputs: language_scores [B, languages], and class_scores [B, S, classes] of each token."""
        languages, size = len(self.config["saccade"]["heads"]["languages"]), self.weights.arrays[HEADS_BIAS].size
        both = self.op("Concat", states.entering[0], states.hidden, axis=-1)
        scores = self.padded(self.op("Add", self.op("MatMul", both, self.weight(HEADS_WEIGHT)), self.weight(HEADS_BIAS)), packing)
        language, classes = (
            self.op("Slice", scores, self.constant([begin]), self.constant([end]), self.constant([2]), name=name)
            for begin, end, name in ((0, languages, None), (languages, size, "class_scores"))
        )
        counted = self.op("Mul", language, self.op("Unsqueeze", there, self.constant([2])))
        total = self.op("ReduceSum", counted, self.constant([1]), keepdims=0)
        self.op("Div", total, self.op("ReduceSum", there, self.constant([1]), keepdims=1), name="language_scores")
        self.output("language_scores", FLOAT, ["batch", languages])
        self.output(classes, FLOAT, ["batch", "source", size - languages])

    def cross_states(self, hidden: str, layer: int, part: str, name: str | None = None, packing: Packing | None = None) -> str:
        heads = self.config["decoder_attention_heads"]
        return self.split_heads(self.padded(self.linear(hidden, f"model.decoder.layers.{layer}.encoder_attn.{part}_proj"), packing), heads, name)

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
