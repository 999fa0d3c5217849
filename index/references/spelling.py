"""Spellings brought together before references are compared: widths, brackets and blanks."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

CHINESE = "[零〇一二三四五六七八九十百千]+"
YEAR = r"(?:(?:19|20)\d\d|[一二][〇零一二三四五六七八九]{3})"
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
