"""Sentences of any length in stretches that rules can read: a rule looks round each figure and name as far as its stretch."""

from __future__ import annotations

import re
from collections.abc import Iterator

LONGEST = 400
"""Characters of a stretch of a sentence that is taken apart, at most."""

_LONG, _ENDLESS, _DENSE = 1000, 6000, 8
"""No sentence is longer than the second, nor longer than the first with more than one figure every so many characters."""

_BREAK = re.compile(r"[，。；：;、\s]")
_FIGURE = re.compile(r"[\d一二两三四五六七八九十百千零○〇]{1,4}")
"""A figure, or so many characters of one that goes on; a year is one."""


def stretches(sentence: str) -> Iterator[tuple[int, int]]:
    """Where the stretches of a sentence begin and end: all of it, or, where it goes on without end, up to its last marks.

    >>> list(stretches("甲" * 6000 + "，" + "乙" * 300))[-3:]
    [(5200, 5600), (5600, 6000), (6000, 6301)]
    """
    start = 0
    apart = _is_endless(sentence)
    while apart and len(sentence) - start > LONGEST:
        marks = [found.end() for found in _BREAK.finditer(sentence, start, start + LONGEST)]
        end = marks[-1] if marks else start + LONGEST
        yield start, end
        start = end
    yield start, len(sentence)


def _is_endless(sentence: str) -> bool:
    if len(sentence) > _ENDLESS:
        return True
    return len(sentence) > _LONG and _DENSE * sum(1 for _ in _FIGURE.finditer(sentence)) > len(sentence)
