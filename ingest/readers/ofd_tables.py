"""Ruled tables from the rules of a page: where rules enclose cells, and which cells lack the rule between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.pages import Cell, Grid
from ingest.readers.ofd_lines import lines_of
from ingest.readers.ofd_objects import Glyph, Rule
from ingest.records import Box

_NEAR = 3.0
"""Points within which the ends of rules meet, and rules stand in one line."""

_MOST_RULES, _MOST_SIDES = 2000, 200
"""A page with more rules, or a table with more columns or rows of them, is a drawing."""

_FRAME = 0.5
"""A single cell at least this share of the page wide is a frame round text."""


@dataclass(frozen=True, slots=True)
class Ruled:
    """What rules enclose: the tables of a page, its frames, and the characters that stand in no table."""

    grids: tuple[Grid, ...]
    frames: tuple[Box, ...]
    outside: tuple[Glyph, ...]


def ruled(glyphs: Sequence[Glyph], rules: Sequence[Rule], page: int, width: float) -> Ruled:
    """Finds the tables and frames of a page and takes the characters of tables out of its text."""
    grids, frames, left = [], [], list(glyphs)
    for group in _connected(rules) if len(rules) <= _MOST_RULES else ():
        xs = _sides([rule.x0 for rule in group if not rule.is_level])
        ys = _sides([rule.top for rule in group if rule.is_level])
        if not (2 <= len(xs) <= _MOST_SIDES and 2 <= len(ys) <= _MOST_SIDES):
            continue
        owner = _merged(group, xs, ys)
        count = len({owner[place] for place in owner})
        if count == 1:
            frames += [Box(page, *(round(edge, 2) for edge in (xs[0], ys[0], xs[-1], ys[-1])))] if xs[-1] - xs[0] > _FRAME * width else []  # fmt: skip
        elif len(xs) > 2 and len(ys) > 2:
            inside = [glyph for glyph in left if xs[0] <= _middle(glyph)[0] <= xs[-1] and ys[0] <= _middle(glyph)[1] <= ys[-1]]  # fmt: skip
            taken = {id(glyph) for glyph in inside}
            left = [glyph for glyph in left if id(glyph) not in taken]
            grids.append(_grid(owner, xs, ys, inside, page))
    return Ruled(tuple(grids), tuple(frames), tuple(left))


def _connected(rules: Sequence[Rule]) -> Iterator[list[Rule]]:
    """Groups of rules that touch each other, each in the order of the page."""
    waiting = sorted(set(rules), key=lambda rule: (rule.top, rule.x0, rule.bottom, rule.x1))
    while waiting:
        group, fresh = [], [waiting.pop(0)]
        while fresh:
            rule = fresh.pop()
            group.append(rule)
            touching = [other for other in waiting if _touch(rule, other)]
            fresh += touching
            held = set(touching)
            waiting = [other for other in waiting if other not in held]
        yield group


def _touch(one: Rule, other: Rule) -> bool:
    return (
        one.x0 - _NEAR <= other.x1
        and other.x0 - _NEAR <= one.x1
        and one.top - _NEAR <= other.bottom
        and other.top - _NEAR <= one.bottom
    )


def _sides(places: Sequence[float]) -> list[float]:
    """Places of columns or rows of rules, those that lie near each other as one."""
    found: list[float] = []
    for place in sorted(places):
        if not found or place - found[-1] > _NEAR:
            found.append(place)
    return found


def _merged(group: Sequence[Rule], xs: Sequence[float], ys: Sequence[float]) -> dict[tuple[int, int], tuple[int, int]]:
    """For each place (row, column) the first place of the cell that covers it."""
    level: list[list[tuple[float, float]]] = [[] for _ in ys]
    upright: list[list[tuple[float, float]]] = [[] for _ in xs]
    for rule in group:
        if rule.is_level:
            level[_nearest(ys, rule.top)].append((rule.x0, rule.x1))
        else:
            upright[_nearest(xs, rule.x0)].append((rule.top, rule.bottom))
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    for y in range(len(ys) - 1):
        for x in range(len(xs) - 1):
            if y and not _covers(level[y], (xs[x] + xs[x + 1]) / 2):
                owner[y, x] = owner[y - 1, x]
            elif x and not _covers(upright[x], (ys[y] + ys[y + 1]) / 2):
                owner[y, x] = owner[y, x - 1]
            else:
                owner[y, x] = (y, x)
    return owner


def _nearest(sides: Sequence[float], place: float) -> int:
    return min(range(len(sides)), key=lambda side: abs(sides[side] - place))


def _covers(stretches: Sequence[tuple[float, float]], place: float) -> bool:
    return any(start - _NEAR <= place <= end + _NEAR for start, end in stretches)


def _grid(
    owner: dict[tuple[int, int], tuple[int, int]],
    xs: Sequence[float],
    ys: Sequence[float],
    inside: Sequence[Glyph],
    page: int,
) -> Grid:
    held: dict[tuple[int, int], list[Glyph]] = {place: [] for place in owner.values()}
    for glyph in inside:
        x, y = _middle(glyph)
        row = max(place for place in range(len(ys) - 1) if ys[place] <= y or not place)
        column = max(place for place in range(len(xs) - 1) if xs[place] <= x or not place)
        held[owner[row, column]].append(glyph)
    cells = {place: Cell(tuple(lines_of(glyphs, page))) for place, glyphs in held.items()}
    rows = tuple(tuple(cells[owner[y, x]] for x in range(len(xs) - 1)) for y in range(len(ys) - 1))
    return Grid(rows, page, round(ys[0], 2), round(ys[-1], 2))


def _middle(glyph: Glyph) -> tuple[float, float]:
    return (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
