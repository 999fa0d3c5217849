"""By when: the years and periods that a sentence states."""

from __future__ import annotations

import re

_TIMES = (
    (
        re.compile(
            r"(?:到|至|截至)?(?P<year>20\d\d)年(?:\d{1,2}月(?:\d{1,2}日)?)?+"
            r"(?:[末底]?前|[末底]|初(?!步)|中(?=[，前])|年[底末])?+(?![度\d起以]|开始)"
        ),
        "{year}",
    ),
    (re.compile(r"(?:到)?“十四五”(?:规划)?(?:末|期末|时期末)"), "2025"),
    (re.compile(r"(?:到)?“十五五”(?:规划)?(?:末|期末|时期末)"), "2030"),
    (re.compile(r"“十四五”(?:期间|时期)"), "2021-2025"),
    (re.compile(r"“十五五”(?:期间|时期)"), "2026-2030"),
    (re.compile(r"全年|年内|今年|本年度"), "{title}"),
)
_TITLE_YEAR = re.compile(r"(20\d\d)年")


def title_year(title: str) -> str | None:
    """The year in a document's title, which 全年 and 年内 mean."""
    found = _TITLE_YEAR.search(title)
    return found.group(1) if found else None


def deadline(sentence: str, place: int, title: str) -> str | None:
    """The last time stated in a sentence before a place; a beginning (从2015年起) is none.

    >>> deadline("到2025年，床位1万张；", 8, ""), deadline("从2019年起建100个", 8, ""), deadline("全年建5家", 2, "2023年工作要点")
    ('2025', None, '2023')
    """
    found = [(match.end(), form, match) for pattern, form in _TIMES for match in pattern.finditer(sentence, 0, place)]
    if not found:
        return None
    _, form, match = max(found, key=lambda entry: entry[0])
    return title_year(title) if form == "{title}" else form.format(**match.groupdict())


def after_time(sentence: str, start: int, end: int) -> int:
    """Where the words go on that begin with a time (到2025年全市…); ``start`` if they do not."""
    return next((found.end() for pattern, _ in _TIMES if (found := pattern.match(sentence, start, end))), start)
