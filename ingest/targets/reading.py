"""Clause or table row to targets (目标值), by rules over structure and words; what is not written stays None."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ingest.numbering import marker
from ingest.plans import PLAN, plans_in
from ingest.records import Clause, Sentence, Target
from ingest.targets.baselines import baseline, is_old
from ingest.targets.conditions import commits, condition, is_case, states
from ingest.targets.deadlines import deadline
from ingest.targets.heads import Stretch, heading_name, segment, stretch_before, without_verb
from ingest.targets.indicators import Name, name_of
from ingest.targets.limits import is_limit, limited
from ingest.targets.occasion import Occasion
from ingest.targets.quantities import Quantity, quantities
from ingest.targets.rows import row_targets
from ingest.targets.words import REACHES

_PAST = re.compile(
    r"已(?:经)?[建有完达实形覆]|现有|截至|(?<!到)累计(?!新增)|的基础上|去年|(?<![较比于])上年(?!度)|过去|同比|以来|[一五]年来|[成现到立了]了"
)
_WIDE = {",": "，", ";": "；", ":": "：", "(": "（", ")": "）"}
_HALF_MARK = re.compile(r"(?<!\d)[,:]|[,:](?!\d)|[;()]")
_BOUND = re.compile("不|最|至")
"""Begins the word of a bound that a rule sets, which what was never has: 不得少于, 最高."""
_IN_YEAR = re.compile(
    r"(?:^|[，。；])(?:20\d\d[-—至]+)?(?P<year>20\d\d)年(?:\d{1,2}月)?，?(?![到至底末前起以])[^。；]*$"
)
"""A stretch that opens with a year in which something was."""
_PAST_HEADING = re.compile(r"(?:发展|工作)基础|主要成[效就绩]|回顾|现状|取得的成")
_DEFINES = re.compile(r"是指|系指|指的是")
_WHOLE = re.compile(
    r"(?<![的将对])全部(?P<what>(?:[按如]期)?(?:化解|纳入|接入|实现|达到|达标|争创|创建|完成|建成|开通|覆盖|取消|上线|入驻|落实|办[结复理]|搬[入迁]|转|开工|投入|投用"
    r"|配备|整改|清零|建立|通过|脱贫|兑现|解决|关闭|退出|开设|设立|执行|实行|开展|达|进入|启动)[^，。；、]{0,24})"
)
_FULL = re.compile(r"(?:实行|实现)?(?<!健)全覆盖(?!检查|抽查|监管|监测|排查)")
_AREA_ONLY = re.compile(r"^(?:街镇|街道|镇|乡|居村|居村委会|居委会|各?区|社区|（[^）]*）)+$")
_COUNTED = re.compile(r"\d[万亿余多]*[个家所处件户名项套座条类]")


@dataclass(frozen=True)
class _Reading:
    """One sentence while its targets are read: its words, where it begins in the clause, and its clause's facts.

    ``text`` is what the patterns see, ``shown`` the same places as the page shows them.
    """

    shown: str
    text: str
    start: int
    past: bool
    occasion: Occasion
    heading: str


@dataclass(frozen=True)
class _Found:
    """A quantity that was read, with its name."""

    quantity: Quantity
    name: Name
    target: Target


def read_targets(clause: Clause, occasion: Occasion) -> tuple[Target, ...]:
    """Reads the targets of a clause, in the order of the text.

    :param occasion: when the document speaks.
    :return: targets, achieved figures and conditions, each with the words it was read from.
    """
    if clause.kind == "row":
        return tuple(row_targets(clause))
    past = occasion.tells(clause.text) or any(_is_past_heading(heading, occasion) for heading in clause.heading_path)
    heading = clause.heading_path[-1] if clause.heading_path else ""
    found: list[Target] = []
    for sentence in clause.sentences:
        if not _is_heading(sentence, clause):
            shown = sentence.text
            found += _sentence_targets(_Reading(shown, _plain(shown), sentence.start, past, occasion, heading))
    return tuple(found)


def _plain(sentence: str) -> str:
    """A sentence with full-width marks only, and without its number; every place stays."""
    text = _HALF_MARK.sub(lambda found: _WIDE[found.group()], sentence)
    number = marker(text)
    length = number.length if number and number.style != "box" else 0
    return "\n" * length + text[length:]


def _is_past_heading(heading: str, occasion: Occasion) -> bool:
    """Whether what stands under a heading tells of the past: 发展基础, or “十三五”时期… where that plan is over."""
    over = (plan.years and occasion.is_past(plan) for plan in plans_in(heading))
    return bool(_PAST_HEADING.search(heading)) or any(over)


def _is_heading(sentence: Sentence, clause: Clause) -> bool:
    """Whether a sentence only repeats its heading; a clause of one sentence is known by that, which is its text all the same."""
    heads = bool(clause.heading_path) and sentence.text.rstrip("。：；") == clause.heading_path[-1]
    return heads and (len(clause.sentences) > 1 or sentence.text == clause.heading_path[-1])


def _sentence_targets(reading: _Reading) -> Iterator[Target]:
    text = reading.text
    defines = _DEFINES.search(text)
    end = defines.start() if defines else len(text)
    full = list(_FULL.finditer(text, 0, end))
    marks = [(found.start(), target) for found in full if (target := _full(reading, found))]
    whole = [found for found in _WHOLE.finditer(text, 0, end) if _whole_noun(text, found)]
    marks += [(found.start(), _whole(reading, found)) for found in whole]
    previous: _Found | None = None
    for quantity in quantities(text):
        if quantity.start >= end or any(_in_whole(text, quantity, found) for found in (*whole, *full)):
            continue
        found_one = _figure(reading, quantity, previous, [place for place, _ in marks])
        if found_one is not None:
            marks.append((quantity.start, found_one.target))
            previous = found_one
    yield from (target for _, target in sorted(marks, key=lambda mark: mark[0]))


def _in_whole(text: str, quantity: Quantity, found: re.Match[str]) -> bool:
    """Whether a quantity only tells how many the whole has, of which all are to do something."""
    start = max(segment(text, found.start())[0], text.rfind("、", 0, found.start()))
    return start <= quantity.start < found.end()


def _figure(reading: _Reading, quantity: Quantity, previous: _Found | None, marks: list[int]) -> _Found | None:
    """Reads one quantity as target, achieved figure or condition; None where it is none of them."""
    text = reading.text
    if is_old(text, quantity):
        return None
    old, start = baseline(text, quantity)
    left = (_left_start(text, quantity, previous, marks), start)
    listed = previous is not None and _listed(text, previous.quantity, left)
    limit = is_limit(text, quantity)
    if limit and (done := limited(text, quantity)):
        name, quantity = Name(None, (done,)), replace(quantity, comparator="≤")
        kind = "achieved" if _is_past(reading, quantity) else "limit"
        return _Found(quantity, name, _target(reading, quantity, name, kind, old))
    held = None if limit else condition(text, quantity, left, previous.name if previous else None)
    kind = "condition"
    if held is None:
        stated = old is not None or states(text, quantity, left[0])
        limit = quantity.is_time if old is not None else limit and not stated
        if not (limit or stated):
            return None
        held = name_of(text, quantity, left, previous.name if previous else None, reading.heading)
        if held.action is None and not listed and not limit and not commits(text, quantity, left):
            return None
        kind = "condition" if is_case(text, quantity) else "limit" if limit else "target"
        if kind != "condition" and _is_past(reading, quantity):
            kind = "achieved"
    name = held
    if len(re.findall("[\u4e00-\u9fff]", "".join(text[a:b] for a, b in name.pieces))) < 2:
        return None
    if name.action is None and previous and listed and quantity.unit != "%":
        name = Name(previous.target.action, name.pieces, name.borrowed, name.others)
    return _Found(quantity, name, _target(reading, quantity, name, kind, old))


def _target(reading: _Reading, quantity: Quantity, name: Name, kind: str, old: str | None) -> Target:
    text = reading.text
    shown = reading.shown
    words = heading_name(reading.heading) if name.borrowed else "".join(shown[a:b] for a, b in name.pieces)
    first = min([quantity.start if quantity.bound else quantity.number_start, *(a for a, _ in name.pieces)])
    last = max([quantity.end, *(b for _, b in name.pieces)])
    return Target(
        indicator=words, comparator=quantity.comparator, value=quantity.value, unit=quantity.unit,
        text=shown[first:last], start=reading.start + first, end=reading.start + last,
        action=name.action if kind == "target" else None,
        deadline=deadline(text, quantity.start, reading.occasion.title_year), baseline=old, kind=kind,
    )  # fmt: skip


def _left_start(text: str, quantity: Quantity, previous: _Found | None, marks: list[int]) -> int:
    """Where the words that may name a quantity begin: after a comma, an open bracket, or the one before and its noun."""
    start, _ = segment(text, quantity.start)
    opened = text.rfind("（", start, quantity.start)
    if opened >= 0 and "）" not in text[opened : quantity.start]:
        start = opened + 1
    ends = [
        mark + len("全覆盖") for mark in marks if start <= mark < quantity.start and text.startswith("全覆盖", mark)
    ]
    if previous and start < previous.quantity.end:
        ends.append(previous.quantity.end)
    if not ends:
        return start
    noun = re.compile(r"[^、（和及与并]*(?:（[^）]*）[^、（和及与并]*)?[、（和及与并]").match(
        text, max(ends), quantity.start
    )
    return noun.end() if noun else max(ends)


def _listed(text: str, before: Quantity, left: Stretch) -> bool:
    """Whether a quantity goes on in the list or bracket of the one before, and so shares its verb."""
    words = text[slice(*left)]
    if re.search(REACHES, words):
        return False
    between = re.fullmatch(
        r"[^，。；：]*?[、（含其中和及与]*(?:（[^）]*）)?[、（含其中和及与]*", text[before.end : left[0]]
    )
    if not words and before.is_count and re.fullmatch("[^，。；：、]*，", text[before.end : left[0]]):
        return not re.search("达到|实现|完成|建成", text[slice(*segment(text, left[1]))])
    return bool(between) or words.startswith(("每", "、", "含"))


def _is_past(reading: _Reading, quantity: Quantity) -> bool:
    start, end = segment(reading.text, quantity.start)
    year = deadline(reading.text, quantity.start, reading.occasion.title_year)
    if reading.past or (year and reading.occasion.begins_after(int(year[-4:]))):
        return True
    if quantity.bound and _BOUND.match(quantity.bound):
        return False
    opening = _IN_YEAR.search(reading.text[: quantity.start])
    if opening and reading.occasion.is_over(int(opening["year"])):
        return True
    said = _past_words(reading, 0, end)
    if not said or (reading.text.startswith("的基础上", said[-1] - 4) and said[-1] < start):
        return False
    if re.search(rf"到(?:20\d\d年|{PLAN})|力争|确保", reading.text[said[-1] : end]):
        return False
    later = plans_in(reading.text, said[-1], quantity.start)
    return not any(plan.years and not plan.is_base and not reading.occasion.is_past(plan) for plan in later)


def _past_words(reading: _Reading, start: int, end: int) -> list[int]:
    """Where the words end that tell of what was, in order: a plan that is over is one of them."""
    text = reading.text
    plans = filter(reading.occasion.is_past, plans_in(text, start, end))
    return sorted([*(plan.end for plan in plans), *(found.end() for found in _PAST.finditer(text, start, end))])


def _whole_noun(text: str, found: re.Match[str]) -> Stretch | None:
    """What all of which are to do something: counted (36个…中心) or named; None where nothing is."""
    start, _ = segment(text, found.start())
    counted = [match.end() for match in _COUNTED.finditer(text, start, found.start())]
    a, b = (counted[-1], found.start()) if counted else without_verb(text, start, found.start())
    return (a, b) if b - a >= 2 else None


def _whole(reading: _Reading, found: re.Match[str]) -> Target:
    """36个街镇…中心全部争创5A等级: all of them are to be so."""
    text = reading.text
    start, end = _whole_noun(text, found) or found.span()
    return Target(
        reading.shown[start:end] + found["what"], "=", "全部", None, reading.shown[start : found.end()], reading.start + start,
        reading.start + found.end(), deadline=deadline(text, found.start(), reading.occasion.title_year),
        kind="achieved" if reading.past else "target",
    )  # fmt: skip


def _full(reading: _Reading, found: re.Match[str]) -> Target | None:
    text = reading.text
    start, end = segment(text, found.start())
    counted = [match.end() for match in _COUNTED.finditer(text, start, found.start())]
    a, b = without_verb(text, max([start, *counted]), found.start())
    pieces = [(a, b)] if b - a >= 2 else []
    parted = re.search("(?:加快|基本|全面|逐步)?(?:实现|完成)", text[a:b])
    if parted and 2 <= parted.start() <= b - a - 4:
        pieces = [(a, a + parted.start()), (a + parted.end(), b)]
    elif not pieces or _AREA_ONLY.match(text[a:b]):
        pieces = [*stretch_before(text, start), *pieces]
    if not pieces:
        return None
    first, last = min(a for a, _ in pieces), found.end()
    achieved = reading.past or bool(_past_words(reading, start, end))
    return Target(
        "".join(reading.shown[a:b] for a, b in pieces), "=", "全覆盖", None, reading.shown[first:last], reading.start + first,
        reading.start + last, deadline=deadline(text, found.start(), reading.occasion.title_year),
        kind="achieved" if achieved else "target",
    )  # fmt: skip
