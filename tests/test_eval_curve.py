"""The refusal curve on chances typed here."""

from __future__ import annotations

import pytest

from eval.measures.curve import Point, area, curve, curve_table

INFINITE = float("inf")


def test_points_at_every_chance() -> None:
    assert curve([0.5, 0.9], [0.1, 0.5]) == (
        Point(0.1, 0.0, 0.0),
        Point(0.5, 0.5, 0.0),
        Point(0.9, 1.0, 0.5),
        Point(INFINITE, 1.0, 1.0),
    )


def test_points_at_thresholds_of_ones_own() -> None:
    assert curve([0.5, 0.9], [0.1, 0.5], [0.95, 0.2]) == (Point(0.2, 0.5, 0.0), Point(0.95, 1.0, 1.0))
    assert curve([], [0.1], [0.2]) == (Point(0.2, 1.0, 0.0),)


@pytest.mark.parametrize(
    ("answerable", "unanswerable", "expected"),
    [
        ([0.8, 0.9], [0.1, 0.2], 1.0),
        ([0.1, 0.2], [0.8, 0.9], 0.0),
        ([0.5], [0.5], 0.5),
        ([0.5, 0.9], [0.1, 0.5], 3.5 / 4),
    ],
)
def test_area_is_the_share_of_pairs_in_the_right_order(
    answerable: list[float], unanswerable: list[float], expected: float
) -> None:
    assert area(curve(answerable, unanswerable)) == pytest.approx(expected)


def test_for_other_programs() -> None:
    assert curve_table([Point(0.5, 1.0, 0.25), Point(INFINITE, 1.0, 1.0)]) == (
        "threshold\tunanswerable_refused\tanswerable_refused\n0.500000\t1.000000\t0.250000\ninf\t1.000000\t1.000000\n"
    )
