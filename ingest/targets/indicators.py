"""The noun phrase that a quantity measures, as stretches of its sentence, and the verb that makes it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.targets.heads import Head, Stretch, head_of, segment, stretch_before
from ingest.targets.quantities import Quantity
from ingest.targets.words import ACTIONS, RATE, REACHES, SCOPES

_GENERIC = re.compile(r"^(?:累计|总数|总量|总计|其中|合计|规模|总规模|数量|连续□*\d*年|的?[了]?)$")
_CHANGES = "增长|下降|提高|减少|上升|提升|增加|降低|增"
_CHANGE = re.compile(rf"^(?:(?:年均)?(?:同比)?(?:{_CHANGES})|占.*)$")
_PHRASE = re.compile(
    r"(?:（[^（）\d]{1,5}）|(?!(?:和|及|与|以及|或|并|且)(?:[^的，。；、]{0,6}\d|具有)|(?:实现|完成|达到)[^，。；、（]{0,6}\d)[^，。；;：:！？\n、（）])*"
)
_JOINS = ("参保", "参加", "受益", "就业")
_NO_NOUN = re.compile(
    r"(?:（|并|且|及|和(?!谐)|或|与|在(?!校|岗|线)|以|为(?!老)|于|向|从|均|都(?!市)|已|未(?!来|成年)|不(?!动产)|等(?!级)|共(?!享|建|同)|可(?!再|持)"
    r"|能(?!源|力|量|效)|由|进行|实现|达到|通过|完成|左右|标准(?!煤|化)|要求|确定|计[发算]|执行|缴纳|大关|之间|[内外中后前上下](?=[，。；、的以均]|$)|工作日|才)"
)
_SHARE_OF = re.compile(r"(?:缴纳|支付|缴存|留存|承担|发放|持有|享受)(?P<whole>[\u4e00-\u9fff]{2,16}?)(?:的|产权)$")
"""What a share is to be paid or had of: 缴纳土地出让价款的50%."""
_GIVEN = re.compile("给予|奖励|补助|补贴|资助|享受|安排")
"""Words before an amount whose name follows it: 分档给予企业最高50万元的奖励."""
_PREDICATE = re.compile(
    r"由|达到|实现|完成|接入|纳入|通过|建成|开展|配备|建立|转入|入驻|提供|享受|在(?=[^，。；]{0,12}实训)"
)
_DESCRIBES = re.compile(
    r"(?:具有|具备|符合|达到|富有|满足|适应|涵盖|服务|兼具|面向|用于|能够|可|以|由|反映|有利于|处于|标志性)[^，。；、]*的(?=[^的]{2,}$)"
)
_DOES = re.compile(r"(?:大力|积极|全面|率先|普遍|先行|扎实|有序|稳步|陆续|加快|深入|统筹)|(?<=.)(?:开展|实施|推进)")


@dataclass(frozen=True)
class Name:
    """Verb and noun phrase of a quantity.

    ``borrowed`` when the clause's heading gives the noun; ``others`` are the members of a list whose figures are still
    to come: 单项冠军、“小巨人”分别增至283家、38家.
    """

    action: str | None
    pieces: tuple[Stretch, ...]
    borrowed: bool = False
    others: tuple[tuple[Stretch, ...], ...] = ()


def name_of(text: str, quantity: Quantity, left: Stretch, previous: Name | None, heading: str) -> Name:
    """Names a quantity.

    A count is named by the noun after it (600户居家环境适老化改造) or, where none follows, by the one before
    (养老床位1500张); a measure by the one before (覆盖率达到100%). Failing both, the quantity before (每区不少于25张),
    the stretch before (提高护理型床位占比，2022年不低于…), or the clause's heading lends its noun.

    :param left: the words before it that may name it.
    :param previous: name of the quantity before it in the sentence.
    :param heading: the clause's own heading.
    """
    share = _SHARE_OF.search(text[: quantity.start], left[0]) if quantity.unit == "%" else None
    if share:
        return Name(None, (share.span("whole"),))
    head = head_of(text, *left)
    action = _gap_action(quantity) or head.action
    after = _noun_after(text, quantity, head)
    base = _gap_base(text, quantity) or head.base
    if base:
        return Name(action, _with_base(text, quantity, head, base, after, previous))
    if re.fullmatch("即.*之比", text[slice(*left)]):
        return Name(action, stretch_before(text, left[0]))
    joined = text[left[0] : left[1]].endswith(("和", "及", "与")) and not quantity.is_count
    noun = head.noun if _names(text, head.noun) and not (joined and after) else None
    if listed := _in_list(text, left, head, noun, previous):
        return listed
    given = action or (noun and _GIVEN.search(text[slice(*noun)]))
    if after and (quantity.is_count or not noun or (given and text.startswith("的", quantity.end))):
        pieces = (noun, after) if noun and _belongs(text, head, after) else (after,)
        return Name(action, pieces, len(pieces) == 1 and _is_bare_doing(text[slice(*after)], heading))
    if noun:
        subject = (head.subject,) if head.subject else ()
        return Name(action, (*subject, *_with_predicate(text, quantity, noun)))
    return Name(action, _lent(text, left, head, previous))


def _in_list(text: str, left: Stretch, head: Head, noun: Stretch | None, previous: Name | None) -> Name | None:
    """A name that hangs together with others of a list: 分别 before it, or a bare 增长 after the quantity before."""
    if previous and previous.others and re.fullmatch("[、和及，]?", text[left[0] - 1 : left[1]]):
        return Name(None, previous.others[0], others=previous.others[1:])
    if not noun:
        return None
    members = _doers(text, left, head, noun) or _members(text, noun, left[1])
    if members:
        return Name(head.action, members[0], others=members[1:])
    if previous and _CHANGE.match(text[slice(*noun)]):
        return Name(None, (*previous.pieces[:1], noun))
    return None


def _lent(text: str, left: Stretch, head: Head, previous: Name | None) -> tuple[Stretch, ...]:
    """The name that the quantity or the stretch before lends where nothing else names a quantity."""
    if previous and (text[max(0, left[0] - 1)] in "、（" or _GENERIC.match(text[slice(*head.noun)])):
        return previous.pieces if not text[slice(*left)] else previous.pieces[:1]
    if head.action not in (None, "新增", "新建", "建成", "完成"):
        return ()
    return stretch_before(text, left[0])


def _belongs(text: str, head: Head, after: Stretch) -> bool:
    """Whether words before a count go with the noun after it: 建设佛山、茂名2个实验区, 改扩建等2个项目, 超500万人参保."""
    if head.preposition or head.reached and not text[slice(*head.noun)].endswith("等"):
        return text[slice(*after)] in _JOINS
    return head.made or text[slice(*head.noun)].endswith("等") or text[slice(*after)] in _JOINS


def _members(text: str, noun: Stretch, end: int) -> tuple[tuple[Stretch, ...], ...]:
    """甲、乙普及率分别达到…: the names of the figures to come, each with what the last one shares (普及率, 下降)."""
    found = re.compile(rf"分别(?P<change>{_CHANGES})?(?:{REACHES}|为|是|有)?$").search(text[:end], noun[0])
    if not found:
        return ()
    stop = min(noun[1], found.start())
    members = [one.span() for one in re.compile(r"(?:[^、和及]|(?<=普)及)+").finditer(text, noun[0], stop)]
    change = (found.span("change"),) if found["change"] else ()
    shared = re.compile(r"[\u4e00-\u9fff]{2}率$|人均[年月]?标准$|标准$").search(text[:stop], noun[0])
    tail = (shared.span(),) if shared and not all(text[b - 1] == text[stop - 1] for _, b in members) else ()
    return tuple((member, *(() if member[1] == stop else tail), *change) for member in members)


def _doers(text: str, left: Stretch, head: Head, noun: Stretch) -> tuple[tuple[Stretch, ...], ...]:
    """交通、水利分别完成投资…: those that each do it, with what they do."""
    found = re.compile(rf"分别(?:{ACTIONS})$").search(text[: noun[0]], left[0])
    if not found or not head.action:
        return ()
    start, stop = head_of(text, left[0], found.start()).noun
    return tuple((one.span(), noun) for one in re.compile("[^、和]+").finditer(text, start, stop))


def _names(text: str, stretch: Stretch) -> bool:
    words = text[slice(*stretch)]
    if words.startswith("的") or words.endswith("的"):
        return False
    return len(words) >= 2 and not _GENERIC.match(words) and words not in SCOPES.split("|")


def _gap_action(quantity: Quantity) -> str | None:
    found = re.search(rf"(?:{ACTIONS})$", quantity.gap)
    return found.group() if found else None


def _gap_base(text: str, quantity: Quantity) -> Stretch | None:
    """不高于每人每年250000元: the base stands between comparator and number."""
    found = re.compile(rf"(?:{RATE})(?=(?:{ACTIONS})?$)").search(text[: quantity.number_start], quantity.start)
    return found.span() if found and quantity.gap else None


def _noun_after(text: str, quantity: Quantity, head: Head) -> Stretch | None:
    """The noun phrase right after a quantity, up to punctuation, the next quantity, or what it does there."""
    start = quantity.end
    if text.startswith("的", start):
        start += 1
    end = _phrase_end(text, start)
    scope = re.compile(rf"(?:{SCOPES})+").match(text, start, end)
    start = scope.end() if scope else start
    described = _DESCRIBES.match(text[start:end])
    start += described.end() if described else 0
    if _NO_NOUN.match(text, start):
        return None
    does = _DOES.search(text[start:end]) if head.preposition else None
    end = start + does.start() if does else end
    if re.search("[名人]$", quantity.unit or "") and text[start:end].endswith("队伍"):
        end -= 2
    return (start, end) if end - start >= 2 and text[end - 1] != "的" else None


def _with_base(
    text: str, quantity: Quantity, head: Head, base: Stretch, after: Stretch | None, previous: Name | None
) -> tuple[Stretch, ...]:
    """每区不少于25张 takes the noun of the quantity before, 每百户不低于30平方米标准 what the sentence builds by it.

    A rate (每年, 每人每月) keeps the subject before it, unless that is who makes something of the noun after (镇每季度公开
    一次信息); the area before 每个镇 is left out.
    """
    rate = bool(re.fullmatch(RATE, text[slice(*base)]))
    before = (head.noun,) if _names(text, head.noun) and (rate or head.reached) else ()
    if text.startswith(("标准", "要求"), quantity.end):
        built = re.compile(
            r"(?:推进|加强|开展|完善|推动|实施)(?:[^，。；]*?的)?([^，。；的]{2,20}?)(?:建设|配置|布局)"
        ).search(text, quantity.end)
        if built:
            return (base, built.span(1))
    if after and not (before and not quantity.is_count):
        light = (_gap_action(quantity) or head.action) in (None, "进行", "开展")
        return tuple(sorted((*(before if light and base[1] >= head.noun[1] else ()), base, after)))
    predicate = _predicate(text, quantity) if quantity.is_time else ()
    if before:
        return (*sorted((*before, base)), *predicate)
    if previous:
        return (*previous.pieces[:1], base)
    return (*stretch_before(text, segment(text, quantity.start)[0]), base)


def _predicate(text: str, quantity: Quantity) -> tuple[Stretch, ...]:
    """What the ones measured are to do, after a share or a time: 项目80%以上由企业牵头承担."""
    found = _PREDICATE.match(text, quantity.end)
    if not found:
        return ()
    start = found.end() if found.group() == "在" else found.start()
    return ((start, _phrase_end(text, start)),)


def _phrase_end(text: str, start: int) -> int:
    """Where a phrase ends: at punctuation, a bracket that explains, or a word that joins the next quantity."""
    found = _PHRASE.match(text, start)
    return found.end() if found else start


def _with_predicate(text: str, quantity: Quantity, noun: Stretch) -> tuple[Stretch, ...]:
    """A measure's noun, with 的支付比例 or what is to be done after it."""
    measure = re.compile(r"的([^，。；、的]{0,8}(?:比例|标准|额度|比率))").match(text, quantity.end)
    if measure:
        return (noun, measure.span(1))
    return (noun, *(_predicate(text, quantity) if quantity.unit == "%" else ()))


def _is_bare_doing(words: str, heading: str) -> bool:
    """2.5万户改造任务: a noun of doing without its object takes the full name that the clause's heading gave."""
    found = re.fullmatch(r"(改造|建设|培训|服务|评定|配置)(?:任务|工作|项目)?", words)
    return bool(found and found.group(1) in heading)
