"""Lines of a plain text to paragraphs: lines that a program broke at one width are told from lines that a writer ended."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_ENDS = tuple("。！？；：!?;:")
_CLOSERS = "”’」』）)》〉】\"'"
_NUMBERED = re.compile(
    r"第[一二三四五六七八九十百零〇\d]+[编篇章节条]|[一二三四五六七八九十]+[、．.]|[（(][一二三四五六七八九十\d]+[）)]|\d+[、．]|附件|[#>*+-]\s"
)
_UNFINISHED = re.compile(r"(?:关于|印发|转发|发布|公布|修改|废止|[的和与及暨、])$")
_NARROWEST, _WIDEST = 30, 160
"""Width of wrapped lines in columns, two a Chinese character."""

_FULL = 4
"""A line that lacks no more columns than this is full: punctuation may not begin the next."""

_MOST = 0.8
"""Share of the lines that break inside a sentence, at least, that are full where lines are wrapped."""


def begins(lines: Sequence[str]) -> list[bool]:
    """Says of each line whether a paragraph begins with it.

    :param lines: the lines of a text as they stand, blank ones among them.
    :return: True for a line that begins a paragraph, and for every line where lines are not wrapped.
    """
    width = wrapped_at(lines)
    if width is None:
        return [True] * len(lines)
    return [True, *(_begins(above, line, width) for above, line in zip(lines, lines[1:], strict=False))]


def title_goes_on(first: str, second: str) -> bool:
    """Whether a text's first line is the upper part of a title: it ends in a word that no title ends in.

    >>> title_goes_on("国务院关于印发", "“十四五”数字经济发展规划的通知")
    True
    """
    return bool(_UNFINISHED.search(first.strip())) and len(first) + len(second) < 120 and not _ends(second)


def wrapped_at(lines: Sequence[str]) -> int | None:
    """The width at which a program broke the lines of a text, or None where a writer ended them.

    Lines are wrapped where many break inside a sentence and hardly any of those is short: a writer's own breaks inside
    a sentence, in heads and lists, are of any length.
    """
    widths = [columns(line) for line in lines if line.strip()]
    open_ended = [
        columns(line)
        for line, below in zip(lines, lines[1:], strict=False)
        if line.strip() and below.strip() and not _ends(line) and not _indented(below) and not _NUMBERED.match(below)
    ]
    if len(open_ended) < 3:
        return None
    widest = sorted(widths)[-max(1, len(widths) // 50)]
    full = sum(width >= widest - _FULL for width in open_ended)
    return widest if _NARROWEST <= widest <= _WIDEST and full >= _MOST * len(open_ended) else None


def columns(text: str) -> int:
    """How many columns a text takes, two for a full-width character."""
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text.rstrip())


def _begins(above: str, line: str, width: int) -> bool:
    if not above.strip() or not line.strip() or _indented(line) or columns(above) < width - _FULL:
        return True
    return _ends(above) and bool(_NUMBERED.match(line))


def _indented(line: str) -> bool:
    return line.startswith(("\u3000", "  ", "\t", "\xa0"))


def _ends(line: str) -> bool:
    return line.rstrip().rstrip(_CLOSERS).endswith(_ENDS)
