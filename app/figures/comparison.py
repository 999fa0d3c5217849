"""Comparisons as one table: an indicator a row, a document a column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.records import Comparison, Statement
from ingest.records import Metadata


@dataclass(frozen=True, slots=True)
class Line:
    """An indicator with what each document of the table states of it, None where it states nothing, and in what they differ."""

    indicator: str
    sides: tuple[Statement | None, ...]
    remark: str


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Documents in the order in which they are first compared, and the indicators."""

    documents: tuple[Metadata, ...]
    lines: tuple[Line, ...]


def side_by_side(comparisons: Sequence[Comparison]) -> SideBySide:
    """Lay comparisons out as one table.

    :param comparisons: of an answer, or of two documents.
    :return: the table; a document that a comparison leaves out states nothing there.
    """
    documents = tuple(dict.fromkeys(document for one in comparisons for document in one.documents))
    lines = []
    for one in comparisons:
        sides = dict(zip(one.documents, one.sides, strict=True))
        lines.append(Line(one.indicator, tuple(map(sides.get, documents)), one.remark or ""))
    return SideBySide(documents, tuple(lines))
