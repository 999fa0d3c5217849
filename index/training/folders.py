"""A BERT encoder as a folder in sentence-transformers format, and the quantised model made from it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.search.quantised import FILE, quantise
from index.training.graph import encoder_graph
from index.training.smoothing import factors_of
from index.training.transformer import Encoder

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
    factors = factors_of(Encoder.load(folder, longest), texts) if texts else {}
    quantise(encoder_graph(halves, config, factors), folder / FILE, is_even=bool(factors))


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
