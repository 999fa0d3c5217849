"""Tables that a text sets out with blanks or tabs: rows of words with wide blanks between them, below their names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.pages import Line
from ingest.readers.aligned import first_table, texts
from ingest.readers.cells import is_numbered, is_table, may_head

_BLANK = re.compile(r"[ \xa0\u2002\u2003\u3000\t]{2,}|[\u2003\u3000\t]")
_SET_WIDE = re.compile(r"(?<![^\s])([\u4e00-\u9fff])[ \xa0\u3000]{1,3}(?=[\u4e00-\u9fff](?:\s|$))")
_TAB = 8
"""Columns from one tab stop to the next, where a text does not say otherwise."""

_SHORT, _SOON = 24, 3
_MOST_CELLS, _MOST_LINES = 20, 400
_TRIES = 100
"""Beginnings of tables with empty cells that are looked at, at most; a text with more is none of prose."""


@dataclass(frozen=True, slots=True)
class Spaced:
    """A table among lines: those from ``start`` to ``end``, and the words of each row's cells, its names first."""

    start: int
    end: int
    rows: tuple[tuple[str, ...], ...]


def spaced(lines: Sequence[str]) -> list[Spaced]:
    """The tables among the lines of a text, none of them in another.

    Either every row has as many cells as there are names, or the cells of rows with empty ones stand below their names.
    What is not certain (see :func:`ingest.readers.cells.is_table`) is left as text.

    >>> spaced(["指标　　2020年　　2025年", "床位　　100　　200", "食堂　　10　　20"])[0].rows[1]
    ('床位', '100', '200')
    """
    cells = [_cells(line) for line in lines]
    found: list[Spaced] = []
    place = alike = tries = 0
    while place < len(lines):
        table = None
        alike = alike + 1 if place and len(cells[place]) == len(cells[place - 1]) else 0
        # A table begins where the number of cells changes, or soon after; looking on from each line takes too long.
        if alike < _SOON and may_head(cells[place], cells[place + 1 : place + 3]):
            table = _counted(cells, place)
            tries += table is None
            if table is None and tries <= _TRIES:
                table = _placed(lines, cells, place)
        if table is not None:
            found.append(table)
        place = table.end if table is not None else place + 1
    return found


def is_row(line: str) -> bool:
    """Whether a line may be a row: short words with wide blanks between them, none of them numbered, a field or a sentence.

    >>> is_row("床位（张）　　100　　200"), is_row("（试行）　　第一章　　总则")
    (True, False)
    """
    cells = _cells(line)
    return len(cells) > 2 and all(
        len(cell) <= _SHORT and not is_numbered(cell) and not any(mark in cell for mark in "。；：:") for cell in cells
    )


def _cells(line: str) -> tuple[str, ...]:
    text = _SET_WIDE.sub(r"\1", line.strip())
    return tuple(_BLANK.split(text)) if text else ()


def _counted(cells: Sequence[tuple[str, ...]], start: int) -> Spaced | None:
    """The table that begins with a line, all of whose rows have as many cells as that line."""
    width, end = len(cells[start]), start + 1
    while end < len(cells) and len(cells[end]) == width:
        end += 1
    below = cells[end] if end < len(cells) else ()
    if width > _MOST_CELLS or len(below) > 1 or not is_table(cells[start], cells[start + 1 : end]):
        return None
    return Spaced(start, end, tuple(cells[start:end]))


def _placed(lines: Sequence[str], cells: Sequence[tuple[str, ...]], start: int) -> Spaced | None:
    """The table that begins with a line, whose cells stand below each other."""
    end = start
    while end < len(lines) and cells[end] and end - start <= _MOST_LINES:
        end += 1
    if end - start > _MOST_LINES:
        return None
    table = first_table([_drawn(line, place) for place, line in enumerate(lines[start:end])])
    if table is None:
        return None
    return Spaced(
        start, start + table[1], tuple(tuple(" ".join(words.split()) for words in texts(row)) for row in table[0])
    )


def _drawn(text: str, place: int) -> Line:
    """A line as a type of one width sets it: two columns a Chinese character, one a letter."""
    edges: list[tuple[float, float]] = []
    column = 0
    for char in text:
        wide = 2 if unicodedata.east_asian_width(char) in "WF" else 1
        after = (column // _TAB + 1) * _TAB if char == "\t" else column + wide
        edges.append((float(column), float(after)))
        column = after
    return Line(text, 0, float(place), float(place), 2.0, tuple(edges))
