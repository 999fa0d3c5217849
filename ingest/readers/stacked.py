"""Tables whose cells a text sets one below the other, each on a line of its own, as a page copied without its grid has them.

What tells them is the column of serial numbers: 序号 among the names, then 1, 2, 3, … at one distance. Where a cell has several lines the
distance is not one, and the lines stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.readers.spaced import Spaced

_HAN = re.compile(r"[\u4e00-\u9fff]")
_SERIALS = ("序号", "编号")
_ROWS = 3
"""Rows of a table, at least."""
_MOST, _LEAST = 10, 3
"""Columns of a table."""
_ASIDE = 2
"""Columns before the serial numbers, at most; such a cell stands once for all rows below it."""
_NAME = 16
"""Characters of a column's name, at most."""


def stacked(lines: Sequence[str]) -> list[Spaced]:
    """The tables among the lines of a text whose every cell is a line.

    >>> stacked(["序号", "指标", "目标", "1", "床位", "20", "2", "食堂", "5", "3", "小区", "9", "以上。"])[0].rows
    (('序号', '指标', '目标'), ('1', '床位', '20'), ('2', '食堂', '5'), ('3', '小区', '9'))

    :param lines: of the text, empty ones too.
    :return: the tables in their order.
    """
    filled = [place for place, line in enumerate(lines) if line.strip()]
    cells = ["".join(lines[place].split()) for place in filled]
    found: list[Spaced] = []
    at = 0
    while at < len(cells):
        table = _table(cells, at) if cells[at] in _SERIALS else None
        if table is None:
            at += 1
            continue
        first, end, rows = table
        found.append(Spaced(filled[first], filled[end - 1] + 1, rows))
        at = end
    return found


def _table(cells: Sequence[str], serial: int) -> tuple[int, int, tuple[tuple[str, ...], ...]] | None:
    """Read the table whose column of serial numbers has its name at a place: where it begins and ends, and its rows."""
    one = next((at for at in range(serial + 1, min(serial + _MOST + _ASIDE, len(cells))) if cells[at] == "1"), None)
    if one is None:
        return None
    for aside in range(min(_ASIDE, serial) + 1):
        width = one - serial - aside  # columns from the serial numbers on; cells aside stand before the first of them
        first = serial - aside
        names = tuple(cells[first : serial + width])
        if not _LEAST <= len(names) <= _MOST or any(len(name) > _NAME for name in names):
            continue
        rows, end = _rows(cells, names, one, width)
        if len(rows) >= _ROWS:
            return first, end, (names, *rows)
    return None


def _rows(cells: Sequence[str], names: tuple[str, ...], one: int, width: int) -> tuple[list[tuple[str, ...]], int]:
    """Read rows as long as the next serial number stands where it has to, cells aside of its own before it or none.

    On a new page the names may stand again between two rows.
    """
    aside = len(names) - width
    rows: list[tuple[str, ...]] = []
    before, at, end = tuple(cells[one - aside : one]), one, one
    while at + width <= len(cells) and cells[at] == str(len(rows) + 1):
        row = (*before, *cells[at : at + width])
        if len(rows) > 1 and not _is_like(row, rows):
            break
        rows.append(row)
        end = at = at + width
        if tuple(cells[at : at + len(names)]) == names:
            at += len(names)
        following = str(len(rows) + 1)
        if aside and cells[at : at + 1] != [following] and cells[at + aside : at + aside + 1] == [following]:
            before, at = tuple(cells[at : at + aside]), at + aside
    return rows, end


def _is_like(row: Sequence[str], others: Sequence[Sequence[str]]) -> bool:
    """Tell whether words stand in a row where they stand in all rows above: they do not where a cell has two lines."""
    for place, cell in enumerate(row):
        kinds = {bool(_HAN.search(one[place])) for one in others}
        if len(kinds) == 1 and bool(_HAN.search(cell)) not in kinds:
            return False
    return True
