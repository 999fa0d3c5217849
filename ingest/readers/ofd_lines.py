"""Characters with their places to printed lines, top to bottom, each left to right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from ingest.pages import Line
from ingest.readers.ofd_objects import Glyph

_SAME_LINE = 0.5
"""Characters whose middles lie closer than this share of the type size stand on one line."""

_DOUBLE = 0.4
"""The same character again, less than this share of itself away, is drawn double."""

_FIELD = 20.0
"""Points of a field of the page; doubles are looked for in the field of a character and those round it."""

_WORDS = 0.25
"""A gap of this share of the type size parts two Latin words."""


def once(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Drops characters drawn again over themselves, which is how some programs make bold type."""
    kept: dict[tuple[str, int, int], list[Glyph]] = {}
    clean = []
    for glyph in glyphs:
        x, y = int(glyph.x0 // _FIELD), int(glyph.top // _FIELD)
        near = (twin for dx in (-1, 0, 1) for dy in (-1, 0, 1) for twin in kept.get((glyph.text, x + dx, y + dy), ()))
        if not any(_over(glyph, twin) for twin in near):
            kept.setdefault((glyph.text, x, y), []).append(glyph)
            clean.append(glyph)
    return clean


def _over(glyph: Glyph, twin: Glyph) -> bool:
    near = _DOUBLE * (glyph.x1 - glyph.x0)
    return abs(glyph.x0 - twin.x0) < near and abs(glyph.top - twin.top) < _DOUBLE * glyph.size


def lines_of(glyphs: Sequence[Glyph], page: int) -> Iterator[Line]:
    """Groups characters into lines."""
    groups: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda one: (_middle(one), one.x0)):
        if groups and _middle(glyph) - _middle(groups[-1][0]) < _SAME_LINE * min(glyph.size, groups[-1][0].size):
            groups[-1].append(glyph)
        else:
            groups.append([glyph])
    for group in groups:
        yield _line(sorted(group, key=lambda one: one.x0), page)


def _middle(glyph: Glyph) -> float:
    return (glyph.top + glyph.bottom) / 2


def _line(glyphs: list[Glyph], page: int) -> Line:
    text, edges = "", []
    for before, glyph in zip([None, *glyphs], glyphs, strict=False):
        if before is not None and _apart(before, glyph):
            text += " "
            edges.append((round(before.x1, 2), round(glyph.x0, 2)))
        text += glyph.text
        edges.append((round(glyph.x0, 2), round(glyph.x1, 2)))
    sizes = Counter(round(glyph.size, 1) for glyph in glyphs)
    return Line(
        text=text,
        page=page,
        top=round(min(glyph.top for glyph in glyphs), 2),
        bottom=round(max(glyph.bottom for glyph in glyphs), 2),
        size=max(sizes, key=lambda size: (sizes[size], size)),
        edges=tuple(edges),
    )


def _apart(left: Glyph, right: Glyph) -> bool:
    """Whether a gap parts two words: any two in Latin letters, others by a whole character."""
    gap = right.x0 - left.x1
    is_latin = left.text.isascii() and right.text.isascii() and left.text.isalnum() and right.text.isalnum()
    return gap > (_WORDS if is_latin else 1.0) * left.size
