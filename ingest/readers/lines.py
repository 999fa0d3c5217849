"""Glyphs to lines: which stand on one line, in which order, and where spaces part them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from ingest.pages import Line
from ingest.readers.glyphs import UNKNOWN, Char, direction

_SAME_BASE = 0.25
"""Glyphs whose baselines lie closer than this share of the type size stand on one line."""

_APART = 1.2
"""A gap this many times the type size parts two words, of whatever script."""

_RAISED = (0.8, 0.25)
"""A digit at most this share of the line's type size, and at least that share of it above the baseline, is raised."""

_COVERED = 0.5
"""Of what stands in the gaps of a line less than this share is covered by it."""

_MOST_PAIRS = 20_000
"""Two rows of more glyphs than these are no lines of text but parts of a drawing."""

Row = list[Char]


def lines(chars: Sequence[Char], page: int) -> Iterator[Line]:
    """Groups characters into lines, top to bottom, each left to right."""
    for row in rows(chars):
        line = _line(sorted(row, key=lambda char: char["x0"]), page)
        if line is not None:
            yield line


def rows(chars: Sequence[Char]) -> list[Row]:
    """Groups characters by baseline, which fonts of other descents share and type of other sizes too.

    What stands off the baseline but within a line's height and in its gaps is that line's: a raised digit, or the
    punctuation of a text layer (OCR) whose boxes are as small as the ink.
    """
    based = [(baseline(char), char) for char in chars]
    groups: list[Row] = []
    start = 0.0
    for base, char in sorted(based, key=lambda pair: pair[0]):
        if groups and base - start < _SAME_BASE * char["size"]:
            groups[-1].append(char)
        else:
            groups.append([char])
            start = base
    return _absorbed(groups)


def baseline(char: Char) -> float:
    """How far below the page's top the line stands that a glyph is written on; its middle if it is not upright."""
    if direction(char) != 0:
        return float(char["top"] + char["bottom"]) / 2
    return float(char["bottom"] - (char["matrix"][5] - char["y0"]))


def _absorbed(groups: Sequence[Row]) -> list[Row]:
    hosts = {id(group): group for group in groups}
    for place, group in sorted(enumerate(groups), key=lambda pair: (len(pair[1]), pair[0])):
        near = [other for other in groups[max(0, place - 3) : place + 4] if other is not group and id(other) in hosts]
        fitting = [host for host in near if len(host) >= len(group) and _fits(group, host)]
        if fitting:
            middle = _middle(group)
            min(fitting, key=lambda host: abs(_middle(host) - middle)).extend(group)
            del hosts[id(group)]
    return [group for group in groups if id(group) in hosts]


def _middle(row: Row) -> float:
    return float(sum(char["top"] + char["bottom"] for char in row)) / (2 * len(row))


def _fits(group: Row, host: Row) -> bool:
    """Whether a row stands within another's height, and beside its characters."""
    top, bottom = min(char["top"] for char in host), max(char["bottom"] for char in host)
    if not top < _middle(group) < bottom or len(group) * len(host) > _MOST_PAIRS:
        return False
    covered = sum(max(0.0, _overlap(char, other)) for char in group for other in host if not other["text"].isspace())
    return bool(covered < _COVERED * sum(char["x1"] - char["x0"] for char in group))


def _overlap(one: Char, two: Char) -> float:
    return float(min(one["x1"], two["x1"]) - max(one["x0"], two["x0"]))


def _line(chars: list[Char], page: int) -> Line | None:
    while chars and chars[0]["text"].isspace():
        chars.pop(0)
    while chars and chars[-1]["text"].isspace():
        chars.pop()
    if not chars:
        return None
    sizes = Counter(round(char["size"], 1) for char in chars)
    size = max(sizes, key=lambda size: (sizes[size], size))
    bases = Counter(round(baseline(char), 1) for char in chars if round(char["size"], 1) == size)
    base = max(bases, key=lambda base: (bases[base], base))
    middle = _middle([char for char in chars if round(char["size"], 1) == size])
    foot = min(char["bottom"] for char in chars if round(char["size"], 1) == size)
    level = [char for char in chars if abs(_middle([char]) - middle) < 0.5 * size]
    text, edges, raised = "", [], []
    for previous, char in zip([None, *chars], chars, strict=False):
        if previous and _apart(previous, char, size):
            text += " "
            edges.append((round(previous["x1"], 2), round(char["x0"], 2)))
        if char["text"].isdecimal() and char["size"] <= _RAISED[0] * size:
            # A text rise moves the box of a glyph and not its baseline.
            lifted = max(base - baseline(char), foot - char["bottom"])
            raised += [len(text)] * (lifted >= _RAISED[1] * size)
        # A ligature is one glyph of several letters: each letter gets the whole glyph's edges.
        text += char["text"]
        edges += [(round(char["x0"], 2), round(char["x1"], 2))] * len(char["text"])
    return Line(
        text=text,
        page=page,
        top=round(min(char["top"] for char in level), 2),
        bottom=round(max(char["bottom"] for char in level), 2),
        size=size,
        edges=tuple(edges),
        raised=tuple(raised),
        confidence=0.0 if UNKNOWN in text else min(char.get("confidence", 1.0) for char in chars),
    )


def _apart(left: Char, right: Char, size: float) -> bool:
    """Whether a gap separates two words that the layer itself does not separate."""
    if left["text"].isspace() or right["text"].isspace():
        return False
    gap = right["x0"] - left["x1"]
    latin = all(char["text"].isascii() and char["text"].isalpha() for char in (left, right))
    return bool(gap > _APART * size or (latin and gap > 0.25 * left["size"]))
