"""The regions (国家、省、市、区县) that a text names, by list and by form, and the levels that it speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from index.question.lists import from_lists, lines
from index.question.words import segment

REGION = r"[一-鿿]{2,3}?(?:自治区|自治州|新区|(?<!城)市|省|(?<![社地小园市辖景校片])区|县)"
"""Pattern of a region's full name (上海市, 浦东新区); 社区 and 城市 are none."""

_DISTRICT = re.compile(r"(?:[一-鿿]{2,6}?市)?([一-鿿]{2,4}?)(?:新区|区|县)")
_OF_PERSONS = re.compile(r"人(?![均口民社大才力员])|籍|国籍|合伙人|朋友|媳妇|老公|老婆|先生|太太")
_LEVELS = tuple(
    (name, re.compile(asked), re.compile(below))
    for name, asked, below in (
        ("nation", "全国|国家规定|我国", "[省市区县]"),
        ("province", "全省|本省|省里", "[市区县]"),
        ("city", "全市|市里|本市|市级", "[区县]"),
    )
)


@dataclass(frozen=True, slots=True)
class Level:
    """A level that is asked about, and what the issuer of a lower level has in its name."""

    name: str
    below: re.Pattern[str]


@from_lists()
def region_names() -> tuple[str, ...]:
    """List the countries, provinces, cities and districts of ``regions.txt``.

    :return: names without 省, 市 and 区, in the order of the file.
    """
    return lines("regions.txt")


@from_lists()
def _names() -> Mapping[str, tuple[str, ...]]:
    """Names of regions by their first two characters."""
    by_head: dict[str, tuple[str, ...]] = {}
    for name in region_names():
        by_head[name[:2]] = (*by_head.get(name[:2], ()), name)
    return by_head


def regions(words: Sequence[str]) -> tuple[str, ...]:
    """List the countries, provinces, cities and districts that a text names.

    >>> regions(["闵行区", "和", "浦东新区", "的", "每日", "照料"])
    ('闵行', '浦东')

    :param words: the words of a text; a name counts where a word begins with it.
    :return: the names, each once, without 省, 市 and 区.
    """
    pairs = zip(words, [*words[1:], ""], strict=False)  # of no words none
    found = (_begins_with(word, after) for word, after in pairs)
    return tuple(dict.fromkeys(name for name in found if name))


@from_lists(maxsize=1 << 12)
def regions_in(text: str) -> tuple[str, ...]:
    """List the regions that a text names, see :func:`regions`.

    :param text: any text.
    :return: the names, each once.
    """
    return regions(segment(text))


def _begins_with(word: str, after: str) -> str | None:
    """Find the name that a word begins with, the inner one of two (上海市浦东新区), unless it says where somebody is from."""
    for name in _names().get(word[:2], ()):
        rest = word[len(name) :]
        if word.startswith(name) and not _OF_PERSONS.match(rest + after):
            return _begins_with(rest.lstrip("省市"), after) or name
    return None


def levels(question: str) -> tuple[Level, ...]:
    """List the levels (全国, 全省, 全市) that a question asks about.

    :param question: a question without blanks.
    :return: the levels, the highest first.
    """
    return tuple(Level(name, below) for name, asked, below in _LEVELS if asked.search(question))


def district_of(issuer: str) -> str | None:
    """Name the district whose office an issuer is, whether a list has it or not.

    >>> district_of("上海市浦东新区民政局"), district_of("天河区人民政府"), district_of("上海市民政局")
    ('浦东', '天河', None)

    :param issuer: name of an organisation.
    :return: the name without 新区, 区 or 县.
    """
    found = _DISTRICT.match(issuer)
    return found[1] if found else None


def without_regions(text: str, names: Iterable[str]) -> str:
    """Take regions out of a text, with what says of which kind they are.

    >>> without_regions("浦东新区和上海的床位", ("浦东", "上海"))
    ' 和 的床位'

    :param text: any text.
    :param names: names without 省, 市 and 区.
    :return: the text with blanks for them.
    """
    for name in sorted(names, key=lambda one: (-len(one), one)):
        text = re.sub(rf"{re.escape(name)}(?:新区|[省市区县])?", " ", text)
    return text
