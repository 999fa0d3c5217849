"""The source text of a document, and where on the pages each of its characters stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from ingest.pages import Line, Page
from ingest.records import Box, Span


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of source text taken from one line: characters ``start`` to ``end`` are the line's from ``offset`` on."""

    start: int
    end: int
    line: Line
    offset: int


class Layer:
    """Source text grown line by line; every character remembers its line."""

    def __init__(self, pages: Iterable[Page] = ()) -> None:
        self._turned = {page.number: page for page in pages if page.turn}
        self._parts: list[str] = []
        self._length = 0
        self._pieces: list[Piece] = []
        self._starts: list[int] = []

    @property
    def text(self) -> str:
        """All source text so far."""
        return "".join(self._parts)

    def __len__(self) -> int:
        return self._length

    def separate(self, mark: str) -> None:
        """Adds a separator that stands on no page: a line feed between paragraphs, a tab between cells."""
        self._parts.append(mark)
        self._length += len(mark)

    def add(self, lines: tuple[Line, ...]) -> Span:
        """Adds lines as one run of text; a line break is dropped, but parts two Latin words with a space.

        Letters or digits that the source sets apart inside one run, as <br> in a cell, keep their line break; so do two
        whole numbers.
        """
        start = self._length
        for line in lines:
            if self._length > start:
                self.separate(_between(self._parts[-1], line))
            self._pieces.append(Piece(self._length, self._length + len(line.text), line, 0))
            self._starts.append(self._length)
            self._parts.append(line.text)
            self._length += len(line.text)
        return Span(start, self._length)

    def pieces(self, span: Span) -> list[Piece]:
        """The parts of lines that a span covers, in order."""
        place = max(bisect_right(self._starts, span.start) - 1, 0)
        found = []
        while place < len(self._pieces) and self._pieces[place].start < span.end:
            piece = self._pieces[place]
            start, end = max(piece.start, span.start), min(piece.end, span.end)
            if start < end:
                found.append(Piece(start, end, piece.line, start - piece.start))
            place += 1
        return found

    def pages(self, span: Span) -> tuple[int, ...]:
        """Page numbers a span stands on; none for a web page."""
        return tuple(sorted({piece.line.page for piece in self.pieces(span) if piece.line.page}))

    def boxes(self, span: Span) -> tuple[Box, ...]:
        """One box for each line that a span covers, as the page lies in its file; none for a web page."""
        boxes = []
        for piece in self.pieces(span):
            edges = piece.line.edges[piece.offset : piece.offset + piece.end - piece.start]
            if edges:
                box = Box(piece.line.page, edges[0][0], piece.line.top, edges[-1][1], piece.line.bottom)
                page = self._turned.get(box.page)
                boxes.append(turned_back(box, page) if page else box)
        return tuple(boxes)

    def doubtful(self, span: Span) -> bool:
        """Whether the reading of a line that a span covers is in doubt (存疑)."""
        return any(piece.line.confidence < _CERTAIN for piece in self.pieces(span))

    def raised(self) -> frozenset[int]:
        """The places of characters that are raised above their line (上标)."""
        return frozenset(piece.start + place for piece in self._pieces for place in piece.line.raised)

    def drawn_wide(self) -> list[bool]:
        """For each character, whether its glyph is as wide as the type is high, as Chinese type is."""
        wide = [False] * self._length
        for piece in self._pieces:
            for place, (left, right) in enumerate(piece.line.edges, piece.start):
                wide[place] = right - left >= _FULL_WIDTH * piece.line.size
        return wide


_FULL_WIDTH = 0.85

_CERTAIN = 0.9
"""OCR reads sound print with more confidence than this; below it characters are often wrong."""


def turned_back(box: Box, page: Page) -> Box:
    """Where a box of a turned page lies on the page as it is in its file."""
    if page.turn == 90:
        return Box(box.page, box.top, page.width - box.x1, box.bottom, page.width - box.x0)
    if page.turn == 270:
        return Box(box.page, page.height - box.bottom, box.x0, page.height - box.top, box.x1)
    return Box(box.page, page.width - box.x1, page.height - box.bottom, page.width - box.x0, page.height - box.top)


_WHOLE_NUMBER = re.compile(r"[\d-]{7,}")
"""A line of a cell that is a number by itself, as of a telephone, does not go on in the next."""


def _between(above: str, line: Line) -> str:
    """What parts a line from the one above in the same run: nothing, unless the source or the words set them apart."""
    apart = line.block and above[-1:].isascii() and line.text[:1].isascii() and (above[-1:] + line.text[:1]).isalnum()
    if apart or (_WHOLE_NUMBER.fullmatch(above) and _WHOLE_NUMBER.match(line.text)):
        return "\n"
    return " " if _latin(above[-1:]) and _latin(line.text[:1]) else ""


def _latin(char: str) -> bool:
    return char.isascii() and char.isalpha()
