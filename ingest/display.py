"""Source text to what a reader sees on the page, with the way back for every character."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape

from ingest.records import Span

_MENDED = dict(zip(".,:;?!()<>«»‹›", "。，：；？！（）〈〉《》〈〉", strict=True))
"""ASCII and Latin punctuation, and the Chinese mark that a full-width glyph under its code shows."""

_PRIVATE = {"\U00100170": "·"}
"""Private-use codes that Founder (方正) typesetting puts in a text layer, and the character drawn."""

_RAISED = dict(zip("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹", strict=True))

_RADICALS = dict(
    zip(
        "⺁⺎⺟⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳",
        "厂兀母民虎西见角贝车长门青页风飞食马骨鬼鱼鸟麦黄齐齿龙龟",
        strict=True,
    )
)
"""Radicals that text layers give for the characters of the same shape; Unicode maps only the older ones itself."""

_DIGIT = re.compile(r"\d")
_NARROW = {
    chr(code): chr(code - 0xFEE0) for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
} | {"％": "%"}
"""Full-width digits, letters and per cent sign to half width."""


_ENTITY = re.compile(r"&(?:#\d{2,6}|#[xX][\da-fA-F]{2,5}|[A-Za-z]{2,8}\d{0,2});")
"""A character by its name in markup; in the text of a page it was escaped twice."""


@dataclass(frozen=True)
class Display:
    """Text as the page shows it; ``origins[i]`` is where character i stands in the source text.

    ``ends`` has the place behind it for characters that the source writes with several (&ldquo;), by their index.
    """

    text: str
    origins: tuple[int, ...]
    ends: Mapping[int, int] = field(default_factory=dict)

    def span(self, source: Span) -> Span:
        """The part of the shown text that a span of source text makes."""
        return Span(bisect_left(self.origins, source.start), bisect_left(self.origins, source.end))

    def source(self, shown: Span) -> Span:
        """The part of the source text that a non-empty span of the shown text was made from."""
        last = shown.end - 1
        return Span(self.origins[shown.start], self.ends.get(last, self.origins[last] + 1))

    def of(self, source: Span) -> str:
        """What the page shows for a span of source text."""
        shown = self.span(source)
        return self.text[shown.start : shown.end]


def display(source_text: str, wide: Sequence[bool], raised: Collection[int] = ()) -> Display:
    """Mends what the text layer says to what is drawn.

    A punctuation code whose glyph is drawn full-width is the Chinese mark (the evidence is each glyph's own
    width, so a layer that is right is left alone); full-width digits, letters and ％ become half-width; a space
    that does not part two Latin words or numbers goes; a radical or compatibility character is the usual one of the
    same shape; a raised digit is a superscript; a character that is written by its name (&ldquo;) is the character.

    :param wide: for each source character, whether its glyph is drawn full-width.
    :param raised: the places of characters drawn above the line.
    """
    shown = [
        _RAISED.get(char, char) if place in raised else _mend(source_text, place, wide[place])
        for place, char in enumerate(source_text)
    ]
    behind = _named(source_text, shown)
    inside = {place for start, end in behind.items() for place in range(start + 1, end)}
    stray = _stray_spaces(shown)
    kept = [place for place in range(len(shown)) if place not in inside and place not in stray]
    ends = {index: behind[place] for index, place in enumerate(kept) if place in behind}
    return Display("".join(shown[place] for place in kept), tuple(kept), ends)


def _named(text: str, shown: list[str]) -> dict[int, int]:
    """Puts the character in the place of each name of one (&ldquo;, &#8220;); where these begin and end.

    A name that stands for no one printable character or blank is left as it is.
    """
    behind = {}
    for found in _ENTITY.finditer(text):
        char = unescape(found[0])
        if len(char) == 1 and (char.isprintable() or char.isspace()):
            shown[found.start() : found.end()] = [" " if char.isspace() else char] * len(found[0])
            behind[found.start()] = found.end()
    return behind


def _mend(text: str, place: int, wide: bool) -> str:
    char = text[place]
    if char == "．" or (char == "." and wide):
        after_digit = place > 0 and bool(_DIGIT.match(text[place - 1]))
        before_digit = place + 1 < len(text) and bool(_DIGIT.match(text[place + 1]))
        if (char == "．" and after_digit) or (after_digit and before_digit):
            return "."
    if wide and char in _MENDED:
        return _MENDED[char]
    if char.isspace() and char not in "\n\t":
        return " "
    if "\u2e80" <= char <= "\u2fdf" or "\uf900" <= char <= "\ufaff":
        return _RADICALS.get(char) or unicodedata.normalize("NFKC", char)
    return _PRIVATE.get(char) or _NARROW.get(char, char)


def _stray_spaces(shown: Sequence[str]) -> set[int]:
    """The places of spaces that part no two Latin words; of a run between such words the first is left."""
    stray: set[int] = set()
    place = 0
    while place < len(shown):
        end = place
        while end < len(shown) and shown[end] == " ":
            end += 1
        if end > place:
            neighbours = (shown[place - 1] if place else "\n", shown[end] if end < len(shown) else "\n")
            parts = all(char.isascii() and char.isprintable() for char in neighbours)
            stray.update(range(place + parts, end))
        place = end + 1
    return stray
