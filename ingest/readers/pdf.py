"""PDF to pages: characters to lines, ruled tables, and frames. The only file that imports pdfplumber."""

from __future__ import annotations

import io
import logging
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from ingest.errors import IngestError, NoText, UnreadableFile
from ingest.pages import Grid, Line, Page
from ingest.readers import aligned, columns, footnotes, glyphs, legibility, level_rules, lines, ruling, scan
from ingest.readers.glyphs import Char
from ingest.readers.level_rules import Level
from ingest.readers.pdf_fonts import guard
from ingest.readers.pdf_size import MOST_BYTES, drawn
from ingest.records import Box

VERSION = "2-ocr" if scan.is_installed() else "2"
"""Pictures of text are read only where OCR is installed, so that the same file may be read otherwise without."""

MOST_PAGES = 400
MOST_CHARACTERS = 1_000_000
"""A longer file would take more than a minute."""

_FEW = 20
"""A page with fewer characters than this, and pictures or curves, is a picture of text."""

_PICTURE = 0.3
_OUTLINES = 200
_ASIDE = 0.05
_LOST = "压缩的数据有损坏，没有全部解出，本页可能缺字；请重新下载，或与原件核对"

logging.getLogger("pdfminer").addHandler(logging.NullHandler())  # what it says of fonts is no message for a user


@dataclass
class _Sheet:
    """One page as read; ``fault`` is why it could not be, if so: ``扫描`` or ``乱码``.

    ``note_rule`` is how far down the page the rule above its footnotes stands, ``columns`` where those of the table begin
    that it ends with.
    """

    page: Page
    letters: Counter[str] = field(default_factory=Counter)
    fault: str | None = None
    note_rule: float | None = None
    columns: tuple[float, ...] = ()


def read(name: str, data: bytes) -> tuple[Page, ...]:
    """Reads every page of a PDF.

    Pages without a text layer, or with one that says something else than the page shows, are read by OCR where that is
    installed; else a page says so in its warnings, and a file of which most pages are so is refused.

    :param name: file name, for messages.
    :raises UnreadableFile: if the file is damaged, encrypted, too long or has no pages.
    :raises NoText: if most pages have no readable text.
    """
    import pdfplumber

    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            guard(pdf.rsrcmgr)
            count = len(pdf.pages)
            if count > MOST_PAGES:
                raise UnreadableFile(name, f"PDF 有 {count} 页，一次最多读 {MOST_PAGES} 页", "请拆分成几个文件后再读")
            sheets = _sheets(name, pdf.pages)
            if legibility.is_other_text(sum((sheet.letters for sheet in sheets if not sheet.fault), Counter())):
                for sheet in sheets:
                    sheet.fault = sheet.fault or ("乱码" if sheet.letters else None)
            pages = _recovered(name, pdf, sheets)
    except IngestError:
        raise
    except Exception as error:  # pdfminer raises whatever the damaged bytes provoke
        raise _fault(name, error) from error
    if not pages:
        raise UnreadableFile(name, "PDF 中没有页面", "文件可能已损坏，请重新下载或重新导出")
    rules = {sheet.page.number: sheet.note_rule for sheet in sheets if sheet.note_rule is not None}
    return footnotes.parted(pages, rules)


def _fault(name: str, error: Exception, page: int | None = None) -> UnreadableFile:
    causes = {type(cause).__name__ for cause in (error, *error.args) if isinstance(cause, BaseException)}
    if "PDFPasswordIncorrect" in causes:
        return UnreadableFile(name, "PDF 已加密，需要口令", "请用口令打开后另存为不加密的 PDF", page)
    return UnreadableFile(name, "PDF 已损坏，无法解析", "请重新下载，或用原软件重新导出 PDF", page)


def _recovered(name: str, pdf: Any, sheets: Sequence[_Sheet]) -> tuple[Page, ...]:
    """Pages with text as they are, the others by OCR, or with a warning in place of their text."""
    faulty = [sheet for sheet in sheets if sheet.fault]
    able = scan.MOST_PAGES if scan.is_installed() else 0
    readable = sum(not sheet.fault and bool(sheet.page.lines or sheet.page.grids) for sheet in sheets)
    rest = faulty[able:]
    if sheets and len(rest) >= readable and (rest or not faulty):
        raise _no_text(name, sheets, faulty, able)
    by_ocr = _scanned([pdf.pages[sheet.page.number - 1] for sheet in faulty[:able]])
    pages = tuple(by_ocr.get(sheet.page.number) or (_unread(sheet) if sheet.fault else sheet.page) for sheet in sheets)
    if sheets and not any(page.lines or page.grids for page in pages):
        raise NoText(name, f"{len(sheets)} 页图片中没有识别出文字", "请换用清晰的扫描件，或带文字的版本")
    return pages


def _no_text(name: str, sheets: Sequence[_Sheet], faulty: Sequence[_Sheet], able: int) -> NoText:
    garbled = sum(sheet.fault == "乱码" for sheet in faulty)
    part = f"{len(sheets)} 页" if len(faulty) in (0, len(sheets)) else f"{len(sheets)} 页中有 {len(faulty)} 页"
    both = "都" if len(faulty) in (0, len(sheets)) else ""
    if 2 * garbled > len(faulty):
        problem = f"{part}的文字层{both}是乱码（字体没有对应的文字编码，读出来不是页面上的字）"
    else:
        problem = f"{part}{both}没有文字层，像是扫描图片"
    if able:
        return NoText(name, problem, f"一次最多识别 {able} 页，请拆分成几个文件，或换用带文字的版本")
    return NoText(name, problem, scan.REMEDY)


def _unread(sheet: _Sheet) -> Page:
    """A page whose text is set aside, and which says so."""
    what = "文字层是乱码" if sheet.fault == "乱码" else "没有文字层，像是扫描图片"
    remedy = f"一次最多识别 {scan.MOST_PAGES} 页，请拆分文件" if scan.is_installed() else scan.REMEDY
    return replace(
        sheet.page, lines=(), grids=(), frames=(), regions=(), marks=glyphs.runs(sheet.letters),
        warnings=(f"{what}，本页未读入；{remedy}",),
    )  # fmt: skip


def _scanned(pages: Sequence[Any]) -> dict[int, Page]:
    """Pages read by OCR, by number."""
    sound = [page for page in pages if all(math.prod(image["srcsize"]) <= scan.MOST_PIXELS for image in page.images)]
    readings = [_picture_read(page) for page in sound]
    done = {
        page.page_number: Page(
            page.page_number,
            float(page.width),
            float(page.height),
            (),
            warnings=("图片太大，本页未读入；请换用较小的扫描件",),
        )
        for page in pages
    }
    for page, reading, chars in zip(sound, readings, scan.characters(readings), strict=True):
        width, height = float(page.width), float(page.height)
        if reading.turn in (90, 270):
            width, height = height, width
        flow, regions, grids = _flow(chars, page.page_number, width, height)
        done[page.page_number] = Page(
            page.page_number, width, height, flow, grids, characters=glyphs.visible(chars), regions=regions,
            turn=reading.turn, warnings=("文字由图片识别（OCR）得出，引用前请与原件核对",),
        )  # fmt: skip
    return done


def _picture_read(page: Any) -> scan.Reading:
    scale = scan.LONG_SIDE / max(page.width, page.height)
    picture = page.to_image(resolution=72 * scale, antialias=True).original
    page.close()
    return scan.read_picture(picture, scale, page.page_number == 1)


def _sheets(name: str, pages: Sequence[Any]) -> list[_Sheet]:
    """Reads the text layers of all pages, as long as they are of a size that can be read in a minute."""
    sheets: list[_Sheet] = []
    total = unpacked = 0
    for page in pages:
        size, whole = drawn(page)
        unpacked += size
        if unpacked > MOST_BYTES:
            problem = f"到本页已有 {unpacked >> 20} MB 以上的绘图指令，超过上限 {MOST_BYTES >> 20} MB"
            raise UnreadableFile(name, problem, "请拆分成几个文件，或用原软件重新导出 PDF", page.page_number)
        sheet = _sheet(name, page, sheets[-1].columns if sheets else ())
        if not whole:
            sheet.page = replace(sheet.page, warnings=(*sheet.page.warnings, _LOST))
        sheets.append(sheet)
        total += sheets[-1].page.characters
        if total > MOST_CHARACTERS:
            problem = f"到本页已有 {total} 个字符，一次最多读 {MOST_CHARACTERS} 个"
            raise UnreadableFile(name, problem, "请拆分成几个文件后再读", page.page_number)
    return sheets


def _sheet(name: str, page: Any, before: Sequence[float]) -> _Sheet:
    try:
        return _read(page, before)
    except Exception as error:  # as above: one page may be damaged alone
        raise _fault(name, error, page.page_number) from error
    finally:
        page.close()


def _read(page: Any, before: Sequence[float]) -> _Sheet:
    raw = glyphs.legible(page.chars)
    turn, way = glyphs.turn_of(raw)
    if turn:
        page = _turned(page, turn)
        raw = glyphs.legible(page.chars)
    number, width, height = page.page_number, float(page.width), float(page.height)
    clean = glyphs.once(raw)
    shown = [char for char in clean if glyphs.direction(char) == way and _on_page(char, page)]
    slanted = [char for char in clean if glyphs.direction(char) is None and _on_page(char, page)]
    blank = Page(number, width, height, (), characters=glyphs.visible(raw), turn=turn)
    if glyphs.visible(raw) < _FEW and _is_picture(page):
        return _Sheet(blank, glyphs.letters(raw), "扫描")
    if legibility.is_garbled(shown):
        return _Sheet(blank, glyphs.letters(raw), "乱码")
    warnings = _warnings(page, clean, shown)
    grids: list[Grid] = []
    frames: list[Box] = []
    levels: list[Level] = []
    ends: tuple[float, ...] = ()
    loose = shown
    if ruling.is_drawing(page):
        warnings.append("线条过多，像是图纸，本页的表格未识别")
    else:
        found = ruling.find(page)
        grids, loose, ends = ruling.tables(found, shown, number, before)
        frames, levels = ruling.frames(found, width, number), ruling.levels(found)
    flow, regions, unruled = _flow(loose, number, width, height, levels)
    return _Sheet(
        replace(
            blank, lines=flow, grids=(*grids, *unruled), frames=tuple(frames), regions=regions,
            marks=glyphs.surplus(raw, shown), aside=glyphs.joined(slanted), warnings=tuple(warnings),
        ),
        glyphs.letters(raw),
        note_rule=ruling.note_rule(page),
        columns=ends,
    )  # fmt: skip


def _flow(
    chars: Sequence[Char], number: int, width: float, height: float, levels: Sequence[Level] = ()
) -> tuple[tuple[Line, ...], tuple[Box, ...], tuple[Grid, ...]]:
    """The lines of a page in reading order, its columns, and the tables among its lines that no cells enclose."""
    regions = columns.regions(chars, number, width, height)
    flow: list[Line] = []
    grids: list[Grid] = []
    for part in columns.split(chars, regions):
        by_rules, rest = level_rules.between(list(lines.lines(part, number)), levels)
        by_places, rest = aligned.aligned(rest)
        grids += [*by_rules, *by_places]
        flow += rest
    return tuple(flow), regions, tuple(grids)


def _turned(page: Any, turn: int) -> Any:
    """The same page turned clockwise, with all that is drawn on it."""
    source = page.page_obj
    source.rotate = (source.rotate + turn) % 360
    source.attrs = {**source.attrs, "Rotate": source.rotate}
    page.close()
    return type(page)(page.pdf, source, page.page_number)


def _is_picture(page: Any) -> bool:
    """Whether pictures cover much of a page, or so many curves are drawn that they may be letters."""
    covered = sum((image["x1"] - image["x0"]) * (image["bottom"] - image["top"]) for image in page.images)
    return bool(covered > _PICTURE * page.width * page.height or len(page.curves) > _OUTLINES)


def _warnings(page: Any, clean: Sequence[Char], shown: Sequence[Char]) -> list[str]:
    """Says how much straight text on the page runs another way than the page's, and is not read."""
    across = [char for char in clean if glyphs.direction(char) is not None and _on_page(char, page)]
    left = glyphs.visible(across) - glyphs.visible(shown)
    return [f"有 {left} 个字的方向与正文不同，未读入"] if left > _ASIDE * glyphs.visible(across) else []


def _on_page(char: Char, page: Any) -> bool:
    x, y = ruling.centre(char)
    x0, top, x1, bottom = page.bbox
    return bool(x0 <= x <= x1 and top <= y <= bottom)
