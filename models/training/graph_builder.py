"""Collects the nodes, weights and constants of an ONNX graph. Knows nothing of layers."""

import itertools

import numpy as np
from onnx import ModelProto, TensorProto, helper
from weights import Weights

OPSET = 17
FLOAT, HALF, INT32, INT64 = TensorProto.FLOAT, TensorProto.FLOAT16, TensorProto.INT32, TensorProto.INT64


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

    def op(self, kind: str, *inputs: str, name: str | None = None, **attributes) -> str:
        """Adds a node with one output and returns the output's name: `name`, or one that counts the nodes."""
        number = next(self.counter)
        output = name or f"{kind.lower()}_{number}"
        self.nodes.append(helper.make_node(kind, inputs, [output], name=output, **attributes))
        return output

    def weight(self, name: str) -> str:
        self.used[name] = None
        return name

    def constant(self, value: float | list[int]) -> str:
        """A scalar fp32 or an int64 vector, kept inside the graph file."""
        array = np.asarray(value, dtype=np.float32 if isinstance(value, float) else np.int64)
        name = f"constant_{value}".replace(" ", "")
        self.constants[name] = helper.make_tensor(name, FLOAT if array.dtype == np.float32 else INT64, array.shape, array.flatten())
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
