"""The widths that a font of a PDF gives to its characters: how many there are, found before they are written out one by one."""

from __future__ import annotations

from typing import Any

MOST_WIDTHS = 1_000_000
"""Characters to which one font may give widths; Unicode has as many."""

_RANGES = {"W": 3, "W2": 5}
"""Numbers that give a width to a range of characters (ISO 32000-1, 9.7.4.3): the first two are its ends."""


def guard(manager: Any) -> None:
    """Has a resource manager of pdfminer refuse fonts that give widths without end.

    :param manager: the manager of an open file; what it reads raises ValueError for such a font.
    """
    make = manager.get_font

    def get_font(number: object, font: Any) -> Any:
        for key, size in _RANGES.items():
            if isinstance(font, dict) and _count(font.get(key), size) > MOST_WIDTHS:
                raise ValueError(f"a font gives more than {MOST_WIDTHS} widths in /{key}")
        return make(number, font)

    manager.get_font = get_font


def _count(given: Any, size: int) -> float:
    """How many characters the ranges of an array of widths hold."""
    total = 0.0
    waiting: list[float] = []
    for one in _resolved(given) if isinstance(_resolved(given), list) else ():
        value = _resolved(one)
        if isinstance(value, list):
            waiting = []
        elif isinstance(value, int | float):
            waiting.append(value)
            if len(waiting) == size:
                total += max(0, waiting[1] - waiting[0])
                waiting = []
    return total


def _resolved(value: Any) -> Any:
    return value.resolve() if hasattr(value, "resolve") else value
