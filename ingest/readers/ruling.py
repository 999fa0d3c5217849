"""Drawn rules of a PDF page: tables with their cells, and frames round text."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Any

from ingest.pages import Cell, Grid
from ingest.readers.aligned import parted
from ingest.readers.glyphs import Char
from ingest.readers.level_rules import Level
from ingest.readers.lines import lines
from ingest.readers.sides import Upright, open_sides
from ingest.records import Box

_RULE = 3.0
"""A filled rectangle at most so many points wide or high is a rule; a larger one is shading behind text."""

_WHITE = 0.97
_FURNITURE = 60
"""Characters that a page's head or foot has at most; more than these are text."""

_MOST_RULES = 20_000
"""A page with more lines than this is a drawing, in which no tables are looked for."""

_MOST_CROSSINGS, _APART = 4_000, 3.0
"""So many crossings of rules this far apart, 50 columns of 80 rows, are a drawing too."""

_NOTE_RULE = (0.1, 0.5)
"""The rule above footnotes is so many shares of the page wide."""

_FRAME_WIDTH = 0.5
"""A single ruled cell at least this share of the page wide is a frame round text, not a table."""


def is_drawing(page: Any) -> bool:
    """Whether a page has more rules, or more crossings of rules, than any table."""
    if sum(len(page.objects.get(kind, ())) for kind in ("line", "rect", "curve")) > _MOST_RULES:
        return True
    edges = page.filter(_is_rule).edges
    uprights = {edge["x0"] // _APART for edge in edges if edge["orientation"] == "v"}
    levelled = {edge["top"] // _APART for edge in edges if edge["orientation"] == "h"}
    return len(uprights) * len(levelled) > _MOST_CROSSINGS


def find(page: Any) -> Any:
    """Finds the cells that visible rules enclose (a pdfplumber table finder); tables open at their sides are closed."""
    rules = page.filter(_is_rule)
    found = rules.debug_tablefinder()
    uprights = [Upright(edge["x0"], edge["top"], edge["bottom"]) for edge in found.edges if edge["orientation"] == "v"]
    sides = open_sides(levels(found), uprights)
    if not sides:
        return found
    drawn = [
        {
            "object_type": "line",
            "x0": side.x,
            "x1": side.x,
            "top": side.top,
            "bottom": side.bottom,
            "width": 0,
            "height": side.bottom - side.top,
        }
        for side in sides
    ]
    return rules.debug_tablefinder({"explicit_vertical_lines": drawn})


def _is_rule(item: dict[str, Any]) -> bool:
    if item["object_type"] == "rect":
        thin = min(item["width"], item["height"]) <= _RULE
        return bool((item["stroke"] and not _white(item["stroking_color"])) or (thin and item["fill"]))
    if item["object_type"] in ("line", "curve"):
        return not _white(item["stroking_color"])
    return bool(item["object_type"] != "char")


def _white(colour: Any) -> bool:
    """Whether a grey or RGB colour cannot be seen on paper."""
    parts = colour if isinstance(colour, list | tuple) else (colour,)
    return len(parts) in (1, 3) and all(isinstance(part, int | float) and part >= _WHITE for part in parts)


def tables(
    found: Any, chars: Sequence[Char], number: int, before: Sequence[float] = ()
) -> tuple[list[Grid], list[Char], tuple[float, ...]]:
    """The ruled tables of a page, and the characters outside them.

    :param before: where the columns begin of the table that the page before ends with; of such a table one row may be
        all that is left.
    :return: the tables, the characters outside them, and the same for this page.
    """
    grids: list[Grid] = []
    inside: set[int] = set()
    open_at: tuple[float, ...] = ()
    for table in sorted(found.tables, key=lambda table: table.bbox[1]):
        rows, begins = _rows(table, chars, number), _columns(table)
        goes_on = not inside and _alike(begins, before) and _few(chars, below=table.bbox[1])
        if len(rows[0]) > 1 and (len(rows) > 1 or goes_on):
            grids.append(Grid(rows, number, round(table.bbox[1], 2), round(table.bbox[3], 2)))
            inside |= {id(char) for char in chars if _in_table(char, table.bbox)}
            open_at = begins if _few(chars, above=table.bbox[3]) else ()
    return grids, [char for char in chars if id(char) not in inside], open_at


def _columns(table: Any) -> tuple[float, ...]:
    """Where the columns of a table begin, and where its last one ends."""
    return (*sorted({cell[0] for cell in table.cells}), table.bbox[2])


def _alike(begins: Sequence[float], before: Sequence[float]) -> bool:
    return len(begins) == len(before) and all(abs(x - y) < _RULE for x, y in zip(begins, before, strict=True))


def _few(chars: Sequence[Char], below: float = 0.0, above: float = math.inf) -> bool:
    """Whether no more stands above or below a table than a page's head or foot has."""
    edge = [char for char in chars if char["bottom"] <= below or char["top"] >= above]
    return sum(not char["text"].isspace() for char in edge) <= _FURNITURE


def frames(found: Any, width: float, number: int) -> list[Box]:
    """The frames (框) of a page: wide cells that are no table's."""
    in_tables = {cell for table in found.tables for cell in table.cells}
    return [
        Box(number, *(round(edge, 2) for edge in cell))
        for cell in found.cells
        if cell not in in_tables and cell[2] - cell[0] > _FRAME_WIDTH * width
    ]


def levels(found: Any) -> list[Level]:
    """The level rules of a page, those of its tables among them."""
    return [Level(edge["top"], edge["x0"], edge["x1"]) for edge in found.edges if edge["orientation"] == "h"]


def note_rule(page: Any) -> float | None:
    """How far down a page the short rule stands that parts footnotes from the text, if there is one alone."""
    found = [
        rule["top"]
        for rule in (*page.rects, *page.lines)
        if rule["bottom"] - rule["top"] <= _RULE
        and _NOTE_RULE[0] * page.width < rule["x1"] - rule["x0"] < _NOTE_RULE[1] * page.width
        and rule["top"] > page.height / 2
        and not _white(rule["non_stroking_color"] if rule["object_type"] == "rect" else rule["stroking_color"])
    ]
    return float(found[0]) if len(found) == 1 else None


def centre(char: Char) -> tuple[float, float]:
    """The middle of a character's box."""
    return (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2


def _in_table(char: Char, bbox: Sequence[float]) -> bool:
    """Whether a character is a table's; a cell's last one may hang over the table's side by its own width."""
    x, y = centre(char)
    return bool(bbox[0] - char["size"] < x < bbox[2] + char["size"] and bbox[1] <= y < bbox[3])


def _rows(table: Any, chars: Sequence[Char], number: int) -> tuple[tuple[Cell | None, ...], ...]:
    """The cells of a table by row and column; a merged cell is repeated wherever it covers."""
    x0, _, x1, _ = table.bbox
    columns = _columns(table)[:-1]
    tops = sorted({cell[1] for cell in table.cells})
    covering = _Cover(table.cells)
    held: dict[Any, list[Char]] = {bbox: [] for bbox in table.cells}
    for char in chars:
        if not _in_table(char, table.bbox):
            continue
        bbox = covering.at(min(max(_hold(char), x0), x1 - 0.01), centre(char)[1])
        if bbox is not None:
            held[bbox].append(char)
    cells = {bbox: Cell(tuple(lines(held[bbox], number))) for bbox in table.cells}
    places = ((covering.at(x, top) for x in columns) for top in tops)
    rows = [tuple(cells[bbox] if bbox is not None else None for bbox in row) for row in places]
    return parted(rows, list(zip(columns, [*columns[1:], x1], strict=True)))


def _hold(char: Char) -> float:
    """Where a character belongs, left to right: a bracket that hangs over a rule goes with what it encloses."""
    if char["text"] in ")）》〉”":
        return float(char["x0"])
    return float(char["x1"]) if char["text"] in "(（《〈“" else centre(char)[0]


class _Cover:
    """Which cell of a table covers a point, its left and top edges included; the first of several."""

    def __init__(self, cells: Sequence[Any]) -> None:
        self._across = sorted({place for box in cells for place in (box[0], box[2])})
        self._down = sorted({place for box in cells for place in (box[1], box[3])})
        self._cells: dict[tuple[int, int], Any] = {}
        for box in cells:
            rows = range(bisect_left(self._down, box[1]), bisect_left(self._down, box[3]))
            for column in range(bisect_left(self._across, box[0]), bisect_left(self._across, box[2])):
                for row in rows:
                    self._cells.setdefault((column, row), box)

    def at(self, x: float, y: float) -> Any:
        """The cell at a point; None where there is none."""
        return self._cells.get((bisect_right(self._across, x) - 1, bisect_right(self._down, y) - 1))
