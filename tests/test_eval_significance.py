"""The paired randomisation test against values worked out by hand and by the binomial distribution."""

from __future__ import annotations

from math import comb

import numpy as np
import pytest
from scipy.stats import permutation_test

from eval.significance import Paired, holm, randomisation


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
