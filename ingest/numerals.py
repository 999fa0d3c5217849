"""Numerals of official documents: 二十一, ２１, 21 and 第十二条 to numbers, and back."""

from __future__ import annotations

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


def to_chinese(number: int) -> str:
    """Writes 1 to 999 as an ordinal of an official document is written.

    >>> to_chinese(10), to_chinese(12), to_chinese(25), to_chinese(103)
    ('十', '十二', '二十五', '一百零三')

    :raises ValueError: outside 1 to 999.
    """
    if not 0 < number < 1000:
        raise ValueError(f"no ordinal from 1 to 999: {number}")
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{_NAMES[hundreds]}百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else _NAMES[tens]) + "十"
    elif hundreds and ones:
        text += "零"
    return text + (_NAMES[ones] if ones else "")
