"""Plain text (TXT) to one page without edges: its paragraphs, and runs of lines parted by tabs as tables."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.errors import NoText, UnreadableFile
from ingest.pages import Cell, Grid, Line, Page
from ingest.readers.encoding import decode
from ingest.readers.spaces import split
from ingest.readers.wrapping import begins, title_goes_on

_BREAK = re.compile(r"\r\n?|[\n\x0b\x0c\x85\u2028\u2029]")
_CODED = re.compile(r"<U\+([0-9A-CEF][0-9A-F]{3}|[12][0-9A-F]{4})>")
LARGEST = 8 * 1024 * 1024
"""Bytes of a text, at most; the longest plan has a tenth."""

_ROWS = 3
"""Lines of one number of tabs that make a table, at least: fewer may be set out by tabs for looks."""


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
    tables = _tables(lines)
    held = {place for start, end in tables for place in range(start, end)}
    starts = begins(lines)
    out: list[Line] = []
    for place, line in enumerate(lines):
        if place not in held and line.strip():
            parts = split(line, len(text)) if starts[place] else [line]
            out += [_line(part, place, block=starts[place]) for part in parts]
    if len(out) > 1 and title_goes_on(out[0].text, out[1].text):
        out[1] = replace(out[1], block=False)
    grids = tuple(_grid(lines[start:end], start) for start, end in tables)
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


def _tables(lines: Sequence[str]) -> list[tuple[int, int]]:
    """Start and end of each run of lines that have the same number of tabs, most of them between words."""
    tabs = [line.count("\t") for line in lines]
    found, place = [], 0
    while place < len(lines):
        end = place + 1
        while end < len(lines) and tabs[end] == tabs[place]:
            end += 1
        filled = sum(bool(cell.strip()) for line in lines[place:end] for cell in line.split("\t"))
        if tabs[place] and end - place >= _ROWS and 2 * filled >= 3 * (end - place):
            found.append((place, end))
        place = end
    return found


def _grid(rows: Sequence[str], top: int) -> Grid:
    return grid_of([row.split("\t") for row in rows], top)


def grid_of(rows: Sequence[Sequence[str]], top: int) -> Grid:
    """A table of the texts of its cells; a row that is too short is filled with empty cells."""
    width = max(map(len, rows))
    cells = [[Cell((_line(text, top, block=True),) if text.strip() else ()) for text in row] for row in rows]
    return Grid(tuple(tuple([*row, *(Cell(()) for _ in range(width - len(row)))]) for row in cells), 0, float(top), float(top))  # fmt: skip
