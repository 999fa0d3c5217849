"""Ordinals in a sentence of a document: 第十条第二款第（一）、（三）项, 第五条至第八条, 第十八条、第十九条第一款、第二款.

A question is read kindly (:mod:`index.references.ordinals`); a sentence says exactly what it means. What follows a mark
(、 和 及) begins anew at its own level: in 第十八条、第十九条第一款 only the latter has a 款.
"""

from __future__ import annotations

import re
from dataclasses import replace

from index.references.mentions import Chain, Number, Ordinal
from index.references.spelling import CHINESE
from ingest.numerals import ordinal as read_ordinal

MOST = 200
"""How many levels a range may span; a longer one is not read."""

_MOST_CHAINS, _MOST_LEVELS = 60, 12
_N = rf"(?:{CHINESE}|\d{{1,4}}(?!\d))"
_TO = r"[至到\-—~]"
_MARKS = rf"[、和与及或]|{_TO}"
_PLAIN = re.compile(
    rf"第(?P<n>{_N}(?:(?:{_MARKS})第?{_N}){{0,40}})"
    rf"(?P<unit>编|篇(?!文章|论文|报道|报告|稿|小说)|章(?!程)|节(?!能)|条(?![件例线])|款(?!项)|项(?![目])|目(?![标录的前])|点|部分)(?:之(?P<sub>{CHINESE}))?"
)
_BRACKETED = re.compile(
    rf"(?P<first>第?)(?P<n>\({_N}\)(?:(?:{_MARKS})?第?\({_N}\)|{_TO}{_N}(?=项)){{0,40}})(?P<unit>项(?!目)|[款目点条])?"
)
_SHORT = re.compile(
    rf"(?P<n>{_N}(?:(?:{_MARKS})第?{_N}){{0,40}})(?P<unit>[条款项])(?P<sub>(?!))?(?=第|的?规定|情形|要求|[、,;和与及至到所中之()])"
)
_TIE = re.compile(rf"的|以及|或者|,?(?:{_MARKS})")
_PIECE = re.compile(rf"(?P<to>{_TO})?第?\(?(?P<n>{_N})")
RANK = {
    "编": 0,
    "篇": 0,
    "章": 1,
    "部分": 1,
    "节": 2,
    "条": 3,
    "款": 4,
    "（一）": 5,
    "（1）": 5,
    "项": 5,
    "点": 6,
    "目": 7,
}
"""How deep a level lies, by the form of its ordinal."""


def chains_at(text: str, position: int, *, is_named: bool = False) -> list[Chain]:
    """Read the ordinals that begin at a position, as far as nothing but ties stands between them.

    :param text: a text, spelt.
    :param position: where the first ordinal must begin.
    :param is_named: whether the name of a document stands right before; then, as in a list, 三十六条 is 第三十六条.
    :return: chains in order, of each the ordinals that are written at its place last; a list or range of one level is one
        ordinal with several numbers. Empty where none begins there.
    """
    chains: list[Chain] = []
    tie, at = "", position
    while (
        len(chains) < _MOST_CHAINS
        and len(chains[-1] if chains else ()) < _MOST_LEVELS
        and (one := _ordinal(text, at, is_first=not chains and not is_named))
    ):
        last = chains[-1] if chains else ()
        if last and re.fullmatch(_TO, tie) and last[-1].form == one.form and (joined := _range(last[-1], one)):
            chains[-1] = (*last[:-1], joined)
        elif last and tie in ("", "的"):
            chains[-1] = (*last, one)
        else:
            chains.append((*(above for above in last if RANK[above.form] < RANK[one.form]), one))
        match = _TIE.match(text, one.end)
        tie, at = (match.group().lstrip(","), match.end()) if match else ("", one.end)
    return chains


def _ordinal(text: str, position: int, *, is_first: bool) -> Ordinal | None:
    """Read an ordinal; one without 第, (一) or 三十六条, is one only beside another or a document."""
    if match := _PLAIN.match(text, position) or (None if is_first else _SHORT.match(text, position)):
        numbers, form, word = _numbers(match["n"]), match["unit"], ""
        if numbers and match["sub"]:
            under = read_ordinal(match["sub"])
            numbers = (*numbers[:-1], (*numbers[-1], under)) if under else ()
    elif (match := _BRACKETED.match(text, position)) and not (is_first and not match["first"]):
        numbers, word = _numbers(match["n"]), match["unit"] or "项"
        form = "（1）" if match["n"][1].isdecimal() else "（一）"
    else:
        return None
    return Ordinal(form, numbers, position, match.end(), word) if numbers else None


def _numbers(text: str) -> tuple[Number, ...]:
    """Read a list or range of numbers; empty where one is no numeral, or a range is too long or runs back."""
    found: list[Number] = []
    for piece in _PIECE.finditer(text):
        number = read_ordinal(piece["n"])
        first = found[-1][0] if found and piece["to"] else number
        if number is None or first is None or not first <= number < first + MOST:
            return ()
        found += [(each,) for each in range(first + bool(piece["to"]), number + 1)]
    return tuple(dict.fromkeys(found))


def _range(left: Ordinal, right: Ordinal) -> Ordinal | None:
    first, last = left.numbers[-1], right.numbers[0]
    if len(first) > 1 or len(last) > 1 or not first[0] < last[0] < first[0] + MOST:
        return None
    between = [(each,) for each in range(first[0] + 1, last[0])]
    return replace(left, numbers=(*left.numbers, *between, *right.numbers), end=right.end)
