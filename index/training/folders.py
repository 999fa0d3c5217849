"""A BERT encoder as a folder in sentence-transformers format, and the quantised model made from it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.search.quantised import LOWER, RERANKER, UPPER, quantise
from index.training.graph import HEAD, lower_graph, reranker_graph, upper_graph
from index.training.smoothing import factors_of, linear_of
from index.training.transformer import Encoder, Reranker

PROMPTS = {"query": "query: ", "document": "passage: "}
"""What the E5 models were trained with (Wang et al. 2024, arXiv 2402.05672)."""

_MODULES = {
    "": "sentence_transformers.base.modules.transformer.Transformer",
    "1_Pooling": "sentence_transformers.sentence_transformer.modules.pooling.Pooling",
    "2_Normalize": "sentence_transformers.base.modules.normalize.Normalize",
}


def save_folder(
    folder: Path,
    tensors: Mapping[str, NDArray[Any]],
    config: Mapping[str, Any],
    tokenizer: Any,
    longest: int,
    texts: Sequence[str] = (),
) -> None:
    """Write a model folder: weights in half precision for sentence_transformers, in 8 bits for the product.

    :param folder: made when it is not there; a README.md in it stays.
    :param tensors: weights by the names of transformers' ``BertModel``.
    :param config: of that model.
    :param tokenizer: of the library tokenizers.
    :param longest: how many pieces of a text are read.
    :param texts: with their prompts, like those that it will read: by them the 8 bits are evened out (:mod:`index.training.smoothing`), which
        needs torch; none for weights as they are.
    """
    from safetensors.numpy import save

    for name, content in _settings(config, longest).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    halves = {name: np.ascontiguousarray(tensor, dtype=np.float16) for name, tensor in tensors.items()}
    (folder / "model.safetensors").write_bytes(save(halves, metadata={"format": "pt"}))
    factors = _evened(Encoder.load(folder, longest), texts) if texts else {}
    shared = config["num_hidden_layers"] // 2
    for path, graph, layers in (
        (folder / LOWER, lower_graph, range(shared)),
        (folder / UPPER, upper_graph, range(shared, config["num_hidden_layers"])),
    ):
        quantise(graph(halves, config, layers, factors), path, is_even=bool(factors))


def _evened(encoder: Encoder, texts: Sequence[str]) -> Mapping[str, NDArray[np.float32]]:
    return factors_of(linear_of(encoder.model), lambda: encoder.vectors(texts))


def save_reranker(folder: Path, reranker: Reranker, read: Callable[[], Any]) -> None:
    """Write the upper layers and the head of a cross-encoder in 8 bits beside a model of vectors whose lower layers it shares.

    :param folder: of the model of vectors.
    :param reranker: the layers and the head.
    :param read: sends pairs through them, by which the 8 bits are evened out.
    :raises ValueError: when it does not begin where the lower layers of the folder end.
    """
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    if reranker.frozen != config["num_hidden_layers"] // 2:
        raise ValueError(f"{folder}: the cross-encoder begins at layer {reranker.frozen}, not where the lower ones end")
    linear: dict[str, Any] = {}
    for number, layer in enumerate(reranker.layers, reranker.frozen):
        linear |= linear_of(layer, f"encoder.layer.{number}.")
    factors = factors_of(linear, read)
    layers = range(reranker.frozen, config["num_hidden_layers"])
    graph = reranker_graph(tensors_of(reranker), config, layers, factors)
    quantise(graph, folder / RERANKER, is_even=True)


def tensors_of(reranker: Reranker) -> dict[str, NDArray[Any]]:
    """Name the weights of a cross-encoder's own layers and its head as :func:`index.training.graph.reranker_graph` reads them.

    :param reranker: the layers and the head.
    :return: weights by name.
    """
    found = {f"{HEAD}.{part}": tensor.numpy() for part, tensor in reranker.head.state_dict().items()}
    for number, layer in enumerate(reranker.layers, reranker.frozen):
        found |= {f"encoder.layer.{number}.{part}": tensor.numpy() for part, tensor in layer.state_dict().items()}
    return found


def _settings(config: Mapping[str, Any], longest: int) -> dict[str, Any]:
    modules = [
        {"idx": number, "name": str(number), "path": path, "type": kind}
        for number, (path, kind) in enumerate(_MODULES.items())
    ]
    return {
        "modules.json": modules,
        "config_sentence_transformers.json": {
            "model_type": "SentenceTransformer",
            "prompts": PROMPTS,
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
        "sentence_bert_config.json": {"max_seq_length": longest, "do_lower_case": False},
        "config.json": {"architectures": ["BertModel"], "model_type": "bert", "dtype": "float32", **config},
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": longest,
            "bos_token": "<s>",
            "cls_token": "<s>",
            "eos_token": "</s>",
            "sep_token": "</s>",
            "pad_token": "<pad>",
            "unk_token": "<unk>",
        },
        "1_Pooling/config.json": {"embedding_dimension": config["hidden_size"], "pooling_mode": "mean"},
        "2_Normalize/config.json": {},
    }
