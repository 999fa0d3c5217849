"""Which targets speak of the same indicator, and whether they agree (数值、期限、比较词)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation

from index.question import words
from index.question.lists import from_lists
from index.question.regions import region_names
from index.records import Agreement, Statement
from ingest.records import Target

_TAIL = re.compile(r"(?:面积|总数量|总数|总量|数量|人数|户数|家数|占比|比例|比重|比率|比|率|数)$")
_SCOPE = re.compile(r"全市|全区|全国|本市|本区|居民|拥有|(?<=注册)使用|(?<=家庭)数(?:量)?占.*$|的")
_CERTIFIED = re.compile(r"持有[^，。]{0,16}证书?")
_RATIOS = ("%", "全覆盖")
_PERSONS = {"名": "人", "位": "人"}
_SCALES = {"万": Decimal(10000), "亿": Decimal(100000000), "千": Decimal(1000), "百": Decimal(100)}
UNSAID = "未载明"
"""What stands for a field that the document does not state."""

_LIKE = 0.8
"""Share of words that two indicators must have in common."""

_RANKED = re.compile(r"第?(?:首|[一二两三四五六七八九十\d]+)(?:[套级类档孩胎期批等线环]|产业|梯队|次)")
_OPPOSED = re.compile(
    "城镇|城市|农村|乡村|城乡|公办|民办|公立|私立|男|女|小学|初中|高中|中职|高职|本科|省级|市级|区级|县级|乡镇|街镇|新建|改建|扩建|存量"
    "|个人|单位|企业|家庭|户籍|本地|外地|最高|最低|上限|下限|以上|以下|新增|累计|人均|平均"
)
"""Words of kinds that exclude one another: two indicators that do not share them are never the same."""


@from_lists(maxsize=1 << 14)
def stem(indicator: str) -> str:
    """What an indicator is of, less the words for the way of counting and for the whole area.

    >>> stem("养老床位数"), stem("全市养老床位总量"), stem("护理型床位占比")
    ('养老床位', '养老床位', '护理型床位')
    """
    plain = re.sub(r"[“”《》（）()\s]", "", indicator)
    plain = _SCOPE.sub("", _areas().sub("", _CERTIFIED.sub("持证", plain)))
    return _TAIL.sub("", plain) or plain


@from_lists()
def _areas() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(region_names())})(?:新区|[省市区县])")


def same_indicator(one: Target, other: Target) -> bool:
    """Whether two targets measure the same thing: in the same measure, and by like words.

    A count is of the same things only if one name holds the other (a word more names fewer things); a share may be
    put in other words, but not with one word in another's place: 首套 and 第二套, 城镇 and 农村 are two indicators.
    """
    if measure_of(one) != measure_of(other) or "每" in one.indicator + other.indicator and _base(one) != _base(other):
        return False
    if _kinds(one.indicator) != _kinds(other.indicator):
        return False
    left, right = stem(one.indicator), stem(other.indicator)
    if left == right or (min(len(left), len(right)) >= 4 and (left in right or right in left)):
        return True
    if measure_of(one) != "%" and not _base(one):
        return False
    mine, others = ({word for word in parts(side) if len(word) > 1} for side in (left, right))
    if mine - others and others - mine:
        return False
    return bool(mine and others) and 2 * len(mine & others) / (len(mine) + len(others)) >= _LIKE


def _kinds(indicator: str) -> frozenset[str]:
    """The words of an indicator that set it off from others of its name: 首套, 第二套, 农村, 最低."""
    ranks = (re.sub("^第", "", found.group()) for found in _RANKED.finditer(indicator))
    return frozenset([*ranks, *(found.group() for found in _OPPOSED.finditer(indicator))])


@from_lists(maxsize=1 << 14)
def parts(stemmed: str) -> tuple[str, ...]:
    """Cut what :func:`stem` gives into content words; 持证 is one by itself.

    :param stemmed: an indicator, or words asked for.
    :return: the words in order.
    """
    return tuple(words.content_words(stemmed.replace("持证", " 持证 ")))


def _base(target: Target) -> str:
    found = re.search(r"每[^，。]{0,8}?[户人区镇村圈家床年月]", target.indicator)
    return found.group() if found else ""


def measure_of(target: Target) -> str:
    """What a value counts, 万 and 亿 aside; 100% and 全覆盖 are the same measure."""
    if target.value in ("全覆盖", "全部"):
        return "%"
    unit = re.sub("^[万亿千百]", "", target.unit or "")
    if not unit and re.search("率|占比|比例", target.indicator):
        return "%"
    return _PERSONS.get(unit, unit)


def number(target: Target) -> Decimal | None:
    """The value as a number, 万 and 亿 counted in; None for a range. 全覆盖 is 100."""
    if target.value in ("全覆盖", "全部"):
        return Decimal(100)
    try:
        value = Decimal(target.value)
    except InvalidOperation:
        return None
    scale = (target.unit or " ")[0]
    return value * _SCALES[scale] if scale in _SCALES and len(target.unit or "") > 1 else value


def link(statements: Sequence[Statement], others: Iterable[Statement]) -> tuple[Agreement, ...]:
    """For each statement, the others of the same indicator, with a remark on whether they agree.

    :param statements: those an answer shows.
    :param others: all of the same document.
    """
    found: list[Agreement] = []
    seen: set[frozenset[tuple[str, int]]] = set()
    every = tuple(others)
    for statement in statements:
        for other in every:
            pair = frozenset([statement.place, other.place])
            alike = statement.target.kind == other.target.kind == "target" and same_indicator(
                statement.target, other.target
            )
            if len(pair) == 2 and pair not in seen and alike and statement.target.action == other.target.action:
                seen.add(pair)
                found.append(agreement(statement, other))
    return tuple(found)


def agreement(one: Statement, other: Statement) -> Agreement:
    """Says in what two statements of one indicator differ."""
    differences = list(_differences(one.target, other.target))
    remark = "；".join(differences) if differences else "两处一致"
    return Agreement((one, other), not differences, remark)


def _differences(one: Target, other: Target) -> Iterable[str]:
    left, right = number(one), number(other)
    if left != right or (left is None and _value(one) != _value(other)):
        yield f"数值不同：{_value(one)}，{_value(other)}"
    if one.comparator != other.comparator:
        yield f"比较词不同：{one.comparator}，{other.comparator}"
    if one.deadline and other.deadline and one.deadline != other.deadline:
        yield f"期限不同：{one.deadline}年，{other.deadline}年"


def _value(target: Target) -> str:
    return f"{target.value}{target.unit or ''}"


def deadline_words(target: Target) -> str:
    """A deadline as one would say it, 未载明 where there is none."""
    return f"{target.deadline}年" if target.deadline else UNSAID


def difference(one: Target, other: Target) -> str | None:
    """The difference of two values of the same indicator, or why none can be taken.

    >>> from dataclasses import replace
    >>> city = Target("持证率", "≥", "20", "%", "20%以上", 0, 5, deadline="2025")
    >>> difference(city, replace(city, value="22"))
    '相差2个百分点'
    """
    if one.action != other.action and (one.action or other.action):
        return f"一处是{one.action or '总量'}，一处是{other.action or '总量'}，口径不同，不作差"
    if one.action and one.deadline != other.deadline:
        return f"期限不同（{deadline_words(one)}，{deadline_words(other)}），不作差"
    left, right = number(one), number(other)
    if left is None or right is None:
        return None
    gap = abs(left - right)
    if gap == 0:
        return "数值相同"
    if measure_of(one) == "%":
        return f"相差{gap.normalize():f}个百分点"
    return f"相差{gap.normalize():f}{measure_of(one)}"
