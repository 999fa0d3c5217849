"""Documents that a sentence names by title or number: 《甲市养老服务条例》（甲府发〔2020〕5号，以下简称《条例》）."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from index.references.spelling import CHINESE, Spelling, is_within, letters, name_at_end
from index.references.title import version_of, without_version

KIND = "条例|办法|规定|细则|规则|意见|通知|方案|规划|纲要|决定|公告|通告|指南|标准|指引|章程|措施|举措|要点|计划|批复|法典|法|规范|规程|准则|解释|目录|政策|导则"
"""Words that the title of a document ends in; forms and certificates have none of them."""

_TITLE = re.compile(r"《(?:[^《》]|《[^《》]*+》)*+》")
_BRACKET = re.compile(r"\((?P<inside>[^()]{1,120})\)")
_NUMBER = re.compile(r"[^,;。]{0,100}(?:(?:\[[^\[\]]{2,6}\]|令|公告|年|字)第?\d{1,5}号(?:文件?|令)?|第\d{1,5}号令)")
_LABEL = re.compile(r"(?:[^:\[\]]{0,6}:|详?见|即)?")
_PLACE = re.compile(rf"(?:^|[,;。]|(?<=号))(?P<at>第(?:{CHINESE}|\d{{1,4}})(?:部分|[编篇章节条款项点]))")
"""Ordinals in the bracket behind a title, alone or behind the number: 《…》（第三条）, 《…》（甲发〔2023〕1号，第三条）."""
_AHEAD = re.compile(rf"第(?:{CHINESE}|\d{{1,4}})(?:部分|[编篇章节条款项点])")
_ANNEX = re.compile(r"(?:详?见)?(?P<annex>附件(?:\d{1,2}|[一二三四五六七八九十]{1,2})?)")
_SHORT = re.compile(
    r"(?:以下(?:统一|均)?简?称|简称)(?:为)?:?(?P<open>[《“\"‘'])?(?P<alias>(?(open)[^《》“”\"‘’']{1,30}|[一-鿿]{2,12}))"
)
_VERSION = re.compile(r"(?:\d{4}年?)?(?:修订|修正|版本?|第[一二三四五]次修[订正])|试行|暂行|\d{4}年?$")
_LOOSE = re.compile(r"(?P<code>[一-鿿]{2,15})\[(?P<year>(?:19|20)\d\d)年?\]第?(?P<serial>\d{1,4})号")
_ENDS = re.compile(rf"(?:{KIND}|名录|请示|的建议)$")
_GENERIC = re.compile(rf"(?:[一-鿿]|(?:实施|暂行|试行|管理|总体|专项|工作|若干|有关|具体|发展|专项|行动)*(?:{KIND}))")
_HAN_AT_END = re.compile("[一-鿿]+$")
_SHORTEST = 4


@dataclass(frozen=True, slots=True)
class Named:
    """A document as a sentence names it, from ``start`` to ``end`` with the brackets behind its title.

    ``title`` and ``number`` are spelt, empty where not given. ``version`` is what a bracket behind the title says (2018年修订),
    ``issuer`` the words right before it, ``alias`` the name that it goes by from here on. ``annex`` says that it is one of the
    citing document: 《…申报表》（附件2）.
    """

    start: int
    end: int
    title: str
    number: str = ""
    version: str = ""
    issuer: str = ""
    alias: str = ""
    annex: str = ""

    @property
    def is_document(self) -> bool:
        """Whether it is a document by the look of it: it has a number, or a title that ends as those of documents do."""
        name = without_version(self.title)
        return bool(self.number) or (len(letters(name)) >= _SHORTEST and bool(_ENDS.search(name.rstrip("》"))))


def named_in(sentence: Spelling) -> Iterator[Named]:
    """Find the documents that a text names by title in 《》, or by number.

    :param sentence: a text.
    :return: each with what the brackets behind it say, in order.
    """
    text, end = sentence.text, 0
    for match in _TITLE.finditer(text):
        if match.start() < end:
            continue  # a short name in the bracket behind a title
        yield from _loose(text, end, match.start())
        title, number = _parted(match.group()[1:-1])
        before = _HAN_AT_END.search(text[max(0, match.start() - 20) : match.start()])
        issuer = name_at_end(before.group()) if before else ""
        named = with_brackets(text, Named(match.start(), match.end(), title, number, issuer=issuer))
        end = named.end
        yield named
    yield from _loose(text, end, len(text))


def _parted(title: str) -> tuple[str, str]:
    """Take a number off the end of what stands in title marks: 《甲市养老服务条例（甲府发〔2020〕5号）》."""
    match = re.search(r"\(([^()]*)\)$", title)
    return (title[: match.start()], match[1]) if match and _NUMBER.fullmatch(match[1]) else (title, "")


def with_brackets(text: str, named: Named) -> Named:
    """Read the brackets behind a title, up to ordinals in one; one that says nothing of the document is left, unless ordinals follow.

    :param text: the text, spelt.
    :param named: the document, which ends with its title.
    :return: the document with what the brackets say, up to their end.
    """
    while match := _BRACKET.match(text, named.end):
        place = _PLACE.search(match["inside"])
        read = _told(named, match["inside"][: place.start("at")] if place else match["inside"])
        if place:
            named = replace(read, end=match.start("inside") + place.start("at"))
            break
        if read == named and not _AHEAD.match(text, match.end()):
            break
        named = replace(read, end=match.end())
    if (short := _SHORT.match(text, named.end + text.startswith(",", named.end))) and not named.alias:
        named = replace(named, alias=short["alias"])
    return (
        named if not named.alias or is_within(letters(named.alias), letters(named.title)) else replace(named, alias="")
    )


def _told(named: Named, bracket: str) -> Named:
    """Read what a bracket says of a document."""
    for piece in re.split("[,;。]", bracket):
        if short := _SHORT.search(piece):
            named = replace(named, alias=short["alias"])
        elif number := _NUMBER.fullmatch(_LABEL.sub("", piece, count=1)):
            named = replace(named, number=number.group())
        elif annex := _ANNEX.fullmatch(piece):
            named = replace(named, annex=annex["annex"])
        elif _VERSION.search(piece):
            named = replace(named, version=piece)
    return named


def _loose(text: str, start: int, end: int) -> Iterator[Named]:
    """Find numbers that stand without a title: 按照国发[2020]5号文件."""
    for match in _LOOSE.finditer(text, start, end):
        code = name_at_end(match["code"])
        yield Named(match.end("code") - len(code), match.end(), "", f"{code}[{match['year']}]{match['serial']}号")


def version_in(named: Named) -> str:
    """Give the version that a name says, with the bracket behind its title or inside it.

    :param named: a document as it is named.
    :return: letters only; empty where it says none.
    """
    return letters(named.version) or version_of(named.title)


def is_generic(title: str) -> bool:
    """Tell whether a title says nothing of its matter, so that it names no document by itself: 《实施办法》, 《条例》.

    :param title: a title, spelt.
    :return: whether it is made of such words only.
    """
    return bool(_GENERIC.fullmatch(letters(without_version(title))))
