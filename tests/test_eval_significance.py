"""The paired randomisation test against the exact distribution, and in words."""

from __future__ import annotations

import pytest

from eval.questions import QuestionsError
from eval.records import Gold, Outcome, Question, Run
from eval.significance import compare, comparison_lines, randomisation


def run(name: str, *hits: int, kind: str = "exact") -> Run:
    """A run over questions q0, q1 …, the last of them by reference."""
    kinds = [kind] * (len(hits) - 1) + ["reference"]
    asked = [Question(f"q{place}", kind, "问", (Gold("甲/1", ()),), "test") for place, kind in enumerate(kinds)]
    outcomes = tuple(Outcome(one, False, (), None) for one in asked)
    return Run(name, outcomes, {f"q{place}": {"Hit@1": float(hit)} for place, hit in enumerate(hits)}, ())


def test_against_the_exact_distribution() -> None:
    """Of the 2^5 exchanges of five equal differences only all and none reach the sum seen: p = 2/32."""
    assert randomisation([1.0] * 5, [0.0] * 5) == pytest.approx(2 / 32, abs=0.003)


def test_unequal_differences() -> None:
    """Differences 3, 1, -2: of the 8 sums of ±3 ±1 ±2 the two of 0 are less than 2 away from 0; p = 6/8."""
    assert randomisation([3.0, 1.0, 0.0], [0.0, 0.0, 2.0]) == pytest.approx(6 / 8, abs=0.006)


def test_either_side_and_every_time_the_same() -> None:
    left, right = [1.0, 1.0, 1.0, 0.0, 0.5], [0.0, 1.0, 0.0, 0.25, 0.0]
    assert randomisation(left, right) == randomisation(right, left) == randomisation(left, right)
    assert randomisation(left, right, exchanges=999, seed=1) != randomisation(left, right, exchanges=999, seed=2)


def test_systems_that_do_not_differ() -> None:
    assert randomisation([1.0, 0.0], [1.0, 0.0]) == 1.0


def test_an_exchange_seen_is_counted() -> None:
    """Forty questions all one way: no random exchange comes near, and yet p is not 0."""
    assert randomisation([1.0] * 40, [0.0] * 40, exchanges=99) == 1 / 100


@pytest.mark.parametrize(("left", "right"), [([], []), ([1.0], [1.0, 0.0])])
def test_values_that_are_not_paired(left: list[float], right: list[float]) -> None:
    with pytest.raises(ValueError, match="paired values needed"):
        randomisation(left, right)


def test_references_are_left_out() -> None:
    found = compare(run("甲", 1, 1, 0, 0), run("乙", 0, 0, 0, 1), "Hit@1")
    assert (found.count, found.left, found.right) == (3, pytest.approx(2 / 3), 0.0)
    assert (found.left_better, found.right_better) == (2, 0)
    assert found.p == pytest.approx(0.5, abs=0.006)


def test_runs_over_other_questions() -> None:
    with pytest.raises(ValueError, match="not put the same questions"):
        compare(run("甲", 1, 1), run("乙", 1, 1, 1), "Hit@1")


def test_in_words() -> None:
    lines = list(comparison_lines([run("甲", 1, 1, 0, 0), run("乙", 1, 1, 0, 1)], "乙", ("Hit@1",)))
    assert lines == [
        "与 乙 比（配对随机化检验，100000 次，种子 20231106；双侧 p 值，未作多重比较校正）：",
        "  甲  Hit@1  66.7 比 66.7（3 题，好 0 题，差 0 题）  p = 1.0000",
    ]


def test_a_small_p_is_not_said_to_be_nought() -> None:
    (_, line) = comparison_lines([run("甲", *[1] * 40), run("乙", *[0] * 40)], "乙", ("Hit@1",))
    assert line.endswith("（39 题，好 39 题，差 0 题）  p < 0.0001")


def test_a_system_that_was_not_measured() -> None:
    with pytest.raises(QuestionsError, match="没有可与“丙”比较的系统；本次评测的有：甲、乙，至少要两个"):
        list(comparison_lines([run("甲", 1, 1), run("乙", 1, 1)], "丙"))
