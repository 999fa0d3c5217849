"""Arrays as they lie in a file of the store: NumPy's own format, which says type and shape, and nothing pickled."""

from __future__ import annotations

import io
import mmap
from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
"""Vectors of length 1, one a row; the inner product of two is then their cosine."""

Chunks = Iterable[bytes | memoryview]
"""The bytes of a file in pieces, so that nothing large is held twice to be written."""

Buffer = bytes | mmap.mmap
"""The bytes of a file, in memory or mapped into it."""

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
    file = io.BytesIO(memoryview(data)[:_HEAD])
    np.lib.format.read_magic(file)
    shape, _, dtype = np.lib.format.read_array_header_1_0(file)
    return np.frombuffer(data, dtype=dtype, offset=file.tell()).reshape(shape)
