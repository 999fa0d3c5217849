"""The transformer of a model folder in torch: its lower layers apart from its upper ones, so that the lower can stay as they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

PADDING = 1
"""Number of the piece ``<pad>``."""

_AT_ONCE = 32


@dataclass(frozen=True, slots=True)
class Encoder:
    """A ``BertModel`` of transformers and its tokenizer; ``longest`` is how many pieces of a text are read."""

    model: Any
    tokenizer: Any
    longest: int

    @classmethod
    def load(cls, folder: Path, longest: int = 512) -> Encoder:
        """Open a folder that :func:`index.training.folders.save_folder` wrote.

        :param folder: of the model.
        :param longest: how many pieces of a text are read.
        :return: the encoder, in single precision.
        """
        import torch
        from tokenizers import Tokenizer
        from transformers import BertModel

        model = BertModel.from_pretrained(folder, add_pooling_layer=False, dtype=torch.float32, local_files_only=True)
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        tokenizer.enable_truncation(longest)
        tokenizer.no_padding()
        return cls(model.eval(), tokenizer, longest)

    def ids(self, texts: Sequence[str]) -> list[list[int]]:
        """Cut texts into pieces.

        :param texts: with their prompts.
        :return: numbers of the pieces of each.
        """
        return [encoding.ids for encoding in self.tokenizer.encode_batch(list(texts))]

    def lower(self, ids: Sequence[list[int]], layers: int) -> list[Any]:
        """Work out what the word vectors and the lower layers make of texts.

        :param ids: pieces of each text.
        :param layers: how many layers.
        :return: for each text a tensor of its length × hidden in bfloat16, which halves the memory.
        """
        import torch

        found: list[Any] = [None] * len(ids)
        with torch.inference_mode():
            for places in batches(ids):
                padded, mask = _padded(torch, [ids[place] for place in places])
                hidden = self.model.embeddings(input_ids=padded)
                hidden = self.upper(hidden, mask, range(layers))
                for place, states in zip(places, hidden, strict=True):
                    found[place] = states[: len(ids[place])].to(torch.bfloat16).clone()
        return found

    def upper(self, hidden: Any, mask: Any, layers: range) -> Any:
        """Send states through some of the layers.

        :param hidden: texts × length × hidden.
        :param mask: texts × length, 1 where a piece stands.
        :param layers: numbers of the layers.
        :return: states of the same shape.
        """
        return self.through([self.model.encoder.layer[number] for number in layers], hidden, mask)

    @staticmethod
    def through(layers: Iterable[Any], hidden: Any, mask: Any) -> Any:
        """Send states through layers, which need not be the model's own.

        :param layers: as transformers' ``BertModel`` has them.
        :param hidden: texts × length × hidden.
        :param mask: texts × length, 1 where a piece stands.
        :return: states of the same shape.
        """
        wide = (1.0 - mask[:, None, None, :].to(hidden.dtype)) * -1e4
        for layer in layers:
            hidden = _first(layer(hidden, attention_mask=wide))
        return hidden

    def vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Make the vectors of texts: the mean of the last layer, of length 1.

        :param texts: with their prompts.
        :return: one row a text.
        """
        import torch

        ids = self.ids(texts)
        found = np.empty((len(ids), self.model.config.hidden_size), dtype=np.float32)
        with torch.inference_mode():
            for places in batches(ids):
                padded, mask = _padded(torch, [ids[place] for place in places])
                hidden = self.model.embeddings(input_ids=padded)
                hidden = self.upper(hidden, mask, range(self.model.config.num_hidden_layers))
                found[places] = pooled(torch, hidden, mask).numpy()
        return found


@dataclass(frozen=True, slots=True)
class Reranker:
    """Upper layers of a cross-encoder upon the lower ones of a model of vectors: layers from ``frozen`` on, and the head, a weight a column and a bias."""

    layers: Any
    head: Any
    frozen: int


def batches(texts: Sequence[Sequence[Any]], most: int = _AT_ONCE) -> Iterator[list[int]]:
    """Part texts into batches of like length.

    >>> list(batches(["ab", "abcd", "a", "abc"], most=2))
    [[2, 0], [3, 1]]

    :param texts: of any length.
    :param most: how many in a batch.
    :return: places of the texts of each batch, the shortest first.
    """
    order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
    yield from (order[start : start + most] for start in range(0, len(order), most))


def pooled(torch: Any, hidden: Any, mask: Any) -> Any:
    """Take the mean of each text's states, brought to length 1.

    :param torch: the library.
    :param hidden: texts × length × hidden.
    :param mask: texts × length, 1 where a piece stands.
    :return: texts × hidden.
    """
    share = mask.to(hidden.dtype) / mask.sum(dim=1, keepdim=True)
    return torch.nn.functional.normalize((hidden * share[:, :, None]).sum(dim=1).float(), dim=1)


def _padded(torch: Any, ids: Sequence[list[int]]) -> tuple[Any, Any]:
    rows = [torch.tensor(row) for row in ids]
    padded = torch.nn.utils.rnn.pad_sequence(rows, batch_first=True, padding_value=PADDING)
    lengths = torch.tensor([len(row) for row in ids])
    return padded, torch.arange(padded.shape[1])[None, :] < lengths[:, None]


def _first(found: Any) -> Any:
    return found[0] if isinstance(found, tuple) else found
