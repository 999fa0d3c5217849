"""Whether two systems differ by more than chance: the paired randomisation test.

M. D. Smucker, J. Allan, B. Carterette, A Comparison of Statistical Significance Tests for Information Retrieval Evaluation
(CIKM 2007). If the systems are alike, each question's two values might as well stand the other way round; the p-value is
the share of such exchanges that bring a difference of means at least as large as the one seen, on either side. The
exchange seen is one of them and is counted (Davison & Hinkley, Bootstrap Methods and their Application, 1997, 4.2).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from eval.metrics import SEED, SENTENCE
from eval.questions import QuestionsError
from eval.records import Run

EXCHANGES = 100_000
COMPARED = ("Hit@1", "Hit@5", "nDCG@10", SENTENCE, "read@500", "order@1")
"""The measures that are printed; every other one can be asked for."""

_BLOCK = 2_000
_EQUAL = 1e-12  # differences of means no further apart are the same but for rounding


@dataclass(frozen=True, slots=True)
class Difference:
    """Two systems over the same questions: their means, how many questions each does better on, and the p-value."""

    measure: str
    count: int
    left: float
    right: float
    left_better: int
    right_better: int
    p: float


def randomisation(left: Sequence[float], right: Sequence[float], exchanges: int = EXCHANGES, seed: int = SEED) -> float:
    """Test whether the means of paired values differ.

    :param left: values of one system, one a question.
    :param right: values of the other, of the same questions in the same order.
    :param exchanges: how many random exchanges to try.
    :param seed: of the generator.
    :return: the two-sided p-value; 1 where no question differs.
    :raises ValueError: when there are no values, or not as many of both.
    """
    if not left or len(left) != len(right):
        raise ValueError(f"paired values needed, not {len(left)} and {len(right)}")
    differences = np.asarray(left, dtype=np.float64) - np.asarray(right, dtype=np.float64)
    differences = differences[differences != 0]
    if not len(differences):
        return 1.0
    seen = abs(float(differences.sum()))
    generator = np.random.default_rng(seed)
    as_large = 0
    for start in range(0, exchanges, _BLOCK):
        signs = generator.integers(0, 2, size=(min(_BLOCK, exchanges - start), len(differences)), dtype=np.int8) * 2 - 1
        as_large += int(np.count_nonzero(np.abs(signs @ differences) >= seen - _EQUAL * len(left)))
    return (as_large + 1) / (exchanges + 1)


def compare(left: Run, right: Run, measure: str) -> Difference:
    """Compare two runs on the questions of the overall group that both measured.

    :param left: a run.
    :param right: another over the same questions.
    :param measure: name of a measure.
    :return: the difference; questions by reference and those that nothing answers are left out, as in the overall
        figures.
    :raises ValueError: when the runs are not over the same questions, or nothing was measured.
    """
    names = [outcome.question.id for outcome in left.outcomes]
    if names != [outcome.question.id for outcome in right.outcomes]:
        raise ValueError(f"{left.system} and {right.system} were not put the same questions")
    asked = [outcome.question for outcome in left.outcomes]
    measured = [one.id for one in asked if one.counts_overall and measure in left.values[one.id]]
    first, second = ([run.values[name][measure] for name in measured] for run in (left, right))
    return Difference(
        measure=measure,
        count=len(measured),
        left=sum(first) / max(len(first), 1),
        right=sum(second) / max(len(second), 1),
        left_better=sum(one > other for one, other in zip(first, second, strict=True)),
        right_better=sum(one < other for one, other in zip(first, second, strict=True)),
        p=randomisation(first, second),
    )


def comparison_lines(runs: Sequence[Run], against: str, measures: Sequence[str] = COMPARED) -> Iterator[str]:
    """Put in words how the other systems differ from one.

    :param runs: runs over the same questions.
    :param against: the system that the others are compared with.
    :param measures: which measures.
    :return: lines in Chinese.
    :raises QuestionsError: when that system was not measured, or there is no other.
    """
    base = next((run for run in runs if run.system == against), None)
    if base is None or len(runs) < 2:
        known = "、".join(run.system for run in runs)
        raise QuestionsError("--against", f"没有可与“{against}”比较的系统", f"本次评测的有：{known}，至少要两个")
    yield f"与 {against} 比（配对随机化检验，{EXCHANGES} 次，种子 {SEED}；双侧 p 值，未作多重比较校正）："
    for run in runs:
        for difference in [compare(run, base, name) for name in measures] if run is not base else ():
            yield (
                f"  {run.system}  {difference.measure}  {100 * difference.left:.1f} 比 {100 * difference.right:.1f}"
                f"（{difference.count} 题，好 {difference.left_better} 题，差 {difference.right_better} 题）"
                f"  p {'< 0.0001' if difference.p < 0.0001 else f'= {difference.p:.4f}'}"
            )
