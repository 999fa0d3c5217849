"""Markdown (MD) to one page without edges: headings, paragraphs and tables, the fields of its head as labels."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from ingest.errors import NoText
from ingest.pages import Footnote, Grid, Line, Page
from ingest.readers import html
from ingest.readers.markdown_blocks import Block, blocks_of, front_matter
from ingest.readers.notes import known_by, raised
from ingest.readers.spaces import split
from ingest.readers.text import decoded, grid_of, lines_of, parted
from ingest.readers.wrapping import title_goes_on
from ingest.standing import DAY_NAMES, NAMES

_LABELS = {
    "title": "title", "标题": "title", "date": "date", "成文日期": "date", "发布日期": "published", "发布时间": "published",
    "文号": "number", "发文字号": "number", "发文机关": "issuer", "issuer": "issuer", "发布机构": "publisher",
    "author": "publisher", "索引号": "index_number",
}  # fmt: skip
_FIELD = re.compile(r"\s*(?:[-*]\s+)?\*\*(?P<name>[^*:：]{1,12})[:：]?\*\*\s*[:：]?\s*(?P<value>.*)")
_UNFILLED = frozenset(["", "暂无", "无", "未知", "-", "—"])
_NUMBERED = re.compile(r"第\S{1,4}[编篇章节条]|[一二三四五六七八九十]+、|[（(]|\d")
_TABLE = ("<table", "</table>")
_NOTE_MARK = re.compile(r"\[\^([^\]]+)\]")
_BODY, _TITLE = 16.0, 22.0
"""Type sizes, so that the first heading stands out as a title does in print."""

_HEAD = 40
"""Blocks from the top among which a saved page's text gives its title again."""


@dataclass
class _Flow:
    """What the blocks have given so far, and how many visible characters a table in HTML has."""

    lines: list[Line] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    notes: list[Footnote] = field(default_factory=list)
    in_html: int = 0


def read(name: str, data: bytes) -> tuple[Page, ...]:
    """Reads a Markdown text as one page without edges.

    Fields of the front matter, and lines **名称**: 值 of its head and tail, are labels, which stand behind what the
    text itself says. Where such fields, or the title given again, show that a page was saved, its own headings above
    the text go to ``marks``.

    :param name: file name, for messages.
    :raises UnreadableFile: if its encoding cannot be told.
    :raises NoText: if there is nothing in it.
    """
    text, warnings = decoded(name, data)
    fields, body = front_matter(text.lstrip("\ufeff").replace("\r\n", "\n"))
    shown = "".join(part for part, is_comment in parted(body, "<!--", "-->") if not is_comment)
    blocks = [block for part, is_table in parted(shown, *_TABLE) for block in _blocks(part, is_table)]
    labelled = _labelled(blocks)
    fields += [field for place in sorted(labelled) if (field := _field(blocks[place]))]
    outside = labelled | _wrap(blocks, labelled)
    flow = _Flow()
    for place, block in enumerate(blocks):
        if place not in outside:
            _add(name, block, flow, float(place), len(body))
    if len(flow.lines) > 1 and title_goes_on(flow.lines[0].text, flow.lines[1].text):
        flow.lines[1] = replace(flow.lines[1], block=False)
    if not flow.lines and not flow.grids:
        raise NoText(name, "文件里没有文字", "请确认保存的是文件正文")
    known = [
        (_LABELS[key.lower()], value) for key, value in fields if key.lower() in _LABELS and value not in _UNFILLED
    ]
    known += [("force", f"{key}：{value}") for key, value in fields if key in (*NAMES, *DAY_NAMES)]
    page = Page(
        number=0, width=0.0, height=0.0, lines=tuple(_display(flow.lines, blocks)), grids=tuple(flow.grids),
        marks=tuple(blocks[place].text for place in sorted(outside) if blocks[place].text),
        characters=sum(map(_characters, blocks)) + flow.in_html, labels=tuple(known),
        footnotes=tuple(flow.notes), warnings=warnings,
    )  # fmt: skip
    return (page,)


def _blocks(part: str, is_table: bool) -> Iterable[Block]:
    """The blocks of a part of the text, which is a table in HTML or has none."""
    return [Block("html", source=part)] if is_table else blocks_of(lines_of(part))


def _field(block: Block) -> tuple[str, str] | None:
    found = _FIELD.fullmatch(block.source) if block.kind == "text" else None
    return (found["name"].strip(), found["value"].strip()) if found else None


def _labelled(blocks: Sequence[Block]) -> set[int]:
    """Places of the fields at the head, above any text, and at the tail, below a rule with nothing else."""
    places = set()
    for place, block in enumerate(blocks):
        if block.kind == "text" and not _field(block):
            break
        places |= {place} if _field(block) else set()
    rule = max((place for place, block in enumerate(blocks) if block.kind == "rule"), default=len(blocks))
    tail = range(rule + 1, len(blocks))
    return places | (set(tail) if all(_field(blocks[place]) for place in tail) else set())


def _wrap(blocks: Sequence[Block], labelled: set[int]) -> set[int]:
    """Places of headings that a saved page has above its text: the first if the text gives it again, else those below it."""
    first = next((place for place, block in enumerate(blocks) if block.kind == "text" and place not in labelled), 0)
    headings = [
        place for place in range(first) if blocks[place].kind == "heading" and not _NUMBERED.match(blocks[place].text)
    ]
    if not headings:
        return set()
    title = _plain(blocks[headings[0]].text)
    is_given_again = any(_plain(block.text) == title for block in blocks[headings[0] + 1 : _HEAD])
    if is_given_again:
        return set(headings)
    return set(headings[1:]) if labelled & set(range(first)) else set()


def _plain(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def _add(name: str, block: Block, flow: _Flow, place: float, total: int) -> None:
    if block.kind == "table":
        flow.grids.append(grid_of(block.rows, int(place)))
    elif block.kind == "note":
        flow.notes.append(Footnote(known_by(block.mark), block.text))
    elif block.kind == "html":
        _add_html(name, block.source, flow, place)
    elif block.text:
        parts = split(block.text, total) if block.starts else [block.text]
        flow.lines += [_line(part, place, block.starts) for part in parts]


def _line(text: str, place: float, block: bool) -> Line:
    marked = _NOTE_MARK.sub(lambda found: raised(found[1]), text)
    return Line(" ".join(marked.split()), page=0, top=place, bottom=place, size=_BODY, block=block)


def _add_html(name: str, source: str, flow: _Flow, place: float) -> None:
    """A table in HTML as the reader of web pages sees it."""
    for page in html.read(name, f"<html><body>{source}</body></html>".encode()):
        flow.grids += [replace(grid, top=place, bottom=place) for grid in page.grids]
        flow.lines += [replace(line, top=place, bottom=place, size=_BODY) for line in page.lines]
        flow.in_html += page.characters


def _display(lines: Sequence[Line], blocks: Sequence[Block]) -> list[Line]:
    """The lines, with the first heading in a title's type unless a number opens it."""
    heading = next((place for place, block in enumerate(blocks) if block.kind == "heading" and block.level == 1), None)
    return [
        replace(line, size=_TITLE) if line.top == heading and not _NUMBERED.match(line.text) else line for line in lines
    ]


def _characters(block: Block) -> int:
    """How many visible characters a block shows; a note shows its mark as well."""
    cells = "".join(cell for row in block.rows for cell in row)
    shown = _NOTE_MARK.sub(lambda found: raised(found[1]), block.text)
    return sum(not char.isspace() for char in shown + cells + (known_by(block.mark) if block.mark else ""))
