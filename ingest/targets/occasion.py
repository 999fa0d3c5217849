"""When a document speaks: the year that 全年 and 年内 mean, and which five-year plans lie behind it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from ingest.plans import LENGTH, PlanMention, is_over, plan_years, plans_in
from ingest.records import Metadata

_TO = "[-—–－~～至到]+"
_TITLE_SPAN = re.compile(rf"(20\d\d)年?{_TO}(20\d\d)年?")
_TITLE_YEAR = re.compile(r"(?<![到至])(20\d\d)年(?!远景)")
_NUMBER_YEAR = re.compile(r"〔(\d{4})〕")

_REPORT = re.compile(r"(?:报告|公报|总结|年报|说明|答复(?:的函|函)?|白皮书)(?:（[^）]*）)?$|^对.*(?:建议|提案)的答复")
_TURN = re.compile(
    r"(?:20\d\d年|今年|新[的一]年|明年)(?:政府|全[省市区县年])?(?:的)?(?:主要|重点|预期|经济社会|发展)*(?:工作|目标|任务|安排|打算)"
    r"(?!(?:任务|主要|目标)*(?:回顾|情况|成绩|成效|总结|开展|完成|落实|进展|取得))"
    r"|(?:主要)?预期目标|下一步|下一阶段|(?:今后|未来)[一五三]年的?(?:工作|目标|任务)"
)
"""Where a report turns from what was to what is to come."""

_OPENING = 200
"""How many characters title and first words of a report may take, which may name what is to come."""

_UNKNOWN = 2021
"""The year of a document that nothing dates: the thirteenth plan is behind it, the fourteenth is not."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """When a document speaks.

    ``year`` decides which plans are over. ``title_years`` are the first and the last year of the title (2023年工作要点,
    行动计划（2023—2025年）), None where it states none. ``dated`` tells whether date, number or title states the year.
    ``title`` is that of the document, and ``told`` what a report (工作报告, 统计公报, 答复) tells of the past: its text up to where it turns to what is to come.
    """

    year: int = _UNKNOWN
    title_years: tuple[int, int] | None = None
    dated: bool = False
    told: str = ""
    title: str = ""

    @property
    def title_year(self) -> str | None:
        """The one year that the title is about, which 全年 and 年内 mean; None for a span of years."""
        if self.title_years is None or self.title_years[0] != self.title_years[1]:
            return None
        return str(self.title_years[0])

    def is_past(self, plan: PlanMention) -> bool:
        """Whether a mention of a plan tells of the past: the plan is over.

        Where it is a base (从“十二五”末的…增加到…), what is said of it happened in the plan after it, which is to be over.
        """
        return is_over(plan.name, self.year - (LENGTH if plan.is_base else 0))

    def begins_after(self, year: int) -> bool:
        """Whether a year lies before those that the title states."""
        return self.title_years is not None and year < self.title_years[0]

    def is_over(self, year: int) -> bool:
        """Whether a year lies before the one in which the document is known to speak."""
        return self.dated and year < self.year

    def tells(self, text: str) -> bool:
        """Whether a clause belongs to what a report tells of the past."""
        return bool(self.told) and text in self.told


def occasion_of(metadata: Metadata, text: str) -> Occasion:
    """Tells when a document speaks.

    Its year is that of its date, its number or its title, and no earlier than the plan that the title names: a plan is
    written in the year before it begins. Where none of them tells, a text that names several plans speaks in the one
    that it names most.

    :param text: the whole text of the document.
    """
    title = f"{metadata.title}\n{metadata.notice_title or ''}"
    title_years = _title_years(title)
    number = _NUMBER_YEAR.search(metadata.number or "")
    dates = [date[:4] for date in (metadata.date, metadata.printed) if date]
    stated = [*dates, *([number[1]] if number else []), *(title_years or ())][:1]
    years = [*map(int, stated), *(plan_years(plan.name)[0] for plan in plans_in(title))]
    year = max(years) if years else _year_of_text(text)
    return Occasion(year, title_years, bool(years), _told(metadata.title, text), metadata.title)


def _told(title: str, text: str) -> str:
    """What a report tells of the past; empty for a document that is none."""
    if not _REPORT.search(title):
        return ""
    turn = _TURN.search(text, min(len(text), _OPENING))
    return text[: text.rfind("\n", 0, turn.start()) + 1] if turn else text


def _title_years(title: str) -> tuple[int, int] | None:
    if span := _TITLE_SPAN.search(title):
        return int(span[1]), int(span[2])
    year = _TITLE_YEAR.search(title)
    return (int(year[1]), int(year[1])) if year else None


def _year_of_text(text: str) -> int:
    """The first year of the plan that a text names most, if it names several; careful where two are named as often."""
    ranked = Counter(plan.name for plan in plans_in(text)).most_common(2)
    if len(ranked) < 2 or ranked[0][1] == ranked[1][1]:
        return _UNKNOWN
    return plan_years(ranked[0][0])[0]
