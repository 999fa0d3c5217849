"""What the neighbours of a paragraph say of its ordinal: runs that go on, quotations, and where a text closes."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence

from ingest.numbering import HEADING_STYLES, Marker, decimal, marker
from ingest.numerals import to_chinese

_LONGEST_QUOTE = 40
"""A quotation that is not closed within so many paragraphs was never meant to be one."""

_GLUED = re.compile(r"(?P<n>\d{1,2})[.．](?=\d)")
_HEADING, _SENTENCE = 20, 25
"""An unnumbered heading is no longer than the one, and what it heads longer than the other."""

_CLOSING = re.compile(
    r"(?:本|此|该|上述|以上)(?:\w{0,6})(?:通知|办法|意见|细则|规定|方案|决定|措施|政策|公告|通告|条例|规则|规范|规程|指引|指南|要点|文件|制度|事项|标准|举措)"
    r"[^。]{0,40}(?:起|日|施行|执行|实施|生效|适用|解释|有效|为准|废止)|"
    r"[^。，]{0,20}本(?:通知|办法|意见|细则|方案|措施|指引|要点|政策)|特此|此复|现予|特别提醒|以上(?:意见|规定|事项|措施|政策|内容)|感谢|各位|同志们|委员长|让我们|我们要(?:更加)?紧密|希(?:望)?(?:你|贵)[省市区县州盟乡镇局厅委校院办单公]|"
    r"全[国省市区县州盟旗乡镇][^。，：]{0,24}(?:要|应|须)|各(?:地|县|区|市|级|有关|相关|乡|镇|街|部门|单位|盟|州|旗)[^。，：]{0,24}(?:要|应|须|可|请|根据|结合|参照)"
)
"""How a paragraph begins that turns from the last item to the whole: 本通知自…起施行, 各地区要…, 特此通知."""

_ADDRESS = re.compile(r"(?:各位[\u4e00-\u9fff]{1,5}|同志们|委员长)\s*[!！，,、：:]")
"""How a speaker addresses the audience, which begins a passage of its own."""

_SUMS_UP = re.compile(r"除?(?:以上|上述)|成绩(?:来之|殊为)不易|此外")
"""How a paragraph begins that turns from the last item to all that were listed."""

_NOTES = re.compile(r"(?:注释|附注|(?:资料|数据)来源)\s*[:：]")
_CLOSING_OF_LAW = re.compile(r"(?:本|此)(?:通知|决定|公告|通告)")


class Series:
    """The ordinals of one text by style, to look ahead in.

    :param places: the paragraphs of the text, by place.
    :param texts: every paragraph as shown.
    :param bare: ordinals that only a blank parts from their heading, by place.
    """

    def __init__(self, places: Sequence[int], texts: Sequence[str], bare: Mapping[int, Marker]) -> None:
        self._places: dict[str, list[int]] = defaultdict(list)
        self._markers: dict[str, list[Marker]] = defaultdict(list)
        self.quoted = quoted(places, texts)
        self.closing = closing(places, texts, bare)
        for place in places:
            found = _ordinal(place, texts, bare)
            if found is not None and place not in self.quoted:
                self._places[found.style].append(place)
                self._markers[found.style].append(found)

    def after(self, style: str, place: int) -> Marker | None:
        """The next ordinal of a style behind a place."""
        index = bisect_right(self._places[style], place)
        return self._markers[style][index] if index < len(self._markers[style]) else None

    def place_after(self, style: str, place: int) -> int | None:
        """Where that ordinal stands."""
        index = bisect_right(self._places[style], place)
        return self._places[style][index] if index < len(self._places[style]) else None

    def goes_on(self, found: Marker, place: int) -> bool:
        """Whether the run of an ordinal goes on behind a place, before it starts anew."""
        following = self.after(found.style, place)
        return following is not None and following.follows(found)

    def notes(self, place: int, text: str) -> bool:
        """Whether a line heads the notes on the whole text, which its parts have ended above: 注释：, 资料来源：."""
        return bool(_NOTES.fullmatch(text.strip())) and not any(self.after(style, place) for style in HEADING_STYLES)

    def glued(self, before: Marker | None, place: int, text: str) -> Marker | None:
        """The ordinal that stands close before a figure, 5.4型… for 5., where it is the one that the run lacks."""
        found = _GLUED.match(text)
        after = self.after("1", place)
        if found is None or before is None or after is None:
            return None
        number = int(found["n"])
        return (
            Marker("1", number, str(number), found.end()) if before.number + 1 == number == after.number - 1 else None
        )

    def is_run(self, found: Marker, place: int, text: str) -> bool:
        """Whether 一是, 二是 open paragraphs one after another, and do not all stand in this one."""
        if f"{to_chinese(found.number + 1)}是" in text:
            return False
        return found.number > 1 or self.goes_on(found, place)


def quoted(places: Sequence[int], texts: Sequence[str]) -> frozenset[int]:
    """Places inside a quotation that an earlier paragraph opened: new wording that a decision puts into a law.

    >>> sorted(quoted(range(4), ["一、改为：“第一条　甲：", "（一）乙；", "（二）丙。”", "二、删去。"]))
    [1, 2]
    """
    found: set[int] = set()
    inside: list[int] | None = None
    for place in places:
        text = texts[place]
        last = max(text.rfind("“"), text.rfind("”"))
        if inside is not None:
            inside.append(place)
            if last >= 0 and text[last] == "”":
                found |= set(inside)
                inside = None
            elif len(inside) > _LONGEST_QUOTE:
                inside = None
        elif last >= 0 and text[last] == "“" and re.search(r"[：:]\s*“", text):
            inside = []
    return frozenset(found)


def closing(places: Sequence[int], texts: Sequence[str], bare: Mapping[int, Marker]) -> frozenset[int]:
    """Places of unnumbered paragraphs at the end of a text that speak of the whole, not of its last item."""
    tail: list[int] = []
    for place in reversed(places):
        if not texts[place] or _ordinal(place, texts, bare) is not None:
            break
        tail.append(place)
    tail.reverse()
    in_articles = any((found := marker(texts[place])) and found.style == "article" for place in places if texts[place])
    pattern = _CLOSING_OF_LAW if in_articles else _CLOSING
    first = next((index for index, place in enumerate(tail) if pattern.match(texts[place])), len(tail))
    return frozenset(tail[first:])


def _ordinal(place: int, texts: Sequence[str], bare: Mapping[int, Marker]) -> Marker | None:
    return (bare.get(place) or marker(texts[place]) or decimal(texts[place])) if texts[place] else None


def closes(text: str) -> bool:
    """Whether a paragraph begins as one that closes a text does: 本通知自…起施行, 感谢…."""
    return bool(_CLOSING.match(text))


def sums_up(text: str) -> bool:
    """Whether a paragraph behind items speaks of all of them: 以上原件…, 除上述机具外…, 成绩来之不易…, 此外…."""
    return bool(_SUMS_UP.match(text))


def addresses(text: str) -> bool:
    """Whether a paragraph begins by addressing the audience (各位代表！)."""
    return bool(_ADDRESS.match(text))


def names_list(text: str) -> bool:
    """Whether a paragraph announces the items below it (对以下三种家庭暂停售房)."""
    return bool(re.search(r"以下|下列|如下", text))


def salutes(text: str) -> bool:
    """Whether a line is nothing but an address (各位代表！) to the audience."""
    return bool(_ADDRESS.fullmatch(text.strip()))


def heads_text(before: str, text: str, following: str) -> bool:
    """Whether an unnumbered line heads the text below it (前言, 2024年工作回顾): short, without stops, between sentences."""
    return (
        len(re.findall(r"[\u4e00-\u9fff]", text)) >= 2
        and len(text) <= _HEADING
        and not re.search(r"[，。；：:、！？!?;]", text)
        and (not before or before.rstrip("”）)").endswith(tuple("。！；!")))
        and len(following) > _SENTENCE
        and following.rstrip("”）)").endswith(tuple("。：！:!"))
        and marker(following) is None
    )
