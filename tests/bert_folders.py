"""A small BERT with random weights as a model folder, both for sentence_transformers and quantised."""

import numpy as np

from index.search.quantised import LOWER, UPPER
from index.training.folders import save_folder
from index.training.graph import NONE, lower_graph, upper_graph
from index.training.pieces import SPECIAL, tokenizer_of

CONFIG = {
    "hidden_size": 32,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "intermediate_size": 64,
    "max_position_embeddings": 24,
    "type_vocab_size": 2,
    "hidden_act": "gelu",
    "layer_norm_eps": 1e-12,
    "pad_token_id": 1,
}
PIECES = (*SPECIAL, "▁", "养老", *"养老床位低保申请困境儿童保障安葬多少怎么的：，。", "query", "passage", ":")
LONGEST = 20


def shapes():
    hidden, inner = CONFIG["hidden_size"], CONFIG["intermediate_size"]
    yield "embeddings.word_embeddings.weight", (len(pieces()), hidden)
    yield "embeddings.position_embeddings.weight", (CONFIG["max_position_embeddings"], hidden)
    yield "embeddings.token_type_embeddings.weight", (CONFIG["type_vocab_size"], hidden)
    linear = {f"attention.self.{part}": (hidden, hidden) for part in ("query", "key", "value")}
    linear |= {"attention.output.dense": (hidden, hidden), "intermediate.dense": (inner, hidden)}
    linear |= {"output.dense": (hidden, inner)}
    for layer in range(CONFIG["num_hidden_layers"]):
        for name, shape in linear.items():
            yield f"encoder.layer.{layer}.{name}.weight", shape
            yield f"encoder.layer.{layer}.{name}.bias", shape[:1]


def norms():
    names = [f"encoder.layer.{layer}" for layer in range(CONFIG["num_hidden_layers"])]
    return ["embeddings", *(f"{name}.attention.output" for name in names), *(f"{name}.output" for name in names)]


def pieces():
    return tuple(dict.fromkeys(PIECES))


def random_tensors():
    rng = np.random.default_rng(0)
    tensors = {name: rng.normal(0, 0.3, shape).astype(np.float32) for name, shape in shapes()}
    for name in norms():
        tensors[f"{name}.LayerNorm.weight"] = np.ones(CONFIG["hidden_size"], np.float32)
        tensors[f"{name}.LayerNorm.bias"] = np.zeros(CONFIG["hidden_size"], np.float32)
    return {name: tensor.astype(np.float16).astype(np.float32) for name, tensor in tensors.items()}


def tokenizer():
    # Pairs are likelier than their characters, so that 养老 is one piece.
    return tokenizer_of(pieces(), [0.0] * len(SPECIAL) + [-2.0] * (len(pieces()) - len(SPECIAL)))


def write(folder):
    save_folder(folder, random_tensors(), CONFIG | {"vocab_size": len(pieces())}, tokenizer(), LONGEST)
    return folder


def write_whole(folder, tensors, factors=NONE):
    """Write the served graphs of a folder in single precision."""
    import onnx

    config = CONFIG | {"vocab_size": len(pieces())}
    onnx.save(lower_graph(tensors, config, range(1), factors), folder / LOWER)
    onnx.save(upper_graph(tensors, config, range(1, 2), factors), folder / UPPER)
