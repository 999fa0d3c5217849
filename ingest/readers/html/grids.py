"""Tables: those of data, as rows and columns, told from those that only lay out the page."""

from __future__ import annotations

from ingest.pages import Cell, Grid, Line
from ingest.readers.html.flow import cells_of, read_flow, rows_of, visible
from ingest.readers.html.labels import opens_field
from ingest.readers.html.tree import Node

_WIDEST = 200
_LAYOUT_SHARE = 0.6
_LAYOUT_CHARACTERS = 300
"""A cell of this size that holds most of its table's text in many paragraphs is a frame round text."""


def data_tables(root: Node) -> frozenset[Node]:
    """The tables of a page that hold data: two rows and two columns or more, no table within, no mere frame."""
    tables = [node for node in root.walk() if node.tag == "table"]
    outer = {above for table in tables for above in table.ancestors if above.tag == "table"}
    return frozenset(table for table in tables if table not in outer and _holds_data(table))


def _holds_data(table: Node) -> bool:
    rows = rows_of(table)
    if len(rows) < 2 or table.attributes.get("role") == "presentation":
        return False
    texts = [[cell.text() for cell in cells_of_row(row)] for row in rows]
    if max((sum(_count(cell, "colspan") for cell in cells_of_row(row)) for row in rows), default=0) < 2:
        return False
    if sum(sum(bool(text.strip()) for text in row) > 1 for row in texts) == 0:
        return False
    labels = sum(opens_field(text) for row in texts for text in row)
    return 2 * labels < len(rows) and not _frames_text(table)


def _frames_text(table: Node) -> bool:
    """Whether one cell holds most of the table's text, in several paragraphs."""
    sizes = {cell: visible(cell.text()) for cell in cells_of(table)}
    largest = max(sizes, key=lambda cell: sizes[cell])
    if sizes[largest] < max(_LAYOUT_CHARACTERS, _LAYOUT_SHARE * sum(sizes.values())):
        return False
    return len(read_flow(largest, frozenset()).blocks) > 4


def cells_of_row(row: Node) -> list[Node]:
    """The cells of one row."""
    return [cell for cell in row.content if isinstance(cell, Node) and cell.tag in ("td", "th")]


def grid_of(table: Node, place: float) -> Grid:
    """The cells of a data table by row and column; a merged cell stands in every place it covers.

    :param place: where the table stands in the reading order.
    """
    rows = rows_of(table)
    grid: dict[tuple[int, int], Cell] = {}
    for y, row in enumerate(rows):
        x = 0
        for item in cells_of_row(row):
            while (y, x) in grid:
                x += 1
            lines = [block.text for block in read_flow(item, frozenset()).blocks if block.text]
            cell = Cell(
                tuple(Line(text, page=0, top=float(n), bottom=float(n), block=True) for n, text in enumerate(lines))
            )
            wide = min(_count(item, "colspan"), max(_WIDEST - x, 1))
            high = min(_count(item, "rowspan"), len(rows) - y)
            grid.update({(y + dy, x + dx): cell for dy in range(high) for dx in range(wide)})
            x += wide
    width = 1 + max((x for _, x in grid), default=0)
    cells = tuple(tuple(grid.get((y, x)) for x in range(width)) for y in range(len(rows)))
    return Grid(cells, page=0, top=place, bottom=place)


def _count(cell: Node, name: str) -> int:
    value = (cell.attributes.get(name) or "1").strip()
    return min(max(int(value[:6]), 1), _WIDEST) if value.isdecimal() else 1
