"""PDF to pages: characters to lines, ruled tables, and frames. The only file that imports pdfplumber."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from ingest.errors import IngestError, NoText, UnreadableFile
from ingest.records import Box, Cell, Grid, Line, Page

Char = dict[str, Any]

_SAME_LINE = 0.5
"""Characters whose centres lie closer than this share of the type size stand on one line."""

_DOUBLE = 0.4
"""The same character again, less than this share of itself away, is drawn double."""

_FRAME_WIDTH = 0.5
"""A single ruled cell at least this share of the page wide is a frame round text, not a table."""


def read(name: str, data: bytes) -> tuple[Page, ...]:
    """Reads every page of a PDF.

    :param name: file name, for messages.
    :raises UnreadableFile: if the file is damaged, encrypted or has no pages.
    :raises NoText: if no page has a text layer.
    """
    import pdfplumber

    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            pages = tuple(_page(name, page) for page in pdf.pages)
    except IngestError:
        raise
    except Exception as error:  # pdfminer raises whatever the damaged bytes provoke
        raise _fault(name, error) from error
    if not pages:
        raise UnreadableFile(name, "PDF 中没有页面", "文件可能已损坏，请重新下载或重新导出")
    if not any(page.lines or page.grids for page in pages):
        raise NoText(name, f"{len(pages)} 页都没有文字层，像是扫描图片", "请先做文字识别（OCR）或换用带文字的版本")
    return pages


def _fault(name: str, error: Exception, page: int | None = None) -> UnreadableFile:
    causes = {type(cause).__name__ for cause in (error, *error.args) if isinstance(cause, BaseException)}
    if "PDFPasswordIncorrect" in causes:
        return UnreadableFile(name, "PDF 已加密，需要口令", "请用口令打开后另存为不加密的 PDF", page)
    return UnreadableFile(name, "PDF 已损坏，无法解析", "请重新下载，或用原软件重新导出 PDF", page)


def _page(name: str, page: Any) -> Page:
    try:
        raw: list[Char] = page.chars
        clean = _once(raw)
        ruled = page.debug_tablefinder()
    except Exception as error:  # as above: one page may be damaged alone
        raise _fault(name, error, page.page_number) from error
    shown = [char for char in clean if char["upright"] and _on_page(char, page)]
    grids, inside = [], set()
    for table in ruled.tables:
        rows = _rows(table, shown)
        if len(rows) > 1 and len(rows[0]) > 1:
            grids.append(Grid(rows, page.page_number, round(table.bbox[1], 2), round(table.bbox[3], 2)))
            inside |= {id(char) for char in shown if _in_table(char, table.bbox)}
    in_tables = {cell for table in ruled.tables for cell in table.cells}
    frames = [
        Box(page.page_number, *(round(edge, 2) for edge in cell))
        for cell in ruled.cells
        if cell not in in_tables and cell[2] - cell[0] > _FRAME_WIDTH * page.width
    ]
    return Page(
        number=page.page_number,
        width=float(page.width),
        height=float(page.height),
        lines=tuple(_lines([char for char in shown if id(char) not in inside], page.page_number)),
        grids=tuple(grids),
        frames=tuple(frames),
        marks=_marks(raw, shown),
        characters=sum(not letter.isspace() for char in raw for letter in char["text"]),
    )


def _once(chars: Sequence[Char]) -> list[Char]:
    """Drops characters drawn again over themselves, which is how some programs make bold type."""
    kept: dict[tuple[str, float], list[Char]] = {}
    clean = []
    for char in chars:
        twins = kept.setdefault((char["text"], round(char["size"], 1)), [])
        if char["text"].isspace() or not any(_over(char, twin) for twin in twins):
            twins.append(char)
            clean.append(char)
    return clean


def _over(char: Char, twin: Char) -> bool:
    near = _DOUBLE * (char["x1"] - char["x0"])
    return bool(abs(char["x0"] - twin["x0"]) < near and abs(char["top"] - twin["top"]) < _DOUBLE * char["size"])


def _marks(raw: Sequence[Char], shown: Sequence[Char]) -> tuple[str, ...]:
    """Characters of the layer that are no text of the page: doubles, watermarks, what lies off the page."""
    surplus = Counter(char["text"] for char in raw)
    surplus.subtract(char["text"] for char in shown)
    return tuple(text * count for text, count in sorted(surplus.items()) if count > 0 and not text.isspace())


def _on_page(char: Char, page: Any) -> bool:
    x, y = _centre(char)
    x0, top, x1, bottom = page.bbox
    return bool(x0 <= x <= x1 and top <= y <= bottom)


def _centre(char: Char) -> tuple[float, float]:
    return (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2


def _in_table(char: Char, bbox: Sequence[float]) -> bool:
    """Whether a character is a table's; a cell's last one may hang over the table's side by its own width."""
    x, y = _centre(char)
    return bool(bbox[0] - char["size"] < x < bbox[2] + char["size"] and bbox[1] <= y < bbox[3])


def _rows(table: Any, chars: Sequence[Char]) -> tuple[tuple[Cell | None, ...], ...]:
    """The cells of a table by row and column; a merged cell is repeated wherever it covers."""
    x0, _, x1, _ = table.bbox
    columns = sorted({cell[0] for cell in table.cells})
    tops = sorted({cell[1] for cell in table.cells})
    held: dict[Any, list[Char]] = {bbox: [] for bbox in table.cells}
    for char in chars:
        if not _in_table(char, table.bbox):
            continue
        bbox = _covering(table.cells, min(max(_hold(char), x0), x1 - 0.01), _centre(char)[1])
        if bbox is not None:
            held[bbox].append(char)
    cells = {bbox: Cell(tuple(_lines(held[bbox], table.page.page_number))) for bbox in table.cells}
    places = ((_covering(table.cells, x, top) for x in columns) for top in tops)
    return tuple(tuple(cells[bbox] if bbox is not None else None for bbox in row) for row in places)


def _hold(char: Char) -> float:
    """Where a character belongs, left to right: a bracket that hangs over a rule goes with what it encloses."""
    if char["text"] in ")）》〉”":
        return float(char["x0"])
    return float(char["x1"]) if char["text"] in "(（《〈“" else _centre(char)[0]


def _covering(cells: Sequence[Any], x: float, y: float) -> Any:
    """The cell that covers a point, its left and top edges included."""
    return next((box for box in cells if box[0] <= x < box[2] and box[1] <= y < box[3]), None)


def _lines(chars: Sequence[Char], page: int) -> Iterator[Line]:
    """Groups characters into lines, top to bottom, each left to right."""
    groups: list[list[Char]] = []
    for char in sorted(chars, key=lambda char: _centre(char)[1]):
        if groups and _centre(char)[1] - _centre(groups[-1][0])[1] < _SAME_LINE * char["size"]:
            groups[-1].append(char)
        else:
            groups.append([char])
    for group in groups:
        line = _line(sorted(group, key=lambda char: char["x0"]), page)
        if line is not None:
            yield line


def _line(chars: list[Char], page: int) -> Line | None:
    while chars and chars[0]["text"].isspace():
        chars.pop(0)
    while chars and chars[-1]["text"].isspace():
        chars.pop()
    if not chars:
        return None
    text, edges = "", []
    for previous, char in zip([None, *chars], chars, strict=False):
        if previous and _words_apart(previous, char):
            text += " "
            edges.append((round(previous["x1"], 2), round(char["x0"], 2)))
        # A ligature is one glyph of several letters: each letter gets the whole glyph's edges.
        text += char["text"]
        edges += [(round(char["x0"], 2), round(char["x1"], 2))] * len(char["text"])
    sizes = Counter(round(char["size"], 1) for char in chars)
    return Line(
        text=text,
        page=page,
        top=round(min(char["top"] for char in chars), 2),
        bottom=round(max(char["bottom"] for char in chars), 2),
        size=max(sizes, key=lambda size: (sizes[size], size)),
        edges=tuple(edges),
    )


def _words_apart(left: Char, right: Char) -> bool:
    """Whether a gap separates two Latin words that the layer itself does not separate."""
    gap = right["x0"] - left["x1"]
    return bool(
        left["text"].isascii()
        and right["text"].isascii()
        and left["text"].isalpha()
        and right["text"].isalpha()
        and gap > 0.25 * left["size"]
    )
