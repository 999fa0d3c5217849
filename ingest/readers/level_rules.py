"""Tables with level rules alone (三线表, and those with a rule below each row): rules say where head and rows end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.pages import Cell, Grid, Line
from ingest.readers.aligned import (
    Extent,
    Part,
    Row,
    cell_of,
    parts_of,
    place_of,
    rows_of,
    texts,
    widened,
)
from ingest.readers.cells import is_table

_NEAR = 4.0
"""Points within which the ends of the rules of one table lie."""

_CLOSE = 4.0
"""Rules closer than so many points are one double rule."""

_MOST_RULES = 400
"""A page with more level rules is a drawing."""


@dataclass(frozen=True, slots=True, order=True)
class Level:
    """A level rule: how far down the page it stands, and its ends."""

    top: float
    x0: float
    x1: float


Band = tuple[Line, ...]
"""The lines between two rules."""


def between(lines: Sequence[Line], rules: Sequence[Level]) -> tuple[list[Grid], list[Line]]:
    """The tables among some lines that level rules alone make, and the lines outside them.

    :param lines: the lines of a page, with the edges of their characters.
    :param rules: its level rules, those of ruled tables and underlines among them.
    """
    grids: list[Grid] = []
    left = list(lines)
    for group in _alike(rules) if len(rules) <= _MOST_RULES else ():
        short = [rule for rule in rules if rule not in group]
        for bands in _runs(left, group):
            grid = _table(bands, short)
            if grid is not None:
                grids.append(grid)
                used = {id(line) for band in bands for line in band}
                left = [line for line in left if id(line) not in used]
    return (grids, left) if grids else ([], list(lines))


def _alike(rules: Sequence[Level]) -> list[list[Level]]:
    """Groups of three or more rules with the same ends, from the top downwards."""
    groups: list[list[Level]] = []
    for rule in sorted(rules):
        group = next((one for one in groups if abs(one[0].x0 - rule.x0) + abs(one[0].x1 - rule.x1) < _NEAR), None)
        if group is None:
            groups.append([rule])
        elif rule.top - group[-1].top > _CLOSE:
            group.append(rule)
    return [group for group in groups if len(group) > 2]


def _runs(lines: Sequence[Line], group: Sequence[Level]) -> Iterator[list[Band]]:
    """Neighbouring bands between rules, each with a line in several parts, and with no line that reaches past the rules."""
    run: list[Band] = []
    for upper, lower in zip(group, group[1:], strict=False):
        inside = [line for line in lines if upper.top < (line.top + line.bottom) / 2 < lower.top]
        band = tuple(sorted(inside, key=lambda line: (line.top, line.x0)))
        fits = all(upper.x0 - line.size < line.x0 and line.x1 < upper.x1 + line.size for line in band)
        if fits and any(len(parts_of(line)) > 1 for line in band):
            run.append(band)
            continue
        yield from [run] if len(run) > 1 else []
        run = []
    if len(run) > 1:
        yield run


def _table(bands: Sequence[Band], short: Sequence[Level]) -> Grid | None:
    split = [[parts_of(line) for line in band] for band in bands]
    columns: list[Extent] = []
    for parts in (parts for band in split[1:] for parts in band):
        wider = widened(columns, parts)
        if wider is None:
            return None
        columns = wider
    rows = [row for band in split[1:] for row in _rows(band, columns) or [[]]]
    head = _head(split[0], columns, short)
    if head is None or not all(rows):
        return None
    names = ["".join(dict.fromkeys(_words(cells))) for cells in zip(*head, strict=True)]
    if not is_table(names, [texts(row) for row in rows], ruled=True):
        return None
    lines = [line for band in bands for line in band]
    cells = (*head, *(tuple(cell_of(parts) for parts in row) for row in rows))
    return Grid(cells, lines[0].page, min(line.top for line in lines), max(line.bottom for line in lines))


def _words(cells: Sequence[Cell]) -> list[str]:
    return ["".join(line.text for line in cell.lines) for cell in cells]


def _rows(band: Sequence[Sequence[Part]], columns: Sequence[Extent]) -> list[Row] | None:
    """The rows between two rules: one, if but one line has words in most columns; else each where its line begins."""
    full = [parts for parts in band if len(parts) >= max(2, len(columns) - 1)]
    if len(full) > 1:
        return rows_of(band, columns)
    row: Row = [[] for _ in columns]
    for part in (part for parts in band for part in parts):
        row[place_of(part, columns)].append(part)
    return [row]


def _head(
    band: Sequence[Sequence[Part]], columns: Sequence[Extent], short: Sequence[Level]
) -> list[tuple[Cell, ...]] | None:
    """The names of the columns in one row, or in two where a name above (with a rule below it) is that of several."""
    own: list[list[Part]] = [[] for _ in columns]
    over: dict[int, list[Part]] = {}
    for part in (part for parts in band for part in parts):
        below = _spanned(part, columns, short)
        if not below:
            return None
        if len(below) == 1:
            own[below[0]].append(part)
        for place in below if len(below) > 1 else ():
            over.setdefault(place, []).append(part)
    if not all(own[1:]) or any(_may_span(own, place) for place in range(len(own))):
        return None
    cells = tuple(cell_of(parts) for parts in own)
    if not over:
        return [cells]
    if any(len(parts) > 1 for parts in over.values()):
        return None
    shared = {id(parts[0]): cell_of(parts) for parts in over.values()}
    above = tuple(shared[id(over[place][0])] if place in over else cells[place] for place in range(len(columns)))
    return [above, cells]


def _may_span(own: Sequence[Sequence[Part]], place: int) -> bool:
    """Whether the upper line of a name may be that of its neighbours too, which only begin below it."""
    if len(own[place]) < 2:
        return False
    top = own[place][0].line.top + own[place][0].line.size / 2
    beside = [own[near][0] for near in (place - 1, place + 1) if 0 <= near < len(own) and own[near]]
    return any(part.line.top > top for part in beside)


def _spanned(part: Part, columns: Sequence[Extent], short: Sequence[Level]) -> list[int]:
    """The columns that a name in the head stands above: those over a rule right below it, else those it reaches over."""
    left, right = part.extent
    size = part.line.size
    rule = next(
        (
            rule
            for rule in short
            if 0 <= rule.top - part.line.bottom + size / 2 < size * 1.5
            and rule.x0 - size < left
            and right < rule.x1 + size
        ),
        None,
    )
    if rule is not None:
        left, right = rule.x0, rule.x1
    touched = [place for place, extent in enumerate(columns) if extent[0] < right and left < extent[1]]
    if touched or not columns:
        return touched
    # Between two columns: nearer to one of them by far, or above both.
    gaps = [max(extent[0] - right, left - extent[1]) for extent in columns]
    near = sorted(range(len(columns)), key=lambda place: gaps[place])[:2]
    return near[:1] if len(near) < 2 or gaps[near[0]] + size < gaps[near[1]] else sorted(near)
