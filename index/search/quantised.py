"""Serves a transformer folder that holds ``lower_int8.onnx`` and ``upper_int8.onnx`` with onnxruntime, which is imported here only.

Neither torch nor sentence_transformers is loaded. Each text goes through the model alone: what the whole numbers of
dynamic quantisation stand for is chosen by all that is in a run, so that in a batch a vector would depend on its
neighbours, and there is nothing to pad. Several texts are worked on at once by as many threads, each text by one; the threads stay,
as to start some for every question makes those who ask at once wait for one another.

A cross-encoder beside them (``reranker_int8.onnx``) reads a question and a passage together, by upper layers of its own on the same
lower ones.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from index.errors import EmbedderError
from index.search.arrays import Vectors
from ingest import usable_cores

Encode = Callable[[list[str], str], Vectors]
"""Makes vectors of texts, each after a prompt; they need not be of length 1 yet."""

LOWER, UPPER, RERANKER = "lower_int8.onnx", "upper_int8.onnx", "reranker_int8.onnx"
THREADS = 16
"""How many texts are worked on at once, at most; as many as there are cores to use."""

LONGEST_QUESTION, LONGEST_PAIR = 64, 160
"""Pieces of a question, and of a question with a passage, that a cross-encoder reads."""


def pair_ids(tokenizer: Any, question: str, passage: str, longest: int = LONGEST_PAIR) -> list[int]:
    """Cut a question and a passage into the pieces of one text, ``<s> question </s> passage </s>``.

    :param tokenizer: puts a text between ``<s>`` and ``</s>``.
    :param question: with or without its prompt.
    :param passage: likewise.
    :param longest: most pieces of both; those at the end of the passage are left out.
    :return: numbers of the pieces.
    """
    first, second = (tokenizer.encode(text).ids for text in (question, passage))
    if len(first) > LONGEST_QUESTION:
        first = [*first[: LONGEST_QUESTION - 1], first[-1]]
    return [*first, *second[1:]][:longest]


def is_quantised(folder: Path) -> bool:
    """Tell whether a folder is served here.

    :param folder: in sentence-transformers format.
    :return: True when the quantised model lies in it.
    """
    return (folder / LOWER).is_file()


@dataclass(frozen=True, slots=True)
class QuantisedModel:
    """An open folder: its tokenizer, the sessions of its parts, ``longest`` pieces of a text that are read, and who reads them."""

    tokenizer: Any
    lower: Any
    upper: Any
    reranker: Any
    longest: int
    workers: Executor

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self.upper.get_outputs()[0].shape[1])

    @property
    def reads_pairs(self) -> bool:
        """Whether a cross-encoder comes with it."""
        return self.reranker is not None

    def encode(self, texts: list[str], prompt: str) -> Vectors:
        """Make vectors of texts, one row each, not yet of length 1.

        :param texts: any number.
        :param prompt: put before each.
        :return: the vectors.
        """
        pieces = [one.ids for one in self.tokenizer.encode_batch([prompt + text for text in texts])]
        ids = [one if len(one) <= self.longest else [*one[: self.longest - 1], one[-1]] for one in pieces]
        return self._run(self.upper, ids, self.dimension)

    def score(self, question: str, passages: Sequence[str]) -> Vectors:
        """Score passages for a question by the cross-encoder.

        :param question: with its prompt.
        :param passages: with theirs.
        :return: a number each, above 0 for what is rather an answer than none.
        """
        most = min(LONGEST_PAIR, self.longest)
        return self._run(self.reranker, [pair_ids(self.tokenizer, question, one, most) for one in passages], 1)[:, 0]

    def _run(self, above: Any, ids: Sequence[list[int]], width: int) -> Vectors:
        def one(place: int) -> Vectors:
            (states,) = self.lower.run(None, {"input_ids": np.array([ids[place]], dtype=np.int64)})
            found: Vectors = above.run(None, {"states": states})[0][0]
            return found

        # The longest first, so that no thread is left with one at the end.
        order = sorted(range(len(ids)), key=lambda place: -len(ids[place]))
        rows = np.empty((len(ids), width), dtype=np.float32)
        if order:
            rows[order] = list(self.workers.map(one, order) if len(order) > 1 else map(one, order))
        return rows


def quantised_model(folder: Path, threads: int | None = None) -> QuantisedModel:
    """Open the quantised model of a folder.

    :param folder: holds its parts, ``tokenizer.json``, and ``sentence_bert_config.json`` with the most pieces of a text.
    :param threads: how many texts at once; None for one a core.
    :return: the model.
    :raises EmbedderError: when onnxruntime is not installed.
    """
    from tokenizers import Tokenizer

    lower, upper = _session(folder / LOWER), _session(folder / UPPER)
    reranker = _session(folder / RERANKER) if (folder / RERANKER).is_file() else None
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    limits = json.loads((folder / "sentence_bert_config.json").read_text(encoding="utf-8"))
    workers = ThreadPoolExecutor(threads or min(usable_cores(), THREADS), "texts")
    return QuantisedModel(tokenizer, lower, upper, reranker, int(limits["max_seq_length"]), workers)


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
