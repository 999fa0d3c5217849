"""A draft as a Word document: one XML file of paragraphs with the looks of an official document, zipped."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

from eval.made_corpus.drafts import Draft, Paragraph

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_TYPES = (
    f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels"'
    ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="{_MAIN}"/></Types>'
)
_RELATIONS = (
    f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_OFFICE}" Target="word/document.xml"/></Relationships>'
)
_PAGE = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588"/></w:sectPr>'
_CENTRE, _RIGHT = '<w:jc w:val="center"/>', '<w:jc w:val="right"/>'
_LOOKS = {
    "red": (_CENTRE, '<w:color w:val="FF0000"/><w:sz w:val="72"/>'),
    "number": (_CENTRE, '<w:sz w:val="32"/>'),
    "title": (_CENTRE, '<w:sz w:val="44"/>'),
    "inner": (f"<w:pageBreakBefore/>{_CENTRE}", '<w:sz w:val="44"/>'),
    "heading": (_CENTRE, '<w:b/><w:sz w:val="32"/>'),
    "address": ("", '<w:sz w:val="32"/>'),
    "body": ('<w:ind w:firstLineChars="200" w:firstLine="640"/>', '<w:sz w:val="32"/>'),
    "right": (_RIGHT, '<w:sz w:val="32"/>'),
}
"""Properties of the paragraph and of its run, by role; sizes are half points (GB/T 9704-2012 5.2.2: body in 三号)."""

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The time that every part is stamped with, so that the same draft gives the same bytes."""


def as_docx(draft: Draft) -> bytes:
    """Write a draft as a Word document.

    :param draft: what is written.
    :return: the bytes of the file.
    """
    body = "".join(map(_paragraph, draft.paragraphs))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name, text in {
            "[Content_Types].xml": _TYPES,
            "_rels/.rels": _RELATIONS,
            "word/document.xml": f'<w:document xmlns:w="{_WORD}"><w:body>{body}{_PAGE}</w:body></w:document>',
        }.items():
            part = zipfile.ZipInfo(name, _EPOCH)
            part.compress_type = zipfile.ZIP_DEFLATED
            file.writestr(part, f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{text}')
    return buffer.getvalue()


def _paragraph(one: Paragraph) -> str:
    paragraph, run = _LOOKS[one.role]
    return (
        f"<w:p><w:pPr>{paragraph}</w:pPr><w:r><w:rPr>{run}</w:rPr>"
        f'<w:t xml:space="preserve">{escape(one.text)}</w:t></w:r></w:p>'
    )
