"""Figures as people read them: names of measures, shares with intervals, differences, chances, and columns for a terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from eval.measures.metrics import LEVELS, ORDER, RANKED, READ, REFUSED, SENTENCE
from eval.records import CLASSES, OVERALL

GROUPS: Mapping[str, str] = {OVERALL: "总体", **CLASSES}
"""The groups of questions with their Chinese names, in the order of the report."""

PANELS: Mapping[str, tuple[str, ...]] = {
    "条款的次序": (*RANKED, *ORDER),
    "读到什么，拒答多少": (SENTENCE, *LEVELS, *READ, REFUSED),
}
"""The measures of each table and picture by its title: the order of the clauses; how near it is, what one reads, refusing."""

_HEADINGS: Mapping[str, str] = {
    SENTENCE: "首句命中",
    "order@1": "次序@1",
    "order@5": "次序@5",
    REFUSED: "拒答",
    "document@1": "文件@1",
    "document@5": "文件@5",
    "part@1": "部分@1",
    "part@5": "部分@5",
    **{name: f"读{limit}字" for name, limit in READ.items()},
}

Object = Mapping[str, Any]


def heading(measure: str) -> str:
    """Name a measure as the report does."""
    return _HEADINGS.get(measure, measure)


def percent(share: float) -> str:
    """Write a share in percent with one decimal."""
    return f"{100 * share:.1f}"


def ranged(score: Object | None) -> str:
    """Write a share in percent with the ends of its interval; - where there is none.

    :param score: ``value``, ``low`` and ``high``, all from 0 to 1.
    :return: 45.0 [30,62].
    """
    return f"{percent(score['value'])} [{100 * score['low']:.0f},{100 * score['high']:.0f}]" if score else "-"


def points(row: Object) -> str:
    """Write a difference in percentage points with the ends of its interval."""
    return f"{100 * row['difference']:+z.1f} [{100 * row['low']:+z.0f},{100 * row['high']:+z.0f}]"


def fared(row: Object) -> str:
    """Write on how many questions the second of two systems is better, worse and level: 3/1/20."""
    return f"{row['won']}/{row['lost']}/{row['count'] - row['won'] - row['lost']}"


def chance(p: float) -> str:
    """Write a p-value; a small one is not said to be nought."""
    return "<0.0001" if p < 0.0001 else f"{p:.4f}"


def width(text: str) -> int:
    """Columns that a terminal gives to a text (Unicode UAX #11: wide and full-width characters take two)."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def pad(text: str, columns: int) -> str:
    """Fill a text up with spaces to a number of columns."""
    return text + " " * (columns - width(text))


def straight(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Lay rows out in columns that stay straight where a Chinese character is two wide.

    :param rows: cells, as many in each row.
    :return: one line a row.
    """
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(map(pad, row, widths)).rstrip()
