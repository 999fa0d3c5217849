"""Clause to responsible units (责任主体): who a bracket or a sentence charges, said outright or as its subject."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from ingest.numbering import marker
from ingest.records import Clause, Unit
from ingest.stretches import stretches
from ingest.units.brackets import closing_duties
from ingest.units.names import NameFinder, is_moved
from ingest.units.organisations import Forms, load_forms
from ingest.units.words import IN_CHARGE, OBLIGED, OPENERS, VERBS

Found = tuple[int, str, str, str | None]
"""Place in the sentence, name, basis, role."""

_DUTIES = "牵头|负责(?!人(?![才员力口民])|同志)|主管(?!部门|单位|机关|机构)|主抓|主导|(?<!学校|单位)领导(?=、|下)|引领|统筹|会同|配合|组织实施|承担|各司其职|各司其责|各负其责"
_PREDICATE = re.compile(rf"(?:^|，)[^，。；：]{{0,16}}?(?:{OBLIGED}|负责|会同|配合|统筹|承担|牵头|组织实施)")
_DUTY = re.compile(rf"(?P<names>[^，。；：,;]{{2,80}}?)(?:{_DUTIES})")
_MUST = re.compile(rf"(?P<names>[^，。；：,;]{{2,120}}?)，?(?:{OBLIGED})")
_DUTY_WORD, _MUST_WORD = re.compile(_DUTIES), re.compile(OBLIGED)
"""What the names are looked for right before, so that a stretch without it is passed over at once."""
_OWN_DUTY = re.compile(r"(?:履行|强化|发挥)(?P<names>[^，。；]{2,60}?)(?:责任|职责)")
_TOGETHER = re.compile(
    r"会同|联合|(?<=牵头)会|(?<=部门)会|(?<=局)会|(?<!工)商(?!务|业|会|品|贸|标|场|家|行政)(?=[\u4e00-\u9fff]{2,8}(?:部门|局|委))"
)
_TIME = re.compile(
    r"(?:(?:到|自|从)?(?:20\d\d年[^，]{0,10}|每年[^，]{0,10}|“[^”]+”(?:期间|时期)?|\d+月底?[^，]{0,4})，)*(?:(?:每年)?(?:20\d\d年)?\d+月底?前)?"
)
_DONE = re.compile(r"[^，。；]{0,8}(?:(?<!为|除)了(?!解|结)|已经?)")
_ENDS = "。；！？\n"
_PAST_HEADING = re.compile(r"(?:发展|工作)基础|主要成[效就绩]|工作回顾|现状")
_MECHANISM = re.compile(r"(?:机制|格局|体制|体系|框架)[。；]?$")
_QUOTED = re.compile(r"《[^》]*》|“[^”。]{1,40}”")
_ALIAS = re.compile(r"[（(](?:以下|下称|简称|含|不含|包括)[^（）()]*[）)]")
_OF_TASK = re.compile("((?:政府|各级)(?:负责|管理|承担|主管|履行|行使)[^，。；、：的]{2,16})的(?=部门|机构|机关|单位)")
_STOPS = re.compile(r"[，。；：！？“”\n;:!?]|,(?!\d)|$")
_OF = re.compile(rf"(?!{OBLIGED}|对|将|把|按|根据|依|在|负责|会同|具体|牵头|是)[^，。；：]{{2,4}}的")


def read_units(clause: Clause, forms: Forms | None = None) -> tuple[Unit, ...]:
    """Reads the organisations that a clause charges, in the order of the text, each once.

    Stated outright: a closing bracket or line 责任单位：X, 由X牵头, X负责, X要…, 发挥X职责, X会同Y. Subject: a stretch of
    the sentence opens with the name and a verb of doing. A bracket speaks for the clause's text since the one before it,
    which is the ``sentence`` of its units. One that may, or is urged, moved, used or only a partner
    (X可以, 鼓励X, 依托X, 与X联动) is not charged.

    :param forms: the forms that names of organisations take; None for those that come with the project.
    """
    finder = NameFinder(forms or load_forms())
    if clause.kind == "row":
        return tuple(Unit(name, "stated", text, role) for name, text, role in _row_units(finder, clause))
    past = any(_PAST_HEADING.search(heading) for heading in clause.heading_path)
    found: dict[str, Unit] = {}
    opened = 0
    for sentence in clause.sentences:
        for start, end in stretches(sentence.text):
            shown, begin = sentence.text[start:end], sentence.start + start
            plain = _plain(shown)
            for span, parties in list(closing_duties(finder, plain)):
                covered = clause.text[opened : begin + span.end].strip()
                opened = begin + span.end
                plain = plain[: span.start] + "\n" * (span.end - span.start) + plain[span.end :]
                _keep(found, (Unit(one.name, "stated", covered, one.role) for one in parties))
            charged = sorted(_charged(finder, plain), key=_place)
            said = (Unit(name, basis, shown, role) for _, name, basis, role in charged)
            _keep(found, (unit for unit in said if not (past and unit.basis == "subject")))
    return tuple(found.values())


def _keep(found: dict[str, Unit], units: Iterable[Unit]) -> None:
    """Keeps each name once, as it is said most outright."""
    for unit in units:
        unit = replace(unit, name=unit.name.replace("之", "的")) if IN_CHARGE.search(unit.name) else unit
        if unit.name not in found or _weight(found[unit.name]) < _weight(unit):
            found[unit.name] = unit


def _place(found: Found) -> tuple[int, str, str]:
    return found[:3]


def _weight(unit: Unit) -> tuple[bool, bool]:
    return unit.basis == "stated", unit.role is not None


def _plain(sentence: str) -> str:
    """A sentence with its number, titles and quoted words blotted out, 的 before the part in charge written 之; places stay."""
    start = len(sentence) - len(sentence.lstrip(' \u3000“"'))
    number = marker(sentence[start:])
    start += number.length if number and number.style != "box" else 0
    blotted = _QUOTED.sub(lambda found: "□" * len(found.group()), sentence[start:])
    return "\n" * start + _OF_TASK.sub(r"\1之", blotted)


def _row_units(finder: NameFinder, clause: Clause) -> Iterator[tuple[str, str, str | None]]:
    """A column of a table may name them."""
    for column, value in clause.cells:
        if re.search(r"(?:责任|牵头|主管|实施|配合)(?:单位|部门)", column):
            for start, end in stretches(value):
                yield from ((name, value[start:end], None) for _, name in finder.names_in(value, start, end))


def _charged(finder: NameFinder, sentence: str) -> Iterator[Found]:
    """Each organisation that one sentence charges outside its closing bracket."""
    sentence = _ALIAS.sub("", sentence)
    charging = False
    for start, end in _segments(sentence):
        if "可以" in sentence[start:end]:
            continue
        by = list(_by(finder, sentence, start, end))
        duties = list(_duties(finder, sentence, start, end))
        described = start > 0 and _MECHANISM.search(sentence)
        subject = [] if by or duties or described else list(_subject(finder, sentence, start, end))
        yield from (*by, *duties, *subject, *_stated(_own_duty(finder, sentence, start, end)))
        charging = bool(by or duties or subject) or (charging and not OPENERS.match(sentence, start))
        if charging or sentence.startswith("会同", start):
            yield from _stated(_partners(finder, sentence, start, end))


def _stated(names: Iterable[tuple[int, str]], role: str | None = None) -> Iterator[Found]:
    return ((place, name, "stated", role) for place, name in names)


def _segments(sentence: str) -> Iterator[tuple[int, int]]:
    start = 0
    for stop in _STOPS.finditer(sentence):
        if stop.start() > start:
            yield start, stop.start()
        start = stop.end()


def _part(sentence: str, place: int) -> str | None:
    """The part of an organisation by the word right after its name: 牵头 or 配合; None for a mere 负责 or other verb."""
    found = re.compile("(?:要|应当?|具体|积极|共同)*(牵头|配合)").match(sentence, place)
    return found[1] if found else None


def _by(finder: NameFinder, sentence: str, start: int, end: int) -> Iterator[Found]:
    """由X审定: X is charged; 由X协助的事务 only says which matters are meant, and 可由X is no charge."""
    for found in re.finditer("(?<![可能])由(?!由)", sentence[start:end]):
        place = start + found.end()
        names = finder.leading_names(sentence, place, end)
        rest = sentence[names[-1][0] + len(names[-1][1]) : end] if names else ""
        if (
            names
            and not sentence[place:end].endswith(("组成", "构成"))
            and not rest.startswith(("组成", "构成"))
            and ("的" not in rest or found.start() == 0)
        ):
            yield from _stated(names, _part(rest, 0))


def _duties(finder: NameFinder, sentence: str, start: int, end: int) -> Iterator[Found]:
    """X、Y牵头, X主导、Y各司其责, 各街镇要…: names right before a duty or an obligation."""
    for word, pattern, most in ((_DUTY_WORD, _DUTY, 80), (_MUST_WORD, _MUST, 121)):
        place = start
        while (near := word.search(sentence, min(place + 2, end), end)) and (
            found := pattern.search(sentence, max(place, near.start() - most), end)
        ):
            names = list(finder.names_in(sentence, *found.span("names"), last=True))
            place = found.end()
            if names and not (sentence.startswith(("作用", "下"), place) or is_moved(sentence, start, names[0][0])):
                yield from _stated(names, _part(sentence, found.end("names")))


def _own_duty(finder: NameFinder, sentence: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    """发挥X统筹、协调职责: the duty is called X's own."""
    for found in _OWN_DUTY.finditer(sentence, start, end):
        begin, stop = found.span("names")
        ends = (
            cut
            for cut in range(stop, begin, -1)
            if finder.is_name(sentence[begin:cut]) and not finder.splits(sentence, cut)
        )
        yield from ((begin, sentence[begin:cut]) for cut in list(ends)[:1])


def _partners(finder: NameFinder, sentence: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    """会同X、Y: X and Y act as well."""
    for found in _TOGETHER.finditer(sentence, start, end):
        yield from finder.leading_names(sentence, found.end(), end)


def _subject(finder: NameFinder, sentence: str, start: int, end: int) -> Iterator[Found]:
    """The organisations that open a stretch of the sentence before a verb of doing, a time before them aside."""
    time = _TIME.match(sentence, start) if start == 0 or sentence[start - 1] == "，" else None
    begin = time.end() if time and time.end() < len(sentence) else start
    stop = next((stop for a, stop in _segments(sentence) if a <= begin < stop), end)
    if OPENERS.match(sentence, begin):
        return
    names = finder.leading_names(sentence, begin, stop, before_verb=True)
    names = names or _set_off(finder, sentence, begin, stop)
    if not names:
        return
    after = names[-1][0] + len(names[-1][1])
    rest = sentence[after:].lstrip("，,")
    if not (_OF.match(rest) or _DONE.match(rest)):
        basis = "stated" if _PREDICATE.search(rest) else "subject"
        yield from ((place, name, basis, _part(rest, 0)) for place, name in names)


def _set_off(finder: NameFinder, sentence: str, start: int, end: int) -> list[tuple[int, str]]:
    """Names that fill a stretch: before a comma and a verb (各部门，要…), or before the colon that a sentence opens with."""
    mark = sentence[end : end + 1]
    names = list(finder.names_in(sentence, start, end, last=True)) if mark in ("，", ",", "：", ":") and mark else []
    if not names or names[0][0] != start:
        return []
    if mark in "，,":
        return names if VERBS.match(sentence, end + 1) else []
    return names if not sentence[:start].strip() or sentence[start - 1] in _ENDS else []
