"""Arrays as they lie in a file of the store: NumPy's own format, which says its type and shape, and nothing pickled."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
from numpy.typing import NDArray

Data = bytes | memoryview
"""The bytes of a file."""


def array_data(array: NDArray[Any]) -> Data:
    """Turn an array into a file.

    :param array: any array of numbers.
    :return: the bytes, the same for the same array.
    """
    buffer = io.BytesIO()
    np.save(buffer, array, allow_pickle=False)
    return buffer.getbuffer()


def array_of(data: Data) -> NDArray[Any]:
    """Read an array back.

    :param data: what :func:`array_data` gave.
    :return: the array.
    """
    array: NDArray[Any] = np.load(io.BytesIO(data), allow_pickle=False)
    return array
