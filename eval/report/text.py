"""Runs -> a table to read in a terminal, and a list of failures; no clock, no order by chance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict

from eval.judging.sheet import cell
from eval.measures.faults import fault, gold_rank
from eval.measures.figures import GROUPS, PANELS, heading, ranged, straight, width
from eval.measures.metrics import RESAMPLES, SEED, SENTENCE
from eval.records import CLASSES, REFERENCE, UNANSWERABLE, GroupScore, Outcome, Question, Run

NOTES = (
    f"单位：%。总体：有答案的问题，不含{CLASSES[REFERENCE]}类。方括号：95% 置信区间（自助法 {RESAMPLES} 次，种子 {SEED}）。",
    "Hit、R、MRR、nDCG 看条款次序，首句命中看最先给出的一句是否为作答原句；无结果或拒答的都计 0，不剔除。",
    "次序@1、次序@5 只看条款次序，拒答时看随附的“可能相关”条款。",
    "文件@k、部分@k：前 k 条里有没有出自正确文件、正确部分的。读 n 字：从上往下读，n 字以内读完作答原句（或整行、整条）的比例。",
    f"拒答：答“未找到依据”的比例，{CLASSES[UNANSWERABLE]}类越高越好，其余越低越好。",
)
BY_ORDER = "本次评测外部基准，只看次序：拒答时随附的条款照样计分。"
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

NONE = "-"
"""Stands for a rank where no gold clause was listed."""


def notes(by_order: bool) -> tuple[str, ...]:
    """Say how figures are to be read.

    :param by_order: whether what is listed beside a refusal was judged as well.
    :return: lines in Chinese.
    """
    return (*NOTES, BY_ORDER) if by_order else NOTES


def table(runs: Sequence[Run]) -> Iterator[str]:
    """Lay the systems side by side, in one table for each of :data:`eval.measures.figures.PANELS`: one block a class, one line a system.

    :param runs: runs of several systems over the same questions.
    :return: lines for a terminal.
    """
    for names in PANELS.values():
        yield from _panel(runs, names)
    yield from notes(any(run.by_order for run in runs))


def failures(runs: Sequence[Run]) -> str:
    """List each question that a system did not answer as it should, with what was expected and what came.

    :param runs: runs of several systems over the same questions.
    :return: tab-separated text with a heading line, in the order of systems and questions; safe for a spreadsheet, as
        :func:`eval.judging.sheet.cell` makes it.
    """
    lines = ["\t".join(FAILURE_COLUMNS)]
    for run in runs:
        for outcome in run.outcomes:
            found = fault(outcome, bool(run.values[outcome.question.id].get(SENTENCE)), run.by_order)
            if found:
                cells = _failure(run.system, found, outcome)
                lines.append("\t".join(one if one == NONE else cell(one) for one in cells))
    return "\n".join(lines) + "\n"


def _panel(runs: Sequence[Run], names: Sequence[str]) -> Iterator[str]:
    """Lay out one table; a measure or a class that none of the runs has is left out."""
    measured = [name for name in names if any(name in group.scores for run in runs for group in run.groups)]
    rows = [("题类", "题数", "系统", *map(heading, measured))]
    breaks = []
    for index, group in enumerate(runs[0].groups):
        if any(run.groups[index].scores.keys() & set(measured) for run in runs):
            breaks.append(len(rows))
            for run in runs:
                label = (GROUPS[group.group], str(group.count)) if run is runs[0] else ("", "")
                rows.append((*label, run.system, *(_figure(run.groups[index], name) for name in measured)))
    if not breaks:
        return
    lines = list(straight(rows))
    rule = "-" * max(map(width, lines))
    for place, line in enumerate(lines):
        if place in breaks:
            yield rule
        yield line
    yield rule


def _figure(group: GroupScore, name: str) -> str:
    return ranged(asdict(group.scores[name]) if name in group.scores else None)


def _failure(system: str, found: str, outcome: Outcome) -> tuple[str, ...]:
    question = outcome.question
    return (
        system,
        question.id,
        question.kind,
        question.query,
        found,
        str(gold_rank(outcome) or NONE),
        _expected(question),
        " | ".join(outcome.ranking[:SHOWN]),
        " | ".join(sentence for gold in question.gold for sentence in gold.sentences),
        outcome.sentence or "",
    )


def _expected(question: Question) -> str:
    return " | ".join(gold.clause_id for gold in question.gold) or "未找到依据"
