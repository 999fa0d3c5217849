"""Writes a BERT encoder as ONNX graphs: its lower layers, its upper ones, and those of a cross-encoder upon the same lower ones.

The graphs are put together by hand, so that nothing depends on what an exporter makes of another version's code. They have
no mask: texts are served one at a time (:mod:`index.search.quantised` says why).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

INPUT, STATES, MEAN, SCORE = "input_ids", "states", "mean", "score"
HEAD = "head"
"""Name of the layer that makes a score of the first piece."""

_OPSET, _IR = 20, 9


class _Graph:
    """Nodes and constants as they are added; every step gives the name of what it puts out."""

    def __init__(
        self, tensors: Mapping[str, NDArray[Any]], epsilon: float, hidden: int, factors: Mapping[str, NDArray[Any]]
    ) -> None:
        self.tensors = tensors
        self.epsilon = epsilon
        self.hidden = hidden
        self.factors = factors
        self.nodes: list[Any] = []
        self.held: dict[str, NDArray[Any]] = {}

    def add(self, operation: str, *inputs: str, **attributes: Any) -> str:
        from onnx import helper

        name = f"{operation}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(operation, list(inputs), [name], name=name, **attributes))
        return name

    def constant(self, name: str, values: NDArray[Any]) -> str:
        self.held[name] = values
        return name

    def numbers(self, *values: int) -> str:
        return self.constant("_".join(["numbers", *map(str, values)]), np.array(values, dtype=np.int64))

    def linear(self, value: str, name: str) -> str:
        weight = np.ascontiguousarray(self.tensors[f"{name}.weight"].T)
        if name in self.factors:
            weight = weight * self.factors[name][:, None]
        held = self.constant(f"{name}.weight", weight)
        return self.add("Add", self.add("MatMul", value, held), self.tensor(f"{name}.bias"))

    def evened(self, value: str, name: str) -> str:
        """Divide what goes into a linear layer by its factors."""
        if name not in self.factors:
            return value
        return self.add("Mul", value, self.constant(f"{name}.share", 1 / self.factors[name]))

    def normed(self, value: str, name: str) -> str:
        weight, bias = self.tensor(f"{name}.weight"), self.tensor(f"{name}.bias")
        return self.add("LayerNormalization", value, weight, bias, axis=-1, epsilon=self.epsilon)

    def tensor(self, name: str) -> str:
        return self.constant(name, self.tensors[name])

    def model(self, given: str, value: str, output: str, shape: list[Any]) -> Any:
        """Close the graph: what goes in is pieces or states, ``value`` comes out under the name ``output``."""
        from onnx import TensorProto, helper, numpy_helper

        self.nodes.append(helper.make_node("Identity", [value], [output], name=output))
        of_pieces = helper.make_tensor_value_info(INPUT, TensorProto.INT64, ["texts", "length"])
        of_states = helper.make_tensor_value_info(STATES, TensorProto.FLOAT, ["texts", "length", self.hidden])
        whole = helper.make_graph(
            self.nodes,
            "encoder",
            [of_pieces if given == INPUT else of_states],
            [helper.make_tensor_value_info(output, TensorProto.FLOAT, shape)],
            [numpy_helper.from_array(values, name) for name, values in self.held.items()],
        )
        return helper.make_model(whole, opset_imports=[helper.make_opsetid("", _OPSET)], ir_version=_IR)


Tensors = Mapping[str, NDArray[Any]]
NONE: Tensors = MappingProxyType({})


def lower_graph(tensors: Tensors, config: Mapping[str, Any], layers: range, factors: Tensors = NONE) -> Any:
    """Put the graph of word vectors and lower layers together.

    :param tensors: weights by the names of transformers' ``BertModel``.
    :param config: of that model, as its ``config.json`` has it.
    :param layers: numbers of the layers, from 0.
    :param factors: as :func:`index.training.smoothing.factors_of` gives them; none where nothing is to be evened out.
    :return: an ``onnx.ModelProto`` in single precision; from numbers of pieces (texts × length) to states (texts × length × hidden).
    """
    graph = _graph(tensors, config, factors)
    value = _through(graph, _embedded(graph), config, layers)
    return graph.model(INPUT, value, STATES, ["texts", "length", config["hidden_size"]])


def upper_graph(tensors: Tensors, config: Mapping[str, Any], layers: range, factors: Tensors = NONE) -> Any:
    """Put the graph of upper layers together; parameters are those of :func:`lower_graph`.

    :return: an ``onnx.ModelProto``; from states (texts × length × hidden) to their mean (texts × hidden).
    """
    graph = _graph(tensors, config, factors)
    value = _through(graph, STATES, config, layers)
    return graph.model(
        STATES, graph.add("ReduceMean", value, graph.numbers(1), keepdims=0), MEAN, ["texts", config["hidden_size"]]
    )


def reranker_graph(tensors: Tensors, config: Mapping[str, Any], layers: range, factors: Tensors = NONE) -> Any:
    """Put the graph of a cross-encoder's upper layers and head together; parameters are those of :func:`lower_graph`.

    :return: an ``onnx.ModelProto``; from states (texts × length × hidden) to scores (texts × 1).
    """
    graph = _graph(tensors, config, factors)
    value = _through(graph, STATES, config, layers)
    first = graph.add("Gather", value, graph.constant("first", np.array(0, dtype=np.int64)), axis=1)
    return graph.model(STATES, graph.linear(first, HEAD), SCORE, ["texts", 1])


def _graph(tensors: Tensors, config: Mapping[str, Any], factors: Tensors) -> _Graph:
    single = {name: tensor.astype(np.float32) for name, tensor in tensors.items()}
    return _Graph(single, config["layer_norm_eps"], config["hidden_size"], factors)


def _through(graph: _Graph, value: str, config: Mapping[str, Any], layers: range) -> str:
    for number in layers:
        value = _layer(graph, value, f"encoder.layer.{number}", config["num_attention_heads"])
    return value


def _embedded(graph: _Graph) -> str:
    length = graph.add("Shape", INPUT, start=1, end=2)
    places = graph.add("Slice", graph.tensor("embeddings.position_embeddings.weight"), graph.numbers(0), length)
    kind = graph.constant("kind", graph.tensors["embeddings.token_type_embeddings.weight"][:1])
    words = graph.add("Gather", graph.tensor("embeddings.word_embeddings.weight"), INPUT)
    return graph.normed(graph.add("Add", words, graph.add("Add", places, kind)), "embeddings.LayerNorm")


def _layer(graph: _Graph, value: str, name: str, heads: int) -> str:
    size = len(graph.tensors[f"{name}.attention.self.query.bias"]) // heads
    apart = graph.numbers(0, 0, heads, size)

    given = graph.evened(value, f"{name}.attention.self.query")

    def headed(part: str, order: list[int]) -> str:
        linear = graph.linear(given, f"{name}.attention.self.{part}")
        return graph.add("Transpose", graph.add("Reshape", linear, apart), perm=order)

    def dense(value: str, part: str) -> str:
        own = f"{name}.{part}.dense"
        return graph.linear(graph.evened(value, own), own)

    query, key, held = headed("query", [0, 2, 1, 3]), headed("key", [0, 2, 3, 1]), headed("value", [0, 2, 1, 3])
    root = graph.constant("root", np.array(size**0.5, dtype=np.float32))
    shares = graph.add("Softmax", graph.add("Div", graph.add("MatMul", query, key), root), axis=-1)
    seen = graph.add("Transpose", graph.add("MatMul", shares, held), perm=[0, 2, 1, 3])
    joined = graph.add("Reshape", seen, graph.numbers(0, 0, heads * size))
    attended = graph.add("Add", dense(joined, "attention.output"), value)
    value = graph.normed(attended, f"{name}.attention.output.LayerNorm")
    inner = graph.add("Gelu", dense(value, "intermediate"))
    outer = graph.add("Add", dense(inner, "output"), value)
    return graph.normed(outer, f"{name}.output.LayerNorm")
