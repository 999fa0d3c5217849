"""Whether two systems really differ: the paired randomisation test, and Holm's correction for asking several times.

M. D. Smucker, J. Allan, B. Carterette, A comparison of statistical significance tests for information retrieval
evaluation (CIKM 2007), section 2: if the systems were one, each question's two values could as well be swapped.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eval.measures.figures import chance, heading, percent
from eval.measures.metrics import SEED, SENTENCE, bootstrap
from eval.questions import QuestionsError
from eval.records import Run

ROUNDS = 100_000
"""Swaps that are drawn where there are too many to try them all; Smucker et al. use as many."""

EXACT_UP_TO = 16
"""Up to so many questions that differ, all 2**n swaps are tried."""

COMPARED = ("Hit@1", "Hit@5", "R@10", "R@100", "nDCG@10", SENTENCE, "read@500", "order@1")
"""The measures that are put in words; every other one can be asked for."""

Values = tuple[Sequence[float], Sequence[float]]
"""Values of two systems, of the same questions in the same order."""

_CHUNK = 10_000
_EQUAL = 1e-9  # two means that differ by less are one mean, added up in another order


@dataclass(frozen=True, slots=True)
class Paired:
    """The second system less the first, over the same questions.

    ``p`` is two-sided; ``exact`` says that every swap was tried. ``won`` are the questions where the second has the
    higher value, ``lost`` those where it has the lower.
    """

    count: int
    difference: float
    won: int
    lost: int
    p: float
    exact: bool

    @property
    def tied(self) -> int:
        """Questions where both have the same value."""
        return self.count - self.won - self.lost


def randomisation(first: Sequence[float], second: Sequence[float], rounds: int = ROUNDS, seed: int = SEED) -> Paired:
    """Test whether two systems have the same mean, question by question.

    Where swaps are drawn, p is (b + 1) / (rounds + 1) with b the swaps that differ at least as much as what was seen: what
    was seen is one of the swaps, and p is never 0 (A. C. Davison, D. V. Hinkley, Bootstrap Methods and their Application
    (1997), section 4.2).

    >>> randomisation([0, 0, 0, 1], [1, 1, 1, 1])
    Paired(count=4, difference=0.75, won=3, lost=0, p=0.25, exact=True)

    :param first: one value a question.
    :param second: values of the same questions in the same order.
    :param rounds: how many swaps to draw.
    :param seed: of the generator; the same values under one seed give the same p.
    :return: the difference, and the chance of one as large if there were none.
    :raises ValueError: when there is no question, or the values are not of the same questions.
    """
    if len(first) != len(second) or not len(first):
        raise ValueError(f"a paired test needs the same questions twice, not {len(first)} and {len(second)}")
    differences = np.asarray(second, dtype=np.float64) - np.asarray(first, dtype=np.float64)
    telling = differences[np.abs(differences) > _EQUAL]
    exact = len(telling) <= EXACT_UP_TO
    p = _exact(telling) if exact else _drawn(telling, rounds, seed)
    won, lost = int((telling > 0).sum()), int((telling < 0).sum())
    return Paired(len(differences), float(differences.mean()), won, lost, p, exact)


def holm(chances: Mapping[str, float]) -> dict[str, float]:
    """Correct several p-values, so that the chance of any false alarm among them keeps its level.

    S. Holm, A simple sequentially rejective multiple test procedure, Scandinavian Journal of Statistics 6 (1979).

    >>> holm({"a": 0.01, "b": 0.04, "c": 0.03})
    {'a': 0.03, 'b': 0.06, 'c': 0.06}

    :param chances: p by name.
    :return: corrected p by name, in the same order.
    """
    corrected: dict[str, float] = {}
    least = 0.0
    for place, name in enumerate(sorted(chances, key=lambda name: chances[name])):
        least = corrected[name] = min(1.0, max(least, (len(chances) - place) * chances[name]))
    return {name: corrected[name] for name in chances}


def differences(pairs: Mapping[str, Values]) -> dict[str, dict[str, Any]]:
    """Test the second system against the first, on several measures at once.

    :param pairs: values by measure; one that has none is left out.
    :return: by measure the paired test as JSON holds it, with the 95% bootstrap interval of the difference, and p corrected
        for all of them under ``holm``.
    """
    rows = {name: _difference(*values) for name, values in pairs.items() if values[0]}
    corrected = holm({name: row["p"] for name, row in rows.items()})
    return {name: row | {"holm": round(corrected[name], 6)} for name, row in rows.items()}


def paired_values(first: Run, second: Run, measure: str) -> Values:
    """Give the values of two runs on the questions that the overall figures are of.

    :param first: a run.
    :param second: another over the same questions.
    :param measure: name of a measure.
    :return: as many values of both; none where one of the runs lacks the measure for some question.
    :raises ValueError: when the runs are not over the same questions.
    """
    names = [outcome.question.id for outcome in first.outcomes]
    if names != [outcome.question.id for outcome in second.outcomes]:
        raise ValueError(f"{first.system} and {second.system} were not put the same questions")
    ids = [outcome.question.id for outcome in first.outcomes if outcome.question.counts_overall]
    if not all(measure in run.values[id_] for run in (first, second) for id_ in ids):
        return [], []
    return [first.values[id_][measure] for id_ in ids], [second.values[id_][measure] for id_ in ids]


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
    yield (
        f"与 {against} 比（配对随机化检验，{ROUNDS} 次，种子 {SEED}，不同的题不超过 {EXACT_UP_TO} 道时穷举；双侧 p 值，"
        "括号内按每个系统所列的指标作 Holm 校正）："
    )
    for run in (one for one in runs if one is not base):
        pairs = {name: paired_values(base, run, name) for name in measures}
        for name, row in differences(pairs).items():
            before, after = (percent(sum(values) / row["count"]) for values in pairs[name])
            yield (
                f"  {run.system}  {heading(name)}  {after} 比 {before}（{row['count']} 题，好 {row['won']} 题，差 {row['lost']} 题）"
                f"  p {chance(row['p'])}（{chance(row['holm'])}）"
            )


def _difference(first: Sequence[float], second: Sequence[float]) -> dict[str, Any]:
    test = asdict(randomisation(first, second))
    interval = bootstrap(np.subtract(second, first).reshape(-1, 1).astype(np.float64))[0]
    ends = {"low": round(interval.low, 6), "high": round(interval.high, 6)}
    return test | {"difference": round(test["difference"], 6), "p": round(test["p"], 6)} | ends


def _exact(differences: NDArray[np.float64]) -> float:
    """Try every swap; without a difference there is one, which is what was seen."""
    sums = np.zeros(1)
    for one in differences:
        sums = np.concatenate([sums + one, sums - one])
    return float(_at_least(sums, differences).mean())


def _drawn(differences: NDArray[np.float64], rounds: int, seed: int) -> float:
    generator = np.random.default_rng(seed)
    extreme = 0
    for start in range(0, rounds, _CHUNK):
        swaps = generator.integers(0, 2, size=(min(_CHUNK, rounds - start), len(differences)), dtype=np.int8)
        extreme += int(_at_least((1 - 2.0 * swaps) @ differences, differences).sum())
    return (extreme + 1) / (rounds + 1)


def _at_least(sums: NDArray[np.float64], seen: NDArray[np.float64]) -> NDArray[np.bool_]:
    return np.abs(sums) >= abs(float(seen.sum())) - _EQUAL
