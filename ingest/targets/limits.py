"""办理时限 and other spans of time that a document sets: how long something may take, lasts, or has to wait."""

from __future__ import annotations

import re

from ingest.targets.heads import Stretch, segment, stretch_before
from ingest.targets.quantities import Quantity

_WITHIN = re.compile(r"之?内(?![容部外地蒙存涵在销需])|以内")
_MAY = re.compile(r"(?:以?后)?(?:即|方|才|后)?可(?:以|(?=[\u4e00-\u9fff]{2}))")
_AFTER = re.compile(r"以?后(?=[\u4e00-\u9fff]{2})")
_NOT_SET = re.compile(
    r"(?:争取|力争|用|未来|今后|近|最近|过去|(?<![\u4e00-\u9fff])前|连续|每|[满超]过?|再|经过?|工作|有效期)(?:[一二两三四五六七八九十\d]+[至到—-])?$"
)
_LASTS = re.compile(
    r"(?:期限?|时[间限长]|年限|天数|房龄|周期|寿命|[为延展顺宽]期|公示|公告|延长|增加|缩短|压缩|顺延|保存|保留|留存|不再)"
    r"(?:均|原则上|一般|应当?|统一|调整|最[长短多少]|控制|再|可|各|至|为|是|到|在|[：:])*$"
)
_BOUNDS = re.compile(r"不[得宜应能可]?(?:超过|少于|低于|多于|高于|大于|小于)|最[长多短少]|至[多少]|以内")
OWN_TERM = re.compile(
    r"(?:本|该|此)(?:办法|规定|通知|意见|细则|条例|方案|措施|标准|文件|规则|规程|政策|公告|目录)|(?:施行|执行|实施|生效|印发|发布)[^。；]{0,24}有效期|试行期"
)
_CASE = re.compile(r"的[”’）)]*$")


def is_limit(text: str, quantity: Quantity) -> bool:
    """Whether a span of time is one that the sentence sets: 在3个工作日内办结, 公示期不少于5天, 满三年即可上市.

    A span that only says which case is meant (5年内转让的, 近2年内), how long the document itself holds, or by when an aim is
    hoped for (争取三年内) is none.
    """
    if not quantity.is_time or quantity.unit in ("岁", "周岁"):
        return False
    start, end = segment(text, quantity.start)
    before, rest = text[start : quantity.number_start], text[quantity.end : end]
    if before.endswith("为期"):
        return True
    if _CASE.search(rest) or re.match("的|时(?!间)", rest) or OWN_TERM.search(_sentence_part(text, quantity.start)):
        return False
    if _WITHIN.match(rest) or quantity.bound == "以内":
        near = quantity.unit != "年" or re.search(
            r"起|后|签订", _sentence_part(text, quantity.start)[: -len(rest) or None]
        )
        if near and not _NOT_SET.search(before) and not re.match(r"[^，。；]{0,12}的(?=[，。；]|$)", rest):
            return True
    if _MAY.match(rest) or (quantity.unit != "年" and "月" not in (quantity.unit or "") and _AFTER.match(rest)):
        return "的" not in rest[:8]
    if _LASTS.search(text[max(0, quantity.start - 24) : quantity.start]) or _LASTS.search(before):
        return True
    return bool(quantity.bound and _BOUNDS.search(quantity.bound))


def limited(text: str, quantity: Quantity) -> Stretch | None:
    """What is to be done within a span of time, in this stretch of the sentence or the next; None where it lasts."""
    found = _WITHIN.match(text, quantity.end)
    if not found:
        return None
    start = found.end() + (text[found.end() : found.end() + 1] == "，")
    _, end = segment(text, start)
    return (
        (start, end) if end - start >= 2 else next(iter(stretch_before(text, segment(text, quantity.start)[0])), None)
    )


def _sentence_part(text: str, place: int) -> str:
    """The words between semicolons or stops round a place."""
    start = max(text.rfind(mark, 0, place) for mark in "。；\n") + 1
    ends = [end for mark in "。；\n" if (end := text.find(mark, place)) >= 0]
    return text[start : min(ends, default=len(text))]
