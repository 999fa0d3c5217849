"""Word documents: read back by python-docx and by the reader of this project, and the same bytes each time."""

from __future__ import annotations

import io
import zipfile

from app.drafting.word import Paragraph, Run, plain, write_word
from ingest.pages import Footnote
from ingest.readers import docx as reader

DRAFT = (
    plain("引文摘录", "title"),
    plain("一、总体要求", "heading"),
    Paragraph((Run("建设“社区云”。", "《甲》第一条，第7页。"), Run("另有<b>&“二”。", "《乙》第二条。")), "quote"),
    Paragraph((Run("旧词", mark="old"), Run("新词", mark="new"), Run("照旧", bold=True))),
)


def part(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return file.read(name).decode()


def test_text_and_footnotes_are_read_back() -> None:
    (page,) = reader.read("摘录.docx", write_word("引文摘录", DRAFT))
    assert [line.text for line in page.lines] == [
        "引文摘录",
        "一、总体要求",
        "建设“社区云”。¹另有<b>&“二”。²",
        "旧词新词照旧",
    ]
    assert page.footnotes == (Footnote("1", "《甲》第一条，第7页。"), Footnote("2", "《乙》第二条。"))


def test_python_docx_opens_it_with_its_styles_and_faces() -> None:
    from docx import Document
    from docx.oxml.ns import qn

    document = Document(io.BytesIO(write_word("引文摘录", DRAFT)))
    assert [one.style.name for one in document.paragraphs] == ["Title", "Heading 1", "Quote", "Normal"]
    faces = {name: document.styles[name].element.rPr.rFonts.get(qn("w:eastAsia")) for name in ("Normal", "Heading 1")}
    assert faces == {"Normal": "仿宋", "Heading 1": "黑体"}
    assert [run.font.strike for run in document.paragraphs[3].runs] == [True, None, None]
    section = document.sections[0]
    assert [round(side.mm) for side in (section.page_width, section.left_margin, section.right_margin)] == [210, 28, 26]
    assert document.core_properties.title == "引文摘录"
    assert document.core_properties.author == ""


def test_footnotes_stand_in_a_part_of_their_own_as_word_wants_it() -> None:
    data = write_word("引文摘录", DRAFT)
    assert (
        '<Override PartName="/word/footnotes.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"/>'
    ) in part(data, "[Content_Types].xml")
    assert 'relationships/footnotes" Target="footnotes.xml"' in part(data, "word/_rels/document.xml.rels")
    assert '<w:footnote w:type="separator" w:id="-1">' in part(data, "word/footnotes.xml")
    assert '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>' in "".join(
        line.strip() for line in part(data, "word/settings.xml").splitlines()
    )
    assert '<w:rStyle w:val="footnotereference"/>' in part(data, "word/document.xml")
    assert '<w:footnoteReference w:id="2"/>' in part(data, "word/document.xml")


def test_a_document_without_notes_has_no_part_for_them() -> None:
    with zipfile.ZipFile(io.BytesIO(write_word("无注", [plain("正文。")]))) as file:
        assert "word/footnotes.xml" not in file.namelist()
        assert not [name for name in file.namelist() if name.startswith("docProps/thumbnail")]


def test_the_same_content_gives_the_same_bytes() -> None:
    data = write_word("引文摘录", DRAFT)
    assert data == write_word("引文摘录", DRAFT)
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert {entry.date_time for entry in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert "2000-01-01T00:00:00Z" in part(data, "docProps/core.xml")


def test_characters_that_xml_cannot_hold_are_left_out() -> None:
    (page,) = reader.read("控制.docx", write_word("控制", [Paragraph((Run("甲\x00乙\x1b丙\ud800", "注\x07"),))]))
    assert [line.text for line in page.lines] == ["甲乙丙¹"]
    assert page.footnotes == (Footnote("1", "注"),)
