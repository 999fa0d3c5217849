"""Arrays as they lie in a file of the store: NumPy's own format, which says type and shape, and nothing pickled."""

from __future__ import annotations

import io
import mmap
import os
from collections.abc import Iterable
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
"""Vectors of length 1, one a row; the inner product of two is then their cosine."""

Chunks = Iterable[bytes | memoryview]
"""The bytes of a file in pieces, so that nothing large is held twice to be written."""


class Pieces:
    """A file that is read piece by piece, where it can be; mapped into memory, each piece would bring its neighbours with it.

    It stays whole for its reader where another process removes it.

    :param file: an open file; it is closed when nobody reads it any more.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._size = os.fstat(file.fileno()).st_size
        self._whole = b"" if hasattr(os, "pread") or not self._size else self.mapped()

    def __len__(self) -> int:
        return self._size

    def __getitem__(self, part: slice) -> bytes:
        first, last, _ = part.indices(self._size)
        return self._whole[first:last] if self._whole else os.pread(self._file.fileno(), max(last - first, 0), first)

    def __bytes__(self) -> bytes:
        return self[:]

    def mapped(self) -> mmap.mmap:
        """Map all of it into memory."""
        return mmap.mmap(self._file.fileno(), 0, access=mmap.ACCESS_READ)


Buffer = bytes | mmap.mmap | Pieces
"""The bytes of a file, in memory, mapped into it, or read when they are asked for."""

_HEAD = 1024
"""Bytes that hold the head of any array of ours; its own length stands in it."""


def array_chunks(array: NDArray[Any]) -> Chunks:
    """Turn an array into a file.

    :param array: any array of numbers.
    :return: the head of the file, and the array's own memory; the same bytes for the same array.
    """
    whole = np.ascontiguousarray(array)
    head = io.BytesIO()
    np.lib.format.write_array_header_1_0(head, np.lib.format.header_data_from_array_1_0(whole))
    return head.getvalue(), whole.reshape(-1).view(np.uint8).data


def array_of(data: Buffer) -> NDArray[Any]:
    """Read an array back; it lies in the bytes given, which are not copied, and cannot be changed.

    :param data: what :func:`array_chunks` gave, put together.
    :return: the array.
    :raises ValueError: when it is no such file.
    """
    data = data.mapped() if isinstance(data, Pieces) else data
    shape, dtype, start = _head_of(data[:_HEAD])
    return np.frombuffer(data, dtype=dtype, offset=start).reshape(shape)


def _head_of(data: bytes) -> tuple[tuple[int, ...], np.dtype[Any], int]:
    """Read the shape and the type of an array, and where it begins."""
    file = io.BytesIO(data)
    np.lib.format.read_magic(file)
    shape, _, dtype = np.lib.format.read_array_header_1_0(file)
    return shape, dtype, file.tell()


def slim(array: NDArray[Any]) -> NDArray[Any]:
    """Give whole numbers in the least room that holds them.

    :param array: of numbers that are 0 or more.
    :return: the same numbers, of an unsigned type of 1, 2, 4 or 8 bytes.
    """
    return array.astype(np.min_scalar_type(int(array.max(initial=0))))


class RowFile:
    """Rows of an array in a file, each read when it is asked for.

    :param data: of the file, as :func:`array_chunks` wrote it.
    """

    def __init__(self, data: Pieces) -> None:
        self._data = data
        (_, self._width), self._type, self._start = _head_of(data[:_HEAD])

    def rows(self, rows: NDArray[np.integer[Any]]) -> NDArray[Any]:
        """Read some rows.

        :param rows: their places.
        :return: the rows, in that order.
        """
        size = self._width * self._type.itemsize
        starts = (self._start + size * row for row in rows.tolist())
        whole = b"".join(self._data[start : start + size] for start in starts)
        return np.frombuffer(whole, dtype=self._type).reshape(len(rows), self._width)
