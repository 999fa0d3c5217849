"""Pictures of text to glyphs, by OCR (RapidOCR). The only file that imports rapidocr, an extra."""

from __future__ import annotations

import importlib.util
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from ingest.readers.glyphs import Char

MOST_PAGES = 10
"""Reading a picture takes some seconds; more pages than this would take more than a minute."""

LONG_SIDE = 1700
"""Pixels of a page's longer side as it is read: A4 at 145 dots an inch, on which type of 9 points is well read."""

MOST_PIXELS = 200_000_000
"""A picture with more pixels is not unpacked, which would take more than a gigabyte."""

REMEDY = '请先做文字识别（OCR；装了 pip install ".[ocr]" 就由本程序识别）或换用带文字的版本'

_SLANT = 8
"""Words turned by more than so many degrees are a seal's or a watermark's."""

_CERTAIN = 0.75
"""Of a page that stands the right way up, lines are read with more confidence than this on average."""

_LIKE_BODY = 0.1
_LIKE_BODY_SHORT = 0.35
"""Type sizes are measured on a picture; one that differs by less than this from the body's is the body's."""

_SPACED = 1.15
_LONG = 4
"""The pitch of a word of so many characters is measured well, that of a shorter one is not."""

_HEAD = 0.45
"""Share of the first page that its red head (发文机关标志) takes at most."""

_MARKS = "()<>,.:;?!"


Word = tuple[Any, str, float]
"""Four corners in pixels, text, and confidence of a run of words."""


def is_installed() -> bool:
    """Whether the extra ``ocr`` is there."""
    return all(importlib.util.find_spec(name) is not None for name in ("rapidocr", "onnxruntime"))


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR

    # Lines are found on a smaller picture than they are read on, which halves the time and loses nothing.
    sizes = {"Det.limit_type": "max", "Det.limit_side_len": 960}
    return RapidOCR(params={"Global.use_cls": False, "Global.log_level": "warning", **sizes})


@dataclass(frozen=True)
class Reading:
    """The words on a picture of a page: ``scale`` its pixels to a point, ``height`` its points.

    ``turn`` is by how many degrees clockwise it had to be turned; all places are those of the turned picture.
    """

    words: tuple[Word, ...]
    scale: float
    height: float
    turn: int


def read_picture(picture: Any, scale: float, first: bool) -> Reading:
    """Reads the words on a picture of a page, but not those of red seals.

    :param picture: a Pillow image.
    :param scale: its pixels to a point.
    :param first: whether it is the document's first page, whose head is red too.
    """
    picture = _without_seals(picture, _HEAD if first else 0.0)
    found = _words(picture)
    turn = 0
    if _stands_wrong(found):
        # The words of a page that lies on its side are read from tall boxes, but not its lines in their order.
        ways = (90, 270) if _is_sideways(found) else (0, 180)
        turned = {way: _words(picture.rotate(-way, expand=True)) if way else found for way in ways}
        turn = max(ways, key=lambda way: _certainty(turned[way]))
        found = turned[turn]
    height = (picture.width if turn in (90, 270) else picture.height) / scale
    return Reading(tuple(word for word in found if abs(_slant(word[0])) <= _SLANT), scale, height, turn)


def characters(readings: Sequence[Reading]) -> list[list[Char]]:
    """The characters of each of a document's pages, shaped as pdfplumber's are, each with ``confidence`` (0-1)."""
    body = _Body.of([(word, reading.scale) for reading in readings for word in reading.words])
    return [[char for word in reading.words for char in _chars(word, reading, body)] for reading in readings]


def _without_seals(picture: Any, head: float) -> Any:
    """The picture as through a red glass below its head: a red seal is gone, and what it was stamped on stays black."""
    from PIL import Image

    picture = picture.convert("RGB")
    top = round(head * picture.height)
    below = picture.crop((0, top, picture.width, picture.height)).getchannel("R")
    picture.paste(Image.merge("RGB", (below, below, below)), (0, top))
    return picture


def _words(picture: Any) -> list[Word]:
    import numpy as np

    found = _engine()(np.asarray(picture))
    return [] if found.boxes is None else list(zip(found.boxes, found.txts, found.scores, strict=True))


def _certainty(words: Sequence[Word]) -> float:
    return sum(score * len(text) for _, text, score in words) / max(1, sum(len(text) for _, text, _ in words))


def _stands_wrong(words: Sequence[Word]) -> bool:
    return _is_sideways(words) or (bool(words) and _certainty(words) < _CERTAIN)


def _is_sideways(words: Sequence[Word]) -> bool:
    tall = sum(_extent(box)[3] - _extent(box)[1] > 1.5 * (_extent(box)[2] - _extent(box)[0]) for box, _, _ in words)
    return 2 * tall > len(words)


def _slant(box: Any) -> float:
    return math.degrees(math.atan2(box[1][1] - box[0][1], box[1][0] - box[0][0]))


def _extent(box: Any) -> tuple[float, float, float, float]:
    xs, ys = [float(corner[0]) for corner in box], [float(corner[1]) for corner in box]
    return min(xs), min(ys), max(xs), max(ys)


def _weights(text: str) -> list[float]:
    """How wide each character is in ems.

    A sign that stands by a Chinese character is the Chinese sign, whichever code the engine gives it, and is drawn
    as wide as one; so it is mended as in a text layer.
    """
    return [
        1.0 if ord(char) > 0x2E7F or char in "—…“”" or (char in _MARKS and _by_han(text, place)) else 0.5
        for place, char in enumerate(text)
    ]


def _by_han(text: str, place: int) -> bool:
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    return (
        before >= "\u2e80" or (text[place] in "(<" and after >= "\u2e80") or (text[place] == ")" and before.isdigit())
    )


def _pitch(word: Word, scale: float) -> float:
    """Points from character to character; a box ends with the ink, so that half of an outer mark is cut off."""
    x0, _, x1, _ = _extent(word[0])
    cut = 0.5 * ((word[1][0] in "（《“") + (word[1][-1] in "。，、；：）》”"))
    return (x1 - x0) / max(0.5, sum(_weights(word[1])) - cut) / scale


def _even(word: Word, scale: float) -> float:
    """Points that an em of a word takes if its characters are spread evenly over its box."""
    x0, _, x1, _ = _extent(word[0])
    return (x1 - x0) / sum(_weights(word[1])) / scale


def _height(word: Word, scale: float) -> float:
    _, top, _, bottom = _extent(word[0])
    return (bottom - top) / scale


@dataclass(frozen=True)
class _Body:
    """The type size of a document's text in points, and how high the boxes of its lines are."""

    size: float
    height: float

    @classmethod
    def of(cls, words: Sequence[tuple[Word, float]]) -> _Body:
        """Takes the middle of the longer half of all words, each given with its scale."""
        long = sorted(words, key=lambda pair: len(pair[0][1]))[len(words) // 2 :]
        sizes, heights = sorted(_pitch(*pair) for pair in long), sorted(_height(*pair) for pair in long)
        return cls(round(sizes[len(sizes) // 2], 1), heights[len(heights) // 2]) if long else cls(0.0, 0.0)

    def size_of(self, word: Word, scale: float) -> float:
        """Type size of a word: from its pitch, or from its height if it is short; the body's where it is near that."""
        by_height = _height(word, scale) * self.size / self.height
        if sum(_weights(word[1])) >= _LONG:
            # Characters may be set wide apart, as in 若 干 措 施.
            size, near = min(_pitch(word, scale), _SPACED * by_height), _LIKE_BODY
        else:
            size, near = by_height, _LIKE_BODY_SHORT
        return self.size if abs(size - self.size) <= near * self.size else round(size, 1)


def _chars(word: Word, reading: Reading, body: _Body) -> Iterator[Char]:
    """Spreads the characters of a word over its box by their widths; all stand on one baseline."""
    box, text, score = word
    x0, top, _, bottom = (edge / reading.scale for edge in _extent(box))
    size, em, middle = body.size_of(word, reading.scale), _even(word, reading.scale), (top + bottom) / 2
    foot = reading.height - middle - size / 2
    for char, weight in zip(text, _weights(text), strict=True):
        yield {
            "text": char, "x0": x0, "x1": x0 + weight * em, "top": middle - size / 2, "bottom": middle + size / 2,
            "size": size, "y0": foot, "matrix": (1, 0, 0, 1, x0, foot), "confidence": float(score),
        }  # fmt: skip
        x0 += weight * em
