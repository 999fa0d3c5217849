"""What a user may ask: the question, the number of hits, checked before anything is searched."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from index.errors import QueryError

MAX_CHARACTERS = 1000
"""Longest question; the longest clause of the corpus has about as many."""

MAX_HITS = 100
_DAY = re.compile(r"(\d{4})(?:[-/.]|年)(\d{1,2})(?:[-/.]|月)(\d{1,2})日?")


def checked_question(text: str) -> str:
    """Clean a question: control and format characters become blanks, runs of blanks one.

    :param text: what was typed.
    :return: the question, not empty.
    :raises QueryError: when nothing is left, or it is too long.
    """
    if len(text) > MAX_CHARACTERS:
        raise QueryError(f"问题有 {len(text)} 个字，超过上限 {MAX_CHARACTERS} 个字", "请缩短后再问")
    visible = ("" if unicodedata.category(one) == "Cf" else " " if _is_control(one) else one for one in text)
    cleaned = " ".join("".join(visible).split())
    if not any(unicodedata.category(character)[0] in "LN" for character in cleaned):
        raise QueryError("问题是空的，或只有标点符号", "请输入要查的内容，例如“2025年养老床位要达到多少”")
    return cleaned


def checked_number(k: int) -> int:
    """Check how many hits are wanted.

    :param k: number of hits.
    :return: the same number.
    :raises QueryError: when it is not between 1 and :data:`MAX_HITS`.
    """
    if not 1 <= k <= MAX_HITS:
        raise QueryError(f"结果条数 {k} 不在 1 到 {MAX_HITS} 之间", "请改正条数")
    return k


def checked_first(first: int) -> int:
    """Check from which clause of a list on hits are wanted.

    :param first: number of the clause, counted from 1.
    :return: the same number.
    :raises QueryError: when it is below 1.
    """
    if first < 1:
        raise QueryError(f"起始条数 {first} 小于 1", "请从 1 数起")
    return first


def checked_day(text: str) -> str:
    """Read a day, as 2022-06-30, 2022/6/30, 2022.6.30 or 2022年6月30日.

    >>> checked_day("2022年6月30日"), checked_day("２０２２.6.30")
    ('2022-06-30', '2022-06-30')

    :param text: what was typed.
    :return: ISO 8601.
    :raises QueryError: when it is no day of the calendar.
    """
    found = _DAY.fullmatch("".join(unicodedata.normalize("NFKC", text).split()))
    try:
        return date(*map(int, found.groups())).isoformat() if found else _no_day(text)
    except ValueError:
        return _no_day(text)


def _no_day(text: str) -> str:
    raise QueryError(f"日期“{text[:30]}”不是一个日期", "请写成 2022-06-30 或 2022年6月30日")


def _is_control(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cs", "Co", "Cn")
