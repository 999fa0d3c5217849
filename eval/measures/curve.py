"""The refusal curve: what a threshold refuses of the unanswerable, against what it refuses of the answerable."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Point:
    """A threshold with the shares of questions whose chance of an answer lies below it, which are refused."""

    threshold: float
    unanswerable: float
    answerable: float


def curve(
    answerable: Sequence[float], unanswerable: Sequence[float], thresholds: Iterable[float] | None = None
) -> tuple[Point, ...]:
    """Draw the curve.

    :param answerable: chances that the base gives questions that it answers.
    :param unanswerable: chances of questions that nothing answers.
    :param thresholds: where to take points; None for every chance there is, and infinity, which refuses all.
    :return: points by rising threshold.
    """
    every = {*answerable, *unanswerable, float("inf")} if thresholds is None else set(thresholds)
    return tuple(Point(one, _below(unanswerable, one), _below(answerable, one)) for one in sorted(every))


def area(points: Sequence[Point]) -> float:
    """Measure the area under a whole curve, the share of the unanswerable over that of the answerable.

    It is the chance that of one question of each sort the answerable has the higher chance, ties counted half (J. A. Hanley,
    B. J. McNeil, The Meaning and Use of the Area under a Receiver Operating Characteristic Curve, 1982).

    :param points: every point of the curve.
    :return: the area: 1 where a threshold tells the two sorts apart, 0.5 where they are alike.
    """
    steps = pairwise(points)
    return sum((b.answerable - a.answerable) * (a.unanswerable + b.unanswerable) / 2 for a, b in steps)


def curve_table(points: Iterable[Point]) -> str:
    """Write a curve for other programs to draw.

    :param points: the points.
    :return: tab-separated text with a heading line, the same for the same points.
    """
    rows = (f"{one.threshold:.6f}\t{one.unanswerable:.6f}\t{one.answerable:.6f}" for one in points)
    return "\n".join(["threshold\tunanswerable_refused\tanswerable_refused", *rows]) + "\n"


def _below(chances: Sequence[float], threshold: float) -> float:
    return sum(chance < threshold for chance in chances) / len(chances) if chances else 0.0
