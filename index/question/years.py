"""The years that a text speaks of."""

from __future__ import annotations

import re

from ingest.plans import PLAN, plan_years

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d|号)")
_SPAN_OF_YEARS = re.compile(r"(?:19|20)\d\d年?(?:[-—~到至])+(?=(?:19|20)\d\d)")
_PLAN = re.compile(rf"{PLAN}(?!天|日|年|号|分|个)(?P<after>之后|以后|过后|结束后)?")


def years(text: str) -> frozenset[int]:
    """Read the years that a text speaks of; a five-year plan stands for its last year, for which its aims are set.

    What comes after a plan (“十四五”之后) is of the year after it.

    >>> sorted(years("2023年起，“十四五”期间"))
    [2023, 2025]

    :param text: any text with half-width digits.
    :return: the years.
    """
    plans = {plan_years(match["plan"] + "五")[1] + bool(match["after"]) for match in _PLAN.finditer(text)}
    return frozenset({int(year) for year in _YEAR.findall(_SPAN_OF_YEARS.sub("", text))} | plans)
