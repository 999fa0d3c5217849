"""Reads the questions on documents of other offices, and of which offices each is."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.annotations import ISSUERS, load_issuers
from eval.questions import QuestionsError, lines_of
from eval.records import GRADES, UNANSWERABLE

FOLDER = Path(__file__).parents[1] / "data" / "offices"
QUESTIONS = FOLDER / "questions.jsonl"
"""The questions that come with the project."""

_FORM = "每行要有 id、kind、query 和 answers，answers 每项要有 file、quote 和 grade（2 或 3）"


@dataclass(frozen=True, slots=True)
class Quote:
    """An answer as a writer copied it out of a file, and how well it answers (:data:`eval.records.GRADES`)."""

    file: str
    text: str
    grade: int


@dataclass(frozen=True, slots=True)
class OfficeQuestion:
    """A question on documents of other offices; ``sub`` says of what sort one without an answer is.

    ``offices`` are those of its answers' documents, the one of the best answer first. One without an answer was written near the document
    of the question before it, and has the offices of that; ``near`` is the file of that document.
    """

    id: str
    kind: str
    sub: str | None
    query: str
    quotes: tuple[Quote, ...]
    offices: tuple[str, ...]
    near: str


def load(questions: Path = QUESTIONS, issuers: Path = ISSUERS) -> tuple[OfficeQuestion, ...]:
    """Read the questions.

    :param questions: one JSON object a line, see ``eval/data/offices/questions.md``.
    :param issuers: tab-separated, the office of each file.
    :return: the questions in the file's order.
    :raises QuestionsError: when a file is at fault, or the office of a document is not known.
    """
    offices = load_issuers(issuers)
    found: list[OfficeQuestion] = []
    for number, line in enumerate(lines_of(questions), start=1):
        if line.strip():
            try:
                found.append(_asked(json.loads(line), offices, found[-1] if found else None))
            except (ValueError, KeyError, TypeError) as error:
                raise QuestionsError(str(questions), f"这一行用不了（{error}）", _FORM, number) from error
    if not found:
        raise QuestionsError(str(questions), "没有任何问题", _FORM)
    return tuple(found)


def _asked(row: Mapping[str, Any], offices: Mapping[str, str], before: OfficeQuestion | None) -> OfficeQuestion:
    quotes = tuple(Quote(str(one["file"]), str(one["quote"]), int(one["grade"])) for one in row["answers"])
    if bool(quotes) == (row["kind"] == UNANSWERABLE):
        raise ValueError("有答案的要有 answers，无答案的不能有")
    if any(one.grade not in GRADES or not one.text.strip() for one in quotes):
        raise ValueError("answers 里有空的 quote，或 grade 不是等级")
    own = tuple(dict.fromkeys(offices[one.file] for one in quotes)) or (before.offices if before else ())
    near = quotes[0].file if quotes else before.near if before else ""
    return OfficeQuestion(str(row["id"]), str(row["kind"]), row.get("sub"), str(row["query"]), quotes, own, near)
