"""Five-year plans (五年规划): from the number in a plan's name to the years it runs, and back.

The first plan ran from 1953 to 1957, the second from 1958 to 1962; since the third, of 1966, each runs for five years and
begins where the one before it ended. A plan is named by its number, 十四五 for the fourteenth. The tenth and those before it
are not read: 十五 is fifteen, and 八五 is as often a plan of legal education (“八五”普法).
"""

from __future__ import annotations

import re

from ingest.numerals import to_number

PLAN = r"[“\"]?(?P<plan>二?十[一二三四五六七八九])五[”\"]?"
"""Pattern of a plan's name; what stands behind it decides whether it is one (十五天 is none)."""

_NAME = re.compile(PLAN)
_FIRST_REGULAR, _FIRST_YEAR, _LENGTH = 3, 1966, 5


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
    first = _FIRST_YEAR + _LENGTH * (to_number(found["plan"]) - _FIRST_REGULAR)
    return first, first + _LENGTH - 1


def is_over(name: str, year: int) -> bool:
    """Tells whether a plan has run out before a year begins.

    >>> is_over("十三五", 2021), is_over("十四五", 2025)
    (True, False)

    :param name: the name of a plan.
    :param year: a year, as that of a document.
    :raises ValueError: if it is no plan's name.
    """
    return plan_years(name)[1] < year
