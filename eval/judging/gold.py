"""Judgements -> questions with gold answers, and how far two judges agree."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from eval.judging.kappa import crosstable, kappa
from eval.judging.pool import Topic, given_answers
from eval.judging.sheet import ANSWERS, GRADES, Judgement
from eval.questions import QuestionsError
from eval.records import CLASSES, SPLITS, UNANSWERABLE

Grades = Mapping[tuple[str, str], tuple[int, str]]
"""Grade and judges by question and clause."""


def settled(sheets: Sequence[Sequence[Judgement]]) -> dict[tuple[str, str], tuple[int, str]]:
    """Bring sheets together: the grade where there is one sheet, the lower one where two judged the same.

    :param sheets: one or two sheets.
    :return: grade and judges by question and clause; what one of two sheets lacks is left out.
    """
    each = [{(one.question, one.clause_id): one for one in sheet} for sheet in sheets]
    both = [pair for pair in each[0] if all(pair in side for side in each)]
    return {
        pair: (min(side[pair].grade for side in each), "、".join(dict.fromkeys(side[pair].judge for side in each)))
        for pair in both
    }


def gold_lines(topics: Sequence[Topic], grades: Grades, file: Path) -> str:
    """Write questions with gold answers as :mod:`eval.questions` reads them; ``grades`` keeps every judgement beside them.

    Clauses graded :data:`eval.judging.sheet.ANSWERS` or better are gold, the best first; sentences that the file had for them stay.
    A question for which none is has no answer in the base, and becomes ``unanswerable``.

    :param topics: the questions.
    :param grades: what :func:`settled` gave.
    :param file: of the questions, for the message.
    :return: JSON, one question a line.
    :raises QuestionsError: when a question was not judged, or lacks the class or the split that it needs.
    """
    return "".join(json.dumps(_gold_line(topic, grades, file), ensure_ascii=False) + "\n" for topic in topics)


def cautions(topics: Sequence[Topic], grades: Grades) -> Iterator[str]:
    """Say what reading judgements back changes without being asked.

    :param topics: the questions.
    :param grades: what :func:`settled` gave.
    :return: lines in Chinese; none where the classes and gold clauses that the file had all stay.
    """
    answered = {id_ for (id_, _), (grade, _) in grades.items() if grade >= ANSWERS}
    turned = [one.id for one in topics if one.id not in answered and one.given.get("class") not in (None, UNANSWERABLE)]
    if turned:
        yield f"注意：{len(turned)} 题没有一条评到 {ANSWERS} 分，题类改记为 {UNANSWERABLE}：{'、'.join(turned)}"
    outside = [f"{one.id} {id_}" for one in topics for id_ in given_answers(one) if (one.id, id_) not in grades]
    if outside:
        yield f"注意：原有的 {len(outside)} 条标准答案不在表里，不再算作答案：{'、'.join(outside)}"


def agreement(first: Sequence[Judgement], second: Sequence[Judgement]) -> Iterator[str]:
    """Say how far two judges agree, and list what they must talk over.

    :param first: one sheet.
    :param second: another.
    :return: lines in Chinese.
    :raises ValueError: when they judged nothing in common.
    """
    sides = [{(one.question, one.clause_id): one for one in sheet} for sheet in (first, second)]
    both = [pair for pair in sides[0] if pair in sides[1]]
    left, right = ([side[pair].grade for pair in both] for side in sides)
    names = ["、".join(sorted({one.judge for one in sheet})) for sheet in (first, second)]
    yield f"评审人：{names[0]} / {names[1]}；两人都评的 {len(both)} 条，只有一人评的 {len(sides[0]) + len(sides[1]) - 2 * len(both)} 条"
    answers = [[int(grade >= ANSWERS) for grade in grades] for grades in (left, right)]
    yield f"Cohen κ（四级）            {_figure(kappa(left, right, len(GRADES)))}"
    yield f"Cohen κ（四级，二次加权）  {_figure(kappa(left, right, len(GRADES), quadratic=True))}"
    yield f"Cohen κ（答或不答）        {_figure(kappa(answers[0], answers[1], 2))}"
    yield f"评分对照（行：{names[0]}；列：{names[1]}）："
    yield "      " + "".join(f"{grade:>6}" for grade in GRADES)
    for grade, row in enumerate(crosstable(left, right, len(GRADES))):
        yield f"{grade:>6}" + "".join(f"{count:>6}" for count in row)
    apart = [pair for pair in both if len({sides[place][pair].grade >= ANSWERS for place in (0, 1)}) == 2]
    if apart:
        yield f"一人认为作答、另一人不认为的 {len(apart)} 条，请商定（不商定则按较低的分）："
    for pair in sorted(apart, key=lambda pair: -abs(sides[0][pair].grade - sides[1][pair].grade)):
        one, other = sides[0][pair], sides[1][pair]
        yield f"  {pair[0]}  {pair[1]}  {one.grade}（第 {one.line} 行）/ {other.grade}（第 {other.line} 行）"


def _gold_line(topic: Topic, grades: Grades, file: Path) -> dict[str, Any]:
    own = {clause_id: grade for (id_, clause_id), (grade, _) in grades.items() if id_ == topic.id}
    if not own:
        problem = f"问题 {topic.id} 在评分表里一条也没有"
        raise QuestionsError(str(file), problem, "请补上它的评分，或从问题文件里删去它", topic.line)
    gold = sorted((id_ for id_, grade in own.items() if grade >= ANSWERS), key=lambda id_: (-own[id_], id_))
    sentences = given_answers(topic)
    return {
        "id": topic.id,
        "class": _kind(topic, bool(gold), file),
        "query": topic.query,
        "gold": [
            {"clause_id": id_, "sentences": sentences.get(id_, []), "grade": own[id_], "by": grades[topic.id, id_][1]}
            for id_ in gold
        ],
        "split": _choice(topic, "split", SPLITS, file),
        "note": str(topic.given.get("note", "")),
        "grades": dict(sorted(own.items())),
    }


def _kind(topic: Topic, answered: bool, file: Path) -> str:
    if not answered:
        return UNANSWERABLE
    return _choice(topic, "class", [name for name in CLASSES if name != UNANSWERABLE], file)


def _choice(topic: Topic, key: str, allowed: Sequence[str], file: Path) -> str:
    value = topic.given.get(key)
    if value not in allowed:
        stated = f"“{key}”是“{value}”" if value else f"没有“{key}”"
        problem = f"问题 {topic.id} {stated}"
        raise QuestionsError(str(file), problem, f"请改为 {'、'.join(allowed)} 之一", topic.line)
    return str(value)


def _figure(value: float | None) -> str:
    return "无从计算（两人只用了同一个分数）" if value is None else f"{value:.3f}"
