"""Lines to paragraphs: joins lines that the page broke, over pages too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.layer import Layer
from ingest.numbering import marker
from ingest.records import Box, Grid, Line, Page, Span

_ENDS = tuple("。！？；：.!?;:")
_CLOSERS = "”’」』）)》〉】\"'"
_HANGING = "，。、；：！？）》”’,.;:!?)"
_DISPLAY = 1.15
"""Type this much larger than the body's is a title's."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph, or one page's part of a table: its place in the source text, and its layout.

    ``frame`` numbers the frame (框) it stands in, over all pages, or is None; ``display`` is True for type
    larger than the body's; ``cells`` are the places of a table's cells by row and column, and ``page`` its page.
    A merged cell has one place and stands in every row and column it covers.
    """

    span: Span
    frame: int | None = None
    display: bool = False
    cells: tuple[tuple[Span | None, ...], ...] = ()
    page: int = 0


@dataclass(frozen=True)
class _Column:
    """Left and right edge of the text on one page, and the body's type size."""

    left: float
    right: float
    body: float


@dataclass(frozen=True)
class _Item:
    """A line with the layout of its page, or a table."""

    line: Line | None
    grid: Grid | None
    column: _Column
    frame: tuple[int, int] | None


def join(pages: Sequence[Page], drop: frozenset[Line], layer: Layer) -> list[Paragraph]:
    """Joins the lines of all pages, less those in ``drop``, into paragraphs, and writes them to ``layer``.

    A table stands between paragraphs, its cells parted by tabs and its rows by line feeds.
    """
    items = list(_items(pages, drop))
    frames = _frame_numbers(items)
    groups: list[list[int]] = []
    for place, item in enumerate(items):
        starts = not groups or item.grid is not None or items[place - 1].grid is not None
        if starts or frames[place] != frames[place - 1] or _starts(items[place - 1], item, items[groups[-1][0]]):
            groups.append([place])
        else:
            groups[-1].append(place)
    return [_write([items[place] for place in group], frames[group[0]], layer) for group in groups]


def _write(items: Sequence[_Item], frame: int | None, layer: Layer) -> Paragraph:
    first = items[0]
    if first.grid is not None:
        return _write_grid(first.grid, frame, layer)
    lines = tuple(item.line for item in items if item.line is not None)
    span = layer.add(lines)
    layer.separate("\n")
    return Paragraph(span, frame, _large(lines[0], first.column), page=lines[0].page)


def _write_grid(grid: Grid, frame: int | None, layer: Layer) -> Paragraph:
    start = len(layer)
    places: dict[int, Span] = {}
    for row in grid.rows:
        for cell in row:
            if cell is not None and id(cell) not in places:
                places[id(cell)] = layer.add(cell.lines)
                layer.separate("\t")
        layer.separate("\n")
    cells = tuple(tuple(places[id(cell)] if cell is not None else None for cell in row) for row in grid.rows)
    return Paragraph(Span(start, len(layer)), frame, cells=cells, page=grid.page)


def _items(pages: Sequence[Page], drop: frozenset[Line]) -> Iterator[_Item]:
    kept = [replace(page, lines=tuple(line for line in page.lines if line not in drop)) for page in pages]
    sizes = Counter[float]()
    for page in kept:
        for line in page.lines:
            sizes[line.size] += len(line.text)
    body = max(sizes, key=lambda size: (sizes[size], size), default=0.0)
    everywhere = _edges([line for page in kept for line in page.lines], body, _Column(0.0, 0.0, body))
    for page in kept:
        column = _edges(page.lines, body, everywhere)
        flow: list[Line | Grid] = [*page.lines, *page.grids]
        for part in sorted(flow, key=lambda part: part.top):
            if isinstance(part, Grid):
                yield _Item(None, part, column, None)
            else:
                yield _Item(part, None, column, _frame_of(part, page.frames))


def _edges(lines: Iterable[Line], body: float, fallback: _Column) -> _Column:
    """The column that most full lines keep to; a page with few lines keeps the document's."""
    full = [line for line in lines if line.edges and line.x1 - line.x0 > 15 * body]
    if len(full) < 5:
        return fallback
    lefts = Counter(round(line.x0) for line in full)
    rights = Counter(round(line.x1) for line in full)
    # Where paragraphs are short most lines are indented first lines, so the left edge is not the commonest.
    left = min(x for x in lefts if lefts[x] >= max(2, len(full) // 10) or lefts[x] == max(lefts.values()))
    sizes = Counter(line.size for line in full if abs(line.x0 - left) < 1)
    # One page may set its text larger than the rest of the document does.
    own_body = max(sizes, key=lambda size: (sizes[size], size)) if sizes.total() >= 2 else body
    return _Column(float(left), float(max(rights, key=lambda x: (rights[x], x))), max(body, own_body))


def _frame_of(line: Line, frames: Sequence[Box]) -> tuple[int, int] | None:
    middle = (line.top + line.bottom) / 2
    for place, box in enumerate(frames):
        if box.top <= middle <= box.bottom and box.x0 <= line.x1 and line.x0 <= box.x1:
            return line.page, place
    return None


def _frame_numbers(items: Sequence[_Item]) -> list[int | None]:
    """Numbers the frames through the document; one that a page break cuts in two keeps its number."""
    numbers: list[int | None] = []
    last = 0
    for place, item in enumerate(items):
        before = items[place - 1] if place else None
        if item.frame is None:
            numbers.append(None)
        elif before is not None and before.frame == item.frame:
            numbers.append(last)
        else:
            goes_on = before is not None and before.frame is not None and before.frame[0] + 1 == item.frame[0]
            boxed_head = (
                item.line is not None and (found := marker(item.line.text)) is not None and found.style == "box"
            )
            last += 0 if goes_on and not boxed_head else 1
            numbers.append(last)
    return numbers


def _large(line: Line, column: _Column) -> bool:
    return bool(column.body) and line.size >= _DISPLAY * column.body


def _starts(before: _Item, item: _Item, first: _Item) -> bool:
    """Whether ``item`` begins a paragraph, given the line before it and the first line of that paragraph."""
    line, above = item.line, before.line
    if line is None or above is None or line.block or _labels_annex(line) or _labels_annex(above):
        return True
    if _large(line, item.column) or _large(above, before.column) or abs(line.size - above.size) > 1.5:
        return not (
            abs(line.size - above.size) < 0.5 and line.page == above.page and line.top - above.bottom < line.size
        )
    em = line.size or 1.0
    indent = (line.x0 - item.column.left) / em
    indent_above = (above.x0 - before.column.left) / em
    shortfall = (before.column.right - above.x1) / em
    ended = above.text.rstrip(_CLOSERS).endswith(_ENDS)
    if indent > 4 or indent_above > 4:
        return True
    if 1.3 < indent < 2.8:
        numbered = marker(line.text) is not None
        if numbered and (ended or shortfall > 0.5 or _is_heading(first)):
            return True
        # An indented line too long for an indented line is a full line that the layer moved to the right.
        overrun = _solid_edge(line) > item.column.right + 0.6 * em
        return not overrun and (ended or shortfall > 3 or _is_heading(first))
    return ended and shortfall > 3.5


def _labels_annex(line: Line) -> bool:
    """Whether a line is the label of an annex, 附件1, which stands alone."""
    found = marker(line.text)
    return found is not None and found.style == "annex"


def _is_heading(first: _Item) -> bool:
    """Whether the paragraph so far is a numbered heading, which ends without a full stop."""
    return (
        first.line is not None
        and marker(first.line.text) is not None
        and not any(end in first.line.text for end in "。.；")
    )


def _solid_edge(line: Line) -> float:
    """Right edge of the last character that is not punctuation hanging over the margin."""
    place = len(line.text)
    while place > 1 and line.text[place - 1] in _HANGING:
        place -= 1
    return line.edges[place - 1][1]
