"""TREC's two files: judgments (qrels) and runs, read and written.

A line of qrels is ``问题 0 文档 等级``, of a run ``问题 Q0 文档 名次 得分 系统``, between blanks. Ids of ours that hold a blank
are written with it percent-encoded, and read back. BEIR's three columns with a heading are read as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, unquote

from eval.questions import QuestionsError, lines_of
from eval.records import Outcome, Question

_BLANK = re.compile(r"[\s%]")
_QREL = "每行写成 “问题 0 文档 等级”，或“问题<Tab>文档<Tab>等级”"
_RUN = "每行写成 “问题 Q0 文档 名次 得分 系统”"
Rankings = Mapping[str, tuple[str, ...]]
"""Document ids by question, best first."""


@dataclass(frozen=True, slots=True)
class Judgment:
    """One line of qrels; a grade of 0 or below says that the document is not relevant."""

    query: str
    document: str
    grade: int
    line: int


def read_qrels(path: Path) -> tuple[Judgment, ...]:
    """Read judgments.

    :param path: qrels of TREC (four columns) or BEIR (three, the first line may be a heading).
    :return: the judgments in the file's order.
    :raises QuestionsError: at the first line at fault; a pair must not be judged twice.
    """
    judged: dict[tuple[str, str], Judgment] = {}
    for number, fields in _fields(path):
        if number == 1 and fields[-1] == "score":
            continue
        if len(fields) not in (3, 4) or not re.fullmatch(r"-?\d+", fields[-1], re.ASCII):
            raise QuestionsError(str(path), "不是一条判定", _QREL, number)
        query, document = unquote(fields[0]), unquote(fields[-2])
        if before := judged.get((query, document)):
            problem = f"问题“{query}”与“{document}”在第{before.line}行已判过"
            raise QuestionsError(str(path), problem, "每对只判一次", number)
        judged[query, document] = Judgment(query, document, int(fields[-1]), number)
    if not judged:
        raise QuestionsError(str(path), "没有任何判定", _QREL)
    return tuple(judged.values())


def write_qrels(questions: Iterable[Question]) -> str:
    """Write the gold answers as qrels.

    :param questions: questions; one that nothing answers has no line.
    :return: the text of the file.
    """
    pairs = ((question, gold) for question in questions for gold in question.gold)
    return "".join(f"{_id(question.id)} 0 {_id(gold.clause_id)} {gold.grade}\n" for question, gold in pairs)


def read_run(path: Path) -> Rankings:
    """Read a run.

    :param path: the file.
    :return: rankings by falling score, as trec_eval takes them whatever the ranks say; equal scores by rising id.
    :raises QuestionsError: at the first line at fault; a document must not be listed twice for one question.
    """
    scores: dict[str, dict[str, float]] = {}
    for number, fields in _fields(path):
        score = _number(fields[4]) if len(fields) == 6 else None
        if score is None:
            raise QuestionsError(str(path), "不是一条检索结果", _RUN, number)
        query, document = unquote(fields[0]), unquote(fields[2])
        of_query = scores.setdefault(query, {})
        if document in of_query:
            problem = f"问题“{query}”两次列出“{document}”"
            raise QuestionsError(str(path), problem, "每份文档在一个问题下只列一次", number)
        of_query[document] = score
    if not scores:
        raise QuestionsError(str(path), "没有任何检索结果", _RUN)
    return {query: tuple(sorted(of, key=lambda one: (-of[one], one))) for query, of in scores.items()}


def write_run(system: str, outcomes: Sequence[Outcome], by_order: bool = False) -> str:
    """Write what a system gave as a run.

    :param system: its name.
    :param outcomes: outcomes in the order to write them; a refused one has no line, as it gave no answer.
    :param by_order: write what was listed beside a refusal as well.
    :return: the text of the file; scores fall by one a rank.
    """
    given = [one for one in outcomes if by_order or not one.refused]
    lines = ((one.question.id, rank, name) for one in given for rank, name in enumerate(one.ranking, start=1))
    return "".join(f"{_id(query)} Q0 {_id(name)} {rank} {-rank} {_id(system)}\n" for query, rank, name in lines)


def _fields(path: Path) -> list[tuple[int, list[str]]]:
    return [(number, line.split()) for number, line in enumerate(lines_of(path), start=1) if line.strip()]


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if number == number else None


def _id(text: str) -> str:
    return _BLANK.sub(lambda match: quote(match.group(), safe=""), text)
