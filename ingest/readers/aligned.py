"""Tables without rules between their columns: words that stand below each other in columns of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.pages import Cell, Grid, Line
from ingest.readers.cells import is_figure, is_name, is_table, may_head

_GAP = 0.9
"""A gap of this many times the type size parts two cells of a line."""

_GUTTER = 0.7
"""Between two columns so many times the type size are blank on every line."""

_LETTERS = 3.0
"""Single characters at most so many times their size apart are one word set wide, as 序　号."""

_PITCH = 3.5
"""Lines of one table stand less than so many times their type size apart."""

_ROOM = 2.5
"""A cell goes on below if its line ends less than so many characters before its column does."""

_FULL = 2.0
"""A line that a cell broke ends less than so many characters before the cell's edge."""

_WITHIN = 0.9
"""Lines of one row stand closer to each other than rows do, by this share at least."""

_LEAST = 3
"""Lines of cells that rules do not part are rows from so many on; two may be the lines of each cell."""

_MOST_LINES = 200
"""A table has at most so many lines on a page."""

Extent = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Part:
    """Words of a line without a wide gap between them: its characters ``start`` to ``end``."""

    line: Line
    start: int
    end: int

    @property
    def extent(self) -> Extent:
        """Left and right edge."""
        return self.line.edges[self.start][0], self.line.edges[self.end - 1][1]

    @property
    def text(self) -> str:
        """The words."""
        return self.line.text[self.start : self.end]


Row = list[list[Part]]
"""For each column its parts, one a line."""


def aligned(lines: Sequence[Line]) -> tuple[list[Grid], list[Line]]:
    """The tables among some lines whose columns no rules part, and the lines outside them.

    What is not certain stays text: columns without names, or without figures (lists of names, signatures set side by
    side), rows of which it cannot be told where they begin.

    :param lines: the lines of a page, with the edges of their characters.
    """
    ordered = sorted(lines, key=lambda line: (line.top, line.x0))
    split = [parts_of(line) for line in ordered]
    grids: list[Grid] = []
    outside: list[Line] = []
    place = 0
    while place < len(ordered):
        near = [[part.text for part in parts] for parts in split[place : place + 3]]
        found = _table(split[place : place + _MOST_LINES]) if may_head(near[0], near[1:]) else None
        if found is None:
            outside.append(ordered[place])
            place += 1
        else:
            grids.append(grid_of(found[0], ordered[place : place + found[1]]))
            place += found[1]
    return (grids, outside) if grids else ([], list(lines))


def first_table(lines: Sequence[Line]) -> tuple[list[Row], int] | None:
    """The rows of the table that begins with the first of some lines, its names first, and how many lines it has."""
    return _table([parts_of(line) for line in lines])


def parts_of(line: Line) -> list[Part]:
    """The parts of a line between wide gaps; single characters set wide (序　号) are one."""
    found: list[Part] = []
    start = end = -1
    for place, char in enumerate(line.text[: len(line.edges)]):
        if char.isspace():
            continue
        if start < 0:
            start = place
        elif line.edges[place][0] - line.edges[end - 1][1] >= _GAP * line.size:
            found.append(Part(line, start, end))
            start = place
        end = place + 1
    return _set_wide([*found, Part(line, start, end)] if start >= 0 else found)


def _set_wide(parts: Sequence[Part]) -> list[Part]:
    joined: list[Part] = []
    for part in parts:
        last = joined[-1] if joined else None
        if (
            last is not None
            and all(_is_han(letter) for one in (last, part) for letter in one.text.split())
            and part.extent[0] - last.extent[1] <= _LETTERS * part.line.size
        ):
            joined[-1] = replace(last, end=part.end)
        else:
            joined.append(part)
    return joined


def _is_han(word: str) -> bool:
    return len(word) == 1 and "\u4e00" <= word <= "\u9fff"


def _table(split: Sequence[Sequence[Part]]) -> tuple[list[Row], int] | None:
    """The rows of the table that begins with the first of some lines, its names first, and how many lines it has."""
    columns: list[Extent] = []
    end = 0
    for place, parts in enumerate(split):
        if place and not _is_near(split[place - 1][-1].line, parts[0].line):
            break
        wider = widened(columns, parts)
        if wider is None or (len(parts) < 2 and not _continues(parts, split[place - 1], columns)):
            break
        columns, end = wider, place + 1
    if len(columns) < 2 or _takes_up(split[end : end + 2], columns):
        return None
    rows = rows_of(split[:end], columns)
    if rows is None or not is_table(texts(rows[0]), [texts(row) for row in rows[1:]]):
        return None
    return rows, end


def _is_near(above: Line, line: Line) -> bool:
    return line.top - above.top < _PITCH * max(line.size, above.size)


def widened(columns: Sequence[Extent], parts: Sequence[Part]) -> list[Extent] | None:
    """The columns with a line's parts in them; None if two parts fall into one, or one part into two."""
    found = list(columns)
    taken: set[Extent] = set()
    for part in parts:
        left, right = part.extent
        touched = [extent for extent in found if extent[0] < right and left < extent[1]]
        if len(touched) > 1 or any(extent in taken for extent in touched):
            return None
        own = (min(left, touched[0][0]), max(right, touched[0][1])) if touched else (left, right)
        found = [extent for extent in found if extent not in touched] + [own]
        taken.add(own)
    found.sort()
    gutter = _GUTTER * parts[0].line.size
    return found if all(two[0] - one[1] >= gutter for one, two in zip(found, found[1:], strict=False)) else None


def place_of(part: Part, columns: Sequence[Extent]) -> int:
    """Which column a part stands in."""
    left, right = part.extent
    return next(place for place, extent in enumerate(columns) if extent[0] < right and left < extent[1])


def _continues(parts: Sequence[Part], above: Sequence[Part], columns: Sequence[Extent]) -> bool:
    """Whether the parts of a line go on from those above them, which fill their columns; figures begin a row."""
    held = {
        place_of(part, columns): part
        for part in above
        if widened(columns, [part]) is not None and _touches(part, columns)
    }
    for part in parts:
        if not _touches(part, columns) or is_figure(part.text):
            return False
        place = place_of(part, columns)
        if place not in held or columns[place][1] - held[place].extent[1] > _ROOM * part.line.size:
            return False
    return True


def _touches(part: Part, columns: Sequence[Extent]) -> bool:
    left, right = part.extent
    return any(extent[0] < right and left < extent[1] for extent in columns)


def _takes_up(below: Sequence[Sequence[Part]], columns: Sequence[Extent]) -> bool:
    """Whether the table seems to go on below a line that is none of its own: then where its rows begin is not certain."""
    return any(
        len(parts) > 1
        and all(_touches(part, columns) for part in parts)
        and widened(columns, parts) is not None
        and not all(is_name(part.text) for part in parts)
        for parts in below
    )


def rows_of(split: Sequence[Sequence[Part]], columns: Sequence[Extent]) -> list[Row] | None:
    """Lines to rows: one that fills most columns begins a row, another goes on in the one above; None if in doubt."""
    rows: list[Row] = []
    begins: list[float] = []
    within: list[float] = []
    sparse = False
    for above, parts in zip([None, *split], split, strict=False):
        line = parts[0].line
        step = line.top - above[0].line.top if above else 0.0
        places = [place_of(part, columns) for part in parts]
        if above and len(parts) < len(columns) and _continues(parts, above, columns):
            for place, part in zip(places, parts, strict=True):
                rows[-1][place].append(part)
            within.append(step)
            continue
        if 0 not in places and rows and len(parts) < max(2, len(columns) - 1):
            return None
        sparse = sparse or (bool(rows) and 0 not in places)
        begins += [step] if above else []
        rows.append(
            [[part for place, part in zip(places, parts, strict=True) if place == x] for x in range(len(columns))]
        )
    if within and (sparse or not begins or max(within) > _WITHIN * min(begins)):
        return None
    return rows


def texts(row: Row) -> list[str]:
    """The words of each cell of a row."""
    return ["".join(part.text for part in cell) for cell in row]


def grid_of(rows: Sequence[Row], lines: Sequence[Line]) -> Grid:
    """The table as the other readers give it."""
    cells = tuple(tuple(cell_of(parts) for parts in row) for row in rows)
    return Grid(cells, lines[0].page, min(line.top for line in lines), max(line.bottom for line in lines))


def cell_of(parts: Sequence[Part]) -> Cell:
    """A cell of its parts, each as a line of its own."""
    return Cell(tuple(
        replace(
            part.line,
            text=part.text,
            edges=part.line.edges[part.start : part.end],
            raised=tuple(place - part.start for place in part.line.raised if part.start <= place < part.end),
        )
        for part in parts
    ))  # fmt: skip


def parted(rows: Sequence[Sequence[Cell | None]], edges: Sequence[Extent]) -> tuple[tuple[Cell | None, ...], ...]:
    """The rows of a ruled table, its last parted into several where rules part only the columns and the text shows them.

    :param rows: the cells of a table; of one row, in which the names of the columns stand too, or of two.
    :param edges: left and right edge of each column.
    """
    whole, last = tuple(map(tuple, rows)), rows[-1]
    if len(rows) > 2 or len({id(cell) for cell in last}) < len(edges) or not all(cell and cell.lines for cell in last):
        return whole
    found = [Part(line, 0, len(line.text)) for cell in last if cell for line in cell.lines]
    split: list[list[Part]] = []
    for part in sorted(found, key=lambda one: (one.line.top, one.line.x0)):
        if split and part.line.top - split[-1][0].line.top < part.line.size / 2:
            split[-1].append(part)
        else:
            split.append([part])
    made = rows_of([sorted(parts, key=lambda one: one.extent) for parts in split], edges)
    if made is None:
        return whole
    names = (
        texts(made[0])
        if len(rows) == 1
        else ["".join(line.text for line in cell.lines) if cell else "" for cell in rows[0]]
    )
    values = [texts(row) for row in (made[1:] if len(rows) == 1 else made)]
    # Text that a cell broke into lines fills them; where none is full the lines are the writer's own.
    is_broken = any(edges[place_of(part, edges)][1] - part.extent[1] < _FULL * part.line.size for part in found)
    if len(values) < _LEAST or not is_table(names, values, ruled=len(rows) == 2 and not is_broken):
        return whole
    return (*whole[:-1], *(tuple(cell_of(parts) for parts in row) for row in made))
