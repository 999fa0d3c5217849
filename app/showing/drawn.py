"""Pictures of pages, drawn once and kept in memory within a bound; the page that is asked for by ten is drawn for one."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

_BOUND = 96 * 2**20
"""Bytes of pictures that are kept: some 400 pages."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """Which picture: a page of a source file by the digest of its bytes, at so many dots an inch."""

    sha256: str
    page: int
    resolution: int

    @property
    def tag(self) -> str:
        """ETag: the same bytes give the same picture."""
        return f'"{self.sha256[:16]}-{self.page}-{self.resolution}"'


class Drawn:
    """Keeps the pictures that were asked for last.

    :param bound: bytes that are kept at most.
    """

    def __init__(self, bound: int = _BOUND) -> None:
        self._bound = bound
        self._kept: OrderedDict[Drawing, bytes] = OrderedDict()
        self._size = 0
        self._looking, self._drawing = Lock(), Lock()

    def picture(self, drawing: Drawing, draw: Callable[[], bytes]) -> bytes:
        """Give a picture.

        :param drawing: which.
        :param draw: draws it where it is not kept.
        :return: a PNG picture.
        """
        kept = self._look(drawing)
        if kept is not None:
            return kept
        with self._drawing:  # who waited finds what the one before has drawn
            kept = self._look(drawing)
            return self._keep(drawing, draw()) if kept is None else kept

    def _look(self, drawing: Drawing) -> bytes | None:
        with self._looking:
            if drawing in self._kept:
                self._kept.move_to_end(drawing)
            return self._kept.get(drawing)

    def _keep(self, drawing: Drawing, data: bytes) -> bytes:
        with self._looking:
            self._kept[drawing] = data
            self._size += len(data)
            while self._size > self._bound:
                self._size -= len(self._kept.popitem(last=False)[1])
        return data
