"""The source pane: which pages of a document are shown, and what is framed on each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.addresses import pictures_address
from app.showing.frames import Frame, frame, row_frame
from ingest.records import Box, Clause, Document, Sentence

RESOLUTIONS = (110, 165, 220)
"""Dots an inch of the pictures that there are: for pages shown at 100, 150 and 200 %."""

_AROUND = (14.0, 10.0)
"""Points that a strip leaves round the frames, beside and above."""

_NARROWEST, _LOWEST = 0.72, 60.0
"""A strip is at least this share of its page wide, so that type is not blown up, and so many points high."""


@dataclass(frozen=True, slots=True)
class Strip:
    """The part of a page that a narrow screen and print show: where it begins and its size, in points."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page: its number and size in points, what is framed on it, and the strip round that."""

    number: int
    width: float
    height: float
    frames: tuple[Frame, ...]
    strip: Strip


@dataclass(frozen=True, slots=True)
class Pane:
    """The pages that are shown at first; ``pictures`` is the address below which all pages of the file lie, ``sizes`` theirs."""

    pictures: str
    sheets: tuple[Sheet, ...]
    sizes: tuple[tuple[int, int], ...]

    @property
    def is_marked(self) -> bool:
        """Whether anything is framed."""
        return any(sheet.frames for sheet in self.sheets)


def has_pages(document: Document) -> bool:
    """Tell whether a document has pages to turn to; a web page and a text have none."""
    return any(width * height for width, height in document.page_sizes)


def pane_of(document: Document, clause: Clause, sentences: Sequence[Sentence] = ()) -> Pane | None:
    """Show the pages of a clause.

    :param document: its document.
    :param clause: the clause.
    :param sentences: those that are framed, each by itself; none for the whole clause, in one frame.
    :return: every page with something framed; None where the document has no pages.
    """
    framed = [one.boxes for one in sentences] or [_boxes_of(clause)]
    pages = sorted({box.page for boxes in framed for box in boxes} & set(range(1, len(document.page_sizes) + 1)))
    sheets = tuple(_sheet(document, page, _framed(document, clause, framed, page)) for page in pages)
    return _pane(document, sheets) if sheets and has_pages(document) else None


def page_pane(document: Document, page: int) -> Pane | None:
    """Show a page of a document.

    :param document: the document.
    :param page: its number from 1.
    :return: the pane; None where there is no such page.
    """
    if not has_pages(document) or not 1 <= page <= len(document.page_sizes):
        return None
    return _pane(document, (_sheet(document, page, ()),))


def _pane(document: Document, sheets: tuple[Sheet, ...]) -> Pane:
    sizes = tuple((round(width), round(height)) for width, height in document.page_sizes)
    return Pane(pictures_address(document.source.sha256), sheets, sizes)


def _framed(document: Document, clause: Clause, framed: Sequence[Sequence[Box]], page: int) -> tuple[Frame, ...]:
    here = [(own, {box.page for box in boxes}) for boxes in framed if (own := _on(page, boxes))]
    if clause.kind != "row":
        return tuple(frame(own, min(pages) < page, max(pages) > page) for own, pages in here)
    rows = (row for row in document.clauses if row.kind == "row" and row.clause_id != clause.clause_id)
    others = [_on(page, _boxes_of(row)) for row in rows if page in row.pages]
    return tuple(row_frame(own, others) for own, _ in here)


def _boxes_of(clause: Clause) -> tuple[Box, ...]:
    return tuple(box for sentence in clause.sentences for box in sentence.boxes)


def _on(page: int, boxes: Sequence[Box]) -> list[Box]:
    return [box for box in boxes if box.page == page]


def _sheet(document: Document, page: int, framed: tuple[Frame, ...]) -> Sheet:
    width, height = document.page_sizes[page - 1]
    return Sheet(page, width, height, framed, _strip(framed, width, height))


def _strip(framed: Sequence[Frame], width: float, height: float) -> Strip:
    """The frames with a little round them, cut off at the edges of the page; the whole page where nothing is framed."""
    points = [point for drawn in framed for outline in drawn for point in outline]
    if not points:
        return Strip(0.0, 0.0, width, height)
    x, wide = _cut([x for x, _ in points], width, _AROUND[0], _NARROWEST * width)
    y, high = _cut([y for _, y in points], height, _AROUND[1], _LOWEST)
    return Strip(x, y, wide, high)


def _cut(places: Sequence[float], whole: float, around: float, least: float) -> tuple[float, float]:
    """Where a strip begins along one side of its page, and how long it is."""
    length = min(max(max(places) - min(places) + 2 * around, least), whole)
    middle = (max(places) + min(places)) / 2
    return min(max(middle - length / 2, 0.0), whole - length), length
