"""What users said of answers on the page (有用 or 没用), as questions to measure with and as questions to judge."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.questions import QuestionsError, lines_of
from eval.records import TEST, UNANSWERABLE
from index.records import NOT_FOUND, STATUSES

_KIND = "everyday"
"""The class that a question is given, to be edited: who asks on the page uses words of their own."""
_VERDICTS = dict(zip(STATUSES, ("原文写明", "相关，未直接写明", "未找到依据"), strict=True))
_REMEDY = "这一行不是网页记下的评价，请删去或改好"


@dataclass(frozen=True, slots=True)
class Said:
    """What one user said of one answer; ``clause_ids`` are those shown, best first."""

    question: str
    document: str
    clause_ids: tuple[str, ...]
    verdict: str
    useful: bool
    note: str


def read_feedback(path: Path) -> tuple[Said, ...]:
    """Read the file that the page keeps; empty lines are passed over.

    :param path: UTF-8 file, one JSON object a line.
    :return: what was said, in the file's order.
    :raises QuestionsError: at the first line that is none, and where there is nothing at all.
    """
    found = [_said(path, number, line) for number, line in enumerate(lines_of(path), start=1) if line.strip()]
    if not found:
        raise QuestionsError(str(path), "还没有任何评价", "请先在网页的答复下面评价")
    return tuple(found)


def questions_of(every: Iterable[Said]) -> list[dict[str, Any]]:
    """Make a question of each that all who judged its answer found useful, with the clause shown first as its gold answer.

    Where the answer was that nothing is found, nothing answers the question. Class and sentences are for an editor to fill in.

    :param every: what was said.
    :return: lines of a file of questions, as :func:`eval.questions.load_questions` reads them.
    """
    found = []
    for at, (question, said) in enumerate(_by_question(every).items(), start=1):
        if not _is_settled(said):
            continue
        nothing = said[0].verdict == NOT_FOUND
        golds = () if nothing else dict.fromkeys(one.clause_ids[0] for one in said)
        found.append(
            {
                "id": _id(at),
                "class": UNANSWERABLE if nothing else _KIND,
                "query": question,
                "gold": [{"clause_id": one, "sentences": []} for one in golds],
                "split": TEST,
                "note": "；".join(map(_note, said)),
            }
        )
    return found


def judging_of(every: Iterable[Said]) -> list[dict[str, str]]:
    """List the questions that somebody found badly answered, or of which two made different things.

    :param every: what was said.
    :return: lines that ``python -m eval pool`` reads.
    """
    groups = enumerate(_by_question(every).items(), start=1)
    return [
        {"id": _id(at), "query": question, "note": "；".join(map(_note, said))}
        for at, (question, said) in groups
        if not _is_settled(said)
    ]


def as_lines(rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Write rows, one JSON object a line."""
    return (json.dumps(row, ensure_ascii=False) for row in rows)


def _by_question(every: Iterable[Said]) -> dict[str, list[Said]]:
    groups: dict[str, list[Said]] = {}
    for one in every:
        groups.setdefault(one.question, []).append(one)
    return groups


def _is_settled(said: Sequence[Said]) -> bool:
    """Whether all found it useful, and all or none of them that nothing is found."""
    nothing = {one.verdict == NOT_FOUND for one in said}
    return all(one.useful and (one.clause_ids or one.verdict == NOT_FOUND) for one in said) and len(nothing) == 1


def _note(one: Said) -> str:
    parts = [
        "有用" if one.useful else "没用",
        _VERDICTS[one.verdict],
        f"所示 {'、'.join(one.clause_ids[:5])}" if one.clause_ids else "",
        f"只查 {one.document}" if one.document else "",
        one.note,
    ]
    return "，".join(part for part in parts if part)


def _id(at: int) -> str:
    return f"feedback{at:03d}"


def _said(path: Path, number: int, line: str) -> Said:
    try:
        row = json.loads(line)
        ids = tuple(row["clause_ids"])
        one = Said(row["question"].strip(), row["document"], ids, row["verdict"], row["useful"], row["note"])
    except (ValueError, RecursionError, KeyError, TypeError, AttributeError) as error:
        raise QuestionsError(str(path), "读不懂", _REMEDY, number) from error
    texts = (one.question, one.document, one.note, *one.clause_ids)
    if not all(isinstance(text, str) for text in texts) or not one.question or not isinstance(one.useful, bool):
        raise QuestionsError(str(path), "有的字段不是所需的内容", _REMEDY, number)
    if one.verdict not in STATUSES:
        raise QuestionsError(str(path), f"结论“{one.verdict}”不认识", "可用：" + "、".join(STATUSES), number)
    return one
