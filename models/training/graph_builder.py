"""Collects the nodes, weights and constants of an ONNX graph. Knows nothing of layers."""

import itertools
from typing import Self

import numpy as np
from onnx import ModelProto, TensorProto, helper
from weights import Weights

OPSET = 17
FLOAT, HALF, INT32, INT64, BOOL = TensorProto.FLOAT, TensorProto.FLOAT16, TensorProto.INT32, TensorProto.INT64, TensorProto.BOOL


class GraphBuilder:
    """Collects nodes, and declares the weights and constants that they name; `kind` is that of the weights, FLOAT or HALF."""

    def __init__(self, config: dict, weights: Weights, kind: int = FLOAT) -> None:
        self.config, self.weights, self.kind = config, weights, kind
        self.nodes: list = []
        self.inputs: list = []
        self.outputs: list = []
        self.used: dict[str, None] = {}
        self.constants: dict[str, TensorProto] = {}
        self.counter = itertools.count()

    def body(self) -> Self:
        """An empty graph for a node of this one. Its nodes may name what this graph has so far; weights and constants are declared here."""
        inner = type(self)(self.config, self.weights, self.kind)
        inner.used, inner.constants, inner.counter = self.used, self.constants, self.counter
        return inner

    def op(self, kind: str, *inputs: str, name: str | None = None, **attributes) -> str:
        """Adds a node with one output and returns the output's name: `name`, or one that counts the nodes."""
        number = next(self.counter)
        output = name or f"{kind.lower()}_{number}"
        self.nodes.append(helper.make_node(kind, inputs, [output], name=output, **attributes))
        return output

    def branch(self, condition: str, then: "GraphBuilder", otherwise: "GraphBuilder", outputs: list[str]) -> None:
        """Runs one of two bodies without inputs; `outputs` names what either gives."""
        branches = {f"{name}_branch": helper.make_graph(body.nodes, name, [], body.outputs) for name, body in (("then", then), ("else", otherwise))}
        self.nodes.append(helper.make_node("If", [condition], outputs, name=f"if_{next(self.counter)}", **branches))

    def loop(self, count: str, state: list[str], body: "GraphBuilder", outputs: list[str]) -> None:
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
        self.constants[name] = helper.make_tensor(name, FLOAT if array.dtype == np.float32 else INT64, array.shape, array.flatten())
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
