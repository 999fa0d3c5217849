"""Where a sentence states a quantity: number, unit, comparator; names, dates and ordinals left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.numerals import to_number

_MEASURES = "个百分点|平方公里|平方米|立方米|万元|个月|人次|亿元|件次|公里|公顷|分钟|千米|场次|小时|户次|批次|%|‰|个|亩|人|件|份|例|元|台|名|场|处|天|套|客|家|对|岁|幢|年|床|座|张|户|所|支|日|期|条|栋|次|点|站|组|辆|门|间|队|项"
_UNIT = rf"(?:[万亿千百]?(?:{_MEASURES})(?:/[人户月年日天次床张]+(?:·[月年日天])?)?|倍|[万亿](?![\u4e00-\u9fff]))"
_ARABIC = r"\d+(?:,\d{3})*(?:\.\d+)?(?:\s*[-—－–~～至]\s*\d+(?:\.\d+)?(?!\d*年))?"
_CHINESE = r"(?:[一二两三四五六七八九]?[十百千]|[一二两三四五六七八九])+"
_BOUNDS = {
    "≥": ("不低于", "不少于", "不小于", "至少", "最少", "以上", "≥"), "＞": ("超过", "大于", "高于", "多于", "＞", ">"),
    "≤": ("不超过", "不高于", "不大于", "不多于", "至多", "最多", "以内", "以下", "≤"), "＜": ("低于", "少于", "小于", "不满", "＜", "<"),
    "约": ("左右", "约", "大约", "近"),
}  # fmt: skip
_SIGNS = {word: sign for sign, words in _BOUNDS.items() for word in words}
_BEFORE = "不低于|不少于|不小于|至少|最少|不超过|不高于|不大于|不多于|至多|最多|(?<!不)超过|(?<!不)(?:大于|高于|多于|低于|少于|小于)|不满|大约|约|近|[≥＞≤＜<>]"
_QUANTITY = re.compile(
    rf"(?:(?P<before>{_BEFORE})(?P<gap>[^，。；：、（）\d□]{{0,24}}?))?(?P<value>{_ARABIC}|{_CHINESE}(?={_UNIT}))\s*(?P<unit>{_UNIT})?(?P<after>及?以上|及?以下|以内|左右)?"
)
_NOT_QUANTITIES = tuple(
    re.compile(pattern)
    for pattern in (
        r"《[^》]*》",
        r"“[^”]*”[^，。；（]{0,8}（[^）]*）",
        r"“[^”]*”",
        r"〔\d{4}〕\d+号|\d+号",
        r"\d{4}(?:[—-]\d{4})?年(?:\d{1,2}月(?:\d{1,2}日)?)?",
        r"第[\d一二三四五六七八九十百]+",
        r"[A-Za-z]\d+|\d+(?:\.\d+)?[A-Za-z版]|\d[A-Z]级",
        r"\d+(?:周?岁)(?:及?以上|及?以下|不满)?",
        r"\d+(?:分钟|小时)(?!以内|内)(?=[\u4e00-\u9fff])",
        r"^\s*\d{1,3}[、.]",
        r"\d+[+＋]\w+",
    )
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit in a sentence; ``gap`` is what stands between comparator and number."""

    start: int
    end: int
    value: str
    unit: str | None
    comparator: str
    bounded: bool
    gap: str
    number_start: int


def quantities(sentence: str) -> Iterator[Quantity]:
    """Finds the quantities of a sentence in order.

    Masked first are what only look like quantities: titles, quoted names, document numbers, dates, ordinals,
    versions, ages, and names such as 15分钟社区生活圈. A Chinese numeral counts only with a comparator, for 一个 and
    一批 are mostly articles.

    >>> [(q.comparator, q.value, q.unit) for q in quantities("床位达到17.8万张以上，每区不少于25张，打造1—2个示范点。")]
    [('≥', '17.8', '万张'), ('≥', '25', '张'), ('=', '1-2', '个')]
    """
    masked = sentence
    for pattern in _NOT_QUANTITIES:
        masked = pattern.sub(lambda found: "□" * len(found.group()), masked)
    for found in _QUANTITY.finditer(masked):
        before, after = found["before"], (found["after"] or "").removeprefix("及")
        if found["unit"] is None or (not found["value"][0].isdigit() and before is None):
            continue
        sign = _SIGNS.get(after) or _SIGNS.get(before or "") or "="
        yield Quantity(
            found.start(), found.end(), _value(found["value"]), found["unit"], sign, bool(before or after),
            sentence[found.start("gap") : found.end("gap")] if found["gap"] else "", found.start("value"),
        )  # fmt: skip


def _value(words: str) -> str:
    if words[0].isdigit():
        return re.sub(r"\s*[—－–~～至-]\s*", "-", words.replace(",", ""))
    return str(to_number(words))


def cell_quantity(cell: str) -> tuple[str, str, str | None] | None:
    """Reads a value cell of a table: comparator, value, and the unit if the cell itself has one.

    >>> cell_quantity("≥17.8"), cell_quantity("3000左右"), cell_quantity("100%")
    (('≥', '17.8', None), ('约', '3000', None), ('=', '100', '%'))
    """
    found = re.fullmatch(
        rf"\s*(?P<before>{_BEFORE})?\s*(?P<value>{_ARABIC})\s*(?P<unit>{_UNIT})?\s*(?P<after>及?以上|及?以下|以内|左右)?\s*",
        cell,
    )
    if found is None:
        return None
    after = (found["after"] or "").removeprefix("及")
    return _SIGNS.get(after) or _SIGNS.get(found["before"] or "") or "=", _value(found["value"]), found["unit"]
