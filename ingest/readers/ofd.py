"""OFD (GB/T 33190-2016) to pages: the text as it lies on each page; watermarks, annotations and seals apart."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from ingest.errors import NoText
from ingest.pages import Page
from ingest.readers.aligned import aligned
from ingest.readers.level_rules import Level, between
from ingest.readers.ofd_lines import lines_of, once
from ingest.readers.ofd_objects import IDENTITY, Drawn, Glyph, Matrix, Rule, draw
from ingest.readers.ofd_package import Sheet, points, sheets
from ingest.readers.ofd_tables import ruled
from ingest.readers.package import Element, Package
from ingest.readers.sides import Upright, open_sides

_NO_SIGN = re.compile(r"[\ue000-\uf8ff\ufffd\x00-\x1f\x80-\x9f\U000f0000-\U0010ffff]")
_GARBLED = 0.1
"""Share of codes without a meaning of their own among those outside ASCII, from which on a text is no text."""

_OUTLINES = 5
"""Characters drawn as shapes, not written, from which on a page is warned of: a few may be ornament."""


def read(name: str, data: bytes) -> tuple[Page, ...]:
    """Reads every page of an OFD.

    :param name: file name, for messages.
    :raises UnreadableFile: if the package is damaged, too large or lacks a part, or its text is none.
    :raises NoText: if no page has text.
    """
    package = Package(name, data, "OFD")
    found, graphics, documents = sheets(package)
    uses = Counter(template for sheet in found for template, _ in sheet.backgrounds)
    pages = tuple(_page(sheet, graphics, uses) for sheet in found)
    if not any(page.lines or page.grids for page in pages):
        raise NoText(name, f"{len(pages)} 页都没有文字，像是扫描图片", "请先做文字识别（OCR）或换用带文字的版本")
    text = [char for page in pages for line in page.lines for char in line.text if not char.isascii()]
    if len(_NO_SIGN.findall("".join(text))) > _GARBLED * len(text):
        package.fault("的文字是没有意义的代码，页面上的字读不出来", "请换用 PDF 或 DOCX 版本，或先做文字识别（OCR）")
    if documents == 1:
        return pages
    joined = f"文件里有 {documents} 个文档，已按顺序连在一起读入"
    return (replace(pages[0], warnings=(*pages[0].warnings, joined)), *pages[1:])


def _page(sheet: Sheet, graphics: dict[str, Element], uses: Counter[str]) -> Page:
    """A page: its content with the templates that serve no other page; what serves several is no text of the document."""
    left, top, width, height = sheet.box
    origin: Matrix = (*IDENTITY[:4], -left, -top)
    drawn, aside = Drawn(), Drawn()
    for template, content in sheet.backgrounds:
        draw(content, graphics, drawn if uses[template] == 1 else aside, origin, is_background=True)
    draw(sheet.content, graphics, drawn, origin)
    for annotation in sheet.annotations:
        draw(annotation, graphics, aside, origin, is_background=True)
    glyphs = [one for one in once(drawn.glyphs) if _is_on(one, points(width), points(height))]
    surplus = Counter(glyph.text for glyph in drawn.glyphs)
    surplus.subtract(glyph.text for glyph in glyphs)
    levels = [Level(rule.top, rule.x0, rule.x1) for rule in drawn.rules if rule.is_level]
    uprights = [Upright(rule.x0, rule.top, rule.bottom) for rule in drawn.rules if not rule.is_level]
    sides = [Rule(side.x, side.top, side.x, side.bottom) for side in open_sides(levels, uprights)]
    tables = ruled(glyphs, [*drawn.rules, *sides], sheet.number, points(width))
    marks = [*drawn.aside, *aside.aside, *(line.text for line in lines_of(aside.glyphs, sheet.number))]
    marks += [text * count for text, count in sorted(surplus.items()) if count]
    by_rules, rest = between(list(lines_of(tables.outside, sheet.number)), levels)
    by_places, rest = aligned(rest)
    return Page(
        number=sheet.number, width=round(points(width), 2), height=round(points(height), 2),
        lines=tuple(rest), grids=(*tables.grids, *by_rules, *by_places), frames=tables.frames,
        marks=tuple(mark for mark in marks if mark.strip()), characters=drawn.characters + aside.characters,
        warnings=_doubts(drawn),
    )  # fmt: skip


def _is_on(glyph: Glyph, width: float, height: float) -> bool:
    """Whether the middle of a character lies on the page."""
    return 0 <= (glyph.x0 + glyph.x1) / 2 <= width and 0 <= (glyph.top + glyph.bottom) / 2 <= height


def _doubts(drawn: Drawn) -> tuple[str, ...]:
    """What of a page could not be read."""
    if not drawn.glyphs and (drawn.pictures or drawn.outlines):
        return ("没有文字，像是扫描图片，其内容没有读入",)
    if drawn.outlines >= _OUTLINES:
        return (f"有 {drawn.outlines} 处像是画成图形的文字，没有读入",)
    return ()
