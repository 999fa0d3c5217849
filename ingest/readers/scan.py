"""Pictures of text to glyphs, by OCR (RapidOCR). The only file that imports rapidocr, an extra."""

from __future__ import annotations

import importlib.util
import math
from collections.abc import Iterator, Sequence
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

_LIKE_BODY = 0.15
"""Type sizes are measured on a picture; one that differs by less than this from the body's is the body's."""

_MARKS = "()<>,.:;?!"


def is_installed() -> bool:
    """Whether the extra ``ocr`` is there."""
    return all(importlib.util.find_spec(name) is not None for name in ("rapidocr", "onnxruntime"))


@cache
def _engine() -> Any:
    import logging

    from rapidocr import RapidOCR

    logging.getLogger("RapidOCR").setLevel(logging.WARNING)
    return RapidOCR(params={"Global.use_cls": False, "Global.log_level": "warning"})


def read_picture(picture: Any, scale: float) -> tuple[list[Char], int]:
    """Reads the words on a picture of a page.

    :param picture: a Pillow image.
    :param scale: its pixels to a point.
    :return: a character each, shaped as pdfplumber's are, each with ``confidence`` (0-1); and by how many degrees
        clockwise the picture had to be turned.
    """
    found = _words(picture)
    turn = 0
    if _stands_wrong(found):
        ways = (90, 270) if _is_sideways(found) else (180,)
        turned = {way: _words(picture.rotate(-way, expand=True)) for way in ways}
        turn = max([0, *ways], key=lambda way: _certainty(turned.get(way, found)))
        found = turned.get(turn, found)
    height = (picture.width if turn in (90, 270) else picture.height) / scale
    straight = [word for word in found if abs(_slant(word[0])) <= _SLANT]
    body = _body([_size(word, scale) for word in straight])
    return [char for word in straight for char in _chars(word, scale, height, body)], turn


def _words(picture: Any) -> list[tuple[Any, str, float]]:
    """Quadrilateral (four corners in pixels), text and confidence of each run of words."""
    import numpy as np

    found = _engine()(np.asarray(picture.convert("RGB")))
    return [] if found.boxes is None else list(zip(found.boxes, found.txts, found.scores, strict=True))


def _certainty(words: Sequence[tuple[Any, str, float]]) -> float:
    return sum(score * len(text) for _, text, score in words) / max(1, sum(len(text) for _, text, _ in words))


def _stands_wrong(words: Sequence[tuple[Any, str, float]]) -> bool:
    return _is_sideways(words) or (bool(words) and _certainty(words) < _CERTAIN)


def _is_sideways(words: Sequence[tuple[Any, str, float]]) -> bool:
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
    return before >= "\u2e80" or (text[place] in "(<" and after >= "\u2e80") or (text[place] == ")" and before.isdigit())


def _size(word: tuple[Any, str, float], scale: float) -> float:
    """Type size in points: from the pitch of the characters, or from the height of a short word."""
    x0, top, x1, bottom = _extent(word[0])
    ems = sum(_weights(word[1]))
    return round((x1 - x0) / ems / scale if ems >= 4 else 0.8 * (bottom - top) / scale, 1)


def _body(sizes: Sequence[float]) -> float:
    return sorted(sizes)[len(sizes) // 2] if sizes else 0.0


def _chars(word: tuple[Any, str, float], scale: float, height: float, body: float) -> Iterator[Char]:
    """Spreads the characters of a word over its box by their widths; all stand on one baseline."""
    box, text, score = word
    x0, top, x1, bottom = (edge / scale for edge in _extent(box))
    size = _size(word, scale)
    if abs(size - body) <= _LIKE_BODY * body:
        size = body
    weights = _weights(text)
    em = (x1 - x0) / sum(weights)
    middle = (top + bottom) / 2
    for char, weight in zip(text, weights, strict=True):
        yield {
            "text": char, "x0": x0, "x1": x0 + weight * em, "top": middle - size / 2, "bottom": middle + size / 2,
            "size": size, "y0": height - middle - size / 2, "matrix": (1, 0, 0, 1, x0, height - middle - size / 2),
            "confidence": float(score),
        }  # fmt: skip
        x0 += weight * em
