"""Ruled tables open at their sides: where the rules that close them would stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.readers.level_rules import Level

_NEAR = 3.0
"""Points within which rules meet."""

_LEAST = 15.0
"""The outer columns of an open table are at least so many points wide."""


@dataclass(frozen=True, slots=True, order=True)
class Upright:
    """An upright rule: where it stands from the left, and its ends."""

    x: float
    top: float
    bottom: float


def open_sides(levels: Sequence[Level], uprights: Sequence[Upright]) -> list[Upright]:
    """The sides that tables lack whose level rules reach past their outermost upright ones, as many tables are drawn."""
    found: set[Upright] = set()
    for end in ("x0", "x1"):
        for x, tops in _ends(levels, end).items():
            for upper, lower in _linked(tops, levels, uprights, x, end):
                if not any(abs(one.x - x) < _LEAST and one.top < lower and upper < one.bottom for one in uprights):
                    found.add(Upright(x, upper, lower))
    return sorted(found)


def _ends(levels: Sequence[Level], end: str) -> dict[float, list[float]]:
    """How far down level rules stand, by where they end on one side."""
    groups: dict[float, list[float]] = {}
    for rule in sorted(levels):
        x = rule.x0 if end == "x0" else rule.x1
        near = next((other for other in groups if abs(other - x) < _NEAR), x)
        groups.setdefault(near, []).append(rule.top)
    return groups


def _linked(
    tops: Sequence[float], levels: Sequence[Level], uprights: Sequence[Upright], x: float, end: str
) -> list[tuple[float, float]]:
    """Runs of neighbouring level rules that upright ones join, which stand further in."""
    runs: list[tuple[float, float]] = []
    for upper, lower in zip(tops, tops[1:], strict=False):
        reach = [
            rule
            for rule in levels
            if rule.top in (upper, lower) and abs((rule.x0 if end == "x0" else rule.x1) - x) < _NEAR
        ]
        left, right = max(rule.x0 for rule in reach), min(rule.x1 for rule in reach)
        joined = any(
            left + _LEAST < one.x < right - _LEAST and one.top <= upper + _NEAR and one.bottom >= lower - _NEAR
            for one in uprights
        )
        if joined and lower - upper > _NEAR and runs and runs[-1][1] == upper:
            runs[-1] = (runs[-1][0], lower)
        elif joined and lower - upper > _NEAR:
            runs.append((upper, lower))
    return runs
