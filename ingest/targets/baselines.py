"""Old values: what a figure was before the sentence changes it (从790元提高至1240元, 由120万元调整为90万元)."""

from __future__ import annotations

import re

from ingest.numerals import to_number
from ingest.targets.quantities import Quantity
from ingest.targets.words import CHANGED

_OLD = re.compile(
    rf"[从由原](?P<gap>[^，。；\d]{{0,12}})(?P<value>[一二两三四五六七八九十]+(?=[年个月日天周])|\d[\d.]*(?:\s*[%％]?\s*[-—–~～至]+\s*\d[\d.]*)?)(?P<unit>[^，。；\d]{{0,12}}?){CHANGED}$"
)
_TO_COME = re.compile(rf"(?:以上|以下|左右)?(?:[^，。；\d从由]{{0,4}}){CHANGED}")


def is_old(text: str, quantity: Quantity) -> bool:
    """Whether a figure only says what was: a change to another follows it."""
    return bool(
        _TO_COME.match(text, quantity.end) and re.search(r"[从由原][^，。；\d]{0,12}$", text[: quantity.number_start])
    )


def baseline(text: str, quantity: Quantity) -> tuple[str | None, int]:
    """The old value that a figure replaces, and where the words begin that tell of it; the figure's own place if none does.

    >>> from ingest.targets.quantities import quantities
    >>> sentence = "扣除比例从6%—10%提高至10%—20%。"
    >>> [baseline(sentence, one)[0] for one in quantities(sentence) if not is_old(sentence, one)]
    ['6-10']
    """
    found = _OLD.search(text[: quantity.start])
    if not found:
        return None, quantity.start
    value = found["value"]
    plain = re.sub(r"\s*[%％]?\s*[-—–~～至]+\s*", "-", value) if value[0].isdigit() else str(to_number(value))
    return plain, found.start()
