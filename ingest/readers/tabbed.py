"""Tables that a text saved from Word sets out with tabs; a cell of several lines breaks its row over lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.readers.cells import is_name, is_numbered, is_value
from ingest.readers.spaced import Spaced

_ROWS = 3
"""Rows of one number of tabs that make a table, at least: fewer may be set out by tabs for looks."""

_LINES_A_ROW = 24
_LETTERS = 2
"""A line of so many characters above a row is of a name that runs down the table's side (综／合／实／力)."""

_WIDTHS = 12
"""How many lines below its first show how many tabs a table's rows have."""

_CELL = 12
"""A line of so many characters between two rows is the upper line of the lower one's first cell, unless names follow."""

_FIRST = ("1", "1.", "一", "一、")
_PAGE = re.compile(r"\d{1,4}")

Row = list[list[str]]
"""For each cell its lines."""


def tabbed(lines: Sequence[str]) -> list[Spaced]:
    r"""The tables among the lines of a text whose cells tabs part, most cells filled; a list of contents is none.

    >>> tabbed(["甲\t乙\t丙", "1\t2\t3", "4\t5", "（6）\t7"])[0].rows[2]
    ('4', '5\n（6）', '7')
    """
    tabs = [line.count("\t") for line in lines]
    found: list[Spaced] = []
    place = 0
    while place < len(lines):
        table = _table(lines, tabs, place) if lines[place].strip() else None
        if table is not None and not _is_contents(table):
            found.append(table)
        place = table.end if table is not None else place + 1
    return found


def _table(lines: Sequence[str], tabs: Sequence[int], start: int) -> Spaced | None:
    """The table that begins with a line: of all widths that its first lines have the one that takes in most lines."""
    if not tabs[start] and len(lines[start].strip()) > _LETTERS:
        return None
    best: tuple[int, list[Row]] | None = None
    for width in sorted({*tabs[start : start + _WIDTHS]} - {0}, reverse=True):
        rows, end = _rows(lines, tabs, start, width)
        filled = sum(any(line.strip() for line in cell) for row in rows for cell in row)
        if len(rows) >= _ROWS and 2 * filled >= 3 * len(rows) and (best is None or end > best[0]):
            best = end, rows
    if best is None:
        return None
    end, rows = best
    if end < len(lines) and tabs[end] and "".join(lines[end].split()):
        # What follows is no row of this table, so the last may lack what stands there.
        end, rows = _less_one(rows, end)
    if len(rows) < _ROWS:
        return None
    texts = tuple(tuple("\n".join(line for line in cell if line.strip()) for cell in row) for row in rows)
    return Spaced(start, end, texts)


def _less_one(rows: list[Row], end: int) -> tuple[int, list[Row]]:
    """The rows but the last, and where that begins."""
    return end - sum(map(len, rows[-1])) + len(rows[-1]) - 1, rows[:-1]


def _has_names(row: Row) -> bool:
    """Whether a first row names the columns, or is numbered as the first of rows without names."""
    names = ["".join(cell).strip() for cell in row]
    return names[0] in _FIRST or (all(names[1:]) and all(map(is_name, filter(None, names))))


def _rows(lines: Sequence[str], tabs: Sequence[int], start: int, width: int) -> tuple[list[Row], int]:
    """Takes in lines as long as they make whole rows of a number of tabs; none if the first does not name the columns."""
    rows: list[Row] = []
    place = start
    while place < len(lines):
        row, end = _row(lines, tabs, place, width, bool(rows))
        if len(row) != width + 1 or not (rows or _has_names(row)):
            break
        rows.append(row)
        place = end
    return rows, place


def _row(lines: Sequence[str], tabs: Sequence[int], start: int, width: int, has_rows: bool) -> tuple[Row, int]:
    """The lines from one on that have a number of tabs together, as cells, and where they end."""
    row: Row = [[]]
    end = start
    while end < len(lines) and end - start < _LINES_A_ROW and len(row) <= width:
        # Within a row a line that begins with a tab is the next row, whose first cell is empty.
        within = len(row) > 1
        goes_on = not lines[end].startswith("\t") if within else tabs[end] or _opens(lines, end, width, has_rows)
        if not lines[end].strip() or not goes_on:
            break
        first, *rest = lines[end].split("\t")
        row[-1].append(first)
        row += [[cell] for cell in rest]
        end += 1
    return row, end


def _opens(lines: Sequence[str], place: int, width: int, has_rows: bool) -> bool:
    """Whether a line without tabs is the upper line of a row's first cell."""
    text = lines[place].strip()
    if len(text) <= _LETTERS:
        return True
    below = lines[place + 1].split("\t") if place + 1 < len(lines) else []
    names = all(is_name(cell.strip()) and not is_value(cell.strip()) for cell in below if cell.strip())
    return has_rows and len(text) <= _CELL and not is_numbered(text) and len(below) == width + 1 and not names


def _is_contents(table: Spaced) -> bool:
    """Whether the rows are the entries of a list of contents, each with its page."""
    pages = [row[-1] for row in table.rows]
    if len(table.rows[0]) != 2 or not all(_PAGE.fullmatch(page.strip()) for page in pages):
        return False
    numbers = [int(page) for page in pages]
    return numbers == sorted(numbers) and not is_name(pages[0])
