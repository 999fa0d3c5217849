"""Paragraphs of a draft, lines that were only wrapped joined, in the form in which references are read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.references.spelling import CHINESE, Spelling, spelling

_SHORT = 15
_ENDED = tuple("。！？；：!?;:")
_CLOSING = '”’」』"）)'
_BEGINS = re.compile(
    rf"\s|$|{CHINESE}[、是]|[（(](?:{CHINESE}|\d)|第{CHINESE}[章节条部编篇]|\d+[.、．]|附[件录：:]|[-*#|]"
)

_NAMED = re.compile(r"[^《\s][^《]*+(?:《[^《》]+》[^《》（]*)*《[^《》]+》(?:（[^（）]*）)?\s*$")
"""The end of a line that names a document, whose ordinals may stand in the next."""

_AT_END = re.compile(r"》(?:[（(][^（()）]*[）)])*[：:]?$")
_CITED = re.compile(
    rf"第(?:{CHINESE}|\d{{1,4}})(?:部分|[编篇章节条款项点])[第（()）\d一二三四五六七八九十条款项点目部分]{{0,30}}"
    r"(?:中|还|也|明确)?(?:的?规定|要求|提出|明确|指出)?[：:，,]?[“「\"]"
)
_OPENING = tuple('“「『"＂')
_LONGEST = 120
"""Characters of a line that are looked at for what it cites."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph from ``start`` to ``end`` of the draft, and its spelling."""

    start: int
    end: int
    line: Spelling

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Give the place in the draft of a stretch of the spelling."""
        offsets = self.line.offsets
        return self.start + offsets[start], self.start + offsets[end - 1] + 1


def blocks_of(text: str) -> Iterator[Block]:
    """Part a draft in its paragraphs.

    :param text: a draft. A line goes on in the next where it is long and no sentence ends with it, and the next neither is
        indented nor begins with a number of its own.
    :return: paragraphs with words in them, in order.
    """
    start = at = 0
    lines = text.splitlines(keepends=True)
    follows = _following(lines)
    for number, line in enumerate(lines):
        at += len(line)
        after = lines[number + 1] if number + 1 < len(lines) else ""
        is_open = len(line.rstrip()) >= _SHORT and not _is_ended(line) and not _BEGINS.match(after)
        goes_on = is_open or (after.startswith("第") and bool(_NAMED.match(line)))
        if not goes_on and not _introduces(text[max(start, at - _LONGEST) : at], follows[number]):
            if text[start:at].strip():
                yield Block(start, at, spelling(text[start:at]))
            start = at


def _following(lines: Sequence[str]) -> list[str]:
    """Give for each line the next one that has words."""
    found: list[str] = []
    last = ""
    for line in reversed(lines):
        found.append(last)
        last = line.strip()[:_LONGEST] or last
    return found[::-1]


def _introduces(line: str, after: str) -> bool:
    """Tell whether a line cites what the next one quotes: 《…》第三条规定：, or names the document of its ordinals."""
    ending = line.rstrip()
    is_quoting = ending.endswith(("：", ":", "，", ",")) and after.startswith(_OPENING)
    return is_quoting or (bool(_AT_END.search(ending)) and bool(_CITED.match(after)))


def _is_ended(line: str) -> bool:
    return line.rstrip().rstrip(_CLOSING).endswith(_ENDED)
