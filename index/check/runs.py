"""Runs of a draft that stand verbatim in the base and are not quoted: too long to be chance."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

import numpy as np

from index.check.held import SEED, Held, Range, Seeds
from index.check.words import trimmed
from index.references.spelling import letters

LEAST = 16
"""Letters of whole phrases that stand elsewhere by no accident."""
_BROKEN = 20
"""Letters of a run that begins or ends within a phrase, of which the like goes from hand to hand."""
_PHRASE = re.compile(r"[，。；：！？,;:!?、]")

_TRIED = 20
FORMULA = re.compile("习近平|中国特色社会主义|党的[一二三四五六七八九十]+(?:大|届)|以人民为中心|总书记")
"""Set phrases of guiding thought, which are anybody's."""


def runs_in(text: str, held: Held, seeds: Seeds, taken: Sequence[Range]) -> Iterator[Range]:
    """Find the longest runs of a draft that stand in the base.

    :param text: the form of the draft's words.
    :param held: the words of the base.
    :param seeds: where the seeds of the draft stand in it.
    :param taken: stretches, in order, that no run may touch: quotations, citations, titles.
    :return: runs in order, without marks at their ends.
    """
    least = LEAST - SEED + 1
    if len(text) < LEAST:
        return
    hit = np.concatenate(([0], np.cumsum(seeds.counts > 0)))
    starts = np.flatnonzero(hit[least:] - hit[:-least] == least)
    ends = [start for start, _ in taken] + [len(text)]
    behind = [end for _, end in taken]
    done = 0
    for start in starts.tolist():
        if start < done:
            continue
        place = bisect_right(behind, start)
        if start >= ends[place]:
            continue
        length = _longest(text, start, ends[place], held.stream, seeds)
        first, last = trimmed(text, start, start + length)
        if len(letters(text[first:last])) >= LEAST:
            done = start + length
            if len(letters(text[first:last])) >= _BROKEN or len(letters(_whole(text, first, last))) >= LEAST:
                yield first, last


def _whole(text: str, start: int, end: int) -> str:
    """Give the phrases of a stretch that lie in it whole."""
    first = start if not start or _PHRASE.match(text[start - 1]) else _next(text, start, end)
    last = end
    while last > first and last < len(text) and not _PHRASE.match(text[last]):
        last -= 1
    return text[first:last]


def _next(text: str, start: int, end: int) -> int:
    mark = _PHRASE.search(text, start, end)
    return mark.end() if mark else end


def _longest(text: str, start: int, end: int, stream: str, seeds: Seeds) -> int:
    """Tell how many characters from a position on stand in the base as they are."""
    if end - start < LEAST:
        return 0
    rarest = seeds.rarest(start, start + LEAST)
    places = seeds.at(rarest, _TRIED) if rarest is not None else []
    return max((_shared(text, start, end, stream, one - (rarest or 0) + start) for one in places), default=0)


def _shared(text: str, start: int, end: int, stream: str, place: int) -> int:
    """Count the characters that two places have in common from there on, by halving."""
    if place < 0 or text[start : start + LEAST // 2] != stream[place : place + LEAST // 2]:
        return 0
    low, high = 0, 64
    while high < end - start and text[start : start + high] == stream[place : place + high]:
        low, high = high, high * 2
    high = min(high, end - start)
    while low < high:
        middle = (low + high + 1) // 2
        if text[start + low : start + middle] == stream[place + low : place + middle]:
            low = middle
        else:
            high = middle - 1
    return low
