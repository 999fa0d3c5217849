"""Tags of HTML and SVG: text is escaped unless it was made here, so that no document can write into the page."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

VOID = frozenset({"br", "meta"})
"""Tags of HTML that hold nothing and are not closed."""


class Markup(str):
    """Text that is HTML or SVG already."""

    __slots__ = ()


def tag(name: str, /, *children: str, **attributes: str | float | None) -> Markup:
    """Write an element.

    >>> tag("td", "1 < 2", tag("br"), class_="figure", title=None)
    '<td class="figure">1 &lt; 2<br></td>'

    :param name: of the element.
    :param children: what it holds; everything but :class:`Markup` is escaped.
    :param attributes: ``_`` in a name stands for ``-``, one at its end is dropped; None leaves the attribute out.
    :return: the element.
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(_plain(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    inside = join(children)
    return Markup(f"<{name}{written}>" if name in VOID else f"<{name}{written}>{inside}</{name}>")


def join(children: Iterable[str], between: str = "") -> Markup:
    """Put pieces in a row.

    :param children: pieces; everything but :class:`Markup` is escaped.
    :param between: what stands between them; escaped likewise.
    :return: the pieces as one.
    """
    return Markup(_safe(between).join(_safe(child) for child in children))


def _safe(text: str) -> str:
    return text if isinstance(text, Markup) else escape(text)


def _plain(value: str | float) -> str:
    """Write a length with one decimal at most: 12, 12.5."""
    return value if isinstance(value, str) else f"{value:.1f}".removesuffix(".0")
