"""The source file as it was indexed, and the picture of a page of it: pypdfium2 renders, Pillow frames and writes."""

from __future__ import annotations

import hashlib
import io
import math
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from index.errors import PictureError
from ingest import reader_of
from ingest.records import Box, SourceFile

RESOLUTION = 110
"""Dots an inch: text of size 16 is well read, and a page is about 200 kilobytes."""

_POINTS = 72
_ONE_AT_A_TIME = threading.Lock()  # PDFium is not safe in threads
_COMPRESSION = 3  # of a page of text half the time of the usual 6, and a tenth more bytes
_MOST_PIXELS = 24_000_000  # a larger sheet is drawn coarser, as an A0 plan at 220 dots an inch
_MARGIN = 2.0
_FILL = (255, 205, 60, 70)
_EDGE = (192, 57, 43, 230)


def page_picture(
    source: SourceFile, path: Path, page: int, boxes: Sequence[Box] = (), resolution: int = RESOLUTION
) -> bytes:
    """Draw one page of a source file.

    :param source: the file as it was indexed.
    :param path: where it lies now.
    :param page: page number from 1.
    :param boxes: rectangles to frame; those of other pages are left out.
    :param resolution: dots an inch.
    :return: a PNG picture.
    :raises PictureError: when the file is gone, is another one now, has no pages, or no such page.
    """
    reader = reader_of(source.format)
    if not reader.has_pages:
        raise PictureError(f"{source.path} 是{reader.label}，没有页面图", "请直接查看条款原文")
    scale = resolution / _POINTS
    picture = _render(unchanged(source, path), source.path, page, scale)
    framed = [_pixels(box, scale) for box in boxes if box.page == page]
    buffer = io.BytesIO()
    (_frame(picture, framed) if framed else picture).save(buffer, format="PNG", compress_level=_COMPRESSION)
    return buffer.getvalue()


def unchanged(source: SourceFile, path: Path) -> bytes:
    """Give the bytes of a source file.

    :param source: the file as it was indexed.
    :param path: where it lies now.
    :return: the bytes that were indexed, never others.
    :raises PictureError: when the file is gone or is another one now.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise PictureError(f"打不开源文件 {path}（{error.strerror}）", "请放回原处，或重建知识库") from error
    if hashlib.sha256(data).hexdigest() != source.sha256:
        raise PictureError(f"源文件 {path} 已不是建库时的那一份", "请换回原文件，或重建知识库")
    return data


def _render(data: bytes, name: str, page: int, scale: float) -> Any:  # noqa: ANN401 - a Pillow image, imported late
    import pypdfium2

    with _ONE_AT_A_TIME:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            raise PictureError(f"{name} 无法绘制成图", "请直接查看条款原文") from error
        try:
            if not 1 <= page <= len(document):
                raise PictureError(f"{name} 没有第{page}页", f"共 {len(document)} 页，请另选页码")
            sheet = document[page - 1]
            width, height = sheet.get_size()
            bound = math.sqrt(_MOST_PIXELS / max(width * height, 1))
            return sheet.render(scale=min(scale, bound)).to_pil().convert("RGB")
        finally:
            document.close()


def _pixels(box: Box, scale: float) -> tuple[int, int, int, int]:
    return (
        round((box.x0 - _MARGIN) * scale),
        round((box.top - _MARGIN) * scale),
        round((box.x1 + _MARGIN) * scale),
        round((box.bottom + _MARGIN) * scale),
    )


def _frame(picture: Any, rectangles: Sequence[tuple[int, int, int, int]]) -> Any:  # noqa: ANN401 - a Pillow image
    """Tint the rectangles and draw one line round their union, so that the lines of a sentence read as one."""
    from PIL import Image, ImageChops, ImageDraw, ImageFilter

    mask = Image.new("L", picture.size, 0)
    for rectangle in rectangles:
        ImageDraw.Draw(mask).rectangle(rectangle, fill=255)
    edge = ImageChops.subtract(mask.filter(ImageFilter.MaxFilter(5)), mask)
    for area, (*colour, alpha) in ((mask, _FILL), (edge, _EDGE)):
        layer = Image.new("RGB", picture.size, tuple(colour))
        picture.paste(layer, mask=area.point(lambda value, alpha=alpha: value * alpha // 255))
    return picture
