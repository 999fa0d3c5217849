"""Pages set in columns (分栏): the blocks of such a page in reading order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.readers.glyphs import Char
from ingest.readers.lines import Row, rows
from ingest.records import Box

_LINES = 5
"""Each of two columns has at least so many lines."""

_WIDTH = 8
"""A column is at least so many characters wide; a narrower one is a table's."""

_GAP = 1.3
"""A gutter is more than so many characters wide; a space (全角空格) is as wide as one."""

_FULL = 0.85
"""Running text fills its column: most lines are at least this share of it wide, as the cells of a table are not."""


_STOPS = "，。；、：,;."
_STOPS_A_LINE = 0.3
"""Running text has at least so many stops a line; the cells of a table have few."""


@dataclass(frozen=True)
class _Segment:
    """Part of a line without a gap in it: its row, its edges, its type size, and how many stops stand in it."""

    row: int
    x0: float
    x1: float
    size: float
    stops: int


def regions(chars: Sequence[Char], page: int, width: float, height: float) -> tuple[Box, ...]:
    """Finds the blocks that a page's columns make, in the order they are read; none if it has no columns.

    :param chars: the characters outside tables.
    """
    inked = [char for char in chars if not char["text"].isspace()]
    found = _blocks(rows(inked), Box(page, 0.0, 0.0, width, height))
    return tuple(found) if len(found) > 1 else ()


def split(chars: Sequence[Char], blocks: Sequence[Box]) -> list[list[Char]]:
    """Parts the characters of a page by block; all in one where there are none."""
    if not blocks:
        return [list(chars)]
    parts: list[list[Char]] = [[] for _ in blocks]
    for char in chars:
        x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
        parts[place_of(blocks, x, y)].append(char)
    return parts


def place_of(blocks: Sequence[Box], x: float, y: float) -> int:
    """Which block a point lies in, or the last if in none."""
    inside = (place for place, box in enumerate(blocks) if box.x0 <= x < box.x1 and box.top <= y < box.bottom)
    return next(inside, len(blocks) - 1)


def _blocks(lines: Sequence[Row], area: Box) -> list[Box]:
    """Cuts an area at its first gutter into what is above, left, right and below, and these again."""
    found = _gutter(lines)
    if found is None:
        return [area]
    x, first, last = found
    top = _top(lines[first]) if first else area.top
    bottom = _top(lines[last + 1]) if last + 1 < len(lines) else area.bottom
    band = lines[first : last + 1]
    left = [[char for char in row if char["x0"] < x] for row in band]
    right = [[char for char in row if char["x0"] >= x] for row in band]
    parts = [
        *([Box(area.page, area.x0, area.top, area.x1, top)] if first else []),
        *_blocks([row for row in left if row], Box(area.page, area.x0, top, x, bottom)),
        *_blocks([row for row in right if row], Box(area.page, x, top, area.x1, bottom)),
    ]
    if last + 1 < len(lines):
        parts += _blocks(lines[last + 1 :], Box(area.page, area.x0, bottom, area.x1, area.bottom))
    return parts


def _top(row: Row) -> float:
    return float(min(char["top"] for char in row)) - 0.01


def _gutter(lines: Sequence[Row]) -> tuple[float, int, int] | None:
    """The first gutter: where it is, and the first and last line beside it."""
    segments = [segment for place, row in enumerate(lines) for segment in _segments(place, row)]
    left = min((one.x0 for one in segments), default=0.0)
    starts = sorted({round(one.x0, 1) for one in segments if one.x0 > left + _WIDTH * one.size})
    return next(((x - 0.1, *found) for x in starts if (found := _band(segments, x - 0.1)) is not None), None)


def _segments(place: int, row: Row) -> list[_Segment]:
    found: list[_Segment] = []
    for char in sorted(row, key=lambda char: char["x0"]):
        if found and char["x0"] - found[-1].x1 < _GAP * char["size"]:
            stops = found[-1].stops + (char["text"] in _STOPS)
            found[-1] = _Segment(place, found[-1].x0, max(found[-1].x1, char["x1"]), found[-1].size, stops)
        else:
            found.append(_Segment(place, char["x0"], char["x1"], char["size"], int(char["text"] in _STOPS)))
    return found


def _band(segments: Sequence[_Segment], x: float) -> tuple[int, int] | None:
    """The longest run of lines that none crosses x, if on both sides of it stands running text."""
    crossing = {one.row for one in segments if one.x0 < x < one.x1}
    last = max(one.row for one in segments)
    ends = [-1, *sorted(crossing), last + 1]
    before, after = max(zip(ends, ends[1:], strict=False), key=lambda pair: (pair[1] - pair[0], -pair[0]))
    left = [one for one in segments if before < one.row < after and one.x1 <= x]
    right = [one for one in segments if before < one.row < after and one.x0 >= x]
    if not (_is_column(left) and _is_column(right)):
        return None
    together = min(left[-1].row, right[-1].row) - max(left[0].row, right[0].row)
    return (before + 1, after - 1) if together >= _LINES - 1 else None


def _is_column(side: Sequence[_Segment]) -> bool:
    if len({one.row for one in side}) < _LINES:
        return False
    widths = sorted(one.x1 - one.x0 for one in side)
    wide = widths[3 * len(widths) // 4]  # the widest may be a heading or a page number that reaches into the gutter
    full = sum(width >= _FULL * wide for width in widths)
    stops = sum(one.stops for one in side)
    return wide >= _WIDTH * side[0].size and 2 * full > len(side) and _STOPS_A_LINE * len(side) <= stops
