"""Runs -> a table to read in a terminal, and a list of failures; no clock, no order by chance."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from eval.faults import fault, gold_rank
from eval.metrics import MEASURES, REFUSED, RESAMPLES, SEED, SENTENCE
from eval.records import CLASSES, OVERALL, REFERENCE, UNANSWERABLE, GroupScore, Outcome, Question, Run

GROUPS = {OVERALL: "总体", **CLASSES}
HEADINGS = {SENTENCE: "首句命中", "order@1": "次序@1", "order@5": "次序@5", REFUSED: "拒答"}
NOTES = (
    f"单位：%。总体：有答案的问题，不含{CLASSES[REFERENCE]}类。方括号：95% 置信区间（自助法 {RESAMPLES} 次，种子 {SEED}）。",
    "Hit、MRR、nDCG 看条款次序，首句命中看最先给出的一句是否为作答原句；无结果或拒答的都计 0，不剔除。",
    "次序@1、次序@5 只看条款次序，拒答时看随附的“可能相关”条款。",
    f"拒答：答“未找到依据”的比例，{CLASSES[UNANSWERABLE]}类越高越好，其余越低越好。",
)
FAILURE_COLUMNS = (
    "system",
    "id",
    "class",
    "query",
    "fault",
    "gold_rank",
    "expected",
    "got",
    "expected_text",
    "got_text",
)
SHOWN = 5
"""How many of the clauses that came back a failure lists."""


def table(runs: Sequence[Run]) -> str:
    """Lay the systems side by side: one block a class, one line a system.

    :param runs: runs of several systems over the same questions.
    :return: lines for a terminal, in columns that stay straight where a Chinese character is two wide.
    """
    rows = [("题类", "题数", "系统", *(HEADINGS.get(name, name) for name in MEASURES))]
    breaks = []
    for index, group in enumerate(runs[0].groups):
        breaks.append(len(rows))
        for run in runs:
            first = run is runs[0]
            label = (GROUPS[group.group], str(group.count)) if first else ("", "")
            rows.append((*label, run.system, *(_figure(run.groups[index], name) for name in MEASURES)))
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    lines = ["  ".join(map(pad, row, widths)).rstrip() for row in rows]
    rule = "-" * (sum(widths) + 2 * len(widths) - 2)
    for place in reversed(breaks):
        lines.insert(place, rule)
    return "\n".join([*lines, rule, *NOTES]) + "\n"


def failures(runs: Sequence[Run]) -> str:
    """List each question that a system did not answer as it should, with what was expected and what came.

    :param runs: runs of several systems over the same questions.
    :return: tab-separated text with a heading line, in the order of systems and questions.
    """
    lines = ["\t".join(FAILURE_COLUMNS)]
    for run in runs:
        for outcome in run.outcomes:
            found = fault(outcome, bool(run.values[outcome.question.id].get(SENTENCE)))
            if found:
                lines.append("\t".join(" ".join(cell.split()) for cell in _failure(run.system, found, outcome)))
    return "\n".join(lines) + "\n"


def width(text: str) -> int:
    """Columns that a terminal gives to a text (Unicode UAX #11: wide and full-width characters take two)."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def pad(text: str, columns: int) -> str:
    """Fill a text up with spaces to a number of columns."""
    return text + " " * (columns - width(text))


def _figure(group: GroupScore, name: str) -> str:
    score = group.scores.get(name)
    return f"{_percent(score.value, 1)} [{_percent(score.low)},{_percent(score.high)}]" if score else "-"


def _percent(share: float, digits: int = 0) -> str:
    """Write a share in percent, only as wide as it must be: ``100`` and ``0`` have no decimals."""
    return f"{share:.0%}"[:-1] if share in (0.0, 1.0) else f"{share:.{digits}%}"[:-1]


def _failure(system: str, found: str, outcome: Outcome) -> tuple[str, ...]:
    question = outcome.question
    return (
        system,
        question.id,
        question.kind,
        question.query,
        found,
        str(gold_rank(outcome) or "-"),
        _expected(question),
        " | ".join(outcome.ranking[:SHOWN]),
        " | ".join(sentence for gold in question.gold for sentence in gold.sentences),
        outcome.sentence or "",
    )


def _expected(question: Question) -> str:
    return " | ".join(gold.clause_id for gold in question.gold) or "未找到依据"
