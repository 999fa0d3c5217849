"""Runs -> a table to read, an object for report.json, and a list of failures; no clock, no order by chance."""

from __future__ import annotations

import hashlib
import json
import subprocess
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from eval.metrics import LEVELS, MEASURES, READ, REFUSED, RESAMPLES, SEED, SENTENCE
from eval.records import CLASSES, OVERALL, REFERENCE, UNANSWERABLE, GroupScore, Outcome, Question, Run

GROUPS = {OVERALL: "总体", **CLASSES}
HEADINGS = {
    SENTENCE: "首句命中",
    "order@1": "次序@1",
    "order@5": "次序@5",
    REFUSED: "拒答",
    "document@1": "文件@1",
    "document@5": "文件@5",
    "part@1": "部分@1",
    "part@5": "部分@5",
    **{name: f"读{limit}字" for name, limit in READ.items()},
}
PANELS = (tuple(name for name in MEASURES if name not in (*LEVELS, *READ)), (*LEVELS, *READ))
"""The measures of each table: what came back and whether it was refused; how near it was, and how far one reads."""
NOTES = (
    f"单位：%。总体：有答案的问题，不含{CLASSES[REFERENCE]}类。方括号：95% 置信区间（自助法 {RESAMPLES} 次，种子 {SEED}）。",
    "Hit、MRR、nDCG 看条款次序，首句命中看最先给出的一句是否为作答原句；无结果或拒答的都计 0，不剔除。",
    "次序@1、次序@5 只看条款次序，拒答时看随附的“可能相关”条款。",
    "文件@k、部分@k：前 k 条里有没有出自正确文件、正确部分的。读 n 字：从上往下读，n 字以内读完作答原句（或整行、整条）的比例。",
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
KEPT = 10
"""How many of the clauses that came back report.json keeps; the files of rankings have them all."""

SHOWN = 5
"""How many of the clauses that came back a failure lists."""


def table(runs: Sequence[Run]) -> str:
    """Lay the systems side by side, in one table for each of :data:`PANELS`: one block a class, one line a system.

    :param runs: runs of several systems over the same questions.
    :return: lines for a terminal, in columns that stay straight where a Chinese character is two wide.
    """
    lines = [line for names in PANELS for line in _panel(runs, names)]
    return "\n".join([*lines, *NOTES]) + "\n"


def as_json(runs: Sequence[Run], questions: Path, split: str, store: str) -> str:
    """Write everything that was measured, so that a later run can be compared with it question by question.

    :param runs: runs of several systems over the same questions.
    :param questions: the file of questions, named with its SHA-256.
    :param split: the split that was measured.
    :param store: digest of the store that was searched.
    :return: JSON text, byte for byte the same for the same code, store and questions.
    """
    report = {
        "commit": commit(),
        "questions": {"file": questions.name, "sha256": hashlib.sha256(questions.read_bytes()).hexdigest()},
        "split": split,
        "store": store,
        "bootstrap": {"resamples": RESAMPLES, "seed": SEED},
        "systems": {run.system: _system(run) for run in runs},
    }
    return json.dumps(report, ensure_ascii=False, sort_keys=True, indent=2) + "\n"


def failures(runs: Sequence[Run]) -> str:
    """List each question that a system did not answer as it should, with what was expected and what came.

    :param runs: runs of several systems over the same questions.
    :return: tab-separated text with a heading line, in the order of systems and questions.
    """
    lines = ["\t".join(FAILURE_COLUMNS)]
    for run in runs:
        for outcome in run.outcomes:
            fault = _fault(outcome, bool(run.values[outcome.question.id].get(SENTENCE)))
            if fault:
                lines.append("\t".join(" ".join(cell.split()) for cell in _failure(run.system, fault, outcome)))
    return "\n".join(lines) + "\n"


def commit() -> str | None:
    """Name the code that measured.

    :return: the commit of the checkout that holds this file, with ``-dirty`` where tracked files differ from
        it, or None where there is no git or no commit.
    """
    command = ["git", "describe", "--always", "--dirty", "--abbrev=40", "--exclude=*"]
    try:
        done = subprocess.run(command, cwd=Path(__file__).parent, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    return done.stdout.strip()


def width(text: str) -> int:
    """Columns that a terminal gives to a text (Unicode UAX #11: wide and full-width characters take two)."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def pad(text: str, columns: int) -> str:
    """Fill a text up with spaces to a number of columns."""
    return text + " " * (columns - width(text))


def _panel(runs: Sequence[Run], names: Sequence[str]) -> list[str]:
    rows = [("题类", "题数", "系统", *(HEADINGS.get(name, name) for name in names))]
    breaks = []
    for index, group in enumerate(runs[0].groups):
        if any(run.groups[index].scores.keys() & set(names) for run in runs):
            breaks.append(len(rows))
            for run in runs:
                label = (GROUPS[group.group], str(group.count)) if run is runs[0] else ("", "")
                rows.append((*label, run.system, *(_figure(run.groups[index], name) for name in names)))
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    lines = ["  ".join(map(pad, row, widths)).rstrip() for row in rows]
    rule = "-" * (sum(widths) + 2 * len(widths) - 2)
    for place in reversed(breaks):
        lines.insert(place, rule)
    return [*lines, rule]


def _figure(group: GroupScore, name: str) -> str:
    score = group.scores.get(name)
    return f"{_percent(score.value, 1)} [{_percent(score.low)},{_percent(score.high)}]" if score else "-"


def _percent(share: float, digits: int = 0) -> str:
    """Write a share in percent, only as wide as it must be: ``100`` and ``0`` have no decimals."""
    return f"{share:.0%}"[:-1] if share in (0.0, 1.0) else f"{share:.{digits}%}"[:-1]


def _system(run: Run) -> dict[str, Any]:
    return {
        "groups": {group.group: _scores(group) for group in run.groups},
        "questions": {outcome.question.id: _question(outcome, run) for outcome in run.outcomes},
    }


def _scores(group: GroupScore) -> dict[str, Any]:
    scores = {
        name: {"value": round(score.value, 6), "low": round(score.low, 6), "high": round(score.high, 6)}
        for name, score in group.scores.items()
    }
    return {"count": group.count, "scores": scores}


def _question(outcome: Outcome, run: Run) -> dict[str, Any]:
    return {
        "class": outcome.question.kind,
        "refused": outcome.refused,
        "ranking": list(outcome.ranking[:KEPT]),
        "sentence": outcome.sentence,
        "scores": {name: round(value, 6) for name, value in run.values[outcome.question.id].items()},
    }


def _fault(outcome: Outcome, sentence_first: bool) -> str | None:
    """Say what is wrong with an outcome, in the words of the user; None where nothing is."""
    if not outcome.question.answerable:
        return None if outcome.refused else "应拒未拒"
    if sentence_first:
        return None
    if outcome.refused:
        return "误拒"
    rank = _gold_rank(outcome)
    if rank is None:
        return "未找到"
    return "首句不符" if rank == 1 else "未居首位"


def _failure(system: str, fault: str, outcome: Outcome) -> tuple[str, ...]:
    question = outcome.question
    return (
        system,
        question.id,
        question.kind,
        question.query,
        fault,
        str(_gold_rank(outcome) or "-"),
        _expected(question),
        " | ".join(outcome.ranking[:SHOWN]),
        " | ".join(sentence for gold in question.gold for sentence in gold.sentences),
        outcome.sentence or "",
    )


def _expected(question: Question) -> str:
    return " | ".join(gold.clause_id for gold in question.gold) or "未找到依据"


def _gold_rank(outcome: Outcome) -> int | None:
    wanted = {gold.clause_id for gold in outcome.question.gold}
    return next((rank for rank, id_ in enumerate(outcome.ranking, start=1) if id_ in wanted), None)
