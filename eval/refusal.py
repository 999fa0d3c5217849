"""How well 未找到依据 and 相关 are told from an answer: shares by kind, the curve over thresholds, and the fit of the model.

Questions at home come from ``questions.jsonl`` and the files beside it together. The model of :mod:`index.search.refusal` is
fitted to questions on documents of other offices (:mod:`eval.offices.refit`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eval.measures.curve import Point, area, curve
from eval.measures.figures import pad, percent, ranged
from eval.measures.metrics import RESAMPLES, SEED, bootstrap
from eval.questions import QuestionsError, load_questions
from eval.records import CLASSES, SPLITS, UNANSWERABLE, Interval
from index.search.refusal import FEATURES
from index.search.seen import Judgement

FILES = (
    "refusals.jsonl",
    "refusals_more.jsonl",
    "refusals_second.jsonl",
    "refusals_third.jsonl",
    "refusals_fourth.jsonl",
)
"""Files beside ``questions.jsonl``; the second and those from the fourth on are for calibration alone."""

EVERYDAY = "everyday.jsonl"
"""Answerable questions in everyday words beside ``questions.jsonl``, for calibration alone."""

KINDS = {
    "other_bureau": "别的部门",
    "other_place": "别的地方",
    "near_topic": "相近话题",
    "wrong_year": "年份不符",
    "wrong_fact": "未载事实",
    "chatter": "闲聊",
    "answerable": "有答案",
    UNANSWERABLE: "无答案",
}
"""Kinds of ``refusals.jsonl`` with their Chinese names."""

ALLOWED = 0.05
"""Share of answerable questions that may be told that the base has nothing, averaged over the groups."""

UNSTATED, CAREFUL = 0.9, 0.97
"""Share of questions written to have no answer that are not to be told that the base states it; and in a base that is not
calibrated."""

HOME = "home"
"""Stands for the file of all questions at home, when they are fitted to beside those of other offices."""

_FAR, _LEAST = (KINDS["other_bureau"], KINDS["chatter"]), 1e-6  # nothing in the base is near to the first

PENALTY = 3.0
"""Weight of the squared weights (L2) in the fit."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """A question, whether the base answers it, which kind it is (Chinese, for the report), and by which clauses, if known.

    ``file`` is the name of the file that it stands in, ``size`` how many documents the base has that it was put to, 0 for all.
    """

    id: str
    kind: str
    query: str
    answerable: bool
    split: str
    gold: tuple[str, ...] = ()
    file: str = ""
    size: int = 0

    @property
    def is_written(self) -> bool:
        """Whether it was written near the documents of its base, and none of them answers it."""
        return not self.answerable and not self.size and self.kind not in _FAR


@dataclass(frozen=True, slots=True)
class Judged:
    """An example with what the base made of it."""

    example: Example
    judgement: Judgement


def load_examples(questions: Sequence[Path], refusals: Sequence[Path]) -> tuple[Example, ...]:
    """Read the files.

    :param questions: files as ``eval.questions`` reads them.
    :param refusals: files of questions of the kinds of :data:`KINDS`, one JSON object a line.
    :return: the examples, in the order of the files.
    :raises QuestionsError: when a file is at fault.
    """
    first = [
        Example(one.id, CLASSES[one.kind], one.query, one.kind != UNANSWERABLE, one.split, file=path.name)
        for path in questions
        for one in load_questions(path)
    ]
    return (*first, *(example for path in refusals for example in _refusals(path)))


def _refusals(path: Path) -> Iterator[Example]:
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionsError(str(path), "读不出来", "请检查路径，并存为 UTF-8") from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            kind, split = row["kind"], row["split"]
            name = KINDS[kind]
            gold = tuple(map(str, row.get("gold", ())))
            split = SPLITS[SPLITS.index(split)]
            example = Example(str(row["id"]), name, str(row["query"]), kind == "answerable", split, gold, path.name)
        except (ValueError, KeyError, TypeError) as error:
            remedy = "每行要有 id、query、kind、split；kind 可用：" + "、".join(KINDS)
            raise QuestionsError(str(path), f"这一行用不了（{error}）", remedy, number) from error
        yield example


def judge(examples: Sequence[Example], judged: Callable[[str], Judgement]) -> tuple[Judged, ...]:
    """Put every question to the base.

    :param examples: the questions.
    :param judged: says of a question whether it is answered.
    :return: examples with judgements, in their order.
    """
    return tuple(Judged(example, judged(example.query)) for example in examples)


def fit(
    judged: Sequence[Judged], fitted_with: Mapping[str, str] | None = None, without: Collection[str] = ()
) -> dict[str, Any]:
    """Fit both models and choose their thresholds; the same examples give the same numbers.

    Whether the first clause states what is asked is learned in whole bases, from answerable questions and those written to have no
    answer; whether there is anything on the matter from answerable ones in bases of all sizes, and those that a smaller base does
    not answer, or whose matter is not that of the base. The thresholds are read from the chances that each ``file`` of examples gets by a model fitted to the others, since a
    model is too sure of what it was fitted to.

    :param judged: examples of both sorts; those that a reference settles are left out.
    :param fitted_with: the model of the base that judged them.
    :param without: measures that are to weigh nothing.
    :return: the models as ``index/search/data/refusal.json`` holds them.
    :raises ValueError: when one of the sorts is missing.
    """
    every = [one for one in judged if one.judgement.measures]
    stated = [one for one in every if not one.example.size and (one.example.answerable or one.example.is_written)]
    related = [one for one in every if one.example.answerable or not one.example.is_written]
    first, chances, answered = _fitted(stated, without)
    unstated = _away(chances[answered == 0], [one.example for one in stated if not one.example.answerable])
    is_alone = all(one.example.answerable for one in related)  # no example is far from its base: near and far are one
    second, others, there = _fitted(stated if is_alone else related, without)
    groups = np.array([_group(one.example) for one in related if one.example.answerable])
    return {
        "stated": {**first, "threshold": round(float(np.quantile(unstated, UNSTATED)), 4)},
        "related": {**second, "threshold": round(_quantile(others[there == 1], groups, ALLOWED), 4)},
        "careful": round(float(np.quantile(unstated, CAREFUL)), 4),
        "fitted_with": dict(fitted_with or {}),
    }


def _fitted(judged: Sequence[Judged], without: Collection[str]) -> tuple[dict[str, Any], Floats, Floats]:
    """Fit one model; gives it, the chances of its examples by models fitted to the other files, and which are answerable."""
    table = np.array([one.judgement.measures for one in judged], dtype=np.float64).reshape(len(judged), len(FEATURES))
    table *= ~np.isin(FEATURES, list(without))
    answered = np.array([one.example.answerable for one in judged], dtype=np.float64)
    if not 0 < answered.sum() < len(answered):
        raise ValueError("a fit needs answerable and unanswerable questions")
    _, groups = np.unique([f"{_group(one.example)} {one.example.answerable}" for one in judged], return_inverse=True)
    means, deviations, weights = _logistic(table, answered, groups)
    columns = zip(FEATURES, means.tolist(), deviations.tolist(), weights.tolist(), strict=False)
    features = {
        name: {"mean": round(mean, 6), "deviation": round(deviation, 6), "weight": round(weight, 6)}
        for name, mean, deviation, weight in columns
    }
    files = np.array([one.example.file for one in judged])
    fitted = {"features": features, "bias": round(float(weights[-1]), 6)}
    return fitted, _held_out_chances(table, answered, groups, files), answered


def _group(example: Example) -> str:
    """Examples of a base of one size weigh together as much as those of any other; home is a base of its own."""
    return HOME if example.file == HOME else str(example.size)


def _away(chances: Floats, examples: Sequence[Example]) -> Floats:
    """Take those away from home, where there are any: the model in use knows home, the one that gave its chances did not."""
    return chances[away] if (away := np.array([one.file != HOME for one in examples])).any() else chances


def _quantile(chances: Floats, groups: NDArray[np.str_], share: float) -> float:
    """Find the chance at or below which a share of the chances lies, each group counting the same."""
    names, which, sizes = np.unique(groups, return_inverse=True, return_counts=True)
    order = np.argsort(chances, kind="stable")
    below = np.cumsum(1 / sizes[which[order]] / len(names))
    return float(chances[order][min(int(np.searchsorted(below, share)), len(order) - 1)])


def _logistic(table: Floats, answered: Floats, groups: NDArray[np.int64]) -> tuple[Floats, Floats, Floats]:
    """Fit by Newton's method (Hastie, Tibshirani & Friedman, *The Elements of Statistical Learning*, 4.4.1); bias is last.

    Each group weighs the same, however many examples there are of it.
    """
    means, deviations = table.mean(axis=0), table.std(axis=0) + 1e-9
    deviations[deviations < _LEAST] = 1.0  # the same for all questions
    rows = np.column_stack([(table - means) / deviations, np.ones(len(table))])
    _, which, sizes = np.unique(groups, return_inverse=True, return_counts=True)
    share = len(table) / len(sizes) / sizes[which]
    weights = np.zeros(rows.shape[1])
    penalty = np.diag([PENALTY] * table.shape[1] + [0.0])
    for _ in range(100):
        chances = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (share * (chances - answered)) + penalty @ weights
        step = np.linalg.solve(rows.T @ (rows * (share * chances * (1 - chances))[:, None]) + penalty, slope)
        weights -= step
        if np.abs(step).max() < 1e-10:
            break
    return means, deviations, weights


def _held_out_chances(table: Floats, answered: Floats, groups: NDArray[np.int64], files: NDArray[np.str_]) -> Floats:
    """Give each question the chance by a model that was fitted to the other files; where there is but one, to that."""
    chances = np.zeros(len(answered))
    for file in sorted(set(files.tolist())):
        held = files == file
        rest = held if held.all() else ~held
        means, deviations, weights = _logistic(table[rest], answered[rest], groups[rest])
        chances[held] = 1 / (1 + np.exp(-((table[held] - means) / deviations @ weights[:-1] + weights[-1])))
    return chances


def report(judged: Sequence[Judged], threshold: float) -> Iterator[str]:
    """Say in lines of text which share of each kind is not told that the base states it, and of both sorts at other thresholds.

    :param judged: the examples to report on.
    :param threshold: of the model in use.
    :return: the lines.
    """
    yield f"{pad('', 18)}{pad('题数', 6)}未标原文写明 %（95% 区间）"
    for answerable, title in ((False, "无答案"), (True, "有答案")):
        sort = [one for one in judged if one.example.answerable == answerable]
        yield from (
            f"{pad(name, 18)}{len(rows):<6}{ranged(asdict(share_refused(rows)))}"
            for name, rows in by_kind(sort, f"全部{title}")
        )
    yield ""
    yield f"门槛：{threshold}。两类问题在不同门槛下未标原文写明的 %（无答案的越高越好，有答案的越低越好）："
    for point in refusal_curve(judged, thresholds(threshold)):
        mark = "  ←" if point.threshold == threshold else ""
        yield f"  {point.threshold:<8}{percent(point.unanswerable):>6}{percent(point.answerable):>8}{mark}"
    yield f"曲线下面积：{area(refusal_curve(judged)):.3f}（1 为两类完全分开，0.5 为分不开）。"
    yield f"区间：自助法 {RESAMPLES} 次，种子 {SEED}。"


def refusal_curve(judged: Sequence[Judged], at: Iterable[float] | None = None) -> tuple[Point, ...]:
    """Draw the refusal curve of a base, at the thresholds ``at`` or at all.

    :return: points by rising threshold.
    """
    chances = {
        sort: [one.judgement.chance for one in judged if one.example.answerable == sort] for sort in (True, False)
    }
    return curve(chances[True], chances[False], at)


def thresholds(used: float) -> list[float]:
    """List the thresholds of the curve: twentieths, and the one that is ``used``, rising."""
    return sorted({round(step / 20, 2) for step in range(1, 20)} | {used})


def by_kind(rows: Sequence[Judged], title: str) -> Iterator[tuple[str, Sequence[Judged]]]:
    """Part examples by their kind.

    :param rows: examples of one sort.
    :return: title and examples: all (``title``), then each kind; nothing where there are none.
    """
    if rows:
        yield title, rows
    for kind in dict.fromkeys(one.example.kind for one in rows):
        yield f"  {kind}", [one for one in rows if one.example.kind == kind]


def share_refused(rows: Sequence[Judged]) -> Interval:
    """Measure which share of examples, at least one, is not told that the base states it."""
    return bootstrap(np.array([[float(not one.judgement.found)] for one in rows]))[0]
