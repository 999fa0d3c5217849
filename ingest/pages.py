"""What readers make of a file: pages with their lines, tables, footnotes, and what is no text of the document."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.records import Box


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line, or one block of a web page.

    ``edges`` holds (left, right) in points for each character, and is empty for a web page, where
    ``page`` is 0. ``block`` is True where the source itself says that a paragraph begins here. ``raised`` are the places
    of raised digits (上标). ``confidence`` is that of its reading, 1 for text that the source itself gives, and 0 where
    the source gives no character for a glyph.
    """

    text: str
    page: int
    top: float = 0.0
    bottom: float = 0.0
    size: float = 0.0
    edges: tuple[tuple[float, float], ...] = ()
    block: bool = False
    raised: tuple[int, ...] = ()
    confidence: float = 1.0

    @property
    def x0(self) -> float:
        """Left edge, 0 for a web page."""
        return self.edges[0][0] if self.edges else 0.0

    @property
    def x1(self) -> float:
        """Right edge, 0 for a web page."""
        return self.edges[-1][1] if self.edges else 0.0


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a ruled table with its lines; a merged cell stands in every place it covers."""

    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """One ruled table as it lies on one page: rows of cells, None where nothing is drawn."""

    rows: tuple[tuple[Cell | None, ...], ...]
    page: int
    top: float = 0.0
    bottom: float = 0.0


@dataclass(frozen=True, slots=True)
class Footnote:
    """脚注 or 尾注: ``mark`` is what the text bears where the note belongs, ``text`` the note without its mark."""

    mark: str
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its lines outside tables, its tables, its frames (框), and what is no text of the document.

    ``marks`` are strings that do not belong to the document: overprinted doubles, watermarks, and on a web page
    what surrounds the article. ``aside`` are words set aside as they were drawn (a slanted watermark), whose characters are among
    the marks one by one. ``characters`` is how many visible characters the source itself has on this
    page, counted apart from how they were grouped. ``labels`` are (name, value) pairs of a web page's metadata
    block, and ``label_characters`` how many visible characters stand in it. ``title`` is the article's own.
    ``attachments`` are (name, address) of the files that it links to; ``footnotes`` stand in no line; ``warnings`` say, in
    Chinese, what the reader doubts or could not take in.

    ``regions`` are the blocks of a page that is set in columns (分栏), in reading order, else empty. ``turn`` is by how
    many degrees clockwise the page had to be turned for its lines to run left to right; all places, ``width`` and
    ``height`` are those of the turned page.
    """

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]
    grids: tuple[Grid, ...] = ()
    frames: tuple[Box, ...] = ()
    marks: tuple[str, ...] = ()
    characters: int = 0
    labels: tuple[tuple[str, str], ...] = ()
    label_characters: int = 0
    title: str | None = None
    attachments: tuple[tuple[str, str], ...] = ()
    warnings: tuple[str, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    regions: tuple[Box, ...] = ()
    turn: int = 0
    aside: tuple[str, ...] = ()
