"""The page as a run of blocks in reading order: each a piece of text that stands by itself, or a table of data."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ingest.readers.html.tree import Node
from ingest.readers.spaced import is_row

BLOCKS = frozenset([
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dir", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "form", "frameset", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hr", "html", "iframe", "legend", "li", "main", "menu", "nav", "ol", "optgroup", "option", "p", "pre",
    "section", "select", "summary", "table", "tbody", "td", "textarea", "tfoot", "th", "thead", "tr", "ul",
])  # fmt: skip
"""Elements that a browser sets on lines of their own."""

_CELLS = ("td", "th", "dd")

_INDENT = re.compile(r"(?<=[。；：！？.;:）)])[\u3000\xa0]{2,}")
"""Two ideographic spaces after a sentence's end stand for a new paragraph."""

_BLANKS = re.compile(r" {2,}")
"""Blanks that a browser shows as one."""

_GOES_ON = frozenset("，、《（“‘")
_BEGINS = re.compile(
    r"^(?:[\u3000\xa0 ]{2}|\s*(?:[（(]?[\d０-９一二三四五六七八九十]{1,3}[）)、.．]|第[一二三四五六七八九十百\d]+[条章节]))"
)


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """A piece of text, or a table.

    ``node`` is the innermost block element that holds it, ``linked`` how many of its visible characters are links, and
    ``hidden`` says that only a script shows it. The text of an empty table cell is empty. ``table`` is the table element
    where the block is a table of data; its text is then that of all cells. ``set_out`` is the text with the blanks that a
    browser shows, where several stand in a row.
    """

    text: str
    node: Node
    linked: int = 0
    hidden: bool = False
    table: Node | None = None
    set_out: str = ""

    @property
    def size(self) -> int:
        """How many visible characters it has."""
        return visible(self.text)


@dataclass
class Flow:
    """The blocks of a page, and for each block element where its own begin and end."""

    blocks: list[Block] = field(default_factory=list)
    ranges: dict[Node, tuple[int, int]] = field(default_factory=dict)


def visible(text: str) -> int:
    """How many characters of a text are no white space."""
    return len("".join(text.split()))


def read_flow(root: Node, tables: frozenset[Node]) -> Flow:
    """Reads the blocks below an element.

    :param tables: the tables of data, each of which makes one block.
    """
    return _Reader(root, tables).flow


class _Reader:
    """One walk over a tree, without recursion: pages nest as deep as they like."""

    def __init__(self, root: Node, tables: frozenset[Node]) -> None:
        self.flow = Flow()
        self._tables = tables
        self._pending: list[tuple[str, bool]] = []
        self._blocks: list[Node] = [root]
        self._starts: dict[Node, int] = {}
        self._hidden = self._links = self._kept = 0
        self._walk(root)

    def _walk(self, root: Node) -> None:
        self._open(root)
        stack: list[tuple[Node, Iterator[Node | str]]] = [(root, iter(root.content))]
        while stack:
            node, parts = stack[-1]
            part = next(parts, None)
            if part is None:
                stack.pop()
                self._close(node)
            elif isinstance(part, str):
                # Line ends of the markup are blanks, but for text set as it was typed.
                text = part if self._kept else re.sub(r"[\t\n\f\r]+", " ", part)
                self._pending.append((text, bool(self._links)))
            elif part in self._tables:
                self._add_table(part)
            elif not part.silent:
                self._open(part)
                stack.append((part, iter(part.content)))

    def _open(self, node: Node) -> None:
        if node.tag == "br":
            self._pending.append(("\n", False))
        if node.tag in BLOCKS:
            self._flush()
            self._blocks.append(node)
            self._starts[node] = len(self.flow.blocks)
        self._count(node, 1)

    def _close(self, node: Node) -> None:
        if node.tag in BLOCKS:
            self._flush()
            start = self._starts[node]
            if node.tag in _CELLS and start == len(self.flow.blocks):
                self.flow.blocks.append(Block("", node, hidden=bool(self._hidden)))
            self.flow.ranges[node] = (start, len(self.flow.blocks))
            self._blocks.pop()
        self._count(node, -1)

    def _count(self, node: Node, step: int) -> None:
        self._hidden += step * node.hidden
        self._links += step * (node.tag == "a" and "href" in node.attributes)
        self._kept += step * (node.tag in ("pre", "textarea"))

    def _add_table(self, table: Node) -> None:
        self._flush()
        hidden = bool(self._hidden or table.hidden)
        for part in outside_cells(table):
            self.flow.blocks.append(Block(" ".join(part.split()), table, hidden=hidden))
        cells = "".join(cell.text() for cell in cells_of(table))
        self.flow.blocks.append(Block(cells, table, hidden=hidden, table=table))

    def _flush(self) -> None:
        """Makes blocks of what has been read since the last block's end."""
        for pieces in _lines(self._pending):
            text = "".join(text for text, _ in pieces)
            linked = sum(visible(text) for text, link in pieces if link)
            for part in [text] if is_row(text) else _INDENT.split(text):
                plain = " ".join(part.split())
                if plain:
                    shown = part if self._kept else _BLANKS.sub(" ", part)
                    block = Block(
                        plain,
                        self._blocks[-1],
                        min(linked, visible(plain)),
                        bool(self._hidden),
                        set_out=shown.strip("\n"),
                    )
                    self.flow.blocks.append(block)
        self._pending.clear()


def _lines(pieces: Sequence[tuple[str, bool]]) -> Iterator[list[tuple[str, bool]]]:
    """Parts text at line ends, but for those within a sentence."""
    line: list[tuple[str, bool]] = []
    last = ""
    for text, link in pieces:
        for place, part in enumerate(text.split("\n")):
            if place and not (last in _GOES_ON and not _BEGINS.match(part)):
                yield line
                line, last = [], ""
            line.append((part, link))
            last = part.rstrip()[-1:] or last
    yield line


def rows_of(table: Node) -> list[Node]:
    """The rows of a table, those of tables within it left out."""
    rows: list[Node] = []
    for child in table.content:
        if isinstance(child, Node) and child.tag == "tr":
            rows.append(child)
        elif isinstance(child, Node) and child.tag in ("tbody", "thead", "tfoot"):
            rows += [row for row in child.content if isinstance(row, Node) and row.tag == "tr"]
    return rows


def cells_of(table: Node) -> list[Node]:
    """The cells of a table, row by row."""
    return [
        cell for row in rows_of(table) for cell in row.content if isinstance(cell, Node) and cell.tag in ("td", "th")
    ]


def outside_cells(table: Node) -> Iterator[str]:
    """The texts of a table that stand in no cell: its caption, and what was misplaced between the cells."""
    inside = set(cells_of(table))
    stack: list[Node | str] = list(reversed(table.content))
    while stack:
        part = stack.pop()
        if isinstance(part, str):
            if part.strip():
                yield part
        elif part.tag == "caption":
            if part.text().strip():
                yield part.text()
        elif part not in inside and not part.silent:
            stack.extend(reversed(part.content))
