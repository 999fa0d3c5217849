"""Lists of organisations taken apart: members, levels that share one head (市、县人民政府), and what brackets keep together."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.records import Span

_MARK = re.compile(r"、|以及|及(?!时|其)|和|与|或者?|/")
_RANKS = ("省", "市州盟", "县区旗", "乡镇街", "村居")
_LEVELS = re.compile(
    r"(?:各|所在地|有关|相关)*(?:自治[区州县旗]|设区的?市|辖市|特区|〔[^〔〕]*〕|\[[^\[\]]*\]|街道|园区|[省市州盟县区旗乡镇街村、]|（[^（）]*）|\([^()]*\))+"
)
_ONE_OFFICE = re.compile(
    "社会保障|城乡建设|改革|信息化|旅游|计划生育|自然资源|规划|大?数据|体育|综合执法|草原|物资储备|宗教|湖泊|知识产权"
)
_GOVERNED = re.compile(r"(?:政府|部门|机关|机构|组织|委员会|办事处|局|委|办|窗口)$")
_OPEN, _CLOSE = "（(〔[《“", "）)〕]》”"


def outside(sentence: str, start: int, end: int, mark: re.Pattern[str]) -> Iterator[Span]:
    """Cuts a stretch at a mark that stands in no bracket; empty ones are left out."""
    begin = start
    for place in _outside_marks(sentence, start, end, mark):
        if place.start > begin:
            yield Span(begin, place.start)
        begin = place.end
    if end > begin:
        yield Span(begin, end)


def members(sentence: str, start: int, end: int) -> list[tuple[int, int]]:
    """The members of a list of organisations.

    >>> text = "市、县（区）人民政府和住房和城乡建设局、各区"
    >>> [text[a:b] for a, b in members(text, 0, len(text))]
    ['市、县（区）人民政府', '住房和城乡建设局', '各区']
    """
    marks = [*_outside_marks(sentence, start, end, _MARK), Span(end, end)]
    parts: list[tuple[int, int]] = []
    place = start
    for number, mark in enumerate(marks):
        following = marks[number + 1].start if number + 1 < len(marks) else end
        if mark.start < end and _belongs(
            sentence[place : mark.start], sentence[mark.start : mark.end], sentence[mark.end : following]
        ):
            continue
        if mark.start > place:
            parts += _each(sentence, place, mark.start)
        place = mark.end
    return parts


def _each(sentence: str, start: int, end: int) -> list[tuple[int, int]]:
    """各地各部门 is two, with no mark between them."""
    if not sentence.startswith("各", start):
        return [(start, end)]
    begins = [start, *(found.start() for found in re.finditer("(?<=..)各", sentence[start:end]) if found.start() > 0)]
    places = [start, *(start + place for place in begins[1:])]
    return list(zip(places, [*places[1:], end], strict=True))


def _belongs(left: str, mark: str, right: str) -> bool:
    """Whether a mark parts no members: 市、县人民政府 and 住房和城乡建设局 are one name each."""
    if mark == "和" and _ONE_OFFICE.match(right) and not _GOVERNED.search(left):
        return True
    if not _LEVELS.fullmatch(left) or right.startswith("各"):
        return False
    if _LEVELS.fullmatch(right):
        return True
    if left.startswith("各"):
        return bool(_GOVERNED.search(right)) and _rank(right) > _rank(left)
    return _rank(right) >= _rank(left[-2:])


def _rank(words: str) -> int:
    """How low the level is that words name first; -1 for none."""
    place = re.search("[省市州盟县区旗乡镇街村居]", words[:3])
    return next((rank for rank, signs in enumerate(_RANKS) if place and place.group() in signs), -1)


def _outside_marks(sentence: str, start: int, end: int, mark: re.Pattern[str]) -> Iterator[Span]:
    depth, place = 0, start
    while place < end:
        char = sentence[place]
        depth += char in _OPEN
        depth -= char in _CLOSE and depth > 0
        found = mark.match(sentence, place, end) if depth == 0 else None
        if found:
            yield Span(*found.span())
        place = found.end() if found else place + 1
