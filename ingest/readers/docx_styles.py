"""Styles of a DOCX: what a paragraph and its runs inherit of size, alignment, hiding and numbering."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.readers.docx_xml import Element, child, children, number, switched, value

_SIZE = 20
"""Type size in half points where nothing states one (ECMA-376 17.3.2.38)."""

_DEPTH = 20
"""Styles based on styles, at most; a longer chain is a circle."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a paragraph's properties come to: alignment, and (number id, level) of its automatic number, if any."""

    centred: bool
    numbered: tuple[str, int | None] | None
    style: str | None
    is_title: bool


class Styles:
    """The styles of a document by id.

    :param root: ``w:styles``, or None where the document has none.
    """

    def __init__(self, root: Element | None) -> None:
        styles = list(children(root, "style")) if root is not None else []
        self._by_id = {value(style, "styleId") or "": style for style in styles}
        usual = (one for one in styles if value(one, "type") == "paragraph" and value(one, "default") in ("1", "true"))
        self._usual = next((value(style, "styleId") for style in usual), None)
        self._defaults = child(root, "docDefaults", "rPrDefault", "rPr")

    def chain(self, style_id: str | None) -> list[Element]:
        """A style and those it is based on, nearest first."""
        found: list[Element] = []
        while style_id in self._by_id and len(found) < _DEPTH:
            style = self._by_id[style_id]
            found.append(style)
            style_id = value(child(style, "basedOn"))
        return found

    def look(self, properties: Element | None) -> Look:
        """What a paragraph's own properties (``w:pPr``) and its style's say."""
        style_id = value(child(properties, "pStyle")) or self._usual
        chain = self.chain(style_id)
        sources = [properties, *(child(style, "pPr") for style in chain)]
        aligned = next((found for source in sources if (found := value(child(source, "jc")))), "")
        names = [(value(child(style, "name")) or "").lower() for style in chain[:1]]
        return Look(aligned == "center", _numbered(sources), style_id, names == ["title"])

    def size(self, run: Element | None, paragraph: Element | None) -> float:
        """Type size of a run in points."""
        for properties in self._properties(run, paragraph):
            half_points = number(child(properties, "sz"))
            if half_points:
                return half_points / 2
        return _SIZE / 2

    def hidden(self, run: Element | None, paragraph: Element | None) -> bool:
        """Whether a run is hidden text (``w:vanish``)."""
        stated = (switched(properties, "vanish") for properties in self._properties(run, paragraph))
        return next((is_on for is_on in stated if is_on is not None), False)

    def _properties(self, run: Element | None, paragraph: Element | None) -> list[Element | None]:
        """Run properties in the order in which they hold: the run's own, its style's, the paragraph style's."""
        own = self.chain(value(child(run, "rStyle")))
        around = self.chain(value(child(paragraph, "pStyle")) or self._usual)
        return [run, *(child(style, "rPr") for style in (*own, *around)), self._defaults]


def _numbered(sources: list[Element | None]) -> tuple[str, int | None] | None:
    """The nearest numbering that is stated; number id 0 takes away what a style would give.

    The level stays None where only a style gives the number id: then the level that names the style counts.
    """
    level: int | None = None
    for place, source in enumerate(sources):
        properties = child(source, "numPr")
        level = number(child(properties, "ilvl")) if level is None else level
        number_id = value(child(properties, "numId"))
        if number_id is not None:
            stated = level if level is not None or place else 0
            return None if number_id == "0" else (number_id, stated)
    return None
