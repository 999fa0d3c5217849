"""Ruled tables to rows with column names; a table that a page break cuts is joined."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ingest.numbering import marker
from ingest.paragraphs import Paragraph
from ingest.records import Span

_CAPTION_LENGTH = 50
_UNIT = re.compile(r"[（(]?(?:计量|金额)?单位\s*[:：]\s*\S{1,12}$")
_OWN_NUMBER = re.compile(r"表\s*(\d+(?:[.\-—－]\d+)*|[一二三四五六七八九十]+)")


@dataclass(frozen=True)
class Row:
    """One data row: its values by column, as shown, and its own part of the source text."""

    label: str
    values: tuple[str, ...]
    span: Span


@dataclass(frozen=True)
class RuledTable:
    """A whole table: ``label`` is 表1 or the number its caption gives, ``places`` its parts' and caption's places."""

    label: str
    caption: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    spans: tuple[Span, ...]
    places: tuple[int, ...]
    caption_places: tuple[int, ...]


def assemble(paragraphs: Sequence[Paragraph], texts: Sequence[str], shown: Callable[[Span], str]) -> list[RuledTable]:
    """Joins the parts of tables over pages, names columns by the header, and drops a repeated header.

    :param texts: each paragraph as shown, empty for a table.
    :param shown: what the page shows for a span of source text.
    """
    tables: list[RuledTable] = []
    place = 0
    while place < len(paragraphs):
        if not paragraphs[place].cells:
            place += 1
            continue
        parts = [place]
        while place + 1 < len(paragraphs) and _goes_on(paragraphs[place], paragraphs[place + 1]):
            place += 1
            parts.append(place)
        place += 1
        above = _captions(texts, parts[0])
        tables.append(_table([paragraphs[part] for part in parts], parts, above, texts, len(tables) + 1, shown))
    return tables


def _captions(texts: Sequence[str], first: int) -> tuple[int, ...]:
    """Places of the lines above a table that name it: its title and, below that, its unit of measure."""
    unit = (first - 1,) if first and _UNIT.match(texts[first - 1]) else ()
    above = first - 1 - len(unit)
    named = above >= 0 and _is_caption(texts[above])
    return (above, *unit) if named else unit


def _goes_on(above: Paragraph, below: Paragraph) -> bool:
    return bool(below.cells) and below.page == above.page + 1 and len(below.cells[0]) == len(above.cells[0])


def _is_caption(text: str) -> bool:
    return 0 < len(text) <= _CAPTION_LENGTH and marker(text) is None and not text.endswith(tuple("。；，、！？：.;,:"))


def _table(
    parts: Sequence[Paragraph],
    places: Sequence[int],
    above: tuple[int, ...],
    texts: Sequence[str],
    number: int,
    shown: Callable[[Span], str],
) -> RuledTable:
    caption = texts[above[0]] if above else ""
    head = _header_rows(parts[0].cells)
    header = [tuple(_value(cell, shown) for cell in row) for row in parts[0].cells[:head]]
    columns = tuple("·".join(dict.fromkeys(row[x] for row in header if row[x])) for x in range(len(header[0])))
    rows: list[Row] = []
    for part in parts:
        for y, cells in enumerate(part.cells):
            values = tuple(_value(cell, shown) for cell in cells)
            if (part is parts[0] and y < head) or (y < head and values == header[y]):
                continue
            own = _own_cells(part.cells, y)
            # A row without cells of its own, or one cell across the whole table, states no values.
            if own and len(set(cells)) > 1 and any(values):
                rows.append(Row("", values, Span(own[0].start, own[-1].end)))
    own_number = _OWN_NUMBER.match(caption)
    label = "表" + own_number.group(1) if own_number else f"表{number}"
    spans = tuple(part.span for part in parts)
    return RuledTable(label, caption, columns, _labelled(rows, columns), spans, tuple(places), above)


def _header_rows(cells: Sequence[Sequence[Span | None]]) -> int:
    """One row, and as many more as a cell of the first row reaches down beside cells that do not."""
    height = 1
    while (
        height < len(cells) - 1
        and any(cell is not None and cell in cells[0] for cell in cells[height])
        and set(cells[height]) != set(cells[0])
    ):
        height += 1
    return height


def _own_cells(cells: Sequence[Sequence[Span | None]], y: int) -> list[Span]:
    """The cells that begin in row y, in order: not those that reach down from a row above."""
    above = {cell for row in cells[:y] for cell in row}
    return sorted({cell for cell in cells[y] if cell is not None and cell not in above}, key=lambda cell: cell.start)


def _value(cell: Span | None, shown: Callable[[Span], str]) -> str:
    return shown(cell).strip() if cell is not None else ""


def _labelled(rows: Sequence[Row], columns: Sequence[str]) -> tuple[Row, ...]:
    """Names each row by its own serial number (序号) if the table numbers its rows, else by its place."""
    serials = [row.values[0] for row in rows]
    numbered = bool(rows) and (columns[0] in ("序号", "编号") or serials == [str(n) for n in range(1, len(rows) + 1)])
    usable = numbered and all(serial.isdecimal() for serial in serials) and len(set(serials)) == len(serials)
    return tuple(
        Row(row.values[0] if usable else str(place), row.values, row.span) for place, row in enumerate(rows, 1)
    )
