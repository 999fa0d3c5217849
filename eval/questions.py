"""Reads questions with gold answers, one JSON object a line, and refuses what would measure the wrong thing."""

from __future__ import annotations

import difflib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from eval.records import CLASSES, FULL, GRADES, SPLITS, UNANSWERABLE, Gold, Question

QUESTIONS = Path(__file__).parent / "data" / "questions.jsonl"
"""The questions that come with the project."""

FORMAT = (
    '每行写成 {"id": "q001", "class": "everyday", "query": "…", '
    '"gold": [{"clause_id": "…", "sentences": ["…"]}], "split": "test"}'
)

_GOLD_FIELDS = ("clause_id", "sentences", "grade", "by")


class QuestionsError(Exception):
    """A file of questions cannot be used.

    :param file: name of the file as the user gave it.
    :param problem: what is wrong, in Chinese.
    :param remedy: what the user can do, in Chinese.
    :param line: line number from 1, where the fault has one.
    """

    def __init__(self, file: str, problem: str, remedy: str, line: int | None = None) -> None:
        place = f"{file} 第{line}行" if line else file
        super().__init__(f"{place}：{problem}；{remedy}")
        self.file = file
        self.line = line
        self.problem = problem
        self.remedy = remedy


class _Fault(ValueError):
    """A fault in one line, before file and line number are known: what, and the remedy."""


def load_questions(path: Path, clauses: Mapping[str, str] | None = None) -> tuple[Question, ...]:
    """Read and check a file of questions; empty lines are passed over.

    :param path: UTF-8 file, one JSON object a line.
    :param clauses: text of each clause by its id, to hold the gold answers against; None leaves that out.
    :return: the questions in the file's order.
    :raises QuestionsError: at the first fault, with its line.
    """
    questions: list[Question] = []
    lines: dict[str, int] = {}
    for number, line in enumerate(lines_of(path), start=1):
        if not line.strip():
            continue
        try:
            question = _question(line)
            if question.id in lines:
                raise _Fault(f"编号“{question.id}”与第{lines[question.id]}行重复", "每个问题用不同的 id")
            if clauses is not None:
                _check_gold(question.gold, clauses)
        except _Fault as fault:
            problem, remedy = fault.args
            raise QuestionsError(str(path), problem, remedy, number) from fault
        lines[question.id] = number
        questions.append(question)
    if not questions:
        raise QuestionsError(str(path), "没有任何问题", FORMAT)
    return tuple(questions)


def select(questions: Sequence[Question], split: str) -> tuple[Question, ...]:
    """Keep the questions of one split.

    :param questions: questions in any order.
    :param split: one of :data:`eval.records.SPLITS`, or ``all``.
    :return: the questions of that split, in their order; empty where there are none.
    """
    return tuple(question for question in questions if split in ("all", question.split))


def lines_of(path: Path) -> list[str]:
    """Read a text file that others wrote, with or without a byte order mark.

    :param path: the file.
    :return: its lines, without their ends.
    :raises QuestionsError: when it cannot be read, or is not UTF-8.
    """
    try:
        # Not splitlines(): U+2028 and the like may stand inside a JSON string.
        return path.read_bytes().decode("utf-8-sig").split("\n")
    except OSError as error:
        raise QuestionsError(str(path), f"打不开（{error.strerror}）", "请检查路径和权限") from error
    except UnicodeDecodeError as error:
        raise QuestionsError(str(path), "不是 UTF-8 编码的文本", "请另存为 UTF-8") from error


def _question(line: str) -> Question:
    """Make one question of one line, and check what can be checked without the clauses."""
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise _Fault("不是有效的 JSON", FORMAT) from error
    if not isinstance(row, dict):
        raise _Fault("不是 JSON 对象", FORMAT)
    question = Question(
        id=_string(row, "id"),
        kind=_choice(row, "class", tuple(CLASSES)),
        query=_string(row, "query"),
        gold=_golds(row),
        split=_choice(row, "split", SPLITS),
        note=str(row.get("note", "")),
    )
    if question.kind == UNANSWERABLE and question.gold:
        raise _Fault("查无依据类（unanswerable）的问题却有 gold", "gold 应为 []，或者改 class")
    if question.kind != UNANSWERABLE and not question.gold:
        raise _Fault(f"{question.kind} 类的问题没有 gold", "补上回答它的条款，或者把 class 改为 unanswerable")
    return question


def _golds(row: Mapping[str, Any]) -> tuple[Gold, ...]:
    golds = row.get("gold")
    if not isinstance(golds, list) or not all(isinstance(gold, dict) for gold in golds):
        raise _Fault("“gold”应是对象的列表", FORMAT)
    found = tuple(map(_gold, golds))
    if len({gold.clause_id for gold in found}) < len(found):
        raise _Fault("“gold”里同一条款出现两次", "把它的句子并到一处")
    return found


def _gold(gold: Mapping[str, Any]) -> Gold:
    unknown = [key for key in gold if key not in _GOLD_FIELDS]
    if unknown:
        raise _Fault(f"“gold”里有不认识的字段“{unknown[0]}”", "可用：" + "、".join(_GOLD_FIELDS))
    grade = gold.get("grade", FULL)
    if isinstance(grade, bool) or not isinstance(grade, int) or grade not in GRADES:
        known = "、".join(f"{one}（{name}）" for one, name in GRADES.items())
        raise _Fault(f"“grade”的值“{grade}”不是等级", f"可用：{known}；不写即为 {FULL}")
    return Gold(_string(gold, "clause_id"), _sentences(gold), grade, _string(gold, "by") if "by" in gold else "")


def _sentences(gold: Mapping[str, Any]) -> tuple[str, ...]:
    sentences = gold.get("sentences")
    if not isinstance(sentences, list):
        raise _Fault("“sentences”应是列表", "写入该条款中作答的原句；整条作答（表格行、按条号）的写 []")
    if not all(isinstance(sentence, str) and sentence.strip() for sentence in sentences):
        raise _Fault("“sentences”里有空句或不是文字的内容", "写入该条款中作答的原句")
    return tuple(sentences)


def _string(row: Mapping[str, Any], key: str) -> str:
    value = row.get(key)
    if not isinstance(value, str) or not value.strip():
        raise _Fault(f"“{key}”缺失、为空或不是文字", FORMAT)
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise _Fault(f"“{key}”含有无法写成 UTF-8 的字符", "请删去 \\ud800 一类的转义") from error
    return value


def _choice(row: Mapping[str, Any], key: str, allowed: Sequence[str]) -> str:
    value = _string(row, key)
    if value not in allowed:
        raise _Fault(f"“{key}”的值“{value}”不认识", "可用：" + "、".join(allowed))
    return value


def _check_gold(golds: Sequence[Gold], clauses: Mapping[str, str]) -> None:
    """Hold the gold answers against the clauses themselves: a misspelt one would count as a miss for ever."""
    for gold in golds:
        if gold.clause_id not in clauses:
            near = difflib.get_close_matches(gold.clause_id, clauses, n=1)
            remedy = f"是否为“{near[0]}”？" if near else ""
            raise _Fault(f"知识库里没有条款“{gold.clause_id}”", f"{remedy}请改正条款编号，或重建知识库")
        for sentence in gold.sentences:
            if sentence not in clauses[gold.clause_id]:
                raise _Fault(f"条款“{gold.clause_id}”中没有这句原文：“{sentence}”", "请从该条款照抄，标点也要一致")
