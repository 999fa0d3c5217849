"""Whether a sentence commits to a quantity, states it as a condition, or only mentions it."""

from __future__ import annotations

import re

from ingest.targets.heads import Stretch, segment, without_verb
from ingest.targets.indicators import Name
from ingest.targets.quantities import Quantity
from ingest.targets.words import ACTIONS, RATE, REACHES

_GOAL = re.compile(
    rf"{ACTIONS}|{REACHES}|确保|力争|覆盖|试点|(?:标准|限额|比例|额度|金额|期限|时间|费用|水平|总额|比重|占比|率|系数|基数|面积|价格|收入)"
    r"[^，。；]*?(?:为|按照?|是|[\d分])|增长|下降|提高|减少|上升|降低|按(?=[^，。；]*?分之)"
)
_GIVES = re.compile(
    r"(?:补发|给予|[记扣计]|扣减|加计|[享补]受|留存|缴纳|设置|配备|配置|支付|收取|发放|奖励|投入|提供|支付|资助|补贴|补助|拨付|安排|达到|设立|实现|一次性|不得|建设|建成|新建|打造|培育)(?:最多|至多)?$"
)
_TIME_NOUN = re.compile(
    r"(?:时间|时长|时数|时限|期限|年限|学制|工期|周期|寿命|实习|见习|年龄|任期|学时)(?:原则上|一般|应当?|为|达到|调整到|调整至|控制在)*$"
)
_PENALTY = re.compile(r"罚款|罚金|处罚|违法所得")
_BASED = re.compile(rf"(?:{RATE}|每[\u4e00-\u9fff]{{1,4}})$")
_ALLOWED = re.compile(r"可(?:以)?[\u4e00-\u9fff]{1,3}$")
"""Words before an amount that somebody may have: 可填报15个志愿."""
_ITEM = re.compile(r"的[”’）)]*[；;。]\s*$")
"""Ends an item of a list of cases: （四）载人超过核定人数百分之二十的；"""
_CASE = re.compile(r"的[”’）)]*$")
_PARTS = re.compile(r"\d(?!G)|方面|层次|维度|阶段|环节|类别|类型|部分|自然年")
_DIFFERS = re.compile(
    r"^[，、]?(?:超(?=.*(?:目标|计划))|比(?![例重率])|高于|低于|快于|优于)|(?<![不得宜应能可])(?:高于|低于|快于|高出)(?:[^，。；、\d]*|全[国省市区][^，。；]*)$|(?<!不)超[^，。；、\d]*(?:目标|计划|全国|平均)[^，。；、\d]*$"
)


def condition(text: str, quantity: Quantity, left: Stretch, previous: Name | None) -> Name | None:
    """A threshold that says whom or what a rule applies to, named by what it is said of.

    对2000户以上和少于500户的居委会; 未满18周岁的未成年人; 失踪满6个月; 3年以上企业工作经历.
    """
    start, end = segment(text, quantity.start)
    attribute = re.compile(
        r"(?:[和、或及][^，。；]*?\d[^，。；的]*)?的([\u4e00-\u9fff]{2,10}?)(?=做|除外|组成|[，。；、：）,]|$)"
    ).match(text, quantity.end, end)
    met = bool(quantity.bound and re.search(r"满|不足|不到", quantity.bound)) and quantity.is_time
    given = _GIVES.search(text[: quantity.start])
    sized = quantity.bound in ("以上", "以下")
    addressed = re.match(r"\s*(?:对|凡|符合|针对)", text[start:end]) and (sized or not given)
    if _PENALTY.search(text[start:end]):
        return None
    if attribute and quantity.bound and (met or addressed or "岁" in (quantity.unit or "")):
        return Name(None, (attribute.span(1),))
    if quantity.is_time and "以上" in (quantity.bound or ""):
        held = re.compile(r"[\u4e00-\u9fff]{0,12}?(?:经历|经验|业绩|资历|履历|从业)").match(text, quantity.end, end)
        if held:
            return Name(None, (held.span(),))
    if met:
        choice = max((found.end() for found in re.finditer("、|或者?", text[: left[1]])), default=0)
        noun = without_verb(text, max(left[0], choice), left[1])
        if noun[1] - noun[0] < 2:
            return previous
        titled = re.search(r"《[^》]*》$", text[slice(*noun)])
        return Name(None, ((noun[0] + titled.start(), noun[1]) if titled else noun,))
    return None


def is_case(text: str, quantity: Quantity) -> bool:
    """占地超过500平方米的，…: the case that a rule speaks of."""
    _, end = segment(text, quantity.start)
    if _ITEM.search(text):
        return True
    if re.match("[未不]?满|不足|不到", quantity.bound or "") and re.match(r"[^。；]*?的[，、]", text[end:]):
        return True
    return bool(_CASE.search(text, quantity.end, end)) and not _GIVES.search(text[: quantity.start])


def states(text: str, quantity: Quantity, left: int) -> bool:
    """Whether the words commit to a quantity: a bound, a verb of doing or reaching, or an indicator before it."""
    start, end = segment(text, quantity.start)
    rest, before = text[quantity.end : end], text[left : quantity.start]
    given = any(_GIVES.search(words) for words in (before, _BASED.sub("", before)))
    if quantity.is_time:
        amount = _TIME_NOUN.search(before) or (quantity.bound and re.search(r"每[^，。；]{1,4}$", before))
        return bool(amount or (given and rest.startswith("的")))
    if _is_mentioned(text[text.rfind("；", 0, start) + 1 : end], rest, quantity) or differs(text, quantity, left):
        return False
    if is_case(text, quantity):
        return bool(quantity.bound)
    if rest.startswith("的") and not given and not (quantity.unit == "%" and before in ("", quantity.bound)):
        return bool(re.match(r"的[^，。；]{0,20}(?:队伍|目标|标准|比例|额度|比率|基础上)", rest))
    if (
        re.search("未(?:达到?|满|超过)?$", before)
        or re.match(r"时(?!间)|的?情况下", rest)
        or (quantity.bound in ("以上", "以下") and rest.startswith("按"))
    ):
        return False
    if ":" in quantity.value or re.match(r"份额|产权|比例", rest):
        return True
    if (
        re.search(r"(?:为|按|[：:])$", before)
        or _ALLOWED.search(before)
        or (before.endswith("的") and quantity.unit == "%")
    ):
        return True
    named = re.match(r"[，、。；：）（]|$", text[quantity.end :]) and re.search("[\u4e00-\u9fff”]{2}$", before)
    return bool(quantity.bound or named or _GOAL.search(text[start:end]))


def differs(text: str, quantity: Quantity, left: int) -> bool:
    """Whether a figure only says by how much one thing differs from another: 低于全国0.6个百分点."""
    return bool(_DIFFERS.search(text[left : quantity.number_start]))


def _is_mentioned(stretch: str, rest: str, quantity: Quantity) -> bool:
    """Whether a quantity is a penalty, tells of parts (4个方面, 下列4项), or describes the noun after it.

    The last is so of a bounded amount: 年销售收入超10亿元龙头企业.
    """
    if _PENALTY.search(stretch) or _PARTS.match(rest) or re.search("下列$|以下$", quantity.gap):
        return True
    amount = quantity.bound and re.match("[万亿]*(?:[元吨亩]|吨标准煤)$", quantity.unit or "")
    return bool(
        amount and re.match(r"(?!左右|以|的|由|并|且|和|及|标准(?!煤)|用于|发放|支持|办|大关)[\u4e00-\u9fff]{2}", rest)
    )


def commits(text: str, quantity: Quantity, left: Stretch) -> bool:
    """Whether a count is to come about; 36个街镇 in passing only tells how many there are.

    A count after its noun (盘活存量项目83个) states the number, one before it needs a word that does.
    """
    _, end = segment(text, quantity.start)
    if re.match(r"[，、。；：）（]|$", text[quantity.end :]) and left[1] - left[0] > 2:
        return True
    said = text[segment(text, quantity.start)[0] : quantity.number_start]
    if _ALLOWED.search(said) or re.search(rf"(?:{ACTIONS})$", said):
        return True
    if quantity.bound or not quantity.is_count or re.search(rf"{REACHES}|实现|累计|为$|按", text[slice(*left)]):
        return True
    return bool(
        re.search(
            r"试点|(?:实现|完成|达到)(?![^，。；、]{0,6}\d)|建成|接入|纳入|通过|开工|投产|投用|落地|争创",
            text[quantity.end : end],
        )
    )
