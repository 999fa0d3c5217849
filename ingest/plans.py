"""Five-year plans (五年规划): from the number in a plan's name to the years it runs, and where a text speaks of one.

The first plan ran from 1953 to 1957, the second from 1958 to 1962; since the third, of 1966, each runs for five years and
begins where the one before it ended. A plan is named by its number, 十四五 for the fourteenth. The tenth and those before it
are not read: 十五 is fifteen, and 八五 is as often a plan of legal education (“八五”普法).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.numerals import to_number

_NUMBER = "二?十[一二三四五六七八九]"
PLAN = rf"[“\"]?(?P<plan>{_NUMBER})五[”\"]?"
"""Pattern of a plan's name; what stands behind it decides whether it is one (十五天 is none)."""

_NAME = re.compile(PLAN)
_FIRST_REGULAR, _FIRST_YEAR = 3, 1966
LENGTH = 5
"""Years of a plan."""

_MENTION = re.compile(
    rf"(?:第(?P<full>{_NUMBER})个五年(?:规划|计划)|{PLAN}(?:(?<=[”\"])|(?=规划|纲要|时期|期[间内末]|[末底]|以来)))"
    r"(?:规划)?(?:(?P<end>(?:时?期)?[末底])|(?P<during>时期|期间|期内))?"
)
_BASE_BEFORE = re.compile(r"(?:[从由自比较]|[高低快慢优多少]于)$")
_BASE_AFTER = re.compile("的?基础上|相比")


@dataclass(frozen=True, slots=True)
class PlanMention:
    """A plan that a text names: its short name (十四五), where, and which years of it are meant.

    ``years`` are the first and the last of the plan where the text says 期间 or 时期, twice the last where it says 末, and
    None where the plan is named but for no time (“十四五”规划). ``is_base`` where it is only what the text starts from or
    compares with: 从“十二五”末的…, 较“十三五”时期, 在“十三五”基础上.
    """

    name: str
    start: int
    end: int
    years: tuple[int, int] | None
    is_base: bool


def plan_years(name: str) -> tuple[int, int]:
    """Reads the years of a plan from its name.

    >>> plan_years("十四五"), plan_years("“十三五”"), plan_years("十五五")
    ((2021, 2025), (2016, 2020), (2026, 2030))

    :param name: the name of a plan, with its quotation marks or without.
    :return: its first and its last year.
    :raises ValueError: if it is no plan's name.
    """
    found = _NAME.fullmatch(name)
    if not found:
        raise ValueError(f"no plan's name: {name!r}")
    first = _FIRST_YEAR + LENGTH * (to_number(found["plan"]) - _FIRST_REGULAR)
    return first, first + LENGTH - 1


def is_over(name: str, year: int) -> bool:
    """Tells whether a plan has run out before a year begins.

    >>> is_over("十三五", 2021), is_over("十四五", 2025)
    (True, False)

    :param name: the name of a plan.
    :param year: a year, as that of a document.
    :raises ValueError: if it is no plan's name.
    """
    return plan_years(name)[1] < year


def plans_in(text: str, start: int = 0, end: int | None = None) -> Iterator[PlanMention]:
    """Finds the plans that a text names, in order: in quotation marks, by full name, or before 规划, 期间, 末 and the like.

    >>> [(plan.name, plan.years) for plan in plans_in("第十五个五年规划承接“十四五”，到十五五末建成；十四五岁，第二十五条")]
    [('十五五', None), ('十四五', None), ('十五五', (2030, 2030))]

    :param start: where to begin.
    :param end: where to stop; None for the end of the text.
    """
    for found in _MENTION.finditer(text, start, len(text) if end is None else end):
        name = (found["full"] or found["plan"]) + "五"
        first, last = plan_years(name)
        years = (last, last) if found["end"] else (first, last) if found["during"] else None
        is_base = bool(
            _BASE_BEFORE.search(text[max(0, found.start() - 2) : found.start()]) or _BASE_AFTER.match(text, found.end())
        )
        yield PlanMention(name, *found.span(), years, is_base)
