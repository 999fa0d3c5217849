"""The outline cut into clauses and sentences, each with its id, citation and place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.citations import cite
from ingest.display import Display
from ingest.heads.parts import Part
from ingest.layer import Layer
from ingest.metadata import Front
from ingest.numbering import Marker
from ingest.paragraphs import Paragraph
from ingest.records import Clause, Sentence, Span, Table
from ingest.sections import Section
from ingest.tables import Row, RuledTable

_ENDS = "。！？；!?;"
_CLOSERS = "”’》）〉】』」)\"'"
_BRACKETS = {"（": "）", "(": ")", "《": "》", "〈": "〉", "〔": "〕", "[": "]"}
_LONG_BRACKET = 120
"""A bracket open for longer than this was never closed, and no longer keeps a sentence together."""

_ENDLESS = 6000
"""No sentence of a document is so long; what is, as a text without any stop, is cut all the same."""


@dataclass(frozen=True)
class Cutter:
    """What every clause of one document is cut from."""

    front: Front
    paragraphs: Sequence[Paragraph]
    layer: Layer
    display: Display
    source_text: str

    @property
    def key(self) -> str:
        """What the ids begin with."""
        return self.front.metadata.number or self.front.metadata.title

    def clause(self, part: Part, section: Section | None, tail: str, span: Span, tail_id: str = "") -> Clause:
        """One clause of running text."""
        path = section.path if section else []
        markers = [step.marker for step in path if step.marker]
        ids = [self.key, part.prefix, *(marker.label for marker in markers), tail_id]
        text = self.display.of(span)
        return Clause(
            clause_id="/".join(one for one in ids if one),
            kind="notice" if part.is_notice else "clause",
            heading_path=(part.title or self.front.metadata.title,) if part.is_notice else _headings(part, path),
            text=text,
            source_text=self.source_text[span.start : span.end],
            span=span,
            pages=self.layer.pages(span),
            citation=self.cite(part, markers, tail),
            sentences=tuple(self.sentences(text, self.display.span(span).start)),
        )

    def cite(self, part: Part, markers: Sequence[Marker], tail: str) -> str:
        """The citation of a place in a part."""
        metadata = self.front.metadata
        if part.is_annex:
            return cite(metadata.title, metadata.number, markers, tail, (part.prefix, part.title))
        return cite(part.title or metadata.title, metadata.number, markers, tail)

    def sentences(self, text: str, shown_start: int) -> Iterator[Sentence]:
        """The sentences of a clause's text, which begins at ``shown_start`` of the document's text."""
        for start, end in cut(text):
            span = self.display.source(Span(shown_start + start, shown_start + end))
            pages, boxes, doubtful = self.layer.pages(span), self.layer.boxes(span), self.layer.doubtful(span)
            yield Sentence(text[start:end], start, end, span, pages, boxes, doubtful)

    def row(self, table: RuledTable, row: Row, section: Section | None, part: Part) -> Clause:
        """One row of a table as "列名：值" pairs."""
        cells = tuple(zip(table.columns, row.values, strict=True))
        text = _row_text(cells, row.is_whole)
        base = self.clause(part, None, "", row.span)
        boxes, doubtful = self.layer.boxes(row.span), self.layer.doubtful(row.span)
        sentence = Sentence(text, 0, len(text), row.span, base.pages, boxes, doubtful)
        headings = _headings(part, section.path if section else [])
        return replace(
            base,
            clause_id=f"{self.key}/{table.path}/{row.label}",
            kind="row",
            heading_path=(*headings, table.caption or table.label, *((row.group,) if row.group else ())),
            text=text,
            citation=self.cite(part, (), f"{table.label}第{row.label}行"),
            sentences=(sentence,),
            cells=cells,
        )


def _row_text(cells: Sequence[tuple[str, str]], is_whole: bool) -> str:
    """A row as "列名：值" pairs; of two columns without names the first names the second; a cell across all has no name."""
    values = [value for _, value in cells if value]
    if is_whole:
        return "；".join(values)
    if len(cells) == len(values) == 2 and not any(column for column, _ in cells):
        return "：".join(values)
    return "；".join(f"{column}：{value}" if column else value for column, value in cells if value)


def _headings(part: Part, path: Sequence[Section]) -> tuple[str, ...]:
    """The headings above a clause and its own; those of a decision or an annex begin with its title."""
    own = (part.title or part.prefix,) if part.prefix and not part.is_notice else ()
    return (*own, *(step.heading for step in path if step.style != "paragraph"))


def cut(text: str) -> Iterator[tuple[int, int]]:
    """Where the sentences of a text begin and end: after 。！？； and closing marks, but not inside brackets.

    >>> list(cut("是。（甲；乙）“好。”丙"))
    [(0, 2), (2, 11), (11, 12)]
    """
    start, opened = 0, 0
    depth = 0
    outer: dict[str, int] = {}  # how deep the outermost open bracket of each kind lies
    place = 0
    while place < len(text):
        char = text[place]
        if char in _BRACKETS:
            opened = opened if depth else place
            outer.setdefault(_BRACKETS[char], depth)
            depth += 1
        elif char in outer:
            depth = outer[char]
            outer = {mark: deep for mark, deep in outer.items() if deep < depth}
        inside = depth > 0 and place - opened < _LONG_BRACKET
        if char == "\n" or (not inside and _ends(text, place)) or _is_endless(char, place - start):
            place += 1
            most = min(len(text), place + _ENDLESS)
            while place < most and text[place] in _CLOSERS + _ENDS:
                place += 1
            yield from _solid(text, start, place)
            start, depth, outer = place, 0, {}
        else:
            place += 1
    yield from _solid(text, start, len(text))


def _is_endless(char: str, length: int) -> bool:
    """Whether a sentence has gone on for so long that it is cut at the next comma, or anywhere."""
    return length >= _ENDLESS and (char in "，、,；" or length >= _ENDLESS + 2000)


def _ends(text: str, place: int) -> bool:
    if text[place] in _ENDS:
        return True
    after = text[place + 1] if place + 1 < len(text) else "\n"
    before = text[place - 1] if place else ""
    # A plain full stop ends a sentence only between Chinese characters: 1.5 and 1. are numbers.
    return text[place] == "." and before >= "\u4e00" and not before.isdigit() and not after.isascii()


def _solid(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The range less the white space at its ends, if anything is left."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end


def cut_section(cutter: Cutter, section: Section, part: Part) -> Iterator[Clause]:
    """The clauses of a section and of all below it."""
    if section.opening and not section.is_heading:
        spans = [cutter.paragraphs[place].span for place in section.opening]
        yield cutter.clause(part, section, "", Span(spans[0].start, spans[-1].end))
    for place, number in section.body.items():
        tail = f"第{number}{'款' if section.style == 'article' else '段'}"
        yield cutter.clause(part, section, tail, cutter.paragraphs[place].span, tail)
    for child in section.children:
        yield from cut_section(cutter, child, part)


def headings(section: Section) -> Iterator[int]:
    """Places of the paragraphs that are headings and no clause."""
    yield from section.titles
    if section.is_heading:
        yield from section.opening
    for child in section.children:
        yield from headings(child)


def as_table(cutter: Cutter, table: RuledTable) -> Table:
    """The table as a record of its own."""
    pages = sorted({page for span in table.spans for page in cutter.layer.pages(span)})
    rows = tuple(row.values for row in table.rows)
    return Table(f"{cutter.key}/{table.path}", table.caption, table.columns, rows, tuple(pages))
