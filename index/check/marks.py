"""Quotations of a draft: what stands in “ ”, 「 」, ‘ ’ and straight marks, whatever lines they run over."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.check.words import trimmed

LONGEST = 5_000
"""Characters that a quotation may have; marks further apart belong to others."""

_MARK = re.compile('[“”「」『』‘’"＂]')
_STRAIGHT = '"＂'
_CLOSING = {"”": "“", "」": "「", "』": "『", "’": "‘"}
_ELLIPSIS = re.compile(r"…+|\.{3,}|。{3,}|[（(](?:略|中略)[)）]")
_SENTENCE = re.compile(r"[。！？；;\n]+")
_LONG = 800


def quotations_in(text: str) -> list[tuple[int, int]]:
    """Find the quotations of a text, the outermost ones.

    >>> quotations_in('按“落实“十四五”规划”和"从严"办理')
    [(1, 11), (13, 16)]

    :param text: a draft.
    :return: where their marks stand, in order. Straight marks open and close by turns within a line; one that is left over
        in it waits for the next line that has one over.
    """
    pairs: list[tuple[int, int]] = []
    opened: dict[str, list[int]] = {}
    for at, mark, closes in _turns(text):
        stack = opened.setdefault(mark, [])
        if not closes:
            stack.append(at)
        elif stack and at - stack[-1] <= LONGEST:
            pairs.append((stack.pop(), at))
        else:
            stack.clear()
    return _outermost(pairs)


def _turns(text: str) -> Iterator[tuple[int, str, bool]]:
    """Give each mark with the one that opens its kind, and whether it closes."""
    waits = False
    start = 0
    for line in text.splitlines(keepends=True):
        marks = list(_MARK.finditer(line))
        straight = [match.start() for match in marks if match.group() in _STRAIGHT]
        is_odd = len(straight) % 2 == 1
        closes = waits and is_odd
        for match in marks:
            mark = match.group()
            if mark not in _STRAIGHT:
                yield start + match.start(), _CLOSING.get(mark, mark), mark in _CLOSING
            elif is_odd and not waits and match.start() == straight[-1]:
                yield start + match.start(), '"', False
            else:
                yield start + match.start(), '"', closes
                closes = not closes
        waits = is_odd and not waits if straight else waits
        start += len(line)


def _outermost(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for start, end in sorted(pairs):
        if not found or start > found[-1][1]:
            found.append((start, end))
    return found


def parts_of(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Part the words of a quotation at its ellipses, and what is long at the ends of its sentences.

    >>> parts_of("“建立制度……，加强监管。”", 1, 13)
    [(1, 5), (8, 12)]

    :param text: a draft.
    :param start: where the words begin.
    :param end: where they end.
    :return: stretches in order, without marks at their ends; those without a letter are left out.
    """
    cuts = [start, *(at for match in _ELLIPSIS.finditer(text, start, end) for at in match.span()), end]
    parts = [piece for pair in zip(cuts[::2], cuts[1::2], strict=True) for piece in _pieces(text, *pair)]
    return [part for part in (trimmed(text, *one) for one in parts) if part[0] < part[1]]


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    first = start
    for match in _SENTENCE.finditer(text, start, end):
        if match.end() - first > _LONG // 2:
            yield first, match.end()
            first = match.end()
    for at in range(first, end, _LONG):
        yield at, min(at + _LONG, end)
