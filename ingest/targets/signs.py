"""What a sentence shows of a quantity that it sets, or only mentions: the signs by which one is told from the other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from ingest.targets.heads import segment
from ingest.targets.quantities import Quantity

WEIGHTS = Path(__file__).parent / "data" / "weights.json"
"""Fitted on annotated clauses of other offices (``python -m eval targets --offices FOLDER --fit``)."""

AGREED, TURNED = 0.27, 0.55
"""The probability from which a quantity counts as set where the rules take it so, and where they do not.

Rules that hold word for word are turned only by clear evidence; F1 on offices left out hardly changes between .2 and .6 (`python -m eval targets`).
"""

RULES = "rules"
"""Begins the signs that tell what the rules take a quantity for."""

_NEAR = 16
"""Characters of the stretches before and behind that are looked at."""

_FORMS = [
    "办法",
    "条例",
    "规定",
    "方案",
    "规划",
    "报告",
    "意见",
    "通知",
    "细则",
    "措施",
    "计划",
    "公告",
    "通告",
    "公报",
    "预算",
    "问答",
    "指南",
    "政策",
    "标准",
]
_CASE_END = re.compile(r"的[”’）)]*$")
_ITEM_END = re.compile(r"的[”’）)]*[；;。]\s*$")


def signs(text: str, quantity: Quantity, title: str, past: bool, ruled: str | None) -> list[str]:
    """The signs of a quantity, each once and in a fixed order: the words next to it, those of its stretch, its own form.

    :param text: the sentence.
    :param quantity: one of its quantities.
    :param title: of the document.
    :param past: whether the words round it tell of what was.
    :param ruled: what the rules take it for, None for nothing.

    A stretch is what lies between commas or stops (:func:`ingest.targets.heads.segment`).
    """
    start, end = segment(text, quantity.start)
    left, right = text[start : quantity.start], text[quantity.end : end]
    return list(
        dict.fromkeys(
            [
                *_next_to(left, right),
                *_pairs("l", left[-2 * _NEAR :]),
                *_pairs("r", right[:_NEAR]),
                *_pairs("b", text[max(0, start - _NEAR) : start]),
                *_pairs("a", text[end : end + _NEAR]),
                *_pairs("g", quantity.gap),
                *_own(text, quantity),
                *_joint(quantity, left, right),
                *(f"title {form}" for form in _FORMS if form in title),
                f"marks {text[max(0, start - 1) : start]} {text[end : end + 1]}",
                f"case {bool(_CASE_END.search(right))} {bool(_ITEM_END.search(text))}",
                f"past {past}",
                *(
                    f"{RULES} {ruled}{more}"
                    for more in ("", f" {right[:1]}", f" {quantity.is_time}", f" {bool(quantity.bound)}")
                ),
            ]
        )
    )


def _next_to(left: str, right: str) -> Iterator[str]:
    """One to four characters on either side; ^ and $ stand for the ends of the stretch."""
    for length in (1, 2, 3, 4):
        yield f"<{left[-length:] if len(left) >= length else '^' + left}"
        yield f">{right[:length] if len(right) >= length else right + '$'}"


def _pairs(name: str, words: str) -> Iterator[str]:
    return (f"{name} {words[at : at + 2]}" for at in range(len(words) - 1))


def _own(text: str, quantity: Quantity) -> Iterator[str]:
    opened = text.rfind("（", 0, quantity.start)
    yield f"unit {_core(quantity)}"
    yield f"time {quantity.is_time} count {quantity.is_count}"
    yield f"bound {quantity.bound} {quantity.comparator}"
    yield f"comparator {quantity.comparator}"
    yield f"plain {quantity.is_plain}"
    yield f"figure {text[quantity.number_start].isdigit()} one {quantity.value == '1'} range {'-' in quantity.value}"
    yield f"bracket {opened >= 0 and '）' not in text[opened : quantity.start]}"


def _joint(quantity: Quantity, left: str, right: str) -> Iterator[str]:
    """Words beside the quantity together with its unit or comparator: 每…2次 is set more often than 2个方面."""
    core = _core(quantity)
    yield f"{core}<{left[-1:]}"
    yield f"{core}<{left[-2:]}"
    yield f"{core}>{right[:1]}"
    yield f"{quantity.comparator}<{left[-2:]}"
    yield f"{quantity.comparator}>{right[:1]}"


def _core(quantity: Quantity) -> str:
    """The unit without its scale and without what may stand for it: 套 for 套（间）, 元 for 亿元."""
    return re.sub("[余多万亿百千十]|（.）", "", quantity.unit or "") or quantity.unit or ""
