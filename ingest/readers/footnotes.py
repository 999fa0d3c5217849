"""Footnotes (脚注) parted from the text of their page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from ingest.pages import Footnote, Line, Page

_SMALL = 0.85
"""Footnotes are set in type at most this share of the body's."""

_MARK = re.compile(r"[\[［(（〔]?\s*(\d{1,3}|[①-⑳]|[*＊※]+)\s*[\])）］〕]?\s*[.．、]?\s*")
_WORDS = re.compile(r"\w{2}")
_CIRCLED = re.compile(r"[①-⑳*＊※]")


def parted(pages: Sequence[Page], rules: Mapping[int, float]) -> tuple[Page, ...]:
    """Moves the footnotes of each page out of its lines.

    A note is small type below the body that begins with a mark, where a raised digit or the same sign in the text of
    the page refers to it, or a short rule stands above it.

    :param rules: by page number, how far down that rule stands.
    """
    sizes = Counter[float]()
    for page in pages:
        for line in page.lines:
            sizes[line.size] += len(line.text)
    body = max(sizes, key=lambda size: (sizes[size], size), default=0.0)
    return tuple(_page(page, body, rules.get(page.number, page.height)) if body else page for page in pages)


def _page(page: Page, body: float, rule: float) -> Page:
    small = [line for line in page.lines if line.size <= _SMALL * body]
    text = [line for line in page.lines if line.size > _SMALL * body]
    marks = {mark for line in page.lines for mark in _references(line)}
    first = next((line for line in small if (mark := _mark_of(line)) and (mark in marks or line.top > rule)), None)
    if first is None:
        return page
    notes = [line for line in small if line.top >= first.top]
    # What is set in the body's type below may be a page number, but no more.
    if any(line.top > first.top and len(line.text) > 10 for line in text):
        return page
    kept = tuple(line for line in page.lines if line not in notes)
    found = _notes(notes, marks, rule)
    around = Counter("".join(line.text for line in notes)) - Counter("".join(note.mark + note.text for note in found))
    brackets = tuple(char * count for char, count in sorted(around.items()) if not char.isspace())
    return replace(page, lines=kept, footnotes=(*page.footnotes, *found), marks=page.marks + brackets)


def _references(line: Line) -> set[str]:
    """The marks in a line of text: raised numbers, and signs other than at its beginning."""
    runs: list[list[int]] = []
    for place in line.raised:
        if runs and place == runs[-1][-1] + 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    numbers = {"".join(line.text[place] for place in run) for run in runs if run[0] > 0}
    return numbers | set(_CIRCLED.findall(line.text[1:]))


def _mark_of(line: Line) -> str | None:
    found = _MARK.match(line.text)
    return found[1] if found and _WORDS.search(line.text[found.end() :]) else None


def _notes(lines: Sequence[Line], marks: set[str], rule: float) -> list[Footnote]:
    """Joins the lines of notes; each begins with one of the marks, or with any below a rule."""
    notes: list[Footnote] = []
    for line in lines:
        found = _MARK.match(line.text)
        if found and (found[1] in marks or line.top > rule or not notes):
            notes.append(Footnote(found[1], line.text[found.end() :]))
        else:
            notes[-1] = Footnote(notes[-1].mark, notes[-1].text + line.text)
    return notes
