"""The blocks of a Markdown text: headings, paragraphs, list items, pipe tables, code; and its front matter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.readers.markdown_inline import plain
from ingest.readers.wrapping import begins

_FENCE = re.compile(r"\s{0,3}(```+|~~~+)")
_RULE = re.compile(r"\s{0,3}([-*_])(?:\s*\1){2,}\s*")
_HEADING = re.compile(r"\s{0,3}(#{1,6})(?!#)(.*)")
_UNDERLINE = re.compile(r"\s{0,3}=+\s*")
_ITEM = re.compile(r"\s*(?:>\s?)*\s*(?:[-*+]\s+(?:\[[ xX]\]\s+)?)?(.*)")
_DASHES = re.compile(r":?-+:?")
_REFERENCE = re.compile(r"\s{0,3}\[(?!\^)[^\]]+\]:\s*\S+")
_NOTE = re.compile(r"\s{0,3}\[\^(?P<mark>[^\]]+)\]:\s*(?P<text>.*)")
_FRONT = re.compile(r"---[ \t]*\n(?P<fields>(?:(?!---)[^\n]*\n){1,60}?)(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_FIELD = re.compile(r"(?P<name>[^\s:：#-][^:：]{0,30})[:：]\s*(?P<value>.*)")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Block:
    """One block: ``kind`` is heading, text, rule, table or note; ``level`` of a heading from 1.

    ``starts`` is False for a line that runs on from the one before; ``rows`` are the cells of a table, ``mark`` is a
    note's; ``source`` is the line as it stands.
    """

    kind: str
    text: str = ""
    level: int = 0
    starts: bool = True
    rows: tuple[tuple[str, ...], ...] = ()
    mark: str = ""
    source: str = ""


def front_matter(text: str) -> tuple[list[tuple[str, str]], str]:
    """The fields of a block of YAML that the text opens with, as written, and the rest of the text."""
    found = _FRONT.match(text)
    if not found:
        return [], text
    fields = [_FIELD.fullmatch(line.strip()) for line in found["fields"].splitlines()]
    return [(one["name"].strip(), one["value"].strip().strip("\"'")) for one in fields if one], text[found.end() :]


def blocks_of(lines: Sequence[str]) -> Iterator[Block]:
    """The blocks of a text, marks of Markdown taken off."""
    starts = begins(lines)
    place = 0
    while place < len(lines):
        line = lines[place]
        fence = _FENCE.match(line)
        if fence:
            end = next(
                (row for row in range(place + 1, len(lines)) if lines[row].strip().startswith(fence[1])), len(lines)
            )
            yield from (Block("text", code, source=code) for code in lines[place + 1 : end])
            place = end + 1
        elif _is_table(lines, place):
            end = place + 2
            while end < len(lines) and "|" in lines[end] and lines[end].strip():
                end += 1
            yield Block("table", rows=tuple(_cells(row) for row in (line, *lines[place + 2 : end])))
            place = end
        elif place + 1 < len(lines) and line.strip() and _UNDERLINE.fullmatch(lines[place + 1]):
            yield Block("heading", plain(line.strip()), 1, source=line)
            place += 2
        else:
            yield from _line(line, starts[place])
            place += 1


def _line(line: str, starts: bool) -> Iterator[Block]:
    heading, note = _HEADING.fullmatch(line), _NOTE.fullmatch(line)
    if not line.strip() or _REFERENCE.match(line):
        return
    if _RULE.fullmatch(line):
        yield Block("rule")
    elif heading:
        yield Block("heading", plain(_unclosed(heading[2].strip())), len(heading[1]), source=line)
    elif note:
        yield Block("note", plain(note["text"]), mark=note["mark"])
    else:
        item = _ITEM.fullmatch(line)
        for place, part in enumerate(_BREAK.split(item[1] if item else line)):
            text = plain(part.rstrip("\\").strip())
            if text:
                yield Block("text", text, starts=starts or place > 0, source=line)


def _unclosed(heading: str) -> str:
    """A heading without the number signs that may close it, behind a space."""
    bare = heading.rstrip("#")
    return bare.rstrip() if not bare or bare[-1].isspace() else heading


def _is_table(lines: Sequence[str], place: int) -> bool:
    """Whether a header row and a row of dashes of as many cells begin here."""
    if place + 1 >= len(lines) or "|" not in lines[place] or "-" not in lines[place + 1]:
        return False
    dashes = _cells(lines[place + 1])
    return all(_DASHES.fullmatch(cell) for cell in dashes) and len(_cells(lines[place])) == len(dashes)


def _cells(row: str) -> tuple[str, ...]:
    inner = row.strip()
    inner = inner[1:] if inner.startswith("|") else inner
    inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner
    parts = re.split(r"(?<!\\)\|", inner)
    return tuple("\n".join(plain(part.replace("\\|", "|").strip()) for part in _BREAK.split(cell)) for cell in parts)
