"""The marks of notes (脚注、尾注): as a note is known by, and as they stand in the text."""

from __future__ import annotations

RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
"""Digits to those that stand above the line (上标)."""


def known_by(mark: str) -> str:
    """What a note is known by: a number or a sign as it is, letters in brackets, so that no word is taken for them.

    >>> known_by("12"), known_by("①"), known_by("iv")
    ('12', '①', '[iv]')
    """
    return mark if mark.isdecimal() or not mark.isascii() or mark.startswith(("*", "[")) else f"[{mark}]"


def raised(mark: str) -> str:
    """A note's mark as it stands in the text: raised digits, so that no number before it grows by them.

    >>> raised("12"), raised("①"), raised("iv")
    ('¹²', '①', '[iv]')
    """
    return known_by(mark).translate(RAISED) if mark.isdecimal() else known_by(mark)
