"""Numerals of official documents: 二十一, ２１, 21 and 第十二条 to numbers, and back."""

from __future__ import annotations

import re
import unicodedata

_DIGITS = {
    "零": 0,
    "○": 0,
    "〇": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_NAMES = "零一二三四五六七八九"
_LIMIT, _DIGITS_BELOW, _LONGEST = 10_000, 4, 7  # 九千九百九十九 has seven characters

CHINESE = "[一二三四五六七八九十百零〇○]"
"""Pattern of one character of a Chinese ordinal."""

ARABIC = "[0-9０-９]"
"""Pattern of one Arabic digit of either width."""


def to_number(numeral: str) -> int:
    """Reads a numeral in Chinese or Arabic digits of either width.

    >>> to_number("二十一"), to_number("２１"), to_number("一百零三"), to_number("二○三五")
    (21, 21, 103, 2035)

    :raises ValueError: if it is no numeral.
    """
    plain = unicodedata.normalize("NFKC", numeral)
    if plain.isdecimal():
        return int(plain)
    if not plain or any(char not in _DIGITS and char not in _UNITS for char in plain):
        raise ValueError(f"not a numeral: {numeral!r}")
    if not any(char in _UNITS for char in plain):
        return int("".join(str(_DIGITS[char]) for char in plain))
    total, digit = 0, 0
    for char in plain:
        if char in _UNITS:
            total += (digit or 1) * _UNITS[char]
            digit = 0
        else:
            digit = _DIGITS[char]
    return total + digit


def ordinal(numeral: str) -> int | None:
    """Reads an ordinal below 10,000 as it is written; None for what is not written so, like 十四五.

    >>> ordinal("二十四"), ordinal("105"), ordinal("一千零一十"), ordinal("十四五"), ordinal("百")
    (24, 105, 1010, None, None)

    :param numeral: digits of one kind, half-width.
    :return: the number, or None.
    """
    if not 0 < len(numeral) <= _LONGEST:
        return None
    if numeral.isascii() and numeral.isdecimal():
        return int(numeral) if len(numeral) <= _DIGITS_BELOW else None
    try:
        number = to_number(numeral)
    except ValueError:
        return None
    return number if 0 < number < _LIMIT and to_chinese(number) == re.sub("[〇○]", "零", numeral) else None


def to_chinese(number: int) -> str:
    """Writes 1 to 9,999 as an ordinal of an official document is written.

    >>> [to_chinese(number) for number in (10, 12, 25, 103, 1010)]
    ['十', '十二', '二十五', '一百零三', '一千零一十']

    :raises ValueError: outside 1 to 9,999.
    """
    if not 0 < number < _LIMIT:
        raise ValueError(f"no ordinal from 1 to {_LIMIT - 1}: {number}")
    text, is_gap = "", False
    for unit, value in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit = number // value % 10
        if digit:
            is_ten = value == 10 and digit == 1 and not text
            text += ("零" if is_gap and text else "") + ("" if is_ten else _NAMES[digit]) + unit
        is_gap = not digit
    return text


def year_digits(numeral: str) -> str:
    """Writes a year in half-width digits.

    >>> year_digits("二〇二三"), year_digits("2023")
    ('2023', '2023')

    :param numeral: four digits of either kind.
    :raises ValueError: if one of them is no digit.
    """
    return "".join(str(to_number(digit)) for digit in numeral)
