"""By when: the years and periods that a sentence states."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.plans import plans_in

_YEAR = re.compile(
    r"(?:到|至|截至)?(?P<year>20\d\d)年(?:\d{1,2}月(?:\d{1,2}日)?)?+"
    r"(?:[末底]?前|[末底]|初(?!步)|中(?=[，前])|年[底末])?+(?![度\d起以]|开始)"
)
_WHOLE_YEAR = re.compile(r"全年|年内|今年|本年度")


def deadline(sentence: str, place: int, title_year: str | None) -> str | None:
    """The last time stated in a sentence before a place; a beginning (从2015年起) is none.

    >>> deadline("到2025年，床位1万张；", 8, None), deadline("从2019年起建100个", 8, None), deadline("全年建5家", 2, "2023")
    ('2025', None, '2023')
    >>> deadline("到“十五五”末，床位", 8, None), deadline("十五五期间，床位", 6, None)
    ('2030', '2026-2030')

    :param title_year: the year in the document's title, which 全年 and 年内 mean.
    """
    found = [(end, year) for _, end, year in _times(sentence, 0, place, title_year)]
    return max(found, key=lambda time: time[0])[1] if found else None


def after_time(sentence: str, start: int, end: int) -> int:
    """Where the words go on that begin with a time (到2025年全市…); ``start`` if they do not."""
    return next((stop for begin, stop, _ in _times(sentence, start, end, None) if begin == start), start)


def _times(sentence: str, start: int, end: int, title_year: str | None) -> Iterator[tuple[int, int, str | None]]:
    """Each time that a stretch states: where, and its year or years; a plan that is only compared with states none."""
    for found in _YEAR.finditer(sentence, start, end):
        yield *found.span(), found["year"]
    for plan in plans_in(sentence, start, end):
        if plan.years and not plan.is_base:
            first, last = plan.years
            led = sentence.startswith("到", plan.start - 1) and plan.start > start
            yield plan.start - led, plan.end, str(last) if first == last else f"{first}-{last}"
    for found in _WHOLE_YEAR.finditer(sentence, start, end):
        yield *found.span(), title_year
