"""The form of a text in which references are read and compared: widths, brackets and blanks all alike."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

CHINESE = "[零〇一二三四五六七八九十百千]{1,9}"
"""Pattern of a Chinese ordinal; none has more characters."""
CIRCLED = "[①-⑳]"
YEAR = r"(?:(?:19|20)\d\d|[一二][〇零一二三四五六七八九]{3})"
_BRACKETS = str.maketrans("〔【〖〕】〗", "[[[]]]")
_CONNECTIVE = re.compile(
    r"[的和与及跟同在按照据看查问下请把将对比较到至见是于里中从给说讲读找于、]$"
    r"|(?:打开|介绍|解读|解释|学习|贯彻|落实|执行|参阅|参考|引用|摘录|列出|展示|以及|还有|根据|结合|知道|了解|查询|查找)$"
)


@dataclass(frozen=True, slots=True)
class Spelling:
    """A text in the form in which references are read; ``offsets`` lead each character back to ``source``."""

    source: str
    text: str
    offsets: tuple[int, ...]

    def verbatim(self, start: int, end: int) -> str:
        """Give a stretch as it was typed.

        :param start: position in ``text``.
        :param end: position behind its last character.
        :return: that part of the source.
        """
        return self.source[self.offsets[start] : self.offsets[end - 1] + 1] if start < end else ""

    def is_split(self, position: int) -> bool:
        """Tell whether blanks stand before a position, which ``text`` has no more.

        :param position: position in ``text``.
        :return: whether the source has more than one step there.
        """
        return position > 0 and self.offsets[position] - self.offsets[position - 1] > 1

    def is_free(self, position: int) -> bool:
        """Tell whether a name may begin at a position: behind a mark, a blank or a connective, but not inside a word.

        :param position: position in ``text``.
        :return: whether nothing before it belongs to the word there.
        """
        if position == 0 or self.is_split(position):
            return True
        return not is_letter(self.text[position - 1]) or is_connective(self.text[max(0, position - 2) : position])


def is_within(short: str, long: str) -> bool:
    """Tell whether a name is made of characters of a longer one in their order: 条例 of 甲市养老服务条例, not 两办法.

    >>> is_within("国令", "国务院令"), is_within("令国", "国务院令")
    (True, False)

    :param short: a name that leaves some out.
    :param long: the name in full.
    :return: whether it may stand for it.
    """
    characters = iter(long)
    return all(character in characters for character in short)


def is_connective(before: str) -> bool:
    """Tell whether a text ends in a word that ties the next one on without belonging to it.

    :param before: the text before a name.
    :return: whether it ends so.
    """
    return bool(_CONNECTIVE.search(before[-2:]))


def name_at_end(text: str) -> str:
    """Take the name at the end of a text, back to the nearest connective.

    >>> name_at_end("请看民政部")
    '民政部'

    :param text: the text before a number or a title.
    :return: its end, all of it where no connective stands in it.
    """
    return text[max((at for at in range(len(text) - 1) if is_connective(text[:at])), default=0) :]


def spelt(text: str) -> str:
    """Bring spellings of a reference together: NFKC, brackets of a number all alike, no blanks; ① stays.

    >>> spelt("浦民发【２０２３】 74 号（二）①")
    '浦民发[2023]74号(二)①'

    :param text: any text.
    :return: the form in which references are compared.
    """
    return "".join(map(_form, text))


def spelling(text: str) -> Spelling:
    """Spell a text, and keep where each character came from.

    :param text: any text.
    :return: the text as :func:`spelt` gives it, with offsets.
    """
    forms = [_form(character) for character in text]
    offsets = (offset for offset, form in enumerate(forms) for _ in form)
    return Spelling(text, "".join(forms), tuple(offsets))


@cache
def is_letter(character: str) -> bool:
    """Tell whether a character is a letter or a digit, and no mark.

    :param character: one character.
    :return: whether it is of Unicode category L or N.
    """
    return unicodedata.category(character)[0] in "LN"


def letters(text: str) -> str:
    """Take the marks out of a text, in which titles are compared.

    >>> letters("“十四五”规划(2021-2025年)")
    '十四五规划20212025年'

    :param text: any spelt text.
    :return: its letters and digits.
    """
    return "".join(filter(is_letter, text))


@cache
def _form(character: str) -> str:
    form = character if re.fullmatch(CIRCLED, character) else unicodedata.normalize("NFKC", character)
    return "".join(form.translate(_BRACKETS).split())
