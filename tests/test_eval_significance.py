"""The paired randomisation test against values worked out by hand and by the binomial distribution."""

from __future__ import annotations

from math import comb

import numpy as np
import pytest
from scipy.stats import permutation_test

from eval.measures.significance import Paired, comparison_lines, differences, holm, paired_values, randomisation
from eval.questions import QuestionsError
from eval.records import Gold, Outcome, Question, Run


def test_every_swap_is_tried_where_there_are_few() -> None:
    """Differences 1, 1, -0.5: of the 8 sums ±1 ±1 ±0.5, four are at least 1.5 away from 0 (±2.5, ±1.5)."""
    found = randomisation([0.0, 0.0, 0.5, 0.3], [1.0, 1.0, 0.0, 0.3])
    assert found == Paired(count=4, difference=0.375, won=2, lost=1, p=0.5, exact=True)
    assert found.tied == 1


def test_the_same_system_twice() -> None:
    assert randomisation([0.2, 1.0], [0.2, 1.0]) == Paired(2, 0.0, 0, 0, 1.0, True)


def test_the_order_of_the_systems_turns_the_difference_and_keeps_p() -> None:
    one, other = [0.0, 0.25, 1.0, 0.5], [1.0, 0.5, 1.0, 1.0]
    there, back = randomisation(one, other), randomisation(other, one)
    assert (there.difference, there.won, there.lost, there.p) == (-back.difference, back.lost, back.won, back.p)


def test_drawn_swaps_agree_with_the_sign_test() -> None:
    """Differences of one size make it the sign test: 20 won and 5 lost have p = 2 P(Binomial(25, 1/2) >= 20)."""
    found = randomisation([0.0] * 20 + [1.0] * 5, [1.0] * 20 + [0.0] * 5)
    assert not found.exact
    assert found.p == pytest.approx(2 * sum(comb(25, k) for k in range(20, 26)) / 2**25, abs=0.0005)


def test_it_agrees_with_scipy() -> None:
    one = [0.1, 0.5, 0.3, 0.9, 0.2, 0.8, 0.4, 0.7]
    other = [0.4, 0.45, 0.7, 0.95, 0.25, 0.6, 0.9, 0.8]
    reference = permutation_test(
        (one, other),
        lambda x, y: float(np.mean(y - x)),
        permutation_type="samples",
        n_resamples=np.inf,
        vectorized=False,
    )
    assert randomisation(one, other).p == pytest.approx(reference.pvalue)


def test_drawn_swaps_are_the_same_every_time_and_never_give_nought() -> None:
    values = [0.0] * 60, [1.0] * 60
    assert randomisation(*values, rounds=999).p == 0.001
    noise = [place % 7 / 7 for place in range(60)], [place % 5 / 5 for place in range(60)]
    assert randomisation(*noise) == randomisation(*noise)
    assert randomisation(*noise, rounds=2000, seed=1).p != randomisation(*noise, rounds=2000, seed=2).p


def test_sums_in_another_order_are_not_another_sum() -> None:
    """0.1 + 0.2 - 0.3 is not 0 in binary; the eight sums are 0 (twice), ±0.2, ±0.4, ±0.6, all at least as far as 0."""
    assert randomisation([0.0, 0.0, 0.3], [0.1, 0.2, 0.0]).p == 1.0


@pytest.mark.parametrize("values", [([], []), ([1.0], [1.0, 0.0])])
def test_values_of_other_questions(values: tuple[list[float], list[float]]) -> None:
    with pytest.raises(ValueError, match="the same questions twice"):
        randomisation(*values)


def test_holm() -> None:
    """Of four: 4 × 0.005, then 3 × 0.01, then 2 × 0.03, and the largest may not fall below it."""
    assert holm({"w": 0.01, "x": 0.04, "y": 0.03, "z": 0.005}) == {"w": 0.03, "x": 0.06, "y": 0.06, "z": 0.02}
    assert holm({"a": 0.6, "b": 0.9}) == {"a": 1.0, "b": 1.0}
    assert holm({}) == {}


def test_several_measures_at_once_are_corrected_together() -> None:
    """Eight of eight better: p = 2/256; one of two: p = 1. Holm makes the first twice as large."""
    rows = differences({"a": ([0.0] * 8, [1.0] * 8), "b": ([0.0, 1.0], [1.0, 1.0]), "c": ([], [])})
    assert {name: (row["difference"], row["p"], row["holm"]) for name, row in rows.items()} == {
        "a": (1.0, 0.007812, 0.015624),
        "b": (0.5, 1.0, 1.0),
    }
    assert (rows["b"]["low"], rows["b"]["high"]) == (0.0, 1.0)


def run(name: str, *hits: int) -> Run:
    """A run over questions q0, q1 …, the last of them by reference."""
    kinds = ["exact"] * (len(hits) - 1) + ["reference"]
    asked = [Question(f"q{place}", kind, "问", (Gold("甲/1", ()),), "test") for place, kind in enumerate(kinds)]
    outcomes = tuple(Outcome(one, False, (), None) for one in asked)
    return Run(name, outcomes, {f"q{place}": {"Hit@1": float(hit)} for place, hit in enumerate(hits)}, ())


def test_references_are_left_out() -> None:
    one, other = run("甲", 1, 1, 0, 0), run("乙", 0, 0, 0, 1)
    assert paired_values(one, other, "Hit@1") == ([1.0, 1.0, 0.0], [0.0, 0.0, 0.0])
    assert paired_values(one, other, "read@500") == ([], [])


def test_runs_over_other_questions() -> None:
    with pytest.raises(ValueError, match="not put the same questions"):
        paired_values(run("甲", 1, 1), run("乙", 1, 1, 1), "Hit@1")


def test_in_words() -> None:
    lines = list(comparison_lines([run("甲", 1, 1, 0, 0), run("乙", 1, 1, 0, 1)], "乙", ("Hit@1", "sentence")))
    assert lines == [
        "与 乙 比（配对随机化检验，100000 次，种子 20231106，不同的题不超过 16 道时穷举；双侧 p 值，"
        "括号内按每个系统所列的指标作 Holm 校正）：",
        "  甲  Hit@1  66.7 比 66.7（3 题，好 0 题，差 0 题）  p 1.0000（1.0000）",
    ]


def test_a_small_p_is_not_said_to_be_nought() -> None:
    (_, line) = comparison_lines([run("甲", *[1] * 40), run("乙", *[0] * 40)], "乙", ("Hit@1",))
    assert line.endswith("（39 题，好 39 题，差 0 题）  p <0.0001（<0.0001）")


def test_a_system_that_was_not_measured() -> None:
    with pytest.raises(QuestionsError, match="没有可与“丙”比较的系统；本次评测的有：甲、乙，至少要两个"):
        list(comparison_lines([run("甲", 1, 1), run("乙", 1, 1)], "丙"))
