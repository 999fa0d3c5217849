"""What a sentence of a clause says when its targets are read: its words, and whether they tell of the past."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.numbering import marker
from ingest.plans import PLAN, plans_in
from ingest.records import Clause, Sentence
from ingest.stretches import stretches
from ingest.targets.deadlines import deadline
from ingest.targets.heads import segment
from ingest.targets.occasion import Occasion
from ingest.targets.quantities import Quantity

_PAST = re.compile(
    r"已(?:经)?[建有完达实形覆]|现有|截至|(?<!到)累计(?!新增)|的基础上|去年|(?<![较比于])上年(?!度)|过去|同比|以来|[一五]年来|[成现到立了]了"
)
_WIDE = {",": "，", ";": "；", ":": "：", "(": "（", ")": "）"}
_HALF_MARK = re.compile(r"(?<!\d)[,:]|[,:](?!\d)|[;()]")
_ENDLESS = re.compile(r"\d{40,}|[一二两三四五六七八九十百千零○〇]{40,}")
"""Digits without end, which no figure has."""
_BOUND = re.compile("不|最|至")
"""Begins the word of a bound that a rule sets, which what was never has: 不得少于, 最高."""
_IN_YEAR = re.compile(
    r"(?:^|[，。；])(?:20\d\d[-—至]+)?(?P<year>20\d\d)年(?:\d{1,2}月)?，?(?![到至底末前起以])[^。；]*$"
)
"""A stretch that opens with a year in which something was."""
_PAST_HEADING = re.compile(r"(?:发展|工作)基础|主要成[效就绩]|回顾|现状|取得的成")
_DEFINES = re.compile(r"是指|系指|指的是")


@dataclass(frozen=True)
class Said:
    """One sentence while its targets are read: its words, where it begins in the clause, and its clause's facts.

    ``text`` is what the patterns see, ``shown`` the same places as the page shows them.
    """

    shown: str
    text: str
    start: int
    past: bool
    occasion: Occasion
    heading: str


def said_in(clause: Clause, occasion: Occasion) -> Iterator[Said]:
    """The sentences of a clause, but for those that only repeat its heading."""
    past = occasion.tells(clause.text) or any(_is_past_heading(heading, occasion) for heading in clause.heading_path)
    heading = clause.heading_path[-1] if clause.heading_path else ""
    for sentence in clause.sentences:
        if not _is_heading(sentence, clause):
            for start, end in stretches(sentence.text):
                shown = sentence.text[start:end]
                yield Said(shown, _plain(shown), sentence.start + start, past, occasion, heading)


def _plain(sentence: str) -> str:
    """A sentence with full-width marks only, and without its number; every place stays."""
    text = _ENDLESS.sub(lambda found: "□" * len(found.group()), sentence)
    text = _HALF_MARK.sub(lambda found: _WIDE[found.group()], text)
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


def definition_start(text: str) -> int:
    """Where a definition begins, which sets nothing; else where the text ends."""
    defines = _DEFINES.search(text)
    return defines.start() if defines else len(text)


def is_past(reading: Said, quantity: Quantity) -> bool:
    """Whether a sentence tells of a quantity as of what was: by its clause, its year, or the words before it."""
    start, end = segment(reading.text, quantity.start)
    year = deadline(reading.text, quantity.start, reading.occasion.title_year)
    if reading.past or (year and reading.occasion.begins_after(int(year[-4:]))):
        return True
    if quantity.bound and _BOUND.match(quantity.bound):
        return False
    opening = _IN_YEAR.search(reading.text[: quantity.start])
    if opening and reading.occasion.is_over(int(opening["year"])):
        return True
    said = past_words(reading, 0, end)
    if not said or (reading.text.startswith("的基础上", said[-1] - 4) and said[-1] < start):
        return False
    if re.search(rf"到(?:20\d\d年|{PLAN})|力争|确保", reading.text[said[-1] : end]):
        return False
    later = plans_in(reading.text, said[-1], quantity.start)
    return not any(plan.years and not plan.is_base and not reading.occasion.is_past(plan) for plan in later)


def past_words(reading: Said, start: int, end: int) -> list[int]:
    """Where the words end that tell of what was, in order: a plan that is over is one of them."""
    text = reading.text
    plans = filter(reading.occasion.is_past, plans_in(text, start, end))
    return sorted([*(plan.end for plan in plans), *(found.end() for found in _PAST.finditer(text, start, end))])
