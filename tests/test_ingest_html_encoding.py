"""The encoding of a page is read from its bytes, whatever it declares; damage is said, and much damage refused."""

from pathlib import Path

import pytest
from html_pages import BODY, PARAGRAPHS, lines, page, page_of

from ingest.errors import UnreadableFile, UnsupportedFormat
from ingest.readers import read_pages
from ingest.readers.encoding import Decoded, decode

PAGE = page(f"<div>{BODY}</div>")


@pytest.mark.parametrize(
    "declared", ["utf-8", "gb2312", "gbk", "iso-8859-1", "latin-1", "windows-1252", "undefined", "x", "big5"]
)
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_bytes_decide(encoding, declared):
    assert lines(PAGE.replace("utf-8", declared).encode(encoding)) == [*PARAGRAPHS]


@pytest.mark.parametrize("declared", ["big5", "utf-8"])
def test_big5(declared):
    traditional = (
        "為做好社會救助工作，現將有關事項通知如下。一、提高標準。每季度複核一次，結果應當公示，由民政部門負責。"
    )
    assert decode("頁.html", traditional.encode("big5"), declared).text == traditional


def test_chinese_read_as_latin_and_written_again():
    assert lines(PAGE.encode().decode("latin-1").encode()) == [*PARAGRAPHS]
    assert lines(PAGE.encode("gb18030").decode("latin-1").encode()) == [*PARAGRAPHS]


def test_damaged_characters_are_said():
    assert page_of(PAGE.replace("核对", "核\ufffd")).warnings == ("有 1 个字无法解码，显示为“\ufffd”，请对照原文",)
    data = PAGE.encode("gb18030")
    assert "有 1 个字无法解码，显示为“\ufffd”，请对照原文" in page_of(data + b"\xb5").warnings


def test_much_damage_is_refused():
    with pytest.raises(
        UnreadableFile,
        match="认不出文字编码，或文字已损坏成乱码；请用浏览器或编辑器打开，确认文字无误后另存为 UTF-8 编码，或重新下载",
    ):
        page_of(PAGE.replace("。", "\ufffd\ufffd"))


def test_zero_width_characters_are_nowhere():
    found = page_of(
        page(
            f"<div><p>&#8203;&nbsp;&nbsp;一、提高&#8203;标准，自\ufeff7月起&shy;执行。</p>{BODY}</div>",
            title="\u200b关于低保的通知",
        )
    )
    assert found.lines[0].text == "一、提高标准，自7月起执行。"
    assert found.title == "关于低保的通知"


@pytest.mark.parametrize(
    ("data", "kind", "remedy"),
    [
        (b"%PDF-1.7\n", "PDF 文件", "请把文件名的结尾改为“.pdf”"),
        (b"PK\x03\x04\x14\0word/document.xml", "Word 文件（DOCX）", "请把文件名的结尾改为“.docx”"),
        (b"PK\x03\x04\x14\0OFD.xml", "OFD 文件", "请把文件名的结尾改为“.ofd”"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0", "Word 97—2003 或 WPS 文件", "请把文件名的结尾改为“.doc”"),
        (b"{\\rtf1\\ansi", "RTF 文件", "请用原软件打开，另存为 PDF 或 DOCX 文件"),
        (b"<?xml version='1.0'?><?mso-application progid=\"Word.Document\"?>", "Word 2003 XML 文档", "请用原软件打开，另存为 PDF 或 DOCX 文件"),
        (b"From: <Saved by Blink>\nMIME-Version: 1.0\nContent-Type: multipart/related;\n", "单文件网页（MHTML）", "请用浏览器打开后另存为“网页，仅 HTML”"),
        (b"Subject: =?utf-8?q?a?=\nMIME-Version: 1.0\nContent-Type: multipart/related;\n", "单文件网页（MHTML）", "请用浏览器打开后另存为“网页，仅 HTML”"),
    ],
)  # fmt: skip
def test_other_formats_are_named(data, kind, remedy):
    with pytest.raises(UnsupportedFormat) as caught:
        read_pages(Path("页.html"), data)
    assert str(caught.value) == f"页.html: 文件名以“.html”结尾，内容却是{kind}；{remedy}"


@pytest.mark.parametrize(
    "data", [b"<html><script>var seed='a1b2c3d4';</script></html>", b"Not Found", b"{}", b"<p>12%</p>"]
)
def test_what_holds_no_chinese_is_no_chinese_of_two_bytes(data):
    assert decode("页.html", data) == Decoded(data.decode(), "utf-8", 0)
