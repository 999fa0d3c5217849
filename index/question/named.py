"""Years, places, levels and other bureaus' matters that a text names: what an answer must be about."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from index.question.words import DATA, segment

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d|号)")
_SPAN_OF_YEARS = re.compile(r"(?:19|20)\d\d年?(?:[-—~到至])+(?=(?:19|20)\d\d)")
_PLAN = re.compile(r"十([一二三四五六七])五(?!天|日|年|号|分|个)[”\"]?(之后|以后|过后|结束后)?")
_LAST_OF_PLAN = dict(zip("一二三四五六七", range(2010, 2041, 5), strict=True))
_OF_PERSONS = re.compile(r"人(?![均口民社大才力员])|籍|国籍|合伙人|朋友|媳妇|老公|老婆|先生|太太")
_LEVELS: Sequence[tuple[str, re.Pattern[str], re.Pattern[str], re.Pattern[str]]] = tuple(
    (name, re.compile(asked), re.compile(stated), re.compile(below))
    for name, asked, stated, below in (
        ("nation", "全国|国家规定|我国", "全国|国家|我国", "[省市区县]"),
        ("province", "全省|本省|省里", "全省|本省|省级", "[市区县]"),
        ("city", "全市|市里|本市|市级", "全市|本市|市级", "[区县]"),
    )
)


def years(text: str) -> frozenset[int]:
    """Read the years that a text speaks of; a five-year plan stands for its last year, for which its aims are set.

    What comes after a plan (“十四五”之后) is of the year after it.

    >>> sorted(years("2023年起，“十四五”期间"))
    [2023, 2025]

    :param text: any text with half-width digits.
    :return: the years.
    """
    plans = {_LAST_OF_PLAN[match[1]] + bool(match[2]) for match in _PLAN.finditer(text)}
    return frozenset({int(year) for year in _YEAR.findall(_SPAN_OF_YEARS.sub("", text))} | plans)


@cache
def place_names() -> tuple[str, ...]:
    """List the countries, provinces, cities and districts of ``data/places.txt``.

    :return: names without 省, 市 and 区, in the order of the file.
    """
    lines = (line.strip() for line in (DATA / "places.txt").read_text(encoding="utf-8").splitlines())
    return tuple(line for line in lines if line and not line.startswith("#"))


@cache
def _names() -> Mapping[str, tuple[str, ...]]:
    """Place names by their first two characters."""
    by_head: dict[str, tuple[str, ...]] = {}
    for name in place_names():
        by_head[name[:2]] = (*by_head.get(name[:2], ()), name)
    return by_head


def places(words: Sequence[str]) -> tuple[str, ...]:
    """List the countries, provinces, cities and districts that a text names.

    >>> places(["闵行区", "和", "浦东新区", "的", "每日", "照料"])
    ('闵行', '浦东')

    :param words: the words of a text; a name counts where a word begins with it.
    :return: the names, each once, without 省, 市 and 区.
    """
    pairs = zip(words, [*words[1:], ""], strict=False)  # of no words none
    found = (_begins_with(word, after) for word, after in pairs)
    return tuple(dict.fromkeys(name for name in found if name))


@lru_cache(maxsize=1 << 12)
def places_in(text: str) -> tuple[str, ...]:
    """List the places that a text names, see :func:`places`.

    :param text: any text.
    :return: the names, each once.
    """
    return places(segment(text))


def _begins_with(word: str, after: str) -> str | None:
    """Find the name that a word begins with, the inner one of two (上海市浦东新区), unless it says where somebody is from."""
    for name in _names().get(word[:2], ()):
        rest = word[len(name) :]
        if word.startswith(name) and not _OF_PERSONS.match(rest + after):
            return _begins_with(rest.lstrip("省市"), after) or name
    return None


def levels(question: str) -> tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...]:
    """List the levels (全国, 全省, 全市) that a question asks about.

    :param question: a question without blanks.
    :return: for each its name, what a sentence about it says, and what the issuer of a lower level has in its name.
    """
    return tuple((name, stated, below) for name, asked, stated, below in _LEVELS if asked.search(question))


@cache
def _affairs() -> frozenset[str]:
    lines = (DATA / "affairs.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def affairs(question: str) -> tuple[str, ...]:
    """List the matters in a question that have a bureau of their own, as ``data/affairs.txt`` knows them.

    :param question: search form of a question, without blanks.
    :return: the longest of them in order of length: of 住院报销 and 报销 the first.
    """
    found = sorted((word for word in _affairs() if word in question), key=lambda word: (-len(word), word))
    return tuple(word for place, word in enumerate(found) if not any(word in longer for longer in found[:place]))
