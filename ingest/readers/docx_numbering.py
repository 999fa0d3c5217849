"""Automatic numbering of a DOCX (numbering.xml): the ordinal that each numbered paragraph shows."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ingest.readers.docx_ordinals import ordinal
from ingest.readers.docx_styles import Look, Styles
from ingest.readers.docx_xml import Element, child, children, local, number, switched, value

_PLACE = re.compile(r"%([1-9])")
_LEVELS = 9


@dataclass(frozen=True, slots=True)
class _Level:
    """One level of a list: its format, its text with %1 for the number of level 1, and when it begins again."""

    style: str
    text: str
    start: int
    after: str
    restart: int | None
    is_legal: bool
    is_hidden: bool
    linked: str | None


@dataclass
class _List:
    """An abstract list and how far each of its levels has counted."""

    levels: dict[int, _Level]
    counts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """The lists of a document, which count as its paragraphs are walked in order.

    :param root: ``w:numbering``, or None where the document has none.
    """

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._abstract = {value(one, "abstractNumId") or "": one for one in children(root, "abstractNum")} if root is not None else {}  # fmt: skip
        self._numbers = {value(one, "numId") or "": one for one in children(root, "num")} if root is not None else {}
        self._lists: dict[str, _List] = {}
        self._begun: set[tuple[str, int]] = set()

    def label(self, look: Look) -> str:
        """The ordinal that the next paragraph shows, with the space behind it; empty where it shows none."""
        if look.numbered is None or look.numbered[0] not in self._numbers:
            return ""
        number_id, stated = look.numbered
        found, overrides = self._list(number_id)
        if stated is None:
            stated = next((level for level, one in found.levels.items() if one.linked == look.style), 0)
        levels = {**found.levels, **{place: one for place, (_, one) in overrides.items() if one is not None}}
        if stated not in levels:
            return ""
        starts = {place: start for place, (start, _) in overrides.items() if start is not None}
        self._count(found, number_id, stated, levels, starts)
        return _label(levels, stated, found.counts)

    def _count(
        self, found: _List, number_id: str, level: int, levels: dict[int, _Level], starts: dict[int, int]
    ) -> None:
        """Counts one on at a level; the levels below it begin again."""
        is_first = (number_id, level) not in self._begun
        self._begun.add((number_id, level))
        if is_first and level in starts:
            found.counts[level] = starts[level]
        else:
            found.counts[level] = found.counts[level] + 1 if level in found.counts else levels[level].start
        for below in range(level + 1, _LEVELS):
            restart = levels[below].restart if below in levels else None
            if restart is None or level < restart:
                found.counts.pop(below, None)
        for above in range(level):
            if above in levels:
                found.counts.setdefault(above, levels[above].start)

    def _list(self, number_id: str) -> tuple[_List, dict[int, tuple[int | None, _Level | None]]]:
        """The list that a number id uses, and what the id itself states for its levels."""
        own = self._numbers[number_id]
        abstract_id = self._abstract_of(own)
        if abstract_id not in self._lists:
            self._lists[abstract_id] = _List(_levels(self._abstract.get(abstract_id)))
        overrides = {
            number(one, "ilvl") or 0: (
                number(child(one, "startOverride")),
                _level(level) if (level := child(one, "lvl")) is not None else None,
            )
            for one in children(own, "lvlOverride")
        }
        return self._lists[abstract_id], overrides

    def _abstract_of(self, own: Element) -> str:
        """Id of the abstract list; one that only names a numbering style is that style's."""
        abstract_id = value(child(own, "abstractNumId")) or ""
        for style in self._styles.chain(value(child(self._abstract.get(abstract_id), "numStyleLink"))):
            linked = self._numbers.get(value(child(style, "pPr", "numPr", "numId")) or "")
            if linked is not None:
                return value(child(linked, "abstractNumId")) or ""
        return abstract_id


def _levels(abstract: Element | None) -> dict[int, _Level]:
    found = children(abstract, "lvl") if abstract is not None else ()
    return {number(one, "ilvl") or 0: _level(one) for one in found}


def _level(element: Element) -> _Level:
    # A format that old programs lack stands in an mc:AlternateContent, the new one first.
    styles = [one for one in element.iter() if local(one) == "numFmt"]
    start, properties = number(child(element, "start")), child(element, "rPr")
    return _Level(
        style=(value(styles[0]) if styles else None) or "decimal",
        text=value(child(element, "lvlText")) or "",
        start=1 if start is None else start,
        after=value(child(element, "suff")) or "tab",
        restart=number(child(element, "lvlRestart")),
        is_legal=bool(switched(element, "isLgl")),
        is_hidden=bool(switched(properties, "vanish")),
        linked=value(child(element, "pStyle")),
    )


def _label(levels: dict[int, _Level], level: int, counts: dict[int, int]) -> str:
    own = levels[level]
    if own.is_hidden or own.style == "bullet":
        return ""

    def shown(place: re.Match[str]) -> str:
        other = int(place[1]) - 1
        if other not in levels or other > level:
            return ""
        style = levels[other].style
        return ordinal(counts[other], "decimal" if own.is_legal and style != "none" else style)

    text = _PLACE.sub(shown, own.text)
    return text if own.after == "nothing" or not text else text + " "
