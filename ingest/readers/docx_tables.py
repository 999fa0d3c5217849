"""Tables of a DOCX: which cell covers which place, merged cells (gridSpan, vMerge, hMerge) and layout tables told apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ingest.readers.docx_xml import Element, child, local, number, value

_WIDEST, _PLACES = 200, 200_000
"""Columns and places of a table, at most; in a larger one a cell takes one place, whatever it says."""


@dataclass(frozen=True)
class Places:
    """The cells of a table by row and column, a merged one in every place it covers.

    ``elements`` are all cells in order, each with whether another covers it, so that it shows nothing of its own.
    """

    rows: tuple[tuple[Element | None, ...], ...]
    elements: tuple[tuple[Element, bool], ...]


def cells_of(table: Element) -> tuple[Places, bool]:
    """The cells of a table, and whether it is one of data: several rows and columns, and not a frame for other tables."""
    elements: list[tuple[Element, bool]] = []
    rows: list[list[Element | None]] = []
    spread = sum(_span(child(cell, "tcPr", "gridSpan"), 1) for row in _parts(table, "tr") for cell in _parts(row, "tc"))
    for row in _parts(table, "tr"):
        properties = child(row, "trPr")
        line: list[Element | None] = [None] * _span(child(properties, "gridBefore"), 0)
        for cell in _parts(row, "tc"):
            owner = _owner(cell, rows[-1] if rows else [], line)
            elements.append((cell, owner is not cell))
            line += [owner] * (_span(child(cell, "tcPr", "gridSpan"), 1) if spread <= _PLACES else 1)
        rows.append(line[:_WIDEST])
    width = max(map(len, rows), default=0)
    own = [cell for cell, is_covered in elements if not is_covered]
    framing = sum(_holds_table(cell) for cell in own)
    is_data = len(rows) > 1 and width > 1 and 2 * framing < len(own)
    return Places(tuple((*row, *[None] * (width - len(row))) for row in rows), tuple(elements)), is_data


def _owner(cell: Element, above: list[Element | None], line: list[Element | None]) -> Element:
    """The cell that is seen at the place of this one: itself, or the one above or before that it is merged with."""
    properties = child(cell, "tcPr")
    down, across = child(properties, "vMerge"), child(properties, "hMerge")
    over = above[len(line)] if len(line) < len(above) else None
    if down is not None and value(down) in (None, "continue") and over is not None:
        return over
    if across is not None and value(across) in (None, "continue") and line and line[-1] is not None:
        return line[-1]
    return cell


def _parts(container: Element, wanted: str) -> Iterator[Element]:
    """The rows of a table or the cells of a row, also those inside a content control, but not those of inner tables."""
    for one in container:
        name = local(one)
        if name == wanted:
            yield one
        elif name not in ("tbl", "tr", "tc", "p") and not name.endswith("Pr"):
            yield from _parts(one, wanted)


def _span(element: Element | None, otherwise: int) -> int:
    count = number(element)
    return otherwise if count is None else min(max(count, otherwise), _WIDEST)


def _holds_table(cell: Element) -> bool:
    return any(local(one) == "tbl" for one in cell.iter())
