"""The blocks of a DOCX in reading order: paragraphs with their automatic numbers, tables, text boxes, contents controls."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace

from ingest.pages import Cell, Grid, Line
from ingest.readers.docx_numbering import Numbering
from ingest.readers.docx_styles import Look, Styles
from ingest.readers.docx_tables import cells_of
from ingest.readers.docx_text import Piece, Runs
from ingest.readers.docx_xml import Element, child, local, value, visible
from ingest.readers.text import grid_of, tables_among

_DISPLAY = 1.15
"""Type this much larger than the body's is a title's."""

_DIVIDES = re.compile(r"第\S{1,4}[编篇章节条部]|附\s*[件录表]|目\s*[录次]")


@dataclass(frozen=True, slots=True)
class Block:
    """A line of a paragraph, with what its layout says: centred, a further line of it, or right below the one before.

    ``set_out`` is its text with all its blanks and tabs.
    """

    line: Line
    centred: bool
    goes_on: bool
    follows: bool
    set_out: str = ""


@dataclass
class Flow:
    """What a walk over blocks has gathered so far: lines and tables share one count of places."""

    blocks: list[Block] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    title: str | None = None
    blank: bool = True

    @property
    def place(self) -> float:
        """Where the next line or table stands."""
        return float(len(self.blocks) + len(self.grids))


class Body:
    """Walks the blocks of a document; lists, fields and notes go on from one part to the next.

    ``warnings`` say what could not be taken in, and ``made`` how many visible characters automatic numbers have.
    """

    def __init__(self, styles: Styles, numbering: Numbering, runs: Runs) -> None:
        self._styles, self._numbering, self.runs = styles, numbering, runs
        self.warnings: list[str] = []
        self.made = 0

    def walk(self, container: Element, flow: Flow, is_contents: bool = False) -> None:
        """Adds the blocks below a container to ``flow``.

        :param is_contents: whether they are a list of contents (目录), which is no text of the document.
        """
        for part in container:
            name = local(part)
            if name == "p":
                self._paragraph(part, flow, is_contents)
            elif name == "tbl":
                self._table(part, flow)
            elif name == "altChunk":
                self.warnings.append("文档里嵌入了另一个文件（altChunk），其内容没有读入，请在 Word 中打开后另存")
            elif name == "sdt":
                gallery = value(child(part, "sdtPr", "docPartObj", "docPartGallery")) or ""
                for content in (one for one in part if local(one) == "sdtContent"):
                    self.walk(content, flow, is_contents or gallery == "Table of Contents")
            elif not name.endswith("Pr"):
                self.walk(part, flow, is_contents)

    def _paragraph(self, paragraph: Element, flow: Flow, is_contents: bool) -> None:
        properties = child(paragraph, "pPr")
        look = self._styles.look(properties)
        label = self._numbering.label(look)
        is_contents = is_contents or self.runs.in_contents
        rows: list[list[Piece]] = [[]]
        boxes: list[tuple[Element, bool]] = []
        for piece in self.runs.pieces(paragraph, properties):
            is_contents = is_contents or self.runs.in_contents
            if piece.box is not None:
                boxes.append((piece.box, any(rows)))
            elif piece.is_break:
                rows.append([])
            else:
                rows[-1].append(piece)
        self.runs.end_paragraph()
        self._boxes(boxes, flow, is_behind=False)
        if is_contents:
            self.runs.aside += [piece.text for row in rows for piece in row]
        else:
            self._lines(rows, label, look, flow)
        self._boxes(boxes, flow, is_behind=True)

    def _boxes(self, boxes: list[tuple[Element, bool]], flow: Flow, is_behind: bool) -> None:
        """Text boxes stand before their paragraph, or behind it where some of its text comes before the anchor."""
        for box, has_text_before in boxes:
            if has_text_before == is_behind:
                self.walk(box, flow)

    def _lines(self, rows: list[list[Piece]], label: str, look: Look, flow: Flow) -> None:
        goes_on = False
        for row in rows:
            set_out = "".join(piece.text for piece in row)
            text = " ".join(set_out.split())
            if not text:
                continue
            text = text if goes_on else label + text
            self.made += 0 if goes_on else visible(label)
            line = Line(text, page=0, top=flow.place, bottom=flow.place, size=_size(row), block=True)
            flow.blocks.append(Block(line, look.centred, goes_on, not flow.blank, "" if label else set_out))
            flow.title = flow.title or (text if look.is_title else None)
            goes_on = True
        flow.blank = not goes_on

    def _table(self, table: Element, flow: Flow) -> None:
        """A table with rows and columns as a grid; one that is layout, or frames text, as the blocks in it."""
        flow.blank = True
        places, is_data = cells_of(table)
        cells: dict[int, Cell] = {}
        for element, is_covered in places.elements:
            inner = flow if not is_data and not is_covered else Flow()
            self.walk(element, inner)
            if is_covered:
                self.runs.aside += [line.text for line in _flat(inner)]
            else:
                cells[id(element)] = Cell(_flat(inner))
        flow.blank = True
        if is_data:
            rows = tuple(tuple(cells[id(one)] if one is not None else None for one in row) for row in places.rows)
            flow.grids.append(Grid(rows, page=0, top=flow.place, bottom=flow.place))


def _flat(flow: Flow) -> tuple[Line, ...]:
    """The lines of a cell in order; a table inside it gives a line for each of its cells."""
    lines = [block.line for block in flow.blocks]
    for grid in flow.grids:
        inner = {id(cell): cell for row in grid.rows for cell in row if cell is not None}
        lines += [replace(line, top=grid.top) for cell in inner.values() for line in cell.lines]
    return tuple(sorted(lines, key=lambda line: line.top))


def _size(row: list[Piece]) -> float:
    """The size of most of a line's characters."""
    sizes = Counter[float]()
    for piece in row:
        sizes[piece.size] += visible(piece.text)
    return max(sizes, key=lambda size: (sizes[size], size))


def with_tables(flow: Flow) -> Flow:
    """The same with tables in place of the lines that tabs or blanks set out as rows."""
    grids = {int(grid.top) for grid in flow.grids}
    texts = {int(block.line.top): block.set_out for block in flow.blocks}
    found = tables_among(["" if place in grids else texts.get(place, "") for place in range(int(flow.place))])
    held = {place for table in found for place in range(table.start, table.end)}
    made = [grid_of(table.rows, table.start) for table in found]
    blocks = [block for block in flow.blocks if int(block.line.top) not in held]
    return replace(flow, blocks=blocks, grids=[*flow.grids, *made])


def lines_of(flow: Flow) -> tuple[Line, ...]:
    """The lines of a document; where a centred title is broken over several, they run on.

    A forced line break inside a centred paragraph breaks one line of words. So do two centred paragraphs of one size
    larger than the body's that follow each other, unless the second opens a division.
    """
    sizes = Counter[float]()
    for block in flow.blocks:
        sizes[block.line.size] += len(block.line.text)
    body = max(sizes, key=lambda size: (sizes[size], size), default=0.0)
    lines: list[Line] = []
    for before, block in zip([None, *flow.blocks], flow.blocks, strict=False):
        one_title = (
            before is not None
            and block.centred
            and before.centred
            and block.line.size == before.line.size
            and not _DIVIDES.match(block.line.text)
            and (block.goes_on or (block.follows and block.line.size >= _DISPLAY * body))
        )
        lines.append(replace(block.line, block=not one_title))
    return tuple(lines)
