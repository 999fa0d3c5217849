"""The glyphs of a PDF page made ready for lines: which way they run, which are drawn twice, which are no text."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

Char = dict[str, Any]

UNKNOWN = "\ufffd"
"""What stands for a glyph that its font gives no Unicode for."""

_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
"""Characters that are never drawn: zero-width spaces and joiners, the soft hyphen."""

_SLANT = 5
"""Glyphs turned by more than so many degrees from the page's edges are a watermark's or a seal's."""

_DOUBLE = 0.4
"""The same character again, less than this share of itself away, is drawn double."""

_VERTICAL = 0.6
"""A page where this share of glyphs stands below the one before is set in columns from right to left (竖排)."""


def legible(chars: Iterable[Char]) -> list[Char]:
    """Leaves out what is never drawn, and writes a glyph without Unicode, (cid:31), as one replacement character."""
    kept = []
    for char in chars:
        text = UNKNOWN if char["text"].startswith("(cid:") else char["text"].translate(_INVISIBLE)
        if text:
            kept.append(char if text == char["text"] else {**char, "text": text})
    return kept


def direction(char: Char) -> int | None:
    """Which way a glyph's line runs, in degrees anticlockwise: 0, 90, 180 or 270; None where it is slanted."""
    a, b = char["matrix"][:2]
    angle = math.degrees(math.atan2(b, a)) % 360
    nearest = round(angle / 90) * 90
    return nearest % 360 if abs(angle - nearest) <= _SLANT else None


def turn_of(chars: Sequence[Char]) -> tuple[int, int]:
    """How a page must be turned so that its lines run left to right and top to bottom.

    :return: degrees clockwise, and the direction that the page's glyphs have once it is so turned.
    """
    ways = Counter(way for char in chars if not char["text"].isspace() and (way := direction(char)) is not None)
    main = max(ways, key=lambda way: (ways[way], -way), default=0)
    if main == 0 and _runs_down([char for char in chars if direction(char) == 0 and not char["text"].isspace()]):
        return 270, 90
    return main, 0


def _runs_down(chars: Sequence[Char]) -> bool:
    pairs = list(zip(chars, chars[1:], strict=False))
    below = sum(
        abs(_middle(one) - _middle(two)) < 0.3 * one["size"]
        and 0.7 * one["size"] < two["top"] - one["top"] < 2 * one["size"]
        for one, two in pairs
    )
    return len(pairs) > 20 and below > _VERTICAL * len(pairs)


def _middle(char: Char) -> float:
    return float(char["x0"] + char["x1"]) / 2


def once(chars: Sequence[Char]) -> list[Char]:
    """Drops characters drawn again over themselves, which is how some programs make bold type."""
    kept: dict[tuple[str, float, int, int], list[Char]] = {}
    clean = []
    for char in chars:
        size = round(char["size"], 1)
        column, row = int(char["x0"] // (size or 1.0)), int(char["top"] // (size or 1.0))
        near = [(char["text"], size, column + x, row + y) for x in (-1, 0, 1) for y in (-1, 0, 1)]
        if char["text"].isspace() or not any(_over(char, twin) for place in near for twin in kept.get(place, ())):
            kept.setdefault((char["text"], size, column, row), []).append(char)
            clean.append(char)
    return clean


def _over(char: Char, twin: Char) -> bool:
    near = _DOUBLE * (char["x1"] - char["x0"])
    return bool(abs(char["x0"] - twin["x0"]) < near and abs(char["top"] - twin["top"]) < _DOUBLE * char["size"])


def surplus(raw: Sequence[Char], shown: Sequence[Char]) -> tuple[str, ...]:
    """Characters of the layer that are no text of the page: doubles, watermarks, what lies off the page."""
    return runs(letters(raw) - letters(shown))


def letters(chars: Iterable[Char]) -> Counter[str]:
    """How often each character occurs."""
    return Counter(char["text"] for char in chars)


def runs(counts: Counter[str]) -> tuple[str, ...]:
    """The visible ones of some characters, each as often as it occurs."""
    return tuple(text * count for text, count in sorted(counts.items()) if count > 0 and not text.isspace())


def joined(chars: Sequence[Char]) -> tuple[str, ...]:
    """Characters in the order they are drawn as one string, if there are any: the words of a watermark."""
    text = "".join(char["text"] for char in chars if not char["text"].isspace())
    return (text,) if text else ()


def visible(chars: Iterable[Char]) -> int:
    """How many visible characters some glyphs stand for; a ligature stands for several."""
    return sum(not letter.isspace() for char in chars for letter in char["text"])
