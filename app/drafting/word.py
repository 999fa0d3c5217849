"""Word documents with real footnotes, in the type of an official document (GB/T 9704-2012); python-docx is imported here only."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

_MADE = datetime(2000, 1, 1)
"""The day that every file says it was made on, so that the same content gives the same bytes."""
_ZIPPED = (1980, 1, 1, 0, 0, 0)
_PAGE = {"page_width": 210, "page_height": 297, "top_margin": 37, "bottom_margin": 35, "left_margin": 28, "right_margin": 26}  # fmt: skip
"""A4 with the type area of GB/T 9704-2012 5.2.1, in millimetres."""
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_STYLES = {
    "body": ("Normal", "仿宋", 16, False),
    "title": ("Title", "宋体", 22, True),
    "heading": ("Heading 1", "黑体", 16, False),
    "quote": ("Quote", "仿宋", 16, False),
    "note": ("footnote text", "宋体", 9, False),
    "small": ("Caption", "宋体", 12, False),
}
"""The kinds of paragraphs: style of Word, face of Chinese characters, size in points, bold."""
_NOTE_MARK = "footnote reference"


@dataclass(frozen=True, slots=True)
class Run:
    """Words that look alike; ``note`` is the text of a footnote behind them; ``mark`` is ``new``, ``old`` or empty."""

    text: str
    note: str = ""
    mark: str = ""
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; ``kind`` is body, title, heading, quote or small."""

    runs: tuple[Run, ...]
    kind: str = "body"


def plain(text: str, kind: str = "body") -> Paragraph:
    """Make a paragraph of plain words.

    :param text: the words.
    :param kind: of paragraph.
    :return: the paragraph.
    """
    return Paragraph((Run(text),), kind)


def write_word(title: str, paragraphs: Iterable[Paragraph]) -> bytes:
    """Write a Word document.

    :param title: in its properties.
    :param paragraphs: what it holds, in order.
    :return: the bytes of a DOCX file, the same for the same content.
    """
    import docx

    document = docx.Document()
    _describe(document, title)
    _add_note_styles(document)
    for kind in _STYLES:
        _set_style(document, kind)
    _set_page(document.sections[0])
    notes: list[str] = []
    for one in paragraphs:
        _add(document.add_paragraph(style=_STYLES[one.kind][0]), one.runs, notes)
    if notes:
        _add_notes(document, notes)
    made = io.BytesIO()
    document.save(made)
    return _fixed(made.getvalue())


def _describe(document: Any, title: str) -> None:
    """Name the file, and take out what the template of the library says: its picture, its languages."""
    from docx.oxml.ns import qn

    properties = document.core_properties
    properties.title, properties.author, properties.last_modified_by, properties.comments = title, "", "", ""
    properties.created = properties.modified = _MADE
    properties.revision, properties.language = 1, "zh-CN"
    relations = document.part.package.rels
    for name in [name for name, one in relations.items() if one.reltype.endswith("/thumbnail")]:
        del relations[name]
    languages = [*document.styles.element.iter(qn("w:lang")), *document.settings.element.iter(qn("w:themeFontLang"))]
    for one in languages:
        one.set(qn("w:eastAsia"), "zh-CN")


def _set_page(section: Any) -> None:
    from docx.shared import Mm

    for name, millimetres in _PAGE.items():
        setattr(section, name, Mm(millimetres))


def _set_style(document: Any, kind: str) -> None:
    """Give a style its faces; those of a theme would go before them."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    name, face, size, bold = _STYLES[kind]
    style = document.styles[name]
    style.font.name, style.font.size = "Times New Roman", Pt(size)
    style.font.bold, style.font.italic, style.font.color.rgb = bold, False, RGBColor(0, 0, 0)
    fonts = style.element.rPr.rFonts
    for attribute in [one for one in fonts.attrib if one.endswith("Theme")]:
        del fonts.attrib[attribute]
    fonts.set(qn("w:eastAsia"), face)
    layout = style.paragraph_format
    layout.space_before = layout.space_after = Pt(size if kind == "title" else 0)
    layout.line_spacing = Pt(round(size * 1.75))
    if kind == "title":
        layout.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for border in style.element.pPr.findall(qn("w:pBdr")):
        style.element.pPr.remove(border)
    layout.first_line_indent = Pt(2 * size if kind in ("body", "quote", "heading") else 0)


def _add(paragraph: Any, runs: Sequence[Run], notes: list[str]) -> None:
    from docx.enum.text import WD_UNDERLINE
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for one in runs:
        run = paragraph.add_run(_printable(one.text))
        run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:hint"), "eastAsia")  # “ ” and … are Chinese marks
        run.bold = one.bold or None
        run.font.strike = True if one.mark == "old" else None
        run.underline = WD_UNDERLINE.SINGLE if one.mark == "new" else None
        if one.note:
            notes.append(_printable(one.note))
            reference = OxmlElement("w:footnoteReference")
            reference.set(qn("w:id"), str(len(notes)))
            paragraph.add_run(style=_NOTE_MARK)._r.append(reference)


def _add_note_styles(document: Any) -> None:
    """Add the styles of footnotes under the names that Word knows them by."""
    from docx.enum.style import WD_STYLE_TYPE

    text = document.styles.add_style(_STYLES["note"][0], WD_STYLE_TYPE.PARAGRAPH, builtin=True)
    text.base_style = document.styles["Normal"]
    mark = document.styles.add_style(_NOTE_MARK, WD_STYLE_TYPE.CHARACTER, builtin=True)
    mark.font.superscript = True


def _add_notes(document: Any, notes: Sequence[str]) -> None:
    """Write the part of the footnotes with its separators, and name these in the settings (ECMA-376 part 1, 17.11)."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.oxml import serialize_part_xml
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part
    from docx.oxml import parse_xml
    from docx.oxml.ns import qn

    separators = {-1: "separator", 0: "continuationSeparator"}
    root = parse_xml(f'<w:footnotes xmlns:w="{_W}"/>')
    for number, kind in separators.items():
        made = (
            f'<w:footnote xmlns:w="{_W}" w:type="{kind}" w:id="{number}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
        )
        root.append(parse_xml(made))
    text_style, mark_style = (document.styles[name].style_id for name in (_STYLES["note"][0], _NOTE_MARK))
    for number, text in enumerate(notes, 1):
        note = parse_xml(
            f'<w:footnote xmlns:w="{_W}" w:id="{number}"><w:p><w:pPr><w:pStyle w:val="{text_style}"/></w:pPr>'
            f'<w:r><w:rPr><w:rStyle w:val="{mark_style}"/></w:rPr><w:footnoteRef/></w:r>'
            '<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t xml:space="preserve"/></w:r></w:p></w:footnote>'
        )
        next(note.iter(qn("w:t"))).text = f" {text}"
        root.append(note)
    name = PackURI("/word/footnotes.xml")
    part = Part(name, _FOOTNOTES, serialize_part_xml(root), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    named = "".join(f'<w:footnote w:id="{number}"/>' for number in separators)
    settings = document.settings.element
    settings.find(qn("w:compat")).addprevious(parse_xml(f'<w:footnotePr xmlns:w="{_W}">{named}</w:footnotePr>'))


def _printable(text: str) -> str:
    """Leave out the characters that XML cannot hold."""
    return "".join(one for one in text if one >= " " and not "\ud800" <= one <= "\udfff" and one not in "\ufffe\uffff")


def _fixed(data: bytes) -> bytes:
    """Pack a zip again with one date for all, as what was written carries the hour of writing."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile(packed, "w") as taken:
        for name in given.namelist():
            taken.writestr(zipfile.ZipInfo(name, _ZIPPED), given.read(name), zipfile.ZIP_DEFLATED)
    return packed.getvalue()
