"""引文校核 as it is shown: the lines of a draft cut where findings and suggestions begin and end, and a card for each finding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.check.findings import (
    ABSENT,
    DIFFERS,
    MISPLACED,
    NO_SUCH_CLAUSE,
    SAME,
    UNATTRIBUTED,
    UNKNOWN,
    VERDICTS,
    Checked,
    Finding,
    Stretch,
)

MOST_CHARACTERS = 500_000
"""Longest draft that is checked, as :meth:`index.knowledge_base.KnowledgeBase.check` has it."""
SIGNS = {
    SAME: "✓", DIFFERS: "≠", MISPLACED: "↷", ABSENT: "✗", NO_SUCH_CLAUSE: "∅", UNKNOWN: "？", UNATTRIBUTED: "＋",
}  # fmt: skip
"""The sign of each verdict, which is told by no colour alone."""
MEANINGS = {
    SAME: "引文与库中原文一字不差，出处也对；或所引的条款库中确有",
    DIFFERS: "出处对，文字与库中原文不同，不同之处两边都标出",
    MISPLACED: "文字库中有，但不在所引之处，给出实际出处",
    ABSENT: "所引之处没有这段文字，库中其他文件里也没有",
    NO_SUCH_CLAUSE: "所引的文件库中有，但没有这一条",
    UNKNOWN: "库中没有所引的文件，无从校核",
    UNATTRIBUTED: "与库中原文一字不差，却没有写明出处",
}
"""What each verdict says, to who reads the page."""
_GRAVE = (DIFFERS, ABSENT, MISPLACED, NO_SUCH_CLAUSE, UNATTRIBUTED, UNKNOWN, SAME)


@dataclass(frozen=True, slots=True)
class Slot:
    """A place of the draft, ``start`` to ``end``, with what may be put there; findings with the same suggestion share one.

    ``is_wording`` where it changes words that are quoted, which is to be looked at one by one.
    """

    number: int
    start: int
    end: int
    put: str
    is_wording: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line in which the same findings and slots hold; ``sign`` where the gravest of them begins.

    An empty one is a place where something may be added.
    """

    text: str
    verdict: str = ""
    sign: str = ""
    findings: tuple[int, ...] = ()
    slots: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the draft; ``start`` is where it begins."""

    start: int
    pieces: tuple[Piece, ...]


Side = tuple[tuple[str, bool], ...]
"""Words in order, each with whether they differ from the other side; empty words that differ are a gap."""


@dataclass(frozen=True, slots=True)
class Card:
    """A finding with its number and line, both from 1, and both sides cut where they differ."""

    number: int
    line: int
    finding: Finding
    name: str
    sign: str
    said: Side
    held: Side
    slot: Slot | None
    old: str


def slots_of(checked: Checked) -> dict[tuple[int, int, str], Slot]:
    """Number what is suggested.

    :param checked: a draft with its findings.
    :return: a slot for each different suggestion, in the order of the findings.
    """
    found: dict[tuple[int, int, str], Slot] = {}
    for one in checked.findings:
        if one.suggestion and one.suggestion not in found:
            start, end, put = one.suggestion
            is_wording = bool(one.quoted) and max(start, one.start) < min(end, one.end)
            found[one.suggestion] = Slot(len(found), start, end, put, is_wording)
    return found


def cards_of(checked: Checked) -> tuple[Card, ...]:
    """Make a card for each finding.

    :param checked: a draft with its findings.
    :return: cards in the order of the draft.
    """
    slots, text = slots_of(checked), checked.text
    cards, line, at = [], 1, 0
    for number, one in enumerate(checked.findings, 1):
        line, at = line + text.count("\n", at, one.start), one.start
        ours, theirs = [pair[0] for pair in one.differences], [pair[1] for pair in one.differences]
        slot = slots[one.suggestion] if one.suggestion else None
        old = text[slot.start : slot.end] if slot else ""
        said, held = sides(one.quoted or one.cited, ours), sides(one.held, theirs)
        cards.append(Card(number, line, one, VERDICTS[one.verdict], SIGNS[one.verdict], said, held, slot, old))
    return tuple(cards)


def sides(text: str, stretches: Iterable[Stretch]) -> Side:
    """Cut words where they differ.

    >>> sides("达到90%。", [(2, 4)]), sides("达到。", [(2, 2)])
    ((('达到', False), ('90', True), ('%。', False)), (('达到', False), ('', True), ('。', False)))

    :param text: the words.
    :param stretches: of the words, in any order; an empty one is a gap.
    :return: the words in order.
    """
    found: list[tuple[str, bool]] = []
    at = 0
    for start, end in sorted(stretches):
        found += [(text[at:start], False)] if start > at else []
        found.append((text[max(at, start) : end], True))
        at = max(at, end)
    return (*found, *([(text[at:], False)] if text[at:] else []))


def counts_of(checked: Checked) -> tuple[tuple[str, str, str, int], ...]:
    """Count the findings.

    :param checked: a draft with its findings.
    :return: verdict, its name, its sign and how many there are, for every verdict.
    """
    counted = Counter(one.verdict for one in checked.findings)
    return tuple((verdict, name, SIGNS[verdict], counted[verdict]) for verdict, name in VERDICTS.items())


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    end: int
    finding: int = -1
    slot: int = -1
    verdict: str = ""
    is_words: bool = False


def legend() -> tuple[tuple[str, str, str, str], ...]:
    """Give each verdict with its name, its sign and what it says."""
    return tuple((verdict, name, SIGNS[verdict], MEANINGS[verdict]) for verdict, name in VERDICTS.items())


def lines_of(checked: Checked) -> Iterator[Line]:
    """Cut a draft in lines and pieces; put together again, with a line break between lines, they are the draft.

    :param checked: a draft with its findings.
    :return: lines in order.
    """
    spans = sorted(_spans(checked), key=lambda one: (one.start, one.end))
    waiting, active = 0, list[_Span]()
    start = 0
    for line in checked.text.split("\n"):
        end = start + len(line)
        own = list(active)
        while waiting < len(spans) and spans[waiting].start <= end:
            own.append(spans[waiting])
            waiting += 1
        yield Line(start, tuple(_pieces(line, start, own)))
        start = end + 1
        active = [one for one in own if one.end > end]


def _spans(checked: Checked) -> Iterator[_Span]:
    for slot in slots_of(checked).values():
        yield _Span(slot.start, slot.end, slot=slot.number)
    for number, one in enumerate(checked.findings, 1):
        yield _Span(one.start, one.end, number, verdict=one.verdict, is_words=True)
        if one.quoted and one.cited:
            yield _Span(one.cited_start, one.cited_end, number, verdict=one.verdict)


def _pieces(line: str, start: int, spans: Sequence[_Span]) -> Iterator[Piece]:
    end = start + len(line)
    gaps = [one for one in spans if one.start == one.end and one.slot >= 0]
    cuts = {start, end, *(at for one in spans for at in (one.start, one.end) if start < at < end)}
    for at, to in [*pairwise(sorted(cuts)), (end, end)]:
        for gap in gaps:
            if gap.start == at:
                yield Piece("", slots=(gap.slot,))
        if at < to:
            yield _piece(line[at - start : to - start], at, [one for one in spans if one.start <= at and one.end >= to])


def _piece(text: str, at: int, spans: Sequence[_Span]) -> Piece:
    """Make a piece of what holds in it; the words that are quoted go before a citation that two findings share."""
    found = [one for one in spans if one.finding > 0]
    found.sort(key=lambda one: (not one.is_words, _GRAVE.index(one.verdict)))
    sign = SIGNS[found[0].verdict] if found and found[0].is_words and found[0].start == at else ""
    return Piece(
        text,
        found[0].verdict if found else "",
        sign,
        tuple(one.finding for one in found),
        tuple(one.slot for one in spans if one.slot >= 0),
    )
