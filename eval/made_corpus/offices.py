"""Invented offices, and the 发文字号 that they give."""

from __future__ import annotations

import itertools
import random
from collections import Counter
from dataclasses import dataclass

_PLACES = (
    "青禾市", "柏川市", "澄湖市", "砚溪市", "岚桥市", "苇塘市", "梧岭市", "鹤汀市", "棠浦区", "枫渚区",
    "桐坞区", "蓼洲区", "槐亭区", "榆湾县", "桑坪县", "麦坞县", "稻溪县", "竹岭县", "松泉县", "杏园县",
)  # fmt: skip
"""No two begin with the same character, with which their numbers begin."""

_KINDS = {
    "人民政府": "政", "人民政府办公室": "政办", "发展和改革委员会": "发改", "教育局": "教", "科学技术局": "科", "民政局": "民",
    "财政局": "财", "人力资源和社会保障局": "人社", "生态环境局": "环", "住房和城乡建设局": "建", "交通运输局": "交", "水务局": "水",
    "农业农村局": "农", "商务局": "商", "文化和旅游局": "文旅", "卫生健康委员会": "卫", "市场监督管理局": "市监", "应急管理局": "应急",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Office:
    """发文机关: its place, its whole name, and the characters that its numbers begin with (机关代字)."""

    place: str
    name: str
    code: str

    @property
    def below(self) -> str:
        """主送: whom its documents are addressed to."""
        units = {
            "市": "各区人民政府，市政府各部门",
            "区": "各街道办事处，区政府各部门",
            "县": "各乡镇人民政府，县政府各部门",
        }
        return units[self.place[-1]]


OFFICES = tuple(
    Office(place, place + kind, place[0] + short) for place, (kind, short) in itertools.product(_PLACES, _KINDS.items())
)


class Numbers:
    """Gives out 发文字号, none twice: of an office and year one after another."""

    def __init__(self) -> None:
        self._given: Counter[str] = Counter()

    def next(self, office: Office, year: int, choice: random.Random) -> str:
        """Give the next number.

        :param office: whose.
        :param year: of the document.
        :param choice: between the two series of an office, 发 and 规.
        :return: for instance 青民发〔2023〕12号.
        """
        series = f"{office.code}{choice.choice('发规')}〔{year}〕"
        self._given[series] += 1
        return f"{series}{self._given[series]}号"
