"""What a question is after, by the set phrases that ask for it: a list, a comparison, a figure, who, past or future."""

from __future__ import annotations

import re
from dataclasses import dataclass

_COMPARES = re.compile(
    r"对比|比较(?![难困严大小多少高低好差重轻穷长短久远老弱急忙紧])|相比|比一比|比起来|差多少|相差|差距|差几|差别|不同(?![意程])"
    r"|一样吗|一致吗|分别|各(?:[是要自]|有(?!关))|[谁哪]个?[高低多少]"
)
_AGREES = re.compile(r"一样吗|一致吗")
_LISTS = re.compile(r"哪些|列[出举]|逐条|几条|都有什么|(?:所有|全部).*条款")
_LIST_WORDS = re.compile(r"[有都]?哪些|列[出举]来?|逐条|几条|都有什么|所有的?|全部的?")
_FIGURE = re.compile(r"多少|几[个家张人户项所处名%成]|比例|占比|率|目标|指标|达到|数量|数字|百分之")
_WHO = re.compile(r"谁|[哪什][个些么](?:部门|单位)|责任|牵头|负责|归.*管")
_TARGETS = re.compile(r"目标|指标")
_NATURE = re.compile(r"约束性|预期性")
_AHEAD = re.compile(r"以后|今后|将来|未来|接下来|往后|会不会|要不要|打算|准备|计划|目标|今年|明年|会[涨加增多建]")
_BACK = re.compile(r"已经|过去|以前|前几年|那几年|那会儿|当年|目前|现有|做了|成绩|成效")


@dataclass(frozen=True, slots=True)
class Intent:
    """What a question is after.

    ``compares`` wants things side by side, ``agrees`` wants to know whether they are the same, ``lists`` all that fits,
    ``targets`` what states aims, ``nature`` only those that are 约束性 or 预期性; ``figure`` wants a number, ``who`` an
    organisation; ``ahead`` and ``back`` want what is to come or what was done.
    """

    compares: bool = False
    agrees: bool = False
    lists: bool = False
    targets: bool = False
    nature: str | None = None
    figure: bool = False
    who: bool = False
    ahead: bool = False
    back: bool = False


def read_intent(text: str, asks: str) -> Intent:
    """Read what a question is after.

    :param text: the whole question.
    :param asks: search form, without blanks, of the sentence that asks.
    :return: the intent.
    """
    nature = _NATURE.search(text)
    return Intent(
        compares=bool(_COMPARES.search(text)),
        agrees=bool(_AGREES.search(text)),
        lists=bool(_LISTS.search(text)),
        targets=bool(_TARGETS.search(text)),
        nature=nature.group() if nature else None,
        figure=bool(_FIGURE.search(text)),
        who=bool(_WHO.search(text)),
        ahead=bool(_AHEAD.search(asks)),
        back=bool(_BACK.search(asks)),
    )


def without_intent(text: str) -> str:
    """Take the phrases that ask for a list, a comparison or targets out of a question; what is left is what it is about.

    >>> without_intent("列出所有提到养老床位的约束性指标").split()
    ['提到养老床位的']

    :param text: a question, or what is left of it.
    :return: the text with blanks for those phrases.
    """
    for pattern in (_NATURE, _COMPARES, _LIST_WORDS, _TARGETS):
        text = pattern.sub(" ", text)
    return text
