"""Parts of a page that are no text of the document: page numbers and running heads."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from ingest.records import Line, Page

_MARGIN = 0.12
"""Share of the page's height at top and bottom where page furniture stands."""

_PAGE_NUMBER = re.compile(
    r"[-—–―－\s·]*(?:第\s*)?[0-9０-９]{1,4}(?:\s*页)?(?:\s*[/／共]\s*(?:共\s*)?[0-9０-９]{1,4}\s*页?)?[-—–―－\s·]*"
)

_REPEATS = 3
"""A line that stands in the margins of at least this many pages, and of half of all, is a running head."""


def furniture(pages: Iterable[Page]) -> frozenset[Line]:
    """Finds the lines of all pages that are page numbers (页码) or running heads (页眉、页脚).

    :return: the lines; a web page has none, since its chrome is not among its lines.
    """
    pages = tuple(pages)
    margins = {line: page for page in pages for line in page.lines if page.height and _in_margin(line, page)}
    numbers = {line for line in margins if _PAGE_NUMBER.fullmatch(line.text)}
    counts = Counter(_shape(line) for line in margins.keys() - numbers)
    often = max(_REPEATS, len(pages) / 2)
    return frozenset(numbers | {line for line in margins if counts[_shape(line)] >= often})


def _in_margin(line: Line, page: Page) -> bool:
    return line.bottom < _MARGIN * page.height or line.top > (1 - _MARGIN) * page.height


def _shape(line: Line) -> tuple[str, int]:
    """What a running head keeps from page to page: its words less any number, and its height on the page."""
    return re.sub(r"\d+", "#", line.text), round(line.top / 3)
