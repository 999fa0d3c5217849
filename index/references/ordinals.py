"""Ordinals: the steps of a clause id, and the chains of ordinals that a question spells them with.

A *step* is one segment of a clause id with its kind and number: 四 is a part, （二） a bracket, 五是 a series, 表1 a
table. An *ordinal* is a stretch of a question that may mean steps of several kinds: 第二项 is （二）, 2 or 二是.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from index.references.spelling import CHINESE, Plain
from ingest.numerals import ordinal as read_ordinal
from ingest.numerals import to_chinese

PART, BRACKET, DIGIT, SERIES, ARTICLE = "part", "bracket", "digit", "series", "article"
ROW, PARAGRAPH, TABLE, NOTICE = "row", "paragraph", "table", "notice"
_PLAIN_KINDS = frozenset({PART, BRACKET, DIGIT, SERIES, ARTICLE, ROW, PARAGRAPH, NOTICE})
_ITEM = frozenset({BRACKET, DIGIT, SERIES, ARTICLE, ROW})
_LONGEST_RANGE = 50

_N = rf"(?:{CHINESE}|\d{{1,4}}(?!\d))"
_NUMBERS = rf"(?P<n>{_N}(?:[至到~\-—、和与及]第?{_N})*)"
_WHOLE = r"(?![律般直起些定样致次体旦切个大类年月日名位家种项条])"
_END = r"(?=$|[、,。?!/;:()《“”\"'\-~的里中内讲说写是和与及跟至到对关有什怎啥])"
_STEP: Sequence[tuple[str, re.Pattern[str]]] = (
    (PART, re.compile(rf"({CHINESE})|第({CHINESE}|\d+)(?:部分|章|编)")),
    (BRACKET, re.compile(rf"\(({CHINESE}|\d+)\)")),
    (DIGIT, re.compile(r"(\d+)")),
    (SERIES, re.compile(rf"({CHINESE})是")),
    (ARTICLE, re.compile(rf"第({CHINESE}|\d+)条")),
    (PARAGRAPH, re.compile(r"第(\d+)段")),
    (TABLE, re.compile(r"表(\d+)")),
    (NOTICE, re.compile(r"通知")),
)
_BOX = re.compile(rf"(?P<name>[^\d]{{2,}}?)(?P<n>{CHINESE}|\d+)")
_USUAL_BOXES = ("重大事项", "专栏", "附件")
_Rule = tuple[str, frozenset[str], re.Pattern[str]]
_EXPLICIT: Sequence[_Rule] = (
    (TABLE, frozenset({TABLE}), re.compile(rf"(?:主要指标|指标|(?<![代发图列年报填量])附?)表格?(?P<n>{_N}){_WHOLE}")),
    (TABLE, frozenset({TABLE}), re.compile(r"主要指标表?|指标表|附表|表格")),
    (NOTICE, frozenset({NOTICE}), re.compile(rf"印发通知(?:正文|部分)?|通知(?:正文|部分)|通知(?=第{_N}段|/)")),
    ("opening", frozenset({PARAGRAPH}), re.compile(r"开头|前言|引言|序言")),
    (PART, frozenset({PART}), re.compile(rf"第{_NUMBERS}(?:大?部分|大点|章|编)")),
    (BRACKET, frozenset({BRACKET, DIGIT}), re.compile(rf"第?\((?P<n>{_N})\)(?:[项点款]|条(?!件))?")),
    (ROW, frozenset({ROW}), re.compile(rf"第{_NUMBERS}(?:行|个?指标)|序号(?P<m>\d{{1,3}})")),
    (PARAGRAPH, frozenset({PARAGRAPH}), re.compile(rf"第{_NUMBERS}(?:自然)?段")),
    ("款", _ITEM | {PARAGRAPH}, re.compile(rf"第{_NUMBERS}款")),
    (SERIES, frozenset({SERIES}), re.compile(rf"第(?P<n>{CHINESE})是")),
    ("item", _ITEM, re.compile(rf"第{_NUMBERS}(?P<unit>小?[点项]|条(?!件)|件(?!事))")),
)
_BARE: Sequence[_Rule] = (
    (SERIES, frozenset({SERIES}), re.compile(rf"(?P<n>{CHINESE})是")),
    (PART, frozenset({PART}), re.compile(rf"(?P<n>{_N})部分(?=$|[第(一二三四五六七八九十\d]|{_END})")),
    ("item", _ITEM, re.compile(rf"(?P<n>{_N})(?P<unit>[项点条])(?={_N}[项点条款段]|第|\(|{_END})")),
    (ROW, frozenset({ROW}), re.compile(rf"(?P<n>{_N})行{_END}")),
    (PARAGRAPH, frozenset({PARAGRAPH}), re.compile(rf"(?P<n>{_N})[段款]{_END}")),
    (PART, frozenset({PART}), re.compile(rf"(?P<n>{CHINESE})(?=$|[(、/]|第|重大|专栏)")),
    (DIGIT, frozenset({DIGIT, SERIES, ROW}), re.compile(rf"(?P<n>\d{{1,3}})(?!\d){_END}")),
)
_NEEDS_ANOTHER = frozenset({DIGIT, ROW, PARAGRAPH})
_GLUE = re.compile(r"[、,/.·:\-~—的里中和与及跟至到“”\"']+")
_RANGE = re.compile(r"[至到~\-—]")
_AND = re.compile(r"[、,和与及跟“”\"']*")


@dataclass(frozen=True, slots=True)
class Step:
    """One segment of a clause id; ``kind`` of a box is its name (重大事项), ``number`` of the notice is 0."""

    kind: str
    number: int
    text: str

    @property
    def is_closed(self) -> bool:
        """Whether what lies inside is named only together with it: a box or a table."""
        return self.kind not in _PLAIN_KINDS

    @property
    def label(self) -> str:
        """The step as a citation spells it."""
        number, chinese = self.number, to_chinese(self.number) if 0 < self.number < 10_000 else str(self.number)
        spelt = {BRACKET: f"第（{chinese}）项", DIGIT: f"第{number}点", ROW: f"第{number}行", SERIES: f"“{chinese}是”"}
        if self.kind == PART and not self.text.startswith("第"):
            return f"第{chinese}部分"
        return spelt.get(self.kind, self.text)


@dataclass(frozen=True, slots=True)
class Ordinal:
    """A stretch of a question that may mean steps of some kinds; no ``numbers`` is any number.

    ``form`` tells how it is spelt; two of one form are a list or a range. ``is_bare`` is one that counts only beside
    a document or another ordinal.
    """

    form: str
    kinds: frozenset[str]
    numbers: tuple[int, ...]
    start: int
    end: int
    is_bare: bool = False

    def means(self, step: Step) -> bool:
        """Tell whether a step is what this ordinal may mean.

        :param step: a step.
        :return: whether kind and number agree.
        """
        return step.kind in self.kinds and (not self.numbers or step.number in self.numbers)


Chain = tuple[Ordinal, ...]


def steps_of(segments: Iterable[str]) -> tuple[Step, ...]:
    """Read the segments of a clause id.

    :param segments: segments in plain form.
    :return: a step for each.
    """
    steps: list[Step] = []
    for segment in segments:
        step = _step(segment)
        inside_table = steps and steps[-1].kind == TABLE and step.kind == DIGIT
        steps.append(replace(step, kind=ROW) if inside_table else step)
    return tuple(steps)


@cache
def _step(segment: str) -> Step:
    for kind, pattern in _STEP:
        if match := pattern.fullmatch(segment):
            number = read_ordinal(next((group for group in match.groups() if group), "")) if pattern.groups else 0
            if number is not None:
                return Step(kind, number, segment)
    match = _BOX.fullmatch(segment)
    number = read_ordinal(match["n"]) if match else None
    return Step(match["name"], number, segment) if match and number is not None else Step(segment, 0, segment)


class Grammar:
    """The spellings of ordinals in a base, whose boxes have names of their own.

    :param boxes: names of boxes, as 重大事项.
    """

    def __init__(self, boxes: Iterable[str]) -> None:
        names = sorted({*boxes, *_USUAL_BOXES}, key=lambda name: (-len(name), name))
        box = [("box", frozenset({name}), re.compile(rf"{re.escape(name)}第?(?P<n>{_N}){_WHOLE}")) for name in names]
        self._explicit = (*box, *_EXPLICIT)

    def chains(self, plain: Plain, start: int, end: int, *, beside: bool) -> list[Chain]:
        """Read the ordinals of a stretch, as chains from the outer to the inner.

        The bare forms (四, 2, 五是) count only next to a document or another ordinal. A list or range within a chain
        is one ordinal with several numbers; an ordinal of a form that the chain has already begins another chain,
        which shares what stood before that form.

        :param plain: the question.
        :param start: first place of the stretch.
        :param end: place behind it.
        :param beside: whether the stretch begins next to a document or at the start of the question.
        :return: the chains, in order.
        """
        chains: list[list[Ordinal]] = []
        for ordinal in self._ordinals(plain.text, start, end, beside):
            if not chains:
                chains.append([ordinal])
                continue
            chain = chains[-1]
            between = plain.text[chain[-1].end : ordinal.start]
            merged = _merged(chain[-1], ordinal, between)
            same = next((place for place, one in enumerate(chain) if one.form == ordinal.form), None)
            if merged:
                chain[-1] = merged
            elif same is not None:
                chains.append([*chain[:same], ordinal])
            elif ordinal.kinds & {PART, NOTICE}:
                chains.append([ordinal])
            else:
                chain.append(ordinal)
        return [tuple(chain) for chain in chains]

    def _ordinals(self, text: str, start: int, end: int, beside: bool) -> Iterator[Ordinal]:
        place, found = start, False
        while place < end:
            ordinal = self._ordinal(text, place, end, (beside, found))
            if ordinal:
                yield ordinal
                place, beside, found = ordinal.end, True, True
            elif glue := _GLUE.match(text, place, end):
                place = glue.end()
            else:
                place, beside = place + 1, False

    def _ordinal(self, text: str, place: int, end: int, context: tuple[bool, bool]) -> Ordinal | None:
        beside, found = context
        for bare, rules in ((False, self._explicit), (True, _BARE if beside else ())):
            for form, kinds, pattern in rules:
                match = pattern.match(text, place, end)
                if not match or (bare and not found and form in _NEEDS_ANOTHER):
                    continue
                numbers = (1,) if form == "opening" else _numbers(match)
                if numbers is not None:
                    unit = match.groupdict().get("unit") or ("1" if form == BRACKET and match["n"].isdecimal() else "")
                    return Ordinal(form + unit, kinds, numbers, place, match.end(), bare)
        return None


def single(chain: Chain) -> list[Chain]:
    """Write a chain with lists and ranges as chains with one number each.

    :param chain: a chain.
    :return: chains, in order of their numbers.
    """
    chains: list[Chain] = [()]
    for ordinal in chain:
        ones = [replace(ordinal, numbers=(number,)) for number in ordinal.numbers] or [ordinal]
        chains = [(*one, last) for one in chains for last in ones]
    return chains[:_LONGEST_RANGE]


def _numbers(match: re.Match[str]) -> tuple[int, ...] | None:
    """Read the number, list or range of a match; None where it holds what is no number."""
    groups = match.groupdict()
    text = groups.get("n") or groups.get("m")
    if not text:
        return ()
    pieces = re.split(r"([至到~\-—、和与及])第?", text)
    numbers = [read_ordinal(piece) for piece in pieces[::2]]
    found: list[int] = []
    for number, tie in zip(numbers, ["", *pieces[1::2]], strict=True):
        if number is None:
            return None
        found += _span(found[-1], number)[1:] if tie and _RANGE.match(tie) else [number]
    return tuple(dict.fromkeys(found))


def _span(first: int, last: int) -> list[int]:
    return list(range(first, min(last, first + _LONGEST_RANGE) + 1)) if last > first else [first, last]


def _merged(left: Ordinal, right: Ordinal, between: str) -> Ordinal | None:
    """Join two ordinals of one form that stand side by side into a list or a range."""
    if left.form != right.form or not left.numbers or not right.numbers:
        return None
    if _RANGE.fullmatch(between):
        numbers = (*left.numbers[:-1], *_span(left.numbers[-1], right.numbers[0]))
    elif _AND.fullmatch(between):
        numbers = (*left.numbers, *right.numbers)
    else:
        return None
    return replace(left, numbers=tuple(dict.fromkeys(numbers)), end=right.end)
