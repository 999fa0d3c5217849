"""Plain text (TXT) to one page without edges: its paragraphs, and runs of lines parted by tabs as tables."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.errors import NoText, UnreadableFile
from ingest.pages import Cell, Grid, Line, Page
from ingest.readers.encoding import decode
from ingest.readers.spaced import Spaced, spaced
from ingest.readers.spaces import split
from ingest.readers.stacked import stacked
from ingest.readers.tabbed import tabbed
from ingest.readers.wrapping import begins, title_goes_on

_BREAK = re.compile(r"\r\n?|[\n\x0b\x0c\x85\u2028\u2029]")
_CODED = re.compile(r"<U\+([0-9A-CEF][0-9A-F]{3}|[12][0-9A-F]{4})>")
LARGEST = 8 * 1024 * 1024
"""Bytes of a text, at most; the longest plan has a tenth."""


def read(name: str, data: bytes) -> tuple[Page, ...]:
    """Reads a plain text as one page without edges.

    :param name: file name, for messages.
    :raises UnreadableFile: if its encoding cannot be told.
    :raises NoText: if there is nothing in it.
    """
    text, warnings = decoded(name, data)
    stretches = parted(text, "<!--", "-->")
    aside = tuple(stretch for stretch, is_comment in stretches if is_comment)
    lines = lines_of("\n".join(stretch for stretch, is_comment in stretches if not is_comment))
    tables = tables_among(lines)
    held = {place for table in tables for place in range(table.start, table.end)}
    starts = begins(lines)
    out: list[Line] = []
    for place, line in enumerate(lines):
        if place not in held and line.strip():
            parts = split(line, len(text)) if starts[place] else [line]
            out += [_line(part, place, block=starts[place]) for part in parts]
    if len(out) > 1 and title_goes_on(out[0].text, out[1].text):
        out[1] = replace(out[1], block=False)
    grids = tuple(grid_of(table.rows, table.start) for table in tables)
    if not out and not grids:
        raise NoText(name, "文件里没有文字", "请确认保存的是文件正文")
    page = Page(
        number=0, width=0.0, height=0.0, lines=tuple(out), grids=grids, marks=aside,
        characters=len("".join(uncoded(text).split())), warnings=warnings,
    )  # fmt: skip
    return (page,)


def decoded(name: str, data: bytes) -> tuple[str, tuple[str, ...]]:
    """The characters of a plain text, and a warning where single bytes of it are damaged.

    :raises UnreadableFile: if it is too large, or no encoding makes a sound text of it.
    """
    if len(data) > LARGEST:
        raise UnreadableFile(name, f"文件有 {len(data) >> 20} MB，超过文本的上限 {LARGEST >> 20} MB", "请拆分后再读")
    found = decode(name, data)
    damage = f"有 {found.damaged} 处字节已损坏，无法认出文字，以“\ufffd”代替"
    return found.text.replace("\x00", ""), (damage,) if found.damaged else ()


def parted(text: str, begin: str, end: str) -> list[tuple[str, bool]]:
    """A text in parts, each with whether it stands between a begin and an end mark, which it holds; case does not count.

    >>> parted("甲<!--x-->乙<!--丙", "<!--", "-->")
    [('甲', False), ('<!--x-->', True), ('乙<!--丙', False)]
    """
    lower, parts, done = text.lower(), [], 0
    start = lower.find(begin)
    while start >= 0 and (close := lower.find(end, start)) >= 0:
        parts += [(text[done:start], False), (text[start : close + len(end)], True)]
        done = close + len(end)
        start = lower.find(begin, done)
    return [(part, is_between) for part, is_between in (*parts, (text[done:], False)) if part]


def lines_of(text: str) -> list[str]:
    """The lines of a text, however they are ended."""
    return _BREAK.split(uncoded(text))


def uncoded(text: str) -> str:
    r"""Text with characters that R writes by their code where the system's encoding lacks them.

    >>> uncoded("国务院<U+3000>总理")
    '国务院\u3000总理'
    """
    return _CODED.sub(lambda found: chr(int(found[1], 16)), text)


def _line(text: str, place: int, block: bool) -> Line:
    return Line(" ".join(text.split()), page=0, top=float(place), bottom=float(place), block=block)


def tables_among(lines: Sequence[str]) -> list[Spaced]:
    """The tables that tabs, or else lines of one cell each, or wide blanks, set out among some lines, in their order."""
    by_tabs = tabbed(lines)
    held = {place for table in by_tabs for place in range(table.start, table.end)}
    by_lines = stacked(["" if place in held else line for place, line in enumerate(lines)])
    held |= {place for table in by_lines for place in range(table.start, table.end)}
    by_blanks = spaced(["" if place in held or "\t" in line.strip() else line for place, line in enumerate(lines)])
    return sorted([*by_tabs, *by_lines, *by_blanks], key=lambda table: table.start)


def grid_of(rows: Sequence[Sequence[str]], top: int) -> Grid:
    """A table of the texts of its cells; a row that is too short is filled with empty cells."""
    width = max(map(len, rows))
    cells = [
        [Cell(tuple(_line(line, top, block=True) for line in text.split("\n") if line.strip())) for text in row]
        for row in rows
    ]
    return Grid(tuple(tuple([*row, *(Cell(()) for _ in range(width - len(row)))]) for row in cells), 0, float(top), float(top))  # fmt: skip
