"""Lines to paragraphs: joins lines that the page broke, over pages too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.layer import Layer
from ingest.numbering import decimal, marker
from ingest.pages import Grid, Line, Page
from ingest.records import Box, Span

_ENDS = tuple("。！？；：.!?;:")
_CLOSERS = "”’」』）)》〉】\"'"
_HANGING = "，。、；：！？）》”’,.;:!?)"
_FULL = 0.7
"""In a narrow column a line is full from this share of the column's width on."""

_INDENTED = 0.05
"""A document in which at least this share of lines is indented by two characters marks its paragraphs so."""

_SAME_SIZE = 0.03
_OTHER_SIZE = 0.1
"""Type sizes that differ by less than the first share are one; by more than the second, another paragraph's."""

_TITLE_SIZES = 1.2
"""Lines of one title may differ in size by this factor, as the issuer's name above and what it issues below."""

_TITLE_GAP = 1.2
"""Lines of one title, set in the middle, stand less than so many times their size apart."""

_APART = 2.5
"""Lines that stand further apart than so many times their size are of two paragraphs."""

_DIVISIONS = frozenset(["part", "volume", "book", "chapter", "section", "article"])

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
    """Left and right edge of the text on one page, the body's type size, and whether paragraphs are indented."""

    left: float
    right: float
    body: float
    indents: bool = True


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
    everywhere = _document_column([line for page in kept for line in page.lines], body)
    for page in kept:
        yield from _page_items(page, body, everywhere)


def _page_items(page: Page, body: float, everywhere: _Column) -> Iterator[_Item]:
    """The lines and tables of a page in reading order: block by block where it is set in columns."""
    blocks: dict[int, list[Line | Grid]] = {}
    parts: list[Line | Grid] = [*page.lines, *page.grids]
    for part in parts:
        blocks.setdefault(_block_of(part, page.regions), []).append(part)
    for _, flow in sorted(blocks.items()):
        lines = [part for part in flow if isinstance(part, Line)]
        column = _edges(lines, body, everywhere, _reach(lines) if page.regions else 15 * body)
        for part in sorted(flow, key=lambda part: part.top):
            if isinstance(part, Grid):
                yield _Item(None, part, column, None)
            else:
                yield _Item(part, None, column, _frame_of(part, page.frames))


def _block_of(part: Line | Grid, regions: Sequence[Box]) -> int:
    """Which block of a page's columns a line or table stands in; the last if in none."""
    line = part if isinstance(part, Line) else next(
        (line for row in part.rows for cell in row if cell for line in cell.lines), None
    )  # fmt: skip
    x, y = (line.x0 + line.x1) / 2 if line else 0.0, (part.top + part.bottom) / 2
    inside = (place for place, box in enumerate(regions) if box.x0 <= x < box.x1 and box.top <= y < box.bottom)
    return next(inside, len(regions) - 1)


def _reach(lines: Sequence[Line]) -> float:
    """Width from which a line of a narrow column is full."""
    return _FULL * (max((line.x1 for line in lines), default=0.0) - min((line.x0 for line in lines), default=0.0))


def _document_column(lines: Sequence[Line], body: float) -> _Column:
    """The column of a whole document; of a very short one what its lines span."""
    text = [line for line in lines if line.edges and line.size == body]
    span = _Column(min((line.x0 for line in text), default=0.0), max((line.x1 for line in text), default=0.0), body)
    column = _edges(lines, body, span, 15 * body)
    indented = sum(1.3 < (line.x0 - column.left) / body < 2.8 for line in text)
    return replace(column, indents=indented >= _INDENTED * len(text))


def _edges(lines: Iterable[Line], body: float, fallback: _Column, width: float) -> _Column:
    """The column that most full lines, at least so wide, keep to; a page with few lines keeps the document's."""
    full = [line for line in lines if line.edges and line.x1 - line.x0 > width]
    if len(full) < 5:
        return fallback
    lefts = Counter(round(line.x0) for line in full)
    rights = Counter(round(line.x1) for line in full)
    # Where paragraphs are short most lines are indented first lines, so the left edge is not the commonest.
    left = min(x for x in lefts if lefts[x] >= max(2, len(full) // 10) or lefts[x] == max(lefts.values()))
    sizes = Counter(line.size for line in full if abs(line.x0 - left) < 1)
    # One page may set its text larger than the rest of the document does.
    own_body = max(sizes, key=lambda size: (sizes[size], size)) if sizes.total() >= 2 else body
    right = float(max(rights, key=lambda x: (rights[x], x)))
    return _Column(float(left), right, max(body, own_body), fallback.indents)


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
    if line.page == above.page and line.top - above.bottom > _APART * line.size:
        return True
    if _large(line, item.column) or _large(above, before.column) or _differ(line, above, _OTHER_SIZE):
        return marker(line.text) is not None or not _goes_on_in_title(before, item)
    em = line.size or 1.0
    indent = (line.x0 - item.column.left) / em
    indent_above = (above.x0 - before.column.left) / em
    shortfall = (before.column.right - above.x1) / em
    ended = above.text.rstrip(_CLOSERS).endswith(_ENDS)
    found = marker(line.text)
    if found is None and decimal(line.text) and shortfall > 3 and (marker(above.text) or decimal(above.text)):
        # Short lines that begin with 1, 1.1, 1.1.1 in turn are a catalogue.
        return True
    if found is not None and indent < 1.3 and (not item.column.indents or found.style in _DIVISIONS):
        return ended or (_is_heading(first) and shortfall > 0.5)
    if found is not None and indent < 1.3 and ended and _is_whole_heading(line, item.column):
        return True
    free = min(indent, (item.column.right - line.x1) / em) > 0.6
    if indent > 4 or indent_above > 4 or (free and _centred(item) and _centred(before)):
        return True
    if 1.3 < indent < 2.8:
        if found is not None and (ended or shortfall > 0.5 or _is_heading(first)):
            return True
        # An indented line too long for an indented line is a full line that the layer moved to the right.
        overrun = _solid_edge(line) > item.column.right + 0.6 * em
        return not overrun and (ended or shortfall > 3 or _is_heading(first))
    return ended and shortfall > 3.5


def _labels_annex(line: Line) -> bool:
    """Whether a line is the label of an annex, 附件1, which stands alone."""
    found = marker(line.text)
    return found is not None and found.style == "annex"


def _differ(line: Line, above: Line, share: float) -> bool:
    return abs(line.size - above.size) > share * max(line.size, above.size)


def _goes_on_in_title(before: _Item, item: _Item) -> bool:
    """Whether two lines, one of them larger than the body, are lines of the same title."""
    line, above = item.line, before.line
    if line is None or above is None or line.page != above.page or _is_han(line) != _is_han(above):
        return False
    gap = line.top - above.bottom
    if not _differ(line, above, _SAME_SIZE) and gap < line.size:
        return True
    both_large = _large(line, item.column) and _large(above, before.column)
    alike = max(line.size, above.size) <= _TITLE_SIZES * min(line.size, above.size)
    return both_large and alike and gap < _TITLE_GAP * line.size and _centred(item) and _centred(before)


def _is_han(line: Line) -> bool:
    """Whether a line is Chinese; a name in Latin letters below a title is none of its lines."""
    return any("\u4e00" <= char <= "\u9fff" for char in line.text)


def _centred(item: _Item) -> bool:
    line, column = item.line, item.column
    return line is not None and abs(line.x0 + line.x1 - column.left - column.right) < 3 * line.size


def _is_heading(first: _Item) -> bool:
    """Whether the paragraph so far is a numbered heading, which ends without a full stop."""
    text = first.line.text if first.line is not None else ""
    return marker(text) is not None and not any(end in text for end in "。.；")


def _is_whole_heading(line: Line, column: _Column) -> bool:
    """Whether a line that begins with an ordinal is all of its paragraph: a question, or a short line without a stop."""
    ends = line.text.rstrip()[-1:]
    return ends in "？?" or (ends not in _HANGING and column.right - line.x1 > 3 * line.size)


def _solid_edge(line: Line) -> float:
    """Right edge of the last character that is not punctuation hanging over the margin."""
    return line.edges[max(len(line.text.rstrip(_HANGING)), 1) - 1][1]
