"""Ordinals in a question: 第四部分, （二）, 第十条之一, 4.2.1, “五是”, 表1第9行, and the chains that they make.

Which level of a document an ordinal names is not read here: :mod:`index.references.levels` derives that from the
document's own numbering.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice, product, takewhile

from index.references.mentions import Chain, Number, Ordinal
from index.references.spelling import CHINESE, CIRCLED
from ingest.numerals import ordinal as read_ordinal

MOST = 50
"""How many numbers of a list or range are read, and how many single chains a chain stands for."""

ANNEX = "附件"
_USUAL_BOXES = ("重大事项", "专栏", ANNEX)
_N = rf"(?:{CHINESE}|\d{{1,4}}(?!\d))"
_NUMBERS = rf"(?P<n>{_N}(?:[至到~\-—、和与及]第?{_N})*)"
_DOTTED = r"\d{1,3}(?:\.\d{1,3})+(?![.\d])"
_WHOLE = r"(?![律般直起些定样致次体旦切个大类年月日名位家种项条])"
_NO_LEVEL = r"(?!部分|[章编篇节条款项点段行目])"
_END = r"(?=$|[、,。?!/;:()《“”\"'\-~的里中内讲说写是和与及跟至到对关有什怎啥])"

AHEAD = re.compile(
    rf"的?(?:第(?:{_N}|[\d.]+)(?:大?部分|章|编|篇|节|[点款项段行目]|条(?!件))|第?\({_N}\)[项点款条]|{CHINESE}、?\({CHINESE}\))"
)
"""An ordinal that cannot be anything else; a word right before it is a document's name."""

Rule = tuple[str, re.Pattern[str]]
_RULES: Sequence[Rule] = (
    ("表", re.compile(rf"(?:主要指标|指标|(?<![代发图列年报填量])附?)表格?(?P<n>{_N}){_WHOLE}")),
    ("表", re.compile(r"主要指标表?|指标表|附表|表格")),
    ("通知", re.compile(rf"印发通知(?:正文|部分)?|通知(?:正文|部分)|通知(?=第{_N}段|/)")),
    ("开头", re.compile(r"开头|前言|引言|序言")),
    ("1.2", re.compile(rf"第(?P<dotted>{_DOTTED})(?:大?部分|[节条款项点])?")),
    ("1.2", re.compile(rf"(?P<dotted>{_DOTTED})[节条款]")),
    ("部分", re.compile(rf"第{_NUMBERS}(?:大?部分|大点)")),
    ("", re.compile(rf"第{_NUMBERS}(?P<unit>[编章节]|篇(?!文章|论文|报道|报告|稿|小说))")),
    ("（）", re.compile(rf"第?\((?P<n>{_N})\)(?P<word>小?[项点款]|目(?![标录的])|条(?!件))?")),
    ("①", re.compile(rf"第?(?P<circled>{CIRCLED})[项点]?")),
    ("行", re.compile(rf"第{_NUMBERS}(?:行|个?指标)|序号(?P<m>\d{{1,3}})")),
    ("段", re.compile(rf"第{_NUMBERS}(?:自然)?段")),
    ("款", re.compile(rf"第{_NUMBERS}款(?!项)")),
    ("是", re.compile(rf"第(?P<n>{CHINESE})是")),
    ("条", re.compile(rf"第{_NUMBERS}条(?!件)(?:之(?P<sub>{CHINESE}))?")),
    ("", re.compile(rf"第{_NUMBERS}(?P<unit>小?[点项]|目(?![标录的])|件(?!事))")),
)
_BARE: Sequence[Rule] = (
    ("是", re.compile(rf"(?P<n>{CHINESE})是")),
    ("部分", re.compile(rf"(?P<n>{_N})部分(?=$|[第(一二三四五六七八九十\d]|{_END})")),
    ("", re.compile(rf"(?P<n>{_N})(?P<unit>[项点条])(?={_N}[项点条款段]|第|\(|{_END})")),
    ("行", re.compile(rf"(?P<n>{_N})行{_END}")),
    ("段", re.compile(rf"(?P<n>{_N})(?P<unit>[段款]){_END}")),
    ("一", re.compile(rf"(?P<n>{CHINESE})(?=$|[(、/]|第|重大|专栏)")),
    ("1.2", re.compile(rf"(?P<dotted>{_DOTTED})(?=\(|第|{_END})")),
    ("1", re.compile(rf"(?P<n>\d{{1,3}})(?!\d)(?:(?=第|{CIRCLED})|{_END})")),
    ("box", re.compile(rf"(?P<word>{ANNEX})(?=第|{CHINESE}[、(]|/|{_END})")),
)
_NEEDS_ANOTHER = frozenset({"1", "行", "段", "款"})
_OUTER = {ANNEX: 0, "通知": 1, "编": 2, "篇": 2, "部分": 3, "章": 3, "节": 4, "一": 5}
_GLUE = re.compile(r"[、,/.·:\-~—的里中和与及跟至到“”\"']+")
_RANGE = re.compile(r"[至到~\-—]")
_AND = re.compile(r"[、,和与及跟“”\"']*")


class Grammar:
    """The spellings of ordinals, with the names of boxes.

    :param boxes: names of boxes, as 重大事项.
    """

    def __init__(self, boxes: Iterable[str]) -> None:
        names = sorted({*boxes, *_USUAL_BOXES}, key=lambda name: (-len(name), name))
        whole = "|".join(map(re.escape, names))
        self._rules: Sequence[Rule] = (
            ("box", re.compile(rf"(?P<word>{whole})(?:第(?={_N}{_NO_LEVEL}))?(?P<n>{_N}){_WHOLE}")),
            *_RULES,
        )

    def chains(self, text: str, start: int, end: int) -> list[Chain]:
        """Read the ordinals of a stretch that begins beside a document or with the question.

        The bare forms (四, 2, 五是) count only next to a document or another ordinal. A list or range within a chain
        is one ordinal with several numbers; an ordinal of a form that the chain has already begins another chain,
        which shares what stood before that form.

        :param text: the question, spelt.
        :param start: first position of the stretch.
        :param end: position behind it.
        :return: the chains, in order.
        """
        chains: list[Chain] = []
        for ordinal in self._ordinals(text, start, end):
            last = chains[-1] if chains else ()
            if last and ordinal.form == last[-1].form == "部分" and ordinal.start == last[-1].end:
                ordinal = replace(ordinal, form="一")  # 第一部分第二部分 is a part of a part
            if last and (merged := _merged(last[-1], ordinal, text[last[-1].end : ordinal.start])):
                chains[-1] = (*last[:-1], merged)
            elif last and len(shared := _shared(last, ordinal)) == len(last):
                chains[-1] = (*last, ordinal)
            else:
                chains.append((*shared, ordinal) if last else (ordinal,))
        return chains

    def _ordinals(self, text: str, start: int, end: int) -> Iterator[Ordinal]:
        position, beside, found = start, True, False
        while position < end:
            ordinal = self._ordinal(text, position, end, (beside, found))
            if ordinal:
                yield ordinal
                position, beside, found = ordinal.end, True, True
            elif glue := _GLUE.match(text, position, end):
                position = glue.end()
            else:
                position, beside = position + 1, False

    def _ordinal(self, text: str, position: int, end: int, context: tuple[bool, bool]) -> Ordinal | None:
        beside, found = context
        for is_bare, rules in ((False, self._rules), (True, _BARE if beside else ())):
            for form, pattern in rules:
                match = pattern.match(text, position, end)
                if not match:
                    continue
                groups = match.groupdict()
                form = form or groups["unit"]
                numbers = ((1,),) if form == "开头" else _numbers(groups)
                if numbers is None or (is_bare and not found and form in _NEEDS_ANOTHER):
                    continue
                if form == "（）":
                    form = "（1）" if match["n"].isdecimal() else "（一）"
                return Ordinal(form, numbers, position, match.end(), groups.get("word") or "", is_bare)
        return None


def single(chain: Chain) -> list[Chain]:
    """Write a chain with lists and ranges as chains with one number each, the first :data:`MOST` of them.

    :param chain: a chain.
    :return: chains, in order of their numbers.
    """
    choices = [[replace(one, numbers=(number,)) for number in one.numbers] or [one] for one in chain]
    return list(islice(product(*choices), MOST))


def _shared(chain: Chain, ordinal: Ordinal) -> Chain:
    """Take the ordinals of a chain that stand above the next one."""
    if (rank := _rank(ordinal)) is not None:
        return tuple(takewhile(lambda one: (above := _rank(one)) is not None and above < rank, chain))
    return tuple(takewhile(lambda one: one.form != ordinal.form, chain))


def _rank(ordinal: Ordinal) -> int | None:
    return _OUTER.get(ordinal.word if ordinal.form == "box" else ordinal.form)


def _numbers(groups: dict[str, str | None]) -> tuple[Number, ...] | None:
    """Read the number, list or range of a match; None where it holds what is no number."""
    if dotted := groups.get("dotted"):
        return (tuple(map(int, dotted.split("."))),)
    if circled := groups.get("circled"):
        return ((int(unicodedata.numeric(circled)),),)
    text = groups.get("n") or groups.get("m")
    if not text:
        return ()
    pieces = re.split(r"([至到~\-—、和与及])第?", text)
    found: list[Number] = []
    for piece, tie in zip(pieces[::2], ["", *pieces[1::2]], strict=True):
        number = read_ordinal(piece)
        if number is None:
            return None
        found += _span(found[-1], (number,))[1:] if _RANGE.match(tie) else [(number,)]
    if sub := groups.get("sub"):
        under = read_ordinal(sub)
        found[-1] = (*found[-1], under) if under else found[-1]
    return tuple(dict.fromkeys(found))[:MOST]


def _span(first: Number, last: Number) -> list[Number]:
    """Count from one number to another of the same level."""
    if first[:-1] != last[:-1] or last[-1] <= first[-1]:
        return [first, last]
    return [(*first[:-1], number) for number in range(first[-1], min(last[-1], first[-1] + MOST) + 1)]


def _merged(left: Ordinal, right: Ordinal, between: str) -> Ordinal | None:
    """Join two ordinals of one form that stand side by side into a list or a range."""
    is_other = left.form != right.form or (left.form == "box" and left.word != right.word)
    if is_other or not left.numbers or not right.numbers:
        return None
    if _RANGE.fullmatch(between):
        numbers = (*left.numbers[:-1], *_span(left.numbers[-1], right.numbers[0]), *right.numbers[1:])
    elif _AND.fullmatch(between):
        numbers = (*left.numbers, *right.numbers)
    else:
        return None
    return replace(left, numbers=tuple(dict.fromkeys(numbers))[:MOST], end=right.end)
