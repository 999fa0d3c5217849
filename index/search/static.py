"""Serves a folder that is a table of word vectors with tokenizers, safetensors and numpy."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
"""One vector a row, of length 1; a text without a known token has a row of zeros."""

Encode = Callable[[list[str], str], Vectors]
"""Makes vectors of texts, each after a prompt; they need not be of length 1 yet."""


def static_encoder(folder: Path, batch_size: int) -> tuple[Encode, int] | None:
    """Open a folder that is a StaticEmbedding, with or without Normalize.

    :param folder: in sentence-transformers format.
    :param batch_size: texts at a time.
    :return: what makes vectors of texts, each after a prompt, and their length; None when it is anything else.
    """
    modules = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
    kinds = [module["type"].rsplit(".", 1)[-1] for module in modules]
    if kinds not in (["StaticEmbedding"], ["StaticEmbedding", "Normalize"]):
        return None
    from safetensors.numpy import load_file
    from tokenizers import Tokenizer

    part = folder / modules[0].get("path", "")
    if not (part / "model.safetensors").is_file():
        return None
    tensors = load_file(part / "model.safetensors")
    if set(tensors) != {"embedding.weight"}:
        return None
    table = tensors["embedding.weight"].astype(np.float32)
    tokenizer = Tokenizer.from_file(str(part / "tokenizer.json"))
    tokenizer.no_padding()

    def encode(texts: list[str], prompt: str) -> Vectors:
        vectors = np.zeros((len(texts), table.shape[1]), dtype=np.float32)
        for start in range(0, len(texts), batch_size):
            batch = [prompt + text for text in texts[start : start + batch_size]]
            for row, encoding in enumerate(tokenizer.encode_batch(batch, add_special_tokens=False), start):
                if encoding.ids:
                    vectors[row] = table[encoding.ids].mean(axis=0)
        return vectors

    return encode, int(table.shape[1])
