"""Days of the calendar in ISO 8601: read from words, counted on by terms, and worded in Chinese."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from ingest.numerals import to_number

_MONTH = re.compile(r"(\d{4})年(\d{1,2})月(底?)")
_YEAR = re.compile(r"(\d{4})年底?")
_TERM = re.compile(r"(?P<count>[\d一二两三四五六七八九十]+)\s*(?P<unit>年|个月|日|天)")


def first_day(text: str) -> str | None:
    """Give the day with which a date or a month begins.

    >>> first_day("2022-06-30"), first_day("2022年5月"), first_day("印发之日")
    ('2022-06-30', '2022-05-01', None)

    :param text: ISO 8601, or a month in words.
    """
    if is_day(text):
        return text
    month = _MONTH.fullmatch(text)
    return f"{month[1]}-{int(month[2]):02}-01" if month and 1 <= int(month[2]) <= 12 else None


def last_day(text: str) -> str | None:
    """Give the day with which a date, a month or a year ends.

    >>> last_day("2022-06-30"), last_day("2020年12月底"), last_day("2023年底"), last_day("5年")
    ('2022-06-30', '2020-12-31', '2023-12-31', None)

    :param text: ISO 8601, or a month or year in words.
    """
    if is_day(text):
        return text
    if (month := _MONTH.fullmatch(text)) and 1 <= int(month[2]) <= 12:
        year, number = int(month[1]), int(month[2])
        return f"{year:04}-{number:02}-{monthrange(year, number)[1]}"
    year_only = _YEAR.fullmatch(text)
    return f"{year_only[1]}-12-31" if year_only else None


def after(day: str, term: str) -> str | None:
    """Count a term on from a day; the day of a month that is too short is its last.

    >>> after("2018-07-01", "5年"), after("2023-08-31", "六个月"), after("2023-06-01", "30日")
    ('2023-07-01', '2024-02-29', '2023-07-01')

    :param day: ISO 8601.
    :param term: years, months or days.
    :return: None where the term is none.
    """
    found = _TERM.search(term)
    if not found:
        return None
    count, start = to_number(found["count"]), date.fromisoformat(day)
    if found["unit"] in "日天":
        return (start + timedelta(days=count)).isoformat()
    months = start.month - 1 + count * (12 if found["unit"] == "年" else 1)
    year, month = start.year + months // 12, months % 12 + 1
    return date(year, month, min(start.day, monthrange(year, month)[1])).isoformat() if year < 9999 else None


def before(day: str) -> str:
    """Give the day before a day, both in ISO 8601."""
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


def is_day(text: str) -> bool:
    """Tell whether a text is a day of the calendar in ISO 8601."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def day_words(day: str) -> str:
    """Word a day.

    >>> day_words("2022-06-30")
    '2022年6月30日'
    """
    year, month, number = day.split("-")
    return f"{year}年{int(month)}月{int(number)}日"
