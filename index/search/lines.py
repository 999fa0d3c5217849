"""Lines of a file that is mapped: a line is read when it is asked for, by an array of where each ends."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from typing import overload

import numpy as np
from numpy.typing import NDArray

from index.search.arrays import Buffer, Chunks, array_chunks, array_of, slim


class Lines(Sequence[bytes]):
    """Pieces of bytes that lie behind one another.

    :param data: the pieces, put together.
    :param ends: where each ends.
    """

    def __init__(self, data: Buffer, ends: NDArray[np.unsignedinteger]) -> None:
        self.data = data
        self.ends = ends
        self._ends = ends.data  # gives a plain number several times as fast as the array does
        self._count = len(ends)

    def __len__(self) -> int:
        return self._count

    def start(self, row: int) -> int:
        """Tell where a line begins, the one behind the last too."""
        return self._ends[row - 1] if row else 0

    def together(self, rows: slice) -> bytes:
        """Give lines that lie behind one another."""
        return self.data[self.start(rows.start) : self.start(rows.stop)]

    def at(self, place: int) -> int:
        """Tell which line a place of the bytes is in."""
        return bisect_right(self._ends, place)

    @overload
    def __getitem__(self, at: int) -> bytes: ...

    @overload
    def __getitem__(self, at: slice) -> list[bytes]: ...

    def __getitem__(self, at: int | slice) -> bytes | list[bytes]:
        if isinstance(at, slice):
            return [self[row] for row in range(self._count)[at]]
        return self.data[self._ends[at - 1] if at else 0 : self._ends[at]]


def lines_of(pieces: Iterable[bytes]) -> Lines:
    """Put pieces together.

    :param pieces: bytes, which hold their line ends where they have any.
    :return: the lines, in memory.
    """
    every = list(pieces)
    return Lines(b"".join(every), ends_of(every))


def ends_of(pieces: Sequence[bytes]) -> NDArray[np.unsignedinteger]:
    """Tell where each of some pieces ends when they are put together.

    :param pieces: bytes.
    :return: one number a piece.
    """
    return slim(np.fromiter(accumulate(map(len, pieces)), dtype=np.int64, count=len(pieces)))


def ends_name(name: str) -> str:
    """Name the file that tells where the lines of another end."""
    return f"{name.partition('.')[0]}_ends.npy"


def lines_files(name: str, lines: Lines) -> dict[str, Chunks]:
    """Turn lines into files.

    :param name: of the file that holds them.
    :param lines: the lines.
    :return: bytes by file name.
    """
    return {name: [bytes(lines.data)], ends_name(name): array_chunks(lines.ends)}


def lines_from_files(name: str, files: Mapping[str, Buffer]) -> Lines:
    """Read lines back.

    :param name: as for :func:`lines_files`.
    :param files: bytes by file name.
    :return: the lines; they lie in the bytes given.
    """
    return Lines(files[name], array_of(files[ends_name(name)]))
