"""Serves a transformer folder that holds ``model_int8.onnx`` with onnxruntime, which is imported here only.

Neither torch nor sentence_transformers is loaded. Each text goes through the model alone: what the whole numbers of
dynamic quantisation stand for is chosen by all that is in a run, so that in a batch a vector would depend on its
neighbours, and there is nothing to pad. Several texts are worked on at once by as many threads, each text by one.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np

from index.errors import EmbedderError
from index.search.arrays import Vectors

Encode = Callable[[list[str], str], Vectors]
"""Makes vectors of texts, each after a prompt; they need not be of length 1 yet."""

FILE = "model_int8.onnx"
THREADS = 2
"""How many texts are worked on at once."""


def is_quantised(folder: Path) -> bool:
    """Tell whether a folder is served here.

    :param folder: in sentence-transformers format.
    :return: True when the quantised model lies in it.
    """
    return (folder / FILE).is_file()


def quantised_encoder(folder: Path, threads: int = THREADS) -> tuple[Encode, int]:
    """Open the quantised model of a folder.

    :param folder: holds it, ``tokenizer.json``, and ``sentence_bert_config.json`` with the most pieces of a text.
    :param threads: how many texts at once.
    :return: what makes vectors of texts, each after a prompt, and their length.
    :raises EmbedderError: when onnxruntime is not installed.
    """
    from tokenizers import Tokenizer

    session = _session(folder / FILE)
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    limits = json.loads((folder / "sentence_bert_config.json").read_text(encoding="utf-8"))
    tokenizer.enable_truncation(limits["max_seq_length"])
    tokenizer.no_padding()
    (dimension,) = session.get_outputs()[0].shape[1:]

    def one(ids: list[int]) -> Vectors:
        found: Vectors = session.run(None, {"input_ids": np.array([ids], dtype=np.int64)})[0][0]
        return found

    def encode(texts: list[str], prompt: str) -> Vectors:
        encodings = tokenizer.encode_batch([prompt + text for text in texts])
        # The longest first, so that no thread is left with one at the end.
        order = sorted(range(len(texts)), key=lambda place: -len(encodings[place].ids))
        vectors = np.empty((len(texts), dimension), dtype=np.float32)
        with ThreadPoolExecutor(max(1, min(threads, len(texts)))) as workers:
            vectors[order] = list(workers.map(lambda place: one(encodings[place].ids), order))
        return vectors

    return encode, int(dimension)


def _session(path: Path) -> Any:
    try:
        import onnxruntime
    except ImportError as error:
        raise EmbedderError(f"{path} 要用 onnxruntime，本机没有安装", "请运行 pip install onnxruntime") from error
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def quantise(model: Any, path: Path, is_even: bool = False) -> None:
    """Write a model with weights of 8 bits, one scale a column, and activations quantised as they come.

    Processors without whole-number dot products add two products in 16 bits, which 8 bits of weights can overflow (onnxruntime's own
    documentation, "Quantize ONNX Models", on U8S8 and ``reduce_range``). Where what goes in was evened out, large numbers seldom meet
    large weights twice, so that this hardly happens, and 8 bits come nearer to single precision than 7.

    :param model: an ``onnx.ModelProto`` in single precision.
    :param path: the file to write.
    :param is_even: whether what goes into its linear layers was evened out; weights keep to 7 bits where it was not.
    """
    from onnxruntime.quantization import QuantType, quantize_dynamic

    quantize_dynamic(model, path, per_channel=True, reduce_range=not is_even, weight_type=QuantType.QInt8)
