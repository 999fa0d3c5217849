"""Clause or table row to targets (目标值), by rules over structure and words; what is not written stays None."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.quantities import Quantity, cell_quantity, quantities
from ingest.records import Clause, Sentence, Target

_ACTIONS = (
    "新增|新建|改建|扩建|改扩建|建成|建设|建立|打造|完成|设立|设置|增设|增加|配备|开设|培育|创建|命名|发布|制定|形成|建"
)
_REACHES = "达到|达|提高到|提高至|提升到|提升至|增加到|增加至|增长到|增至|扩大到|下降到|下降至|降至|降低到|发展到|保持在|控制在|稳定在|不低于|不少于"
_DRIVES = (
    "确保|力争|推动|推进|实现|促进|支持|鼓励|指导|全面|加快|持续|稳步|逐步|努力|着力|大力|积极|切实|有序|深入|探索|按照"
)
_SCOPES = "全市|全区|全省|全国|全县|本市|本区|本省|我市|我区|各区|各街镇|各镇|各街道"
_GOAL = re.compile(rf"{_ACTIONS}|{_REACHES}|确保|力争|实现|覆盖|试点")
_PAST = re.compile(r"“十[一二三]五”(?:期间|时期|末)?|已(?:经)?[建有完达实形覆]|现有|截至|累计|的基础上")
_PAST_HEADING = re.compile(r"(?:发展|工作)基础|主要成[效就绩]|工作回顾|回顾|现状|取得的成")
_LEADING = re.compile(
    rf"^(?:[，、\s]|{_DRIVES}|{_SCOPES}|其中|同时|并|要|将|使|在|对|每年|年度(?=.{{6}})|即|含|比|率先|提高(?!到|至)|提升(?!到|至)|加强|完善|优化|调整|增加(?!到|至)|扩大(?!到|至)|深化|健全|开展|落实|做好|推行|发展)+"
)
_TRAILING = re.compile(rf"(?:{_REACHES}|实现|为|至|到|从|有|在|共|已|均|都|各)+$")
_DEADLINES = (
    (re.compile(r"(?:到|至|截至)?(?P<year>20\d\d)年(?:[末底初中前]|底前|年底|年末)?(?!度)"), "{year}"),
    (re.compile(r"“十四五”(?:规划)?(?:末|期末|时期末)"), "2025"),
    (re.compile(r"“十五五”(?:规划)?(?:末|期末|时期末)"), "2030"),
    (re.compile(r"“十四五”(?:期间|时期)|未来五年"), "2021-2025"),
    (re.compile(r"全年|年内|今年|本年度"), "{title}"),
)
_TITLE_YEAR = re.compile(r"(20\d\d)年")
_BASE = re.compile(r"(每[^，。；、]{1,9}?)(?:内|上|中)?$")
_BREAK = re.compile(r"[，。；;：:！？\n]")
_PIECE = re.compile(r"[，。；;：:！？\n、（）]")
_PLACE_ONLY = re.compile(r"^(?:街镇|街道|镇|乡|居村|居村委会|居委会|各?区|社区|（[^）]*）)+$")
_WHOLE = re.compile(r"(?:全部|均|都)(?P<what>[^，。；、]{2,20})")
_FULL = re.compile(r"(?:(?:实行|实现)?全覆盖)")


_HEADING = (-1, -1)
"""Stands for the clause's heading among the places of an indicator."""


@dataclass(frozen=True)
class _Reading:
    """One sentence while its targets are read: its words, where it begins in the clause, and its clause's facts."""

    text: str
    start: int
    past: bool
    title: str
    heading: str


def read_targets(clause: Clause, title: str) -> tuple[Target, ...]:
    """Reads the targets of a clause, in the order of the text.

    :param title: the document's title, whose year 全年 and 年内 mean.
    :return: targets, achieved figures and conditions, each with the words it was read from.
    """
    if clause.kind == "row":
        return tuple(_row_targets(clause))
    past = any(_PAST_HEADING.search(heading) for heading in clause.heading_path)
    heading = re.sub(r"^[^\u4e00-\u9fff]*", "", clause.heading_path[-1]) if clause.heading_path else ""
    found: list[Target] = []
    for sentence in clause.sentences:
        if not _is_heading(sentence, clause):
            found += _sentence_targets(_Reading(sentence.text, sentence.start, past, title, heading))
    return tuple(found)


def _is_heading(sentence: Sentence, clause: Clause) -> bool:
    return bool(clause.heading_path) and sentence.text.rstrip("。：；") == clause.heading_path[-1]


def _sentence_targets(reading: _Reading) -> Iterator[Target]:
    text = reading.text
    whole = [found for found in _WHOLE.finditer(text) if _counted_before(text, found.start())]
    marks: list[tuple[int, Target]] = []
    previous: Target | None = None
    before: Quantity | None = None
    for quantity in quantities(text):
        if any(_segment(text, found.start())[0] <= quantity.start < found.start() for found in whole):
            continue
        target = _quantity_target(reading, quantity, before, previous)
        if target is not None:
            marks.append((quantity.start, target))
            previous, before = target, quantity
    marks += [(found.start(), _whole_target(reading, found)) for found in whole]
    marks += [(found.start(), target) for found in _FULL.finditer(text) if (target := _full_target(reading, found))]
    yield from (target for _, target in sorted(marks, key=lambda mark: mark[0]))


def _counted_before(text: str, place: int) -> bool:
    start, _ = _segment(text, place)
    return bool(re.search(r"\d+[个家所处]", text[start:place]))


def _segment(text: str, place: int) -> tuple[int, int]:
    """The stretch between commas or stops round a place."""
    start = max((found.end() for found in _BREAK.finditer(text, 0, place)), default=0)
    after = _BREAK.search(text, place)
    return start, after.start() if after else len(text)


def _quantity_target(
    reading: _Reading, quantity: Quantity, before: Quantity | None, previous: Target | None
) -> Target | None:
    text = reading.text
    start, end = _segment(text, quantity.start)
    baseline, quantity_from = _baseline(text, quantity)
    if baseline == "skip":
        return None
    condition = _condition(text, quantity)
    rest = text[quantity.end : end]
    if not condition and rest.startswith("的") and not re.match(r"的[^，。；]{2,20}(?:队伍|目标)", rest):
        return None
    if not (condition or quantity.bounded or _GOAL.search(text[start:end])):
        return None
    left_start = _left_start(text, start, quantity_from, before)
    action, pieces = _indicator(reading, quantity, text[left_start:quantity_from], left_start, previous, condition)
    if not pieces:
        return None
    spans = [piece for piece in pieces if piece != _HEADING]
    name = _LEADING.sub("", reading.heading) if _HEADING in pieces else "".join(text[a:b] for a, b in spans)
    first = min([quantity.number_start if not quantity.bounded else quantity.start, *(a for a, _ in spans)])
    last = max([quantity.end, *(b for _, b in spans)])
    if (
        action is None
        and previous is not None
        and before is not None
        and _listed(text[before.end : left_start], text[left_start : quantity.start])
    ):
        action = previous.action
    kind = (
        "condition"
        if condition
        else "achieved"
        if reading.past or _PAST.search(text[:start] + text[start:end])
        else "target"
    )
    return Target(
        indicator=name, comparator=quantity.comparator, value=quantity.value, unit=quantity.unit,
        text=text[first:last], start=reading.start + first, end=reading.start + last,
        action=action if kind == "target" else None, deadline=_deadline(reading, quantity.start), baseline=baseline, kind=kind,
    )  # fmt: skip


def _listed(between: str, left: str) -> bool:
    """Whether a quantity goes on in the list or bracket of the one before, and so shares its verb."""
    return (
        bool(re.fullmatch(r"[、（含其中]*(?:（[^）]*）)?[、（含其中]*", between))
        or left.startswith(("每", "、"))
        or bool(re.match(r"含", left))
    )


def _baseline(text: str, quantity: Quantity) -> tuple[str | None, int]:
    """从790元提高至1240元: the figure before is the baseline of the one after, and no target."""
    if re.match(rf"(?:{_REACHES})", text[quantity.end :]) and text[: quantity.start].endswith(("从", "由")):
        return "skip", quantity.start
    found = re.search(rf"[从由](?P<value>[\d.]+)[^，。；\d]*(?:{_REACHES})$", text[: quantity.start])
    return (found["value"], found.start()) if found else (None, quantity.start)


def _condition(text: str, quantity: Quantity) -> bool:
    """对2000户以上和少于500户的居委会: a threshold in the attribute of whom the sentence speaks of."""
    start, end = _segment(text, quantity.start)
    attribute = re.match(r"(?:[和、或及][^，。；]*?\d[^，。；的]*)?的[\u4e00-\u9fff]+", text[quantity.end : end])
    return bool(attribute) and quantity.bounded and bool(re.match(r"\s*(?:对|凡|符合|针对)", text[start:end]))


def _left_start(text: str, start: int, end: int, before: Quantity | None) -> int:
    """Where the words that may name the quantity begin: after a comma, or after the quantity before and its noun."""
    if before is None or before.end <= start:
        return start
    breaks = [found.end() for found in re.finditer(r"[、（）和及与]", text[before.end : end])]
    return before.end + breaks[-1] if breaks else before.end


def _indicator(
    reading: _Reading, quantity: Quantity, left: str, offset: int, previous: Target | None, condition: bool
) -> tuple[str | None, list[tuple[int, int]]]:
    """The noun phrase that the quantity measures, as places in the sentence, and the verb that makes it.

    A noun before the number wins (养老床位1500张), then one after it (600户居家环境适老化改造), then the one of the
    stretch before (提高护理型床位占比，2022年不低于…), then the heading's.
    """
    text = reading.text
    if condition:
        found = re.compile(r"的([\u4e00-\u9fff]{2,10}?)(?=做|[，。；、]|$)").search(text, quantity.end)
        return None, [found.span(1)] if found else []
    action, (a, b) = _noun(text, offset, offset + len(left))
    inner = re.search(rf"(?:{_ACTIONS})$", quantity.gap)
    action = inner.group() if inner else action
    reach = re.search(rf"(?:{_REACHES})(?=每)", text[a:b])
    if reach:
        # 社区养老服务设施达到每千人建筑面积: subject and measure, without the verb between.
        return action, [(a, a + reach.start()), (a + reach.end(), b)]
    after = _noun_after(text, quantity)
    base = _BASE.search(text[a:b])
    if base:
        return action, _with_base(text, quantity, (a + base.start(1), a + base.end(1)), after, previous)
    if left.startswith("即") and text[a:b].endswith("之比"):
        return action, _stretch_before(text, offset)
    if b - a >= 2 and not text[a:b].endswith("的"):
        return action, _with_predicate(text, (a, b), after)
    if after[1] > after[0]:
        return action, _bare_doing(reading, after)
    return action, _stretch_before(text, offset)


def _noun(text: str, start: int, end: int) -> tuple[str | None, tuple[int, int]]:
    """What is left of a stretch when deadlines, driving verbs and scope words in front and 达到 behind are cut off."""
    changed = True
    while changed:
        changed = False
        for pattern, _ in _DEADLINES:
            found = pattern.match(text, start, end)
            if found:
                start, changed = found.end(), True
        found = _LEADING.match(text[start:end])
        if found and found.end() and not _keeps_whole(text[start:end], found.end()):
            start, changed = start + found.end(), True
    tail = _TRAILING.search(text[start:end])
    end = start + tail.start() if tail else end
    verb = re.match(rf"(?:{_ACTIONS})(?=[^的]|$)", text[start:end])
    if verb:
        return verb.group(), (start + verb.end(), end)
    verbs = list(
        re.finditer(
            rf"(?:[，、]|{_DRIVES})(?P<verb>{_ACTIONS})|(?<=[\u4e00-\u9fff])(?P<verb2>新增|新建|改建|完成)",
            text[start:end],
        )
    )
    if verbs:
        inner = verbs[-1]
        return inner["verb"] or inner["verb2"], (start + inner.end(), end)
    return None, (start, end)


def _keeps_whole(words: str, cut: int) -> bool:
    """A cut that would leave less than a noun is no cut: 发展 in 发展指数 is part of the name."""
    return len(words) - cut == 1


def _noun_after(text: str, quantity: Quantity) -> tuple[int, int]:
    """The noun phrase right after a quantity, up to punctuation; a body that counts persons is named by them."""
    found = _PIECE.search(text, quantity.end)
    end = found.start() if found else len(text)
    start = quantity.end
    if text[start:end].startswith("的"):
        start += 1
    stretch = text[start:end]
    if stretch in ("标准", "要求"):
        return start, start
    persons = (quantity.unit or "").endswith(("名", "人")) and stretch.endswith("队伍")
    return start, end - 2 if persons else end


def _with_base(
    text: str, quantity: Quantity, base: tuple[int, int], after: tuple[int, int], previous: Target | None
) -> list[tuple[int, int]]:
    """每区不少于25张 takes the noun of the quantity before; 每百户不低于30平方米标准 what the sentence builds by it."""
    if after[1] - after[0] >= 2:
        return [base, after]
    if text.startswith(("标准", "要求"), quantity.end):
        built = re.compile(
            r"(?:推进|加强|开展|完善|推动|实施)(?:[^，。；]*?的)?([^，。；的]{2,20}?)(?:建设|配置|布局)"
        ).search(text, quantity.end)
        if built:
            return [base, built.span(1)]
    if previous is not None and previous.indicator in text[: base[0]]:
        place = text.rfind(previous.indicator, 0, base[0])
        return [(place, place + len(previous.indicator)), base]
    return [base]


def _with_predicate(text: str, noun: tuple[int, int], after: tuple[int, int]) -> list[tuple[int, int]]:
    """在本市1—2所高校试点开设课程: words before the number that only give the place are no indicator."""
    words = text[noun[0] : noun[1]]
    if after[1] - after[0] >= 4 and (words in _SCOPES.split("|") or not re.search(r"[\u4e00-\u9fff]{2}", words)):
        return [after]
    return [noun]


def _bare_doing(reading: _Reading, after: tuple[int, int]) -> list[tuple[int, int]]:
    """2.5万户改造任务: a noun of doing without its object takes the full name that the clause's heading gave."""
    found = re.fullmatch(r"(改造|建设|培训|服务|评定|配置)(?:任务|工作|项目)?", reading.text[after[0] : after[1]])
    return [_HEADING, after] if found and found.group(1) in reading.heading else [after]


def _stretch_before(text: str, place: int) -> list[tuple[int, int]]:
    """The noun phrase of the stretch before a comma: the subject, or the object of its verb."""
    while place > 0:
        start, end = _segment(text, place - 1)
        _, (a, b) = _noun(text, start, min(end, place))
        if text[a:b].endswith("建设"):
            b -= 2
        if b - a >= 2:
            return [(a, b)]
        place = start
    return []


def _deadline(reading: _Reading, place: int) -> str | None:
    """The last time stated in the sentence before a place; what was once, as 从2015年, is none."""
    found = [
        (match.start(), form, match)
        for pattern, form in _DEADLINES
        for match in pattern.finditer(reading.text, 0, place)
    ]
    if not found:
        return None
    _, form, match = max(found, key=lambda entry: entry[0])
    year = _TITLE_YEAR.search(reading.title)
    if form == "{title}":
        return year.group(1) if year else None
    return form.format(**match.groupdict())


def _whole_target(reading: _Reading, found: re.Match[str]) -> Target:
    """36个街镇…中心全部争创5A等级: all of them are to be so."""
    text = reading.text
    start, _ = _segment(text, found.start())
    counted = max(match.end() for match in re.finditer(r"\d+[个家所处]", text[start : found.start()])) + start
    name = text[counted : found.start()] + found["what"]
    return Target(
        name, "=", "全部", None, text[counted : found.end()], reading.start + counted, reading.start + found.end(),
        deadline=_deadline(reading, found.start()), kind="achieved" if reading.past else "target",
    )  # fmt: skip


def _full_target(reading: _Reading, found: re.Match[str]) -> Target | None:
    text = reading.text
    start, end = _segment(text, found.start())
    _, (a, b) = _noun(text, start, found.start())
    pieces = [(a, b)] if b - a >= 2 else []
    if not pieces or _PLACE_ONLY.match(text[a:b]):
        pieces = [*_stretch_before(text, start), *pieces]
    if not pieces:
        return None
    first, last = min(a for a, _ in pieces), found.end()
    achieved = reading.past or bool(_PAST.search(text[start:end]))
    return Target(
        "".join(text[a:b] for a, b in pieces), "=", "全覆盖", None, text[first:last], reading.start + first, reading.start + last,
        deadline=_deadline(reading, found.start()), kind="achieved" if achieved else "target",
    )  # fmt: skip


_COLUMNS = {
    "indicator": re.compile(r"^(?:三级|主要|具体)?指标(?:名称|内容)?$|^(?:项目|目标)(?:名称)?$"),
    "unit": re.compile(r"^(?:计量)?单位$"),
    "nature": re.compile(r"属性|指标性质|^性质$|类型$"),
    "definition": re.compile(r"定义|计算公式|指标说明"),
    "baseline": re.compile(r"基准值|基期|现状值?|20\d\d年(?:实际|现状|完成)"),
    "target": re.compile(r"目标值?|20\d\d年?目标|规划值|20\d\d年$"),
}


def _row_targets(clause: Clause) -> Iterator[Target]:
    """The targets of an indicator row: one for each column of target values."""
    names = [name for name, _ in clause.cells]
    places = {
        role: [place for place, name in enumerate(names) if pattern.search(name)] for role, pattern in _COLUMNS.items()
    }
    goals = [place for place in places["target"] if place not in places["baseline"] + places["indicator"]]
    if not places["indicator"] or not goals:
        return

    def cell(role: str) -> str | None:
        return next((clause.cells[place][1] for place in places[role] if clause.cells[place][1]), None)

    for place in goals:
        value = clause.cells[place][1]
        read = cell_quantity(value)
        if read is None:
            continue
        year, base_year = (
            re.search(r"20\d\d", names[at]) if at is not None else None
            for at in (place, next(iter(places["baseline"]), None))
        )
        base = cell_quantity(cell("baseline") or "")
        start = clause.text.rfind(value)
        nature = cell("nature")
        yield Target(
            indicator=cell("indicator") or "", comparator=read[0], value=read[1], unit=read[2] or cell("unit"),
            text=value, start=start, end=start + len(value), deadline=year.group() if year else None,
            baseline=base[1] if base else None, baseline_year=base_year.group() if base and base_year else None,
            nature=nature if nature in ("约束性", "预期性") else None, definition=cell("definition"),
        )  # fmt: skip
