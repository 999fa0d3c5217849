"""Ordinals that a lost line break left inside the paragraph above: …个人所得税。（十六）加大…, where （十七） opens the next."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.display import Display
from ingest.numbering import Marker, marker
from ingest.numerals import to_chinese
from ingest.paragraphs import Paragraph
from ingest.running import parted

_MOST_LACKING = 3
"""A run that lacks more than so many is another run."""

_BEHIND = r"(?<=[。；！？”）)])\s*"
_CHAPTER = r"(?P<above>第[一二三四五六七八九十百]{1,4}[编篇章节][^。，；：、第]{1,20})?"
_FORMS = {
    "article": rf"{_BEHIND}{_CHAPTER}(?P<own>第NUMERAL条)(?!第|的|规定|和|、|之)",
    "一、": rf"{_BEHIND}(?P<own>NUMERAL、)(?=[\u4e00-\u9fff])",
    "（一）": rf"{_BEHIND}(?P<own>[（(]NUMERAL[）)])",
    "1": rf"{_BEHIND}(?P<own>FIGURE[.．、])(?=[\u4e00-\u9fff])",
}
"""How an ordinal of each style stands behind a sentence; an article may have the heading of its chapter before it."""


def part_glued(paragraphs: Sequence[Paragraph], display: Display) -> list[Paragraph]:
    """Parts a paragraph where the ordinals stand that the run of its own ordinal lacks before it goes on below.

    :param paragraphs: of the whole file, tables among them.
    :param display: what the page shows of them.
    :return: the paragraphs, as many more as were parted.
    """
    texts = ["" if one.cells else display.of(one.span) for one in paragraphs]
    markers = [(place, found) for place, text in enumerate(texts) if text and (found := marker(text))]
    cuts: dict[int, set[int]] = {}
    for style in _FORMS:
        run = [(place, found) for place, found in markers if found.style == style]
        for place, cut in _lacking(style, run, texts):
            cuts.setdefault(place, set()).add(cut)
    return [
        part
        for place, one in enumerate(paragraphs)
        for part in (parted(one, [0, *sorted(cuts[place]), len(texts[place])], display) if place in cuts else [one])
    ]


def _lacking(style: str, run: Sequence[tuple[int, Marker]], texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Finds where ordinals of one style stand that a run lacks, all of them or none: place of the paragraph, place in it.

    :param run: the ordinals of the style that open paragraphs, with their places.
    """
    for (first, one), (last, other) in zip(run, run[1:], strict=False):
        wanted = range(one.number + 1, other.number)
        if 0 < len(wanted) <= _MOST_LACKING and not (one.inserted or other.inserted):
            found = list(_found(style, wanted, texts, first, last))
            yield from (cut for cuts in found for cut in cuts) if len(found) == len(wanted) else ()


def _found(
    style: str, wanted: Sequence[int], texts: Sequence[str], first: int, last: int
) -> Iterator[list[tuple[int, int]]]:
    """Finds ordinals one behind the other; gives the cuts of each: before it, and before the heading above it."""
    place, start = first, 0
    for number in wanted:
        form = re.compile(_FORMS[style].replace("NUMERAL", to_chinese(number)).replace("FIGURE", str(number)))
        found = None
        while found is None and place < last:
            found = form.search(texts[place], start)
            place, start = (place, found.end()) if found else (place + 1, 0)
        if found is None:
            return
        names = [name for name in ("above", "own") if found.groupdict().get(name)]
        yield [(place, found.start(name)) for name in names]
