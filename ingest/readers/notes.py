"""The marks of notes (脚注、尾注) as they stand in the text."""

from __future__ import annotations

RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
"""Digits to those that stand above the line (上标)."""


def raised(mark: str) -> str:
    """A note's mark as it stands in the text: raised digits, so that no number before it grows by them.

    >>> raised("12"), raised("①"), raised("iv")
    ('¹²', '①', '[iv]')
    """
    if mark.isascii() and mark.isdecimal():
        return mark.translate(RAISED)
    return mark if not mark.isascii() or mark.startswith(("*", "[")) else f"[{mark}]"
