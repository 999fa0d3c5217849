"""Ruled tables to rows with column names; a table that a page break cuts is joined."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from ingest.numbering import marker
from ingest.paragraphs import Paragraph
from ingest.records import Span

_CAPTION_LENGTH = 50
_UNIT = re.compile(r"[（(]?(?:计量|金额)?单位\s*[:：]\s*\S{1,12}$")
_FORM = re.compile(
    r"(?:申请|申报|登记|审批|备案|报名|推荐|承诺|回执|报送|反馈|委托|审核|确认|征求意见|验收|核定)[\u4e00-\u9fff]{0,6}(?:表|书|单|函)(?:[（(][^（）()]*[）)])?$"
)
_BLANK = re.compile(r"[\s_＿.…□○\-—/]*|年\s*月\s*日")
_FIGURE = re.compile(r"[-−]?\d[\d,，.]+%?")
_EMPTY_SHARE, _FEW = 0.4, 4
"""A table with a greater share of blank cells than the one, and fewer figures than the other, is a form to fill in."""

_YEAR = re.compile(r"(?:19|20)\d\d")
_STATEMENT = re.compile(r"\d月|\d{5}|[，。；]")
"""Of two cells in a row the second is no name but what is to be said of the first: a date, a telephone, a sentence."""

_SERIALS = ("序号", "编号")
_ENDS_IN_NUMBER, _WHOLE_NUMBER = re.compile(r"(?:^|[^\d-])[\d-]{7,}$"), re.compile(r"[\d-]{7,}")
_STATES = re.compile(r"\d|[，。；]")

Cells = Sequence[Span | None]


@dataclass(frozen=True)
class Row:
    """One data row: its values by column, as shown, and its own part of the source text.

    ``is_whole`` says that it is one cell across the whole table, as a note (注：…) below the others. ``group`` is the name across the whole
    table that it stands below, empty where there is none.
    """

    label: str
    values: tuple[str, ...]
    span: Span
    is_whole: bool = False
    group: str = ""


@dataclass(frozen=True)
class RuledTable:
    """A whole table: ``label`` is 表1 or the number its caption gives, ``places`` its parts' and caption's places.

    A form to fill in (申请表, ``is_form``) has no rows, and no label. ``prefix`` is that of the part it stands in, as 附件1.
    """

    label: str
    caption: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    spans: tuple[Span, ...]
    places: tuple[int, ...]
    caption_places: tuple[int, ...]
    is_form: bool = False
    prefix: str = ""

    @property
    def path(self) -> str:
        """What its id has behind the document's key: 表1, 附件1/表1."""
        return f"{self.prefix}/{self.label}" if self.prefix else self.label


def assemble(paragraphs: Sequence[Paragraph], texts: Sequence[str], shown: Callable[[Span], str]) -> list[RuledTable]:
    """Joins the parts of tables over pages, names columns by the header, and drops a repeated header.

    No table has its label yet (:func:`ingest.table_labels.labelled`).

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
        tables.append(_Assembly([paragraphs[part] for part in parts], shown).table(texts, parts))
    return tables


def _goes_on(above: Paragraph, below: Paragraph) -> bool:
    return bool(below.cells) and below.page == above.page + 1 and len(below.cells[0]) == len(above.cells[0])


def to_fill_in(tables: Sequence[RuledTable]) -> list[int]:
    """Places of the tables that wait to be filled in."""
    return [place for table in tables if table.is_form for place in table.places]


def _captions(texts: Sequence[str], first: int) -> tuple[int, ...]:
    """Places of the lines above a table that name it: its title and, below that, its unit of measure."""
    unit = (first - 1,) if first and _UNIT.match(texts[first - 1]) else ()
    above = first - 1 - len(unit)
    named = above >= 0 and _is_caption(texts[above])
    return (above, *unit) if named else unit


def _is_caption(text: str) -> bool:
    return 0 < len(text) <= _CAPTION_LENGTH and marker(text) is None and not text.endswith(tuple("。；，、！？：.;,:"))


class _Assembly:
    """The parts of one table, page by page, while rows are made of them.

    :param parts: the table's paragraphs.
    :param shown: what the page shows for a span of source text.
    """

    def __init__(self, parts: Sequence[Paragraph], shown: Callable[[Span], str]) -> None:
        self._parts, self._shown = parts, shown
        cells = parts[0].cells
        self._title = _title_rows(cells)
        self._head = self._title + self._header_rows(cells[self._title :])
        self._header = [self._texts(row) for row in cells[: self._head]]

    def table(self, texts: Sequence[str], places: Sequence[int]) -> RuledTable:
        above = _captions(texts, places[0])
        own = next((row[0] for row in self._header[: self._title] if row[0]), "")
        caption = (
            texts[above[0]] if above and not _UNIT.match(texts[above[0]]) else own or (texts[above[0]] if above else "")
        )
        named = self._header[self._title :]
        width = len(self._parts[0].cells[0])
        columns = tuple("·".join(dict.fromkeys(row[x] for row in named if row[x])) for x in range(width))
        is_form = self._is_form(caption)
        rows = [] if is_form else self._rows("" if _UNIT.match(own) else own.removeprefix(caption))
        spans = tuple(part.span for part in self._parts)
        return RuledTable("", caption, columns, _labelled(rows, columns), spans, tuple(places), above, is_form)

    def _texts(self, cells: Cells) -> tuple[str, ...]:
        return tuple(self._shown(cell).strip() if cell is not None else "" for cell in cells)

    def _header_rows(self, cells: Sequence[Cells]) -> int:
        """One row, and as many more as a cell of the first row reaches down beside cells that do not; none of data."""
        if len(cells) < 2 or _is_data(self._texts(cells[0])):
            return 0
        height = 1
        while (
            height < len(cells) - 1
            and any(cell is not None and cell in cells[0] for cell in cells[height])
            and set(cells[height]) != set(cells[0])
        ):
            height += 1
        return height

    def _rows(self, group: str) -> list[Row]:
        rows: list[Row] = []
        for part in self._parts:
            begins = _begins(part.cells)
            is_first = part is self._parts[0]
            top = self._head if is_first else self._repeated(part.cells)
            for y, cells in enumerate(part.cells[top:], top):
                texts = self._texts(cells)
                own = sorted({cell for cell in cells if cell and begins[cell] == y}, key=lambda cell: cell.start)
                single = len(set(cells)) == 1
                if not own or not any(texts):
                    continue
                if single and not _STATES.search(texts[0]):
                    # A name across the whole table states no values; it heads the rows below it.
                    group = texts[0] if len(cells) > 1 else group
                    continue
                span = Span(own[0].start, own[-1].end)
                if not is_first and rows and y == top and self._continues(texts):
                    last = rows.pop()
                    whole = Span(last.span.start, span.end)
                    rows.append(replace(last, values=_appended(last.values, texts), span=whole))
                    continue
                values = _spread(cells, texts)
                if not is_first and rows:
                    values = _carried(part.cells[top], cells, values, rows[-1].values)
                rows.append(Row("", values, span, single and len(cells) > 1, group))
        return rows

    def _repeated(self, cells: Sequence[Cells]) -> int:
        """How many rows at the top of a further page are the table's head again, with its title or without."""
        for own in (self._header, self._header[self._title :]):
            if own and [self._texts(row) for row in cells[: len(own)]] == own:
                return len(own)
        return 0

    def _continues(self, texts: Sequence[str]) -> bool:
        """Whether the first row of a page goes on in the last of the page before: no first cell, and few others.

        Where rows are numbered, one without a number is none by itself, however many cells go on.
        """
        filled = sum(bool(text) for text in texts)
        is_numbered = bool(self._header) and self._header[-1][0] in _SERIALS
        return not texts[0] and filled > 0 and (is_numbered or filled * 2 <= len(texts))

    def _is_form(self, caption: str) -> bool:
        """Whether it is a form to fill in: so it is named, or much of it is blank."""
        if _FORM.search(re.sub(r"\s", "", caption)):
            return True
        cells = [self._texts([cell])[0] for part in self._parts for row in part.cells for cell in dict.fromkeys(row)]
        blank = sum(1 for text in cells if _BLANK.fullmatch(text))
        figures = sum(1 for text in cells if _FIGURE.fullmatch(text))
        return len(cells) > _FEW and blank > _EMPTY_SHARE * len(cells) and figures < _FEW


def _title_rows(cells: Sequence[Cells]) -> int:
    """How many rows at the top are one cell across the whole table: its title, its unit of measure."""
    count = 0
    while count < len(cells) - 2 and len(cells[count]) > 1 and len(set(cells[count])) == 1:
        count += 1
    return count


def _is_data(texts: Sequence[str]) -> bool:
    """Whether a first row already states values.

    It begins with the serial number one, most of it is figures, or it is a name with a statement beside it (申请时间 and
    when), as all rows of such a table are.
    """
    figures = sum(bool(_FIGURE.fullmatch(text)) and not _YEAR.fullmatch(text) for text in texts[1:])
    stated = len(texts) == 2 and bool(_STATEMENT.search(texts[1]))
    return len(texts) > 1 and (texts[0] in ("1", "1.", "一", "一、") or 2 * figures >= len(texts) or stated)


def _begins(cells: Sequence[Cells]) -> dict[Span, int]:
    """The row in which each cell begins; a merged cell reaches down from there."""
    begins: dict[Span, int] = {}
    for y, row in enumerate(cells):
        for cell in row:
            if cell is not None:
                begins.setdefault(cell, y)
    return begins


def _spread(cells: Cells, texts: Sequence[str]) -> tuple[str, ...]:
    """The values of a row; a cell that reaches over several columns states its value once, in the first."""
    return tuple(
        "" if x and cells[x] is not None and cells[x] == cells[x - 1] else text for x, text in enumerate(texts)
    )


def _appended(values: Sequence[str], more: Sequence[str]) -> tuple[str, ...]:
    """Cells with what goes on of them on the next page; two whole numbers (telephones) stay two."""
    return tuple(
        f"{value}\n{other}" if _ENDS_IN_NUMBER.search(value) and _WHOLE_NUMBER.match(other) else value + other
        for value, other in zip(values, more, strict=True)
    )


def _carried(top: Cells, cells: Cells, values: Sequence[str], above: Sequence[str]) -> tuple[str, ...]:
    """The values with those filled in that a merged cell carries on from the page before: empty from the page's top."""
    return tuple(
        before if not value and cells[x] is not None and cells[x] == top[x] else value
        for x, (value, before) in enumerate(zip(values, above, strict=True))
    )


def _labelled(rows: Sequence[Row], columns: Sequence[str]) -> tuple[Row, ...]:
    """Names each row by its own serial number (序号) if the table numbers its rows, else by its place."""
    serials = [row.values[0] for row in rows]
    numbered = bool(rows) and (columns[0] in _SERIALS or serials == [str(n) for n in range(1, len(rows) + 1)])
    usable = numbered and all(serial.isdecimal() for serial in serials) and len(set(serials)) == len(serials)
    return tuple(replace(row, label=row.values[0] if usable else str(place)) for place, row in enumerate(rows, 1))
