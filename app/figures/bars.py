"""A bar from a baseline to its target, where both are numbers of one unit."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from ingest.records import Target

WIDTH = 120
"""Of the whole scale, in the units of the picture."""


@dataclass(frozen=True, slots=True)
class Bar:
    """Where a baseline and a target end on a scale of :data:`WIDTH`, and what the bar says in words."""

    baseline: float
    target: float
    words: str

    @property
    def common(self) -> float:
        """Where the lesser of the two ends."""
        return min(self.baseline, self.target)

    @property
    def change(self) -> float:
        """How far the greater goes beyond it."""
        return round(abs(self.target - self.baseline), 1)


def bar_of(target: Target) -> Bar | None:
    """Draw a target beside its baseline; a share on a scale to 100%, anything else to the greater of the two.

    >>> bar_of(Target("养老床位数", "≥", "18", "万张", "", 0, 0, baseline="15"))
    Bar(baseline=100.0, target=120.0, words='由15万张到18万张')

    :param target: as it was read.
    :return: None where either is no number, both are nothing, or one lies below it.
    """
    before, after = exact(target.baseline), exact(target.value)
    if before is None or after is None or min(before, after) < 0 or not max(before, after):
        return None
    unit = target.unit or ""
    whole = Decimal(100) if unit == "%" and max(before, after) <= 100 else max(before, after)
    ends = [round(float(one / whole) * WIDTH, 1) for one in (before, after)]
    return Bar(ends[0], ends[1], f"由{target.baseline}{unit}到{target.value}{unit}")


def exact(text: str | None) -> Decimal | None:
    """Read a value as the number that it is.

    >>> exact("17.8"), exact("1-2"), exact("全覆盖"), exact(None)
    (Decimal('17.8'), None, None, None)

    :param text: a value as the records hold it.
    :return: None where it is no one number.
    """
    try:
        found = Decimal(text or "")
    except InvalidOperation:
        return None
    return found if found.is_finite() else None
