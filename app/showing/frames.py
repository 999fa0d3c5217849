"""Frames round sentences on their pages: one outline for each sentence and page, one rectangle for a table row.

All in PDF points, origin at the top left.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from ingest.records import Box

Point = tuple[float, float]
Outline = tuple[Point, ...]
Frame = tuple[Outline, ...]
"""What is drawn round one sentence on one page: one outline, and more only where its lines stand apart."""

_MARGIN = 1.2
"""Points between the type and its frame above and below; at the sides another sentence may follow at once."""

_EVEN = 18.0
"""Points by which the ends of lines that run to the edge of their column may differ."""

_APART = 2.5
"""Heights of a line; lines farther apart than this do not follow each other: another column, or something between them."""


def frame(boxes: Sequence[Box], has_begun: bool = False, goes_on: bool = False) -> Frame:
    """Draw the lines of a sentence on one page as one outline.

    :param boxes: of its lines on that page, in reading order.
    :param has_begun: whether the sentence begins on a page before.
    :param goes_on: whether it goes on on the next page.
    :return: one outline; more where its lines stand apart from each other, as in two columns.
    """
    if sum(box.bottom - box.top for box in boxes) > sum(
        box.x1 - box.x0 for box in boxes
    ):  # it runs along the other side
        swapped = _stacked([_swapped(box) for box in boxes], has_begun, goes_on)
        return tuple(tuple((x, y) for y, x in outline) for outline in swapped)
    return _stacked(boxes, has_begun, goes_on)


def row_frame(boxes: Sequence[Box], others: Sequence[Sequence[Box]]) -> Frame:
    """Draw a table row on one page as a rectangle round its cells.

    A cell that is merged over several rows stands beside the other rows rather than its own, and is left out.

    :param boxes: of the lines in its cells on that page, at least one.
    :param others: those of each other row of the table there.
    :return: one outline of four corners.
    """
    own = [box for box in boxes if not _is_elsewhere(box, boxes, others)] or boxes
    x0, x1 = min(box.x0 for box in own) - _MARGIN, max(box.x1 for box in own) + _MARGIN
    top, bottom = min(box.top for box in own) - _MARGIN, max(box.bottom for box in own) + _MARGIN
    return (((x0, top), (x1, top), (x1, bottom), (x0, bottom)),)


def path_words(drawn: Frame) -> str:
    """Write a frame as the ``d`` of one SVG path.

    >>> path_words((((1.0, 2.0), (3.26, 2.0), (3.26, 4.0)),))
    'M1 2L3.3 2L3.3 4Z'

    :param drawn: its outlines.
    :return: the commands, to a tenth of a point.
    """
    return "".join("M" + "L".join(f"{round(x, 1):g} {round(y, 1):g}" for x, y in outline) + "Z" for outline in drawn)


def _is_elsewhere(box: Box, own: Sequence[Box], others: Iterable[Sequence[Box]]) -> bool:
    """Whether a line is level with no other line of its row, but with one of another row."""
    level = any(_is_level(box, other) for other in own if other is not box)
    return not level and any(_is_level(box, other) for row in others for other in row)


def _is_level(one: Box, other: Box) -> bool:
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared > 0.5 * min(one.bottom - one.top, other.bottom - other.top)


def _swapped(box: Box) -> Box:
    return Box(box.page, box.top, box.x0, box.bottom, box.x1)


def _stacked(boxes: Sequence[Box], has_begun: bool, goes_on: bool) -> Frame:
    stacks = _stacks(_lines(boxes))
    last = len(stacks) - 1
    return tuple(
        _polygon(_evened(stack, has_begun or place > 0, goes_on or place < last)) for place, stack in enumerate(stacks)
    )


def _lines(boxes: Sequence[Box]) -> list[Box]:
    """Join what stands behind one another on one line."""
    lines: list[Box] = []
    for box in boxes:
        if lines and _is_level(lines[-1], box) and lines[-1].x0 <= box.x0:
            last = lines.pop()
            top, bottom = min(last.top, box.top), max(last.bottom, box.bottom)
            box = Box(box.page, last.x0, top, max(last.x1, box.x1), bottom)
        lines.append(box)
    return lines


def _stacks(lines: Sequence[Box]) -> list[list[Box]]:
    """Part lines where the next does not follow below (or above, on a page that stands on its head)."""
    stacks: list[list[Box]] = []
    for line in lines:
        if stacks and _follows(stacks[-1], line):
            stacks[-1].append(line)
        else:
            stacks.append([line])
    return [sorted(stack, key=lambda line: line.top) for stack in stacks]


def _follows(stack: Sequence[Box], line: Box) -> bool:
    last = stack[-1]
    gap = max(line.top - last.bottom, last.top - line.bottom)
    turns = len(stack) > 1 and (line.top > last.top) != (last.top > stack[-2].top)
    return (
        not turns and not _is_level(last, line) and gap <= _APART * max(last.bottom - last.top, line.bottom - line.top)
    )


def _evened(stack: Sequence[Box], has_begun: bool, goes_on: bool) -> list[Box]:
    """Bring lines to one edge: to the right those that another follows, to the left those that follow another."""
    right, left = max(line.x1 for line in stack), min(line.x0 for line in stack)
    last = len(stack) - 1
    return [
        replace(
            line,
            x0=left if (place or has_begun) and line.x0 - left <= _EVEN else line.x0,
            x1=right if (place < last or goes_on) and right - line.x1 <= _EVEN else line.x1,
        )
        for place, line in enumerate(stack)
    ]


def _polygon(stack: Sequence[Box]) -> Outline:
    """Walk down the right ends of the lines and up the left ones; between two lines it turns half way."""
    turns = [(above.bottom + below.top) / 2 for above, below in pairwise(stack)]
    levels = [stack[0].top - _MARGIN, *turns, stack[-1].bottom + _MARGIN]
    rows = list(zip(stack, levels, levels[1:], strict=False))
    right = [point for line, top, bottom in rows for point in ((line.x1, top), (line.x1, bottom))]
    left = [point for line, top, bottom in reversed(rows) for point in ((line.x0, bottom), (line.x0, top))]
    return _without_needless([*right, *left])


def _without_needless(points: Sequence[Point]) -> Outline:
    """Leave out points on a straight line between their neighbours."""
    around = zip([points[-1], *points[:-1]], points, [*points[1:], points[0]], strict=True)
    return tuple(here for before, here, after in around if not _is_between(before, here, after))


def _is_between(before: Point, here: Point, after: Point) -> bool:
    return before[0] == here[0] == after[0] or before[1] == here[1] == after[1]
