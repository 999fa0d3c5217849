"""责任括号: a closing bracket or a line of its own that says who is charged, （责任单位：…；…牵头，…配合）."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ingest.records import Span
from ingest.units.lists import members, outside
from ingest.units.names import NameFinder


class Charged(NamedTuple):
    """One organisation with its part: where it stands in the sentence, its name, and 牵头, 配合 or 负责."""

    place: int
    name: str
    role: str


_LABEL = re.compile(
    r"(?P<label>[牵头主要办配合协助共同第一]{0,4}"
    r"(?:责任|牵头|主管|主责|配合|承办|实施|主办|协办|参加|参与|落实|负责)(?:责任)?(?:单位|部门|主体|机关|科室|处室)"
    r"(?:[及和、/或][^，。；：:（）()\d]{2,8})?(?:[（(][^（）()]{1,8}[）)])?)\s*[：:]"
)
_BRACKET = re.compile(
    r"[（(〔【\[](?P<inside>(?:[^（()）〔〕【】\[\]]|[（(][^（()）]*[）)]|[〔【\[][^（()）〔〕【】\[\]]*[〕】\]])+)[）)〕】\]][。；;.]?"
)
_ASIDE = re.compile(r"以下|下[称同]|简称|不?含|包括|即|详?见|附|如|注|其中|此件")
_DUTY = re.compile(
    r"等?(?:按照?|依照?|依据|根据)(?:各自)?(?:职责|职能|分工)+[^、，；]{0,8}$"
    r"|(?:(?:等)?(?:具体|分别|共同|联合|统一|组织|密切|积极|主要|牵头|分工|合力|协同|各自?))*"
    r"(?:牵头|负责|配合|落实|实施|承办|主办|协办|协助|参与|参加|推进|办理)(?!单位|部门|人)(?:[^、，；]{0,6}(?:落实|实施|配合|办理|负责|推进|承办|工作))?$"
)
_STOP = re.compile(r"[；;。\n]")
_COMMA = re.compile(r"[，,]")
_LED, _HELPED = re.compile("牵头|主办"), re.compile("配合|协[办助同]|参[加与]")


def closing_duties(finder: NameFinder, sentence: str) -> Iterator[tuple[Span, tuple[Charged, ...]]]:
    """Finds the brackets and labelled lists of a sentence that charge organisations.

    A bracket counts where it says 责任单位：, or where it ends the sentence, or opens it and so closes the one before, and
    ends in words of duty or is nothing but names.

    :return: each with the stretch that it fills, which holds no other statement.
    """
    end = len(sentence)
    for bracket in _BRACKET.finditer(sentence):
        inside = Span(*bracket.span("inside"))
        outer = not sentence[: bracket.start()].strip() or not sentence[bracket.end() :].strip()
        if _ASIDE.match(bracket["inside"]) or not (outer or _LABEL.search(sentence, inside.start, inside.end)):
            continue
        found = tuple(_parties(finder, sentence, inside))
        if found:
            yield Span(*bracket.span()), found
            end = min(end, bracket.start())
    label = _LABEL.search(sentence, 0, end)
    if label and (found := tuple(_parties(finder, sentence, Span(label.start(), end)))):
        yield Span(label.start(), end), found


def _parties(finder: NameFinder, sentence: str, inside: Span) -> Iterator[Charged]:
    """Those that a bracket or labelled list charges, group by group; a bracket without label is to be all duty or names."""
    groups = [
        group for group in outside(sentence, inside.start, inside.end, _STOP) if not _ASIDE.match(sentence, group.start)
    ]
    labelled = bool(_LABEL.search(sentence, inside.start, inside.end))
    if not labelled and not all(_is_duty(finder, sentence, group) for group in groups):
        return
    for group in groups:
        label = _LABEL.search(sentence, group.start, group.end)
        role = _role(label["label"]) if label else "负责"
        start = label.end() if label else group.start
        waiting: list[tuple[int, str]] = []
        for piece in outside(sentence, start, group.end, _COMMA):
            duty = _DUTY.search(sentence, piece.start, piece.end)
            waiting += _members(finder, sentence, Span(piece.start, duty.start() if duty else piece.end))
            if duty:
                yield from (Charged(place, name, _role(duty.group(), role)) for place, name in waiting)
                waiting = []
        yield from (Charged(place, name, role) for place, name in waiting)


def _is_duty(finder: NameFinder, sentence: str, group: Span) -> bool:
    """Whether a group without label is names with words of duty behind them, or nothing but names."""
    pieces = list(outside(sentence, group.start, group.end, _COMMA))
    last = _DUTY.search(sentence, pieces[-1].start, pieces[-1].end) if pieces else None
    names = [
        name
        for piece in pieces
        for name in members(sentence, piece.start, last.start() if last and piece is pieces[-1] else piece.end)
    ]
    known = [finder.is_name(sentence[a:b]) for a, b in names]
    return bool(known) and (any(known) if last else all(known))


def _members(finder: NameFinder, sentence: str, piece: Span) -> list[tuple[int, str]]:
    """The names of a list: all its members where each may be one, else those that certainly are."""
    parts = members(sentence, piece.start, piece.end)
    if finder.shares_head(sentence, parts) or not all(_may_be(finder, sentence[a:b]) for a, b in parts):
        return list(finder.names_in(sentence, piece.start, piece.end)) or finder.leading_names(
            sentence, piece.start, piece.end
        )
    return [(a, re.sub("等(?:[省市区县]级|有关|相关|各)*(?:部门|单位|机构)?$", "", sentence[a:b])) for a, b in parts]


def _may_be(finder: NameFinder, words: str) -> bool:
    """Whether words where only names stand are one, of a form that no list holds (市房管中心, 园区各分局)."""
    plain = re.sub(r"^\d+个", "", words)
    return finder.is_name(words) or (3 <= len(plain) <= 30 and not finder.is_cut_in(plain))


def _role(words: str, otherwise: str = "负责") -> str:
    if _LED.search(words):
        return "牵头"
    return "配合" if _HELPED.search(words) else otherwise
