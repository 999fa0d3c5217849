"""Notes of a draft that are written out as lines: “…”① in the text, and ①《…》第三条。 below it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping

_MARK = r"(?:注?[①-⑳]|[\[［〔【]注?\d{1,2}[\]］〕】]|[（(]?注\d{1,2}[）)]?)"
_LINE = re.compile(rf"^[ \t　]*(?P<mark>{_MARK})[:：]?(?P<words>[^\n]+)", re.MULTILINE)
_BEHIND = re.compile(rf"[。，；,;]?(?P<mark>{_MARK})")
_INNER = re.compile(r"[①-⑳]|\d+")


def notes_in(text: str) -> dict[str, list[tuple[int, int]]]:
    """Find the lines that begin with the mark of a note.

    :param text: a draft.
    :return: by mark where their words begin and end, in order.
    """
    found: dict[str, list[tuple[int, int]]] = {}
    for match in _LINE.finditer(text):
        found.setdefault(_inner(match["mark"]), []).append(match.span("words"))
    return found


def note_behind(text: str, at: int, notes: Mapping[str, list[tuple[int, int]]]) -> tuple[int, int] | None:
    """Find the note whose mark stands at a place.

    :param text: a draft.
    :param at: where, right behind a quotation.
    :param notes: its notes by mark.
    :return: where its words begin and end: the first such note below; None where none is marked there.
    """
    match = _BEHIND.match(text, at)
    spans = notes.get(_inner(match["mark"]), []) if match else []
    place = bisect_right(spans, (at, len(text)))
    return spans[place] if place < len(spans) else None


def _inner(mark: str) -> str:
    match = _INNER.search(mark)
    return match.group() if match else mark
