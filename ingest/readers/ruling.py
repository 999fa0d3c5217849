"""Drawn rules of a PDF page: tables with their cells, and frames round text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ingest.pages import Cell, Grid
from ingest.readers.glyphs import Char
from ingest.readers.lines import lines
from ingest.records import Box

_RULE = 3.0
"""A filled rectangle at most so many points wide or high is a rule; a larger one is shading behind text."""

_WHITE = 0.97
_MOST_RULES = 20_000
"""A page with more lines than this is a drawing, in which no tables are looked for."""

_NOTE_RULE = (0.1, 0.5)
"""The rule above footnotes is so many shares of the page wide."""

_FRAME_WIDTH = 0.5
"""A single ruled cell at least this share of the page wide is a frame round text, not a table."""


def is_drawing(page: Any) -> bool:
    """Whether a page has more rules than any table."""
    return sum(len(page.objects.get(kind, ())) for kind in ("line", "rect", "curve")) > _MOST_RULES


def find(page: Any) -> Any:
    """Finds the cells that visible rules enclose (a pdfplumber table finder)."""
    return page.filter(_is_rule).debug_tablefinder()


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


def tables(found: Any, chars: Sequence[Char], number: int) -> tuple[list[Grid], list[Char]]:
    """The ruled tables of a page, and the characters outside them."""
    grids, inside = [], set()
    for table in found.tables:
        rows = _rows(table, chars, number)
        if len(rows) > 1 and len(rows[0]) > 1:
            grids.append(Grid(rows, number, round(table.bbox[1], 2), round(table.bbox[3], 2)))
            inside |= {id(char) for char in chars if _in_table(char, table.bbox)}
    return grids, [char for char in chars if id(char) not in inside]


def frames(found: Any, width: float, number: int) -> list[Box]:
    """The frames (框) of a page: wide cells that are no table's."""
    in_tables = {cell for table in found.tables for cell in table.cells}
    return [
        Box(number, *(round(edge, 2) for edge in cell))
        for cell in found.cells
        if cell not in in_tables and cell[2] - cell[0] > _FRAME_WIDTH * width
    ]


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
    columns = sorted({cell[0] for cell in table.cells})
    tops = sorted({cell[1] for cell in table.cells})
    held: dict[Any, list[Char]] = {bbox: [] for bbox in table.cells}
    for char in chars:
        if not _in_table(char, table.bbox):
            continue
        bbox = _covering(table.cells, min(max(_hold(char), x0), x1 - 0.01), centre(char)[1])
        if bbox is not None:
            held[bbox].append(char)
    cells = {bbox: Cell(tuple(lines(held[bbox], number))) for bbox in table.cells}
    places = ((_covering(table.cells, x, top) for x in columns) for top in tops)
    return tuple(tuple(cells[bbox] if bbox is not None else None for bbox in row) for row in places)


def _hold(char: Char) -> float:
    """Where a character belongs, left to right: a bracket that hangs over a rule goes with what it encloses."""
    if char["text"] in ")）》〉”":
        return float(char["x0"])
    return float(char["x1"]) if char["text"] in "(（《〈“" else centre(char)[0]


def _covering(cells: Sequence[Any], x: float, y: float) -> Any:
    """The cell that covers a point, its left and top edges included."""
    return next((box for box in cells if box[0] <= x < box[2] and box[1] <= y < box[3]), None)
