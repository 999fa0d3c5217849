"""The visible characters of a page counted a second way, so that what the parser drops does not go unseen."""

from __future__ import annotations

from html.parser import HTMLParser

from ingest.readers.html.flow import visible
from ingest.readers.html.tree import INVISIBLE

_SILENT = ("script", "style", "noscript", "title")


def count_characters(markup: str) -> int:
    """Counts what stands outside tags, scripts and styles, token by token and without a tree."""
    counter = _Counter()
    counter.feed(markup)
    counter.close()
    return counter.count


class _Counter(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.count = 0
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in _SILENT

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in _SILENT and self._silent > 0

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.count += visible(data.translate(INVISIBLE))
