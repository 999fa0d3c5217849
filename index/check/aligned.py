"""Words that stand nearly so: the stretch of a text that is most like them, and where the two differ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.check.words import is_word

_MOST_CELLS = 8_000_000
"""Characters of the words times those of the text, beyond which no likeness is looked for."""
_CHANGE = 2
"""A character that is changed costs what one dropped and one added do, so that words are not paired with others for their number."""


@dataclass(frozen=True, slots=True)
class Aligned:
    """The stretch of a text that is most like some words, how many characters they share in order, and the differences.

    Each difference is a stretch of the words with the stretch of the text that stands in its place.
    """

    start: int
    end: int
    shared: int
    differences: tuple[tuple[tuple[int, int], tuple[int, int]], ...]


def align(words: str, text: str) -> Aligned | None:
    """Find the stretch of a text that differs least from some words, by insertions, deletions and changes of characters.

    :param words: the words.
    :param text: the text.
    :return: the stretch, of equals the first; None where either is empty or they are too long.
    """
    if not words or not text or len(words) * len(text) > _MOST_CELLS:
        return None
    costs = _costs(words, text)
    steps = list(_steps(words, text, costs))[::-1]
    used = [step for step in steps if step[2] < step[3]]
    if not used:
        return None
    shared = sum(one == other for one, other in _pairs(words, text, steps))
    start, end = used[0][2], used[-1][3]
    differences = list(_joined(words, text, steps))
    if differences and differences[-1] == ((differences[-1][0][0], len(words)), (end, end)):
        end = _to_mark(text, end, len(words) - differences[-1][0][0], 1)
        differences[-1] = (differences[-1][0], (differences[-1][1][0], end))
    if differences and differences[0] == ((0, differences[0][0][1]), (start, start)):
        start = _to_mark(text, start, differences[0][0][1], -1)
        differences[0] = (differences[0][0], (start, differences[0][1][1]))
    return Aligned(start, end, shared, tuple(differences))


def _to_mark(text: str, at: int, length: int, way: int) -> int:
    """Go on to the next mark, where the words end (or begin) with what the text does not have: something stands in its place there.

    :param text: the text.
    :param at: where what is shared ends, or begins.
    :param length: of the words without a counterpart.
    :param way: 1 forwards, −1 backwards.
    :return: the place of the mark; ``at`` where none stands within what such words may take.
    """
    place, last = at, at + way * (2 * length + 4)
    while 0 <= place <= len(text):
        ahead = place if way > 0 else place - 1
        if not 0 <= ahead < len(text) or _is_mark(text, ahead):
            return place
        if place == last:
            return at
        place += way
    return at


def _is_mark(text: str, at: int) -> bool:
    inner = text[at] in ".-~" and text[at - 1 : at].isdigit() and text[at + 1 : at + 2].isdigit()
    return not is_word(text[at]) and not inner


def _costs(words: str, text: str) -> NDArray[np.int32]:
    """Sellers' table: the least changes from the first characters of the words to a stretch that ends at each place."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    width = np.arange(len(text) + 1, dtype=np.int32)
    costs = np.zeros((len(words) + 1, len(text) + 1), np.int32)
    for row, character in enumerate(words, start=1):
        above = costs[row - 1]
        here = above + 1
        np.minimum(here[1:], above[:-1] + _CHANGE * (codes != ord(character)), out=here[1:])
        costs[row] = np.minimum.accumulate(here - width) + width
    return costs


def _steps(words: str, text: str, costs: NDArray[np.int32]) -> Iterator[tuple[int, int, int, int]]:
    """Go back through the table from the best end; each step takes at most one character of either."""
    row, column = len(words), int(np.argmin(costs[-1]))
    while row:
        cost = costs[row, column]
        if column and cost == costs[row - 1, column - 1] + _CHANGE * (words[row - 1] != text[column - 1]):
            yield row - 1, row, column - 1, column
            row, column = row - 1, column - 1
        elif cost == costs[row - 1, column] + 1:
            yield row - 1, row, column, column
            row -= 1
        else:
            yield row, row, column - 1, column
            column -= 1


def _pairs(words: str, text: str, steps: list[tuple[int, int, int, int]]) -> Iterator[tuple[str, str]]:
    return ((words[a:b], text[c:d]) for a, b, c, d in steps)


def _joined(
    words: str, text: str, steps: list[tuple[int, int, int, int]]
) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Join steps that differ and follow on."""
    run: list[tuple[int, int, int, int]] = []
    for step in [*steps, None]:
        if step and words[step[0] : step[1]] != text[step[2] : step[3]]:
            run.append(step)
        elif run:
            yield (run[0][0], run[-1][1]), (run[0][2], run[-1][3])
            run = []
