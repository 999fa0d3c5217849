"""How a document numbers its levels, read from its clause ids, and which ordinals may name which of them.

A *step* is one segment of a clause id with its style and number: 四 is a part, （二） a bracket, 五是 a series, 表1 a table.
What an ordinal may name follows from the styles that the document itself uses. In a text in articles 条, 款, 项, 目 are what
立法法 (2023) art. 65 says: 第十条, an unnumbered paragraph of it, （三）, 2. A notice or plan has no articles and is cited by
the same words all the same: there 第一条 is 一、, or the first of its measures where these are numbered on through all parts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import product

from index.references.mentions import Chain, Number, Ordinal
from index.references.ordinals import ANNEX
from index.references.spelling import CHINESE, CIRCLED, spelt
from ingest.numerals import ordinal as read_ordinal
from ingest.numerals import to_chinese

VOLUME, DIVISION, PART, CHAPTER, SECTION, ARTICLE = "volume", "division", "part", "chapter", "section", "article"
BRACKET, DIGIT, DOTTED, SMALL, RINGED, SERIES = "bracket", "digit", "dotted", "small", "ringed", "series"
ROW, PARAGRAPH, TABLE, NOTICE = "row", "paragraph", "table", "notice"
NAMED = frozenset({VOLUME, DIVISION, CHAPTER, SECTION, ARTICLE})
"""Styles that say by a word of their own what they are: 第一章, 第一条."""
LEVELS = frozenset({VOLUME, DIVISION, PART, CHAPTER, SECTION, ARTICLE, BRACKET, DIGIT, DOTTED, TABLE})
"""Styles that a document is divided by."""

_N = rf"({CHINESE}|\d+)"
_STEPS: Sequence[tuple[str, re.Pattern[str]]] = (
    (PART, re.compile(rf"({CHINESE})")),
    (DIVISION, re.compile(rf"第{_N}部分")),
    (VOLUME, re.compile(rf"第{_N}[编篇]")),
    (CHAPTER, re.compile(rf"第{_N}章")),
    (SECTION, re.compile(rf"第{_N}节")),
    (ARTICLE, re.compile(rf"第({CHINESE}|\d+(?:\.\d+)*)条(?:之({CHINESE}))?")),
    (BRACKET, re.compile(rf"\(({CHINESE})\)")),
    (SMALL, re.compile(r"\((\d+)\)")),
    (RINGED, re.compile(rf"({CIRCLED})")),
    (DIGIT, re.compile(r"(\d+)")),
    (DOTTED, re.compile(r"(\d+(?:\.\d+)+)")),
    (SERIES, re.compile(rf"({CHINESE})是")),
    (PARAGRAPH, re.compile(r"第(\d+)[段款]")),
    (TABLE, re.compile(rf"表{_N}")),
    (NOTICE, re.compile("通知")),
    (ANNEX, re.compile(rf"{ANNEX}{_N}?")),
)
_BOX = re.compile(rf"(?P<name>[^\d]{{2,}}?|框){_N}")
_AGAIN = re.compile(r"\(重\d+\)$")
_OPEN = frozenset({style for style, _ in _STEPS} - {TABLE, ANNEX}) | {ROW}

_ITEMS = frozenset({BRACKET, DIGIT, DOTTED, SMALL, RINGED, SERIES, ROW})
_BRACKETED = frozenset({BRACKET, DIGIT, SMALL, RINGED})
_MEASURES = frozenset({PART, BRACKET, DIGIT, DOTTED, SERIES})
_RUNNING = frozenset({BRACKET, DIGIT, SMALL, SERIES})
_ALWAYS = {
    "表": TABLE, "通知": NOTICE, "行": ROW, "段": PARAGRAPH, "开头": PARAGRAPH, "是": SERIES, "节": SECTION, "①": RINGED,
}  # fmt: skip
_OWN = {"编": (VOLUME,), "篇": (VOLUME,), "部分": (DIVISION, PART), "章": (CHAPTER,), "一": (PART,)}

LITERAL = {"点": DIGIT, "项": BRACKET, "目": DIGIT}
"""What a word names by itself, where it may name two things that stand side by side."""

Styles = frozenset[str]
Path = tuple["Step", ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One segment of a clause id; ``style`` of a box is its name (重大事项), ``number`` of the notice is ()."""

    style: str
    number: Number
    text: str

    @property
    def is_closed(self) -> bool:
        """Whether what lies inside is named only together with it: a box, a table or an annex."""
        return self.style not in _OPEN

    @property
    def is_box(self) -> bool:
        """Whether it is a box, which has a name of its own."""
        return self.is_closed and self.style not in (TABLE, ANNEX)

    @property
    def label(self) -> str:
        """The step as a citation spells it."""
        number = str(self.number[-1]) if self.number else ""
        chinese = to_chinese(self.number[-1]) if number and 0 < self.number[-1] < 10_000 else number
        spelled = {PART: f"第{chinese}部分", BRACKET: f"第（{chinese}）项", SMALL: f"第（{number}）小点"}
        spelled |= {DIGIT: f"第{number}点", ROW: f"第{number}行", SERIES: f"“{chinese}是”"}
        return spelled.get(self.style, self.text)


@cache
def steps_of(path: str) -> tuple[Step, ...]:
    """Read the segments of a clause id.

    >>> [step.style for step in steps_of("三/（二）/重大事项二/6")]
    ['part', 'bracket', '重大事项', 'digit']

    :param path: what follows the document's key and its slash.
    :return: a step for each segment; 第一条（重2）, which a document numbers twice, is the same as 第一条.
    """
    steps: list[Step] = []
    for segment in path.split("/"):
        step = _step(segment)
        is_row = steps and steps[-1].style == TABLE and step.style == DIGIT
        steps.append(replace(step, style=ROW) if is_row else step)
    return tuple(steps)


@cache
def _step(segment: str) -> Step:
    text = _AGAIN.sub("", spelt(segment))
    for style, pattern in _STEPS:
        if match := pattern.fullmatch(text):
            number = _number([group for group in match.groups() if group])
            if number is not None:
                return Step(style, number, text)
    match = _BOX.fullmatch(text)
    number = _number([match[2]]) if match else None
    return Step(match["name"], number, text) if match and number else Step(text, (), text)


def _number(groups: Iterable[str]) -> Number | None:
    """Read 三, 4.2.1, or 三 and 一 of 第三条之一; None where it is none."""
    numbers = [read_ordinal(unicodedata.normalize("NFKC", piece)) for group in groups for piece in group.split(".")]
    known = tuple(number for number in numbers if number is not None)
    return known if len(known) == len(numbers) else None


@dataclass(frozen=True, slots=True)
class Numbering:
    """How a document numbers its levels.

    ``used`` are the styles in use, boxes and tables aside, ``outermost`` those of its first level, and ``running`` those
    of lower levels whose numbers run on through all its parts.
    """

    used: Styles
    outermost: Styles
    running: Styles

    def readings(self, chain: Chain) -> Iterator[tuple[Styles, ...]]:
        """List what the ordinals of a chain may name, the closest reading first.

        :param chain: a chain.
        :return: for each reading the styles of each ordinal.
        """
        yield from product(*(self.styles(chain, at) for at in range(len(chain))))

    def styles(self, chain: Chain, at: int) -> tuple[Styles, ...]:
        """Give the styles that an ordinal of a chain may name.

        :param chain: a chain.
        :param at: which of its ordinals.
        :return: the styles of each reading, the closest first; 第六项 of a letter may at last be its 六、, and is that first
            where the letter has no items but 一是, 二是.
        """
        ordinal, above = chain[at], chain[at - 1].form if at else ""
        form = ordinal.form
        if form == "box":
            return (frozenset({ordinal.word}),)
        if form in _ALWAYS:
            return (frozenset({_ALWAYS[form]}),)
        if form in _OWN:
            own = tuple(frozenset({style}) for style in _OWN[form] if style in self.used)
            return own or (self.outermost - {ARTICLE, SERIES},)
        if form == "1.2":
            return (frozenset({DOTTED, ARTICLE}),)
        if above == "表":
            return (frozenset({ROW}),)
        if form == "条" and (not at or ARTICLE in self.used):
            return self._articles()
        items = self._items(ordinal, inside=above == "box")
        if form == "条" and above == "box":
            return (frozenset({ARTICLE}), *items)
        parts = self.outermost & {PART}
        alone = not at and form in ("项", "点") and ARTICLE not in self.used
        if not (alone and parts) or parts in items:
            return items
        # A series inside one part (一是, 二是) is called by its own words; 第二项 is the part before it.
        return (parts, *items) if self.used & _ITEMS == {SERIES} else (*items, parts)

    def _articles(self) -> tuple[Styles, ...]:
        """What 第一条 names: the article.

        Without any it is a measure that is numbered on through all parts, else one of the first level, else any item.
        """
        if ARTICLE in self.used:
            return (frozenset({ARTICLE}),)
        return (*filter(None, (self.running, self.outermost & _MEASURES)), _ITEMS)

    def _items(self, ordinal: Ordinal, *, inside: bool) -> tuple[Styles, ...]:
        """What 项, 点, 目 and brackets name; ``inside`` a box, whose own numbering is not looked at."""
        in_articles = ARTICLE in self.used
        closest: Styles = frozenset()
        widest = _ITEMS
        if ordinal.form == "（一）":
            closest, widest = frozenset({BRACKET}), _BRACKETED
        elif ordinal.form == "（1）":
            closest, widest = frozenset({BRACKET if ordinal.word == "项" else SMALL}), _BRACKETED
        elif ordinal.form == "款":
            widest = frozenset({PARAGRAPH}) if in_articles else _ITEMS | {PARAGRAPH}
        elif ordinal.form == "项" and in_articles and BRACKET in self.used:
            widest = frozenset({BRACKET})
        elif ordinal.form == "目":
            closest = frozenset({DIGIT, SMALL, RINGED})
        elif ordinal.form.startswith("小"):
            closest = frozenset({SMALL, RINGED})
        elif ordinal.form == "1":
            widest = frozenset({DIGIT, DOTTED, SERIES, ROW})
        if inside or widest & self.used or PARAGRAPH in widest:
            return (closest, widest) if closest & self.used else (widest,)
        return (self.outermost - {ARTICLE},)


def could_name(ordinal: Ordinal) -> Styles:
    """Give the styles that an ordinal can name in any document.

    :param ordinal: an ordinal.
    :return: the styles.
    """
    if ordinal.form == "box":
        return frozenset({ordinal.word})
    if ordinal.form in _ALWAYS:
        return frozenset({_ALWAYS[ordinal.form]})
    return _ITEMS if ordinal.form == "款" else _ITEMS | LEVELS - {TABLE}


def needs_step(ordinal: Ordinal) -> bool:
    """Tell whether an ordinal names a step of a clause id, and not maybe a paragraph inside a clause.

    :param ordinal: an ordinal.
    :return: whether it does.
    """
    return ordinal.form not in ("款", "段", "开头")


def may_name(ordinal: Ordinal, step: Step) -> bool:
    """Tell whether an ordinal can name a step in any document.

    :param ordinal: an ordinal.
    :param step: a step.
    :return: whether style and number fit; the 2 of 1.2 does.
    """
    numbers = (step.number, step.number[-1:]) if step.style == DOTTED else (step.number,)
    is_number = not ordinal.numbers or any(number in ordinal.numbers for number in numbers)
    return is_number and step.style in could_name(ordinal)


def numbering_of(paths: Iterable[Sequence[Step]]) -> Numbering:
    """Read how a document, or an annex of it, numbers its levels.

    :param paths: the steps of its clauses.
    :return: the numbering; what lies in boxes, tables and the covering notice is left out.
    """
    above: dict[str, dict[tuple[Step, ...], Number]] = {}
    outermost: set[str] = set()
    for path in paths:
        for depth, step in enumerate(path, start=1):
            if step.is_closed or step.style == NOTICE:
                break
            if step.style == PARAGRAPH:
                continue
            above.setdefault(step.style, {})[tuple(path[:depth])] = step.number
            if depth == 1:
                outermost.add(step.style)
    running = frozenset(style for style, nodes in above.items() if style in _RUNNING and _runs_on(nodes))
    return Numbering(frozenset(above), frozenset(outermost), running)


def _runs_on(nodes: dict[tuple[Step, ...], Number]) -> bool:
    """Tell whether the numbers of a level run on from one part to the next."""
    parents = {path[:-1] for path in nodes}
    return len(parents) > 1 and () not in parents and len(set(nodes.values())) == len(nodes)
