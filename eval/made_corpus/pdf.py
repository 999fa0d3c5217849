"""A draft as a PDF of A4 pages in lines of 28 characters, in a font that every viewer brings and no file holds."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from eval.made_corpus.drafts import Draft, Paragraph

WIDTH, HEIGHT = 595, 842
LEFT, TOP, PITCH, SIZE = 79, 118, 28, 16
"""Left margin, baseline of the first line, from line to line, and size of the body, in points from the top left."""

ACROSS, LINES = 28, 22
"""Characters in a line and lines on a page (GB/T 9704-2012 5.2.3)."""

_SIZES = {"red": 30.0, "title": 22.0, "inner": 22.0}
_TITLE_ACROSS = 18
_NOT_FIRST, _NOT_LAST = "，。；：、）》”！？〕％", "（《“〔"
_RED, _BLACK = "1 0 0 rg", "0 g"
_FONT = (
    "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[<</Type/Font"
    "/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 0>>/DW 1000"
    "/W[1 95 500]/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]"
    "/ItalicAngle 0/Ascent 752/Descent -271/CapHeight 737/StemV 58>>>>]>>"
)
"""Characters of ASCII (CIDs 1 to 95) are half as wide as the others."""


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of a page: its place from the left and its baseline from the top, in points."""

    x: float
    y: float
    text: str
    size: float = SIZE
    colour: str = _BLACK


def as_pdf(draft: Draft) -> bytes:
    """Write a draft as a PDF; the same draft gives the same bytes.

    :param draft: what is written, in characters of the basic plane.
    :return: the bytes of the file.
    """
    pages = list(_pages(draft.paragraphs))
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>".encode(),
        _FONT.encode(),
    ]
    for number, lines in enumerate(pages):
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {WIDTH} {HEIGHT}]"
            f"/Resources<</Font<</F1 3 0 R>>>>/Contents {5 + 2 * number} 0 R>>".encode()
        )
        packed = zlib.compress("\n".join(map(_drawn, lines)).encode())
        objects.append(f"<</Length {len(packed)}/Filter/FlateDecode>>stream\n".encode() + packed + b"\nendstream")
    return _file(objects)


def _file(objects: Sequence[bytes]) -> bytes:
    """Put objects into a file, with the table of where they are; it has no dates, and no /ID is needed."""
    data, places = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(data))
        data += f"{number} 0 obj\n".encode() + one + b"\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    trailer = f"trailer\n<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{len(data)}\n%%EOF\n"
    return data + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{trailer}".encode()


def _drawn(line: _Line) -> str:
    words = line.text.replace("·", "・").encode("utf-16-be").hex()  # UniGB-UCS2-H knows the dot as U+30FB alone
    return f"BT {line.colour} /F1 {line.size:g} Tf 1 0 0 1 {line.x:g} {HEIGHT - line.y:g} Tm <{words}> Tj ET"


def _pages(paragraphs: Sequence[Paragraph]) -> Iterator[list[_Line]]:
    """Lay out page after page, each with its number; what a notice issues begins on a page of its own."""
    page: list[_Line] = []
    row = number = 0
    for paragraph in paragraphs:
        for place, line in enumerate(_lines(paragraph)):
            if row >= LINES or (paragraph.role == "inner" and place == 0 and row):
                number += 1
                yield [*page, _numbered(number)]
                page, row = [], 0
            page.append(_Line(line.x, TOP + row * PITCH, line.text, line.size, line.colour))
            row += 1
        row += paragraph.role in ("red", "number", "title", "inner") and row < LINES
    yield [*page, _numbered(number + 1)]


def _numbered(number: int) -> _Line:
    text = f"— {number} —"
    return _Line((WIDTH - _width(text) * 14) / 2, HEIGHT - 62, text, 14)


def _lines(paragraph: Paragraph) -> Iterator[_Line]:
    """Break a paragraph into lines; their y is not yet known."""
    role, text = paragraph.role, paragraph.text
    size = _SIZES.get(role, SIZE)
    if role == "red":
        size = min(size, ACROSS * SIZE / _width(text))
    if role in ("body", "address"):
        indent = 2 if role == "body" else 0
        for place, line in enumerate(broken(text, ACROSS - indent, ACROSS)):
            yield _Line(LEFT + (0 if place else indent * size), 0, line)
        return
    across = _TITLE_ACROSS if role in _SIZES else ACROSS
    for line in broken(text, across, across):
        room = ACROSS * SIZE - _width(line) * size
        yield _Line(
            LEFT + (room - 2 * SIZE if role == "right" else room / 2), 0, line, size, _RED if role == "red" else _BLACK
        )


def broken(text: str, first: int, across: int) -> list[str]:
    """Break text into lines; no line begins with a mark that closes, and none ends with one that opens.

    >>> broken("甲乙丙丁，戊己", 2, 4), broken("甲乙（丙）", 3, 3)
    (['甲乙', '丙丁，戊', '己'], ['甲乙', '（丙）'])

    :param first: how many characters the first line has room for; two characters of ASCII count as one.
    :param across: the same of the others.
    :return: the lines.
    """
    lines: list[str] = []
    start = 0
    while start < len(text):
        room = across if lines else first
        end = start
        while end < len(text) and _width(text[start : end + 1]) <= room:
            end += 1
        cut = end
        while end < len(text) and cut > start + 1 and (text[cut] in _NOT_FIRST or text[cut - 1] in _NOT_LAST):
            cut -= 1
        lines.append(text[start:cut])
        start = cut
    return lines


def _width(text: str) -> float:
    """Give the width of text in characters of the body."""
    return sum(0.5 if char.isascii() else 1.0 for char in text)
