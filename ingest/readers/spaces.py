"""A line of a text that lost its line breaks but kept its indents: wide spaces part it into paragraphs."""

from __future__ import annotations

import re

_LONG, _ENDLESS = 600, 3000
"""A line of this length that is half of its text, or a line of the second length, is several paragraphs."""

_WIDE = re.compile(r"\s*(?:[\u3000\xa0]{2}|\s{3})\s*")
_AFTER_SENTENCE = re.compile(r"(?<=[。；：！？.;:）)])[\u3000\xa0]{2,}")
_BARE = re.compile(r"(?:第[一二三四五六七八九十百零〇\d]{1,5}[编篇章节条]|目|附|附件)$")
_BARE_LENGTH = 7
_ROUND_NUMBER = re.compile(r"\s+(?=\S{2,14}[〔\[（(]\d{4}[〕\]）)]第?\d{1,4}号(?:\s|$))|(?<=\d号)\s+")
"""Spaces before and behind a document number (发文字号), which stands on a line of its own."""


def split(line: str, total: int) -> list[str]:
    """The paragraphs of a line; a line of common length is one, unless wide spaces follow the end of a sentence.

    >>> split("第一章　　总则", 4000), split("……执行。　　第二条 ……", 4000)
    (['第一章　　总则'], ['……执行。', '第二条 ……'])

    :param total: how many characters the whole text has.
    """
    if len(line) < _LONG or (2 * len(line) < total and len(line) < _ENDLESS):
        return [part for part in _AFTER_SENTENCE.split(line) if part.strip()]
    head, *rest = _apart(line) or [line]
    return [*(_ROUND_NUMBER.split(head) if rest else [head]), *rest]


def _apart(line: str) -> list[str]:
    """The parts between wide spaces; the spaces inside a heading (第一章　　总则) part nothing."""
    parts: list[str] = []
    for part in _WIDE.split(line):
        if parts and _BARE.search(parts[-1], max(len(parts[-1]) - _BARE_LENGTH, 0)):
            parts[-1] += "\u3000" + part
        elif part.strip():
            parts.append(part)
    return parts
