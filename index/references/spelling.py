"""Spellings brought together before references are compared: widths, brackets, blanks, and the two kinds of digits."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

CHINESE = "[零〇一二三四五六七八九十百千]+"
YEAR = r"(?:(?:19|20)\d\d|[一二][〇零一二三四五六七八九]{3})"
_DIGITS = "零一二三四五六七八九"
_UNITS = {"千": 1000, "百": 100, "十": 10}
_BRACKETS = str.maketrans("〔【〖〕】〗", "[[[]]]")
_CONNECTIVE = re.compile(
    r"[的和与及跟同在按照据看查问下请把将对比较到至见是于里中从给说讲读找于、]$"
    r"|(?:打开|介绍|解读|解释|学习|贯彻|落实|执行|参阅|参考|引用|摘录|列出|展示|以及|还有|根据|结合)$"
)


@dataclass(frozen=True, slots=True)
class Plain:
    """A question in the form in which references are read; ``places`` lead each character back to the question."""

    source: str
    text: str
    places: tuple[int, ...]

    def verbatim(self, start: int, end: int) -> str:
        """Give a stretch as it was typed.

        :param start: place in ``text``.
        :param end: place behind its last character.
        :return: that part of the question.
        """
        return self.source[self.places[start] : self.places[end - 1] + 1] if start < end else ""

    def is_free(self, place: int) -> bool:
        """Tell whether a name may begin at a place: behind a mark, a blank or a connective, but not inside a word.

        :param place: place in ``text``.
        :return: whether nothing before it belongs to the word there.
        """
        if place == 0 or self.places[place] - self.places[place - 1] > 1:
            return True
        return unicodedata.category(self.text[place - 1])[0] not in "LN" or is_connective(self.text[:place])


def is_connective(before: str) -> bool:
    """Tell whether a text ends in a word that ties the next one on without belonging to it.

    :param before: the text before a name.
    :return: whether it ends so.
    """
    return bool(_CONNECTIVE.search(before[-2:]))


def plain_form(text: str) -> str:
    """Bring spellings of a reference together: NFKC, brackets of a number all alike, no blanks.

    >>> plain_form("浦民发【２０２３】 74 号（二）")
    '浦民发[2023]74号(二)'

    :param text: any text.
    :return: the form in which references are compared.
    """
    return plain(text).text


def plain(text: str) -> Plain:
    """Bring a text into plain form and keep where each character came from.

    :param text: any text.
    :return: plain form with places.
    """
    characters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        form = "".join(unicodedata.normalize("NFKC", character).translate(_BRACKETS).split())
        characters.append(form)
        places += [place] * len(form)
    return Plain(text, "".join(characters), tuple(places))


def to_number(text: str) -> int | None:
    """Read a number below 10,000 in either kind of digits; None for what is no such number, like 十四五.

    >>> to_number("二十四"), to_number("105"), to_number("一千零一十"), to_number("十四五")
    (24, 105, 1010, None)

    :param text: digits of one kind.
    :return: the number, or None.
    """
    if text.isascii() and text.isdigit():
        return int(text)
    text = text.replace("〇", "零")
    total, digit = 0, 0
    for character in text:
        if character in _UNITS:
            total += (digit or 1) * _UNITS[character]
            digit = 0
        elif character in _DIGITS:
            digit = _DIGITS.index(character)
        else:
            return None
    return total + digit if to_chinese(total + digit) == text else None


def to_chinese(number: int) -> str:
    """Write a number below 10,000 as an ordinal is written.

    >>> [to_chinese(number) for number in (12, 24, 105, 1010)]
    ['十二', '二十四', '一百零五', '一千零一十']

    :param number: 1 to 9999.
    :return: the number in Chinese digits.
    """
    text, is_gap = "", False
    for unit, value in (*_UNITS.items(), ("", 1)):
        digit = number // value % 10
        if digit:
            is_ten = value == 10 and digit == 1 and not text
            text += ("零" if is_gap and text else "") + ("" if is_ten else _DIGITS[digit]) + unit
        is_gap = not digit
    return text


def year_digits(text: str) -> str:
    """Write a year in digits: 二〇二三 is 2023.

    :param text: four digits of either kind.
    :return: four ASCII digits.
    """
    return "".join(str(_DIGITS.index(one)) if one in _DIGITS else one for one in text.replace("〇", "零"))
