"""DOCX to one page without edges: the final text as Word shows it (ECMA-376, ISO/IEC 29500)."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field

from ingest.errors import NoText
from ingest.pages import Footnote, Page
from ingest.readers.docx_body import Body, Flow, lines_of, with_tables
from ingest.readers.docx_final import finalise
from ingest.readers.docx_numbering import Numbering
from ingest.readers.docx_styles import Styles
from ingest.readers.docx_text import Runs
from ingest.readers.docx_xml import Element, child, local, value, visible
from ingest.readers.package import Package

_TEXT = frozenset(["t", "sym", "noBreakHyphen"])
_MARKS = {"footnote": "decimal", "endnote": "lowerRoman"}
_SUBSTITUTE = "word/document.xml"


@dataclass
class _Parts:
    """The parts of a document that hold text or say how it looks, by kind of relationship."""

    main: Element
    one: dict[str, Element] = field(default_factory=dict)
    edges: list[Element] = field(default_factory=list)


def read(name: str, data: bytes) -> tuple[Page, ...]:
    """Reads a Word document as one page without edges.

    Headers and footers, hidden text and the list of contents go to ``marks``. What a tracked change deletes and
    comments are not seen.

    :param name: file name, for messages.
    :raises UnreadableFile: if the package or its XML is damaged, encrypted or too large.
    :raises NoText: if there is no text in it.
    """
    parts = _parts(Package(name, data, "DOCX"))
    styles = Styles(parts.one.get("styles"))
    runs = Runs(styles, {kind: _format(parts, kind) for kind in _MARKS})
    body = Body(styles, Numbering(parts.one.get("numbering"), styles), runs)
    flow = Flow()
    body.walk(parts.main, flow)
    if not flow.blocks and not flow.grids:
        raise _no_text(name, parts.main)
    flow = with_tables(flow)
    footnotes, noted = _footnotes(parts, body)
    outside = [mark for edge in parts.edges for mark in _edge(edge, body)]
    counted = _count(parts.main) + noted + sum(_count(edge) for edge in parts.edges)
    page = Page(
        number=0, width=0.0, height=0.0, lines=lines_of(flow), grids=tuple(flow.grids),
        marks=tuple(mark for mark in (*outside, *runs.aside) if mark.strip()),
        characters=counted + body.made + runs.made, title=flow.title, footnotes=footnotes,
        warnings=tuple(dict.fromkeys(body.warnings)),
    )  # fmt: skip
    return (page,)


def _parts(package: Package) -> _Parts:
    """Finds the parts by their relationships; one that is named and not there, as some programs leave it, is passed by."""
    starts = [part for kind, part in _related(package, "") if kind == "officeDocument"]
    main = package.find(starts[0] if starts else _SUBSTITUTE) or package.find(_SUBSTITUTE)
    if main is None:
        package.fault("里没有正文部件（word/document.xml）", "文件可能不是 Word 文档或已损坏，请用 Word 打开后重新保存")
    found = _Parts(package.xml(main))
    finalise(found.main)
    for kind, part in _related(package, main):
        if kind in ("styles", "numbering", "settings", "footnotes", "endnotes"):
            found.one.setdefault(kind, package.xml(part))
        elif kind in ("header", "footer"):
            found.edges.append(package.xml(part))
    for root in (*found.one.values(), *found.edges):
        finalise(root)
    return found


def _related(package: Package, source: str) -> list[tuple[str, str]]:
    """(kind, part) of each relationship of a part, or of the whole package, to a part that is there."""
    folder, file = posixpath.split(source)
    rels = package.find(posixpath.join(folder, "_rels", f"{file}.rels"))
    found = []
    for one in package.xml(rels) if rels else ():
        part = None if one.get("TargetMode") == "External" else package.find(one.get("Target") or "", folder)
        if part:
            found.append(((one.get("Type") or "").rpartition("/")[2], part))
    return found


def _format(parts: _Parts, kind: str) -> str:
    """Number format of the marks of footnotes or endnotes, as a section or the whole document sets it."""
    stated = [one for one in parts.main.iter() if local(one) == f"{kind}Pr"]
    stated += [one for one in (child(parts.one.get("settings"), f"{kind}Pr"),) if one is not None]
    formats = (value(child(one, "numFmt")) for one in stated)
    return next((found for found in formats if found), _MARKS[kind])


def _footnotes(parts: _Parts, body: Body) -> tuple[tuple[Footnote, ...], int]:
    """The notes that the text refers to, in order, and how many visible characters they and their marks have."""
    notes = {
        (kind, value(one, "id")): one
        for kind in _MARKS
        for one in parts.one.get(f"{kind}s", ())
        if local(one) == kind and value(one, "type") not in ("separator", "continuationSeparator")
    }
    found, counted = [], 0
    for kind, note_id, mark in tuple(body.runs.notes):
        note = notes.pop((kind, note_id), None)
        if note is not None:
            found.append(Footnote(mark, "\n".join(_edge(note, body))))
            counted += visible(mark) + _count(note)
    return tuple(found), counted


def _edge(root: Element, body: Body) -> list[str]:
    """The lines of a header, a footer or a note, those of its tables too."""
    flow = Flow()
    body.walk(root, flow)
    cells = {id(cell): cell for grid in flow.grids for row in grid.rows for cell in row if cell is not None}
    return [*(block.line.text for block in flow.blocks), *(line.text for cell in cells.values() for line in cell.lines)]


def _count(root: Element) -> int:
    """How many visible characters a part has, whatever holds them."""
    return sum(1 if local(one) != "t" else visible(one.text or "") for one in root.iter() if local(one) in _TEXT)


def _no_text(name: str, main: Element) -> NoText:
    if any(local(one) in ("drawing", "pict", "object") for one in main.iter()):
        return NoText(name, "DOCX 里只有图片，没有文字", "请先做文字识别（OCR）或换用带文字的版本")
    return NoText(name, "DOCX 里没有正文", "请确认保存的是完整文档")
