"""Elements and properties of WordprocessingML, in its transitional and its strict namespace alike."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

Element = etree._Element

_SPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_OFF = frozenset(["0", "false", "off"])

DROPPED = frozenset(["del", "moveFrom", "Fallback", "rPrChange", "pPrChange", "instrText", "delText", "delInstrText"])
"""Elements whose text the final document does not show: what was deleted or moved away, and doubles for old programs."""


def local(element: Element) -> str:
    """Name of an element without its namespace; empty for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def child(element: Element | None, *path: str) -> Element | None:
    """The first element down a path of local names, or None."""
    for name in path:
        if element is None:
            return None
        element = next((one for one in element if local(one) == name), None)
    return element


def children(element: Element, name: str) -> Iterator[Element]:
    """The children of that local name."""
    return (one for one in element if local(one) == name)


def value(element: Element | None, name: str = "val") -> str | None:
    """An attribute of WordprocessingML, or None."""
    if element is None:
        return None
    for space in _SPACES:
        found = element.get(f"{{{space}}}{name}")
        if found is not None:
            return str(found)
    return None


def number(element: Element | None, name: str = "val") -> int | None:
    """An attribute that is a whole number, or None if it is missing or none."""
    text = (value(element, name) or "").removesuffix(".0")
    return int(text) if text.removeprefix("-").isdecimal() and len(text) < 10 else None


def switched(properties: Element | None, name: str) -> bool | None:
    """A property that is on or off, or None where it is not stated."""
    found = child(properties, name)
    return None if found is None else (value(found) or "1") not in _OFF


def visible(text: str) -> int:
    """How many characters of a text are to be seen."""
    return sum(not char.isspace() for char in text)
