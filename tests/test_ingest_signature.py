"""Files whose bytes are of another format than their name says, and packages made to do harm."""

import struct

import pytest
from ofd_files import ofd, page, text
from word_files import par, word, zipped

from ingest import read_document
from ingest.errors import IngestError, UnreadableFile, UnsupportedFormat
from ingest.readers import docx
from ingest.readers import ofd as ofd_reader

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
HTML = "<!DOCTYPE html><html><body><p>各区民政局：</p></body></html>".encode()


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("试.html", word(par("正文。")), "文件名以“.html”结尾，内容却是Word 文件（DOCX）；请把文件名的结尾改为“.docx”"),
        ("试.pdf", word(par("正文。")), "文件名以“.pdf”结尾，内容却是Word 文件（DOCX）；请把文件名的结尾改为“.docx”"),
        ("试.docx", b"%PDF-1.7\n", "文件名以“.docx”结尾，内容却是PDF 文件；请把文件名的结尾改为“.pdf”"),
        ("试.docx", ofd(page(text("甲"))), "文件名以“.docx”结尾，内容却是OFD 文件；请把文件名的结尾改为“.ofd”"),
        ("试.docx", OLE, "文件名以“.docx”结尾，内容却是Word 97—2003 或 WPS 文件；请把文件名的结尾改为“.doc”"),
        ("试.doc", HTML, "文件名以“.doc”结尾，内容却是网页；请把文件名的结尾改为“.html”"),
        ("试.txt", HTML, "文件名以“.txt”结尾，内容却是网页；请把文件名的结尾改为“.html”"),
        ("试.pdf", HTML, "文件名以“.pdf”结尾，内容却是网页；请把文件名的结尾改为“.html”"),
        ("试.doc", b"{\\rtf1 x}", "文件名以“.doc”结尾，内容却是RTF 文件；请用原软件打开，另存为 PDF 或 DOCX 文件"),
        ("试.doc", b'<?xml version="1.0"?><?mso-application progid="Word.Document"?>', "文件名以“.doc”结尾，内容却是Word 2003 XML 文档；请用原软件打开，另存为 PDF 或 DOCX 文件"),
        ("试.md", b"\x89PNG\r\n", "文件名以“.md”结尾，内容却是图片；请用原软件打开，另存为 PDF 或 DOCX 文件"),
        ("试.docx", zipped({"xl/workbook.xml": ""}), "文件名以“.docx”结尾，内容却是Excel 文件；请用原软件打开，另存为 PDF 或 DOCX 文件"),
        ("试.docx", zipped({"通知.pdf": ""}), "文件名以“.docx”结尾，内容却是ZIP 压缩包；请用原软件打开，另存为 PDF 或 DOCX 文件"),
        ("试.html", b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "文件名以“.html”结尾，内容却是单文件网页（MHTML）；请用浏览器打开后另存为“网页，仅 HTML”"),
    ],
)  # fmt: skip
def test_a_file_that_is_not_what_its_name_says(tmp_path, name, data, message):
    (tmp_path / name).write_bytes(data)
    with pytest.raises(UnsupportedFormat) as caught:
        read_document(tmp_path / name)
    assert str(caught.value) == f"{name}: {message}"


def test_an_encrypted_office_file(tmp_path):
    (tmp_path / "密.docx").write_bytes(OLE + "EncryptedPackage".encode("utf-16-le"))
    with pytest.raises(UnreadableFile) as caught:
        read_document(tmp_path / "密.docx")
    assert str(caught.value) == "密.docx: 文件已加密，需要口令；请用口令打开后另存为不加密的文件"


def bomb(megabytes, parts=1, name="word/document.xml"):
    zeros = b"<w>" + b" " * (megabytes << 20)
    return zipped({name if not place else f"word/{place}.xml": zeros for place in range(parts)})


ENTITIES = (
    '<!DOCTYPE w [<!ENTITY a "哈哈哈哈"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><w:document xmlns:w="w">&b;</w:document>'
)
OUTSIDE = '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]><w:document xmlns:w="w">&a;</w:document>'


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (bomb(51), "部件“word/document.xml”解压后超过上限 50 MB；请用原软件打开后重新保存"),
        (bomb(45, 5), "解压后超过上限 200 MB；请用原软件打开后重新保存"),
        (zipped({"word/document.xml": ENTITIES}), "部件“word/document.xml”声明了文档类型（DTD），可能夹带外部实体；请用原软件打开后重新保存"),
        (zipped({"word/document.xml": OUTSIDE.encode("utf-16")}), "部件“word/document.xml”声明了文档类型（DTD），可能夹带外部实体；请用原软件打开后重新保存"),
        (zipped({"word/document.xml": "<w/>", "../../etc/cron.d/x": "x"}), "部件名“../../etc/cron.d/x”指向压缩包之外；请用原软件打开后重新保存"),
        (zipped({"word/document.xml": "<w/>", "C:\\x": "x"}), "部件名“C:\\x”指向压缩包之外；请用原软件打开后重新保存"),
        (zipped({"word/document.xml": "<w>" + "<a/>" * 1_000_001 + "</w>"}), "部件“word/document.xml”的元素过多，超过上限 1000000 个；请用原软件打开后重新保存"),
        (zipped({"word/document.xml": "<w>" * 300 + "</w>" * 300}), "部件“word/document.xml”不是正确的 XML；请重新下载，或用原软件打开后重新保存"),
        (zipped({f"word/{place}": "" for place in range(10_001)}), "压缩包里有 10001 个部件，超过上限 10000 个；请用原软件打开后重新保存"),
    ],
)  # fmt: skip
def test_packages_made_to_do_harm_are_refused(data, message):
    with pytest.raises(UnreadableFile) as caught:
        docx.read("试.docx", data)
    assert str(caught.value) == f"试.docx: DOCX {message}"


def test_an_ofd_is_held_to_the_same_limits():
    with pytest.raises(UnreadableFile) as caught:
        ofd_reader.read("试.ofd", bomb(51, name="OFD.xml"))
    assert str(caught.value) == "试.ofd: OFD 部件“OFD.xml”解压后超过上限 50 MB；请用原软件打开后重新保存"


def test_a_part_that_unpacks_to_more_than_it_says_is_damaged():
    data = bytearray(zipped({"word/document.xml": b"<w/>" + b" " * 9000}))
    for sign, place in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        start = data.index(sign) + place
        data[start : start + 4] = struct.pack("<I", 10)
    with pytest.raises(UnreadableFile, match="已损坏"):
        docx.read("试.docx", bytes(data))


def test_an_encrypted_zip_is_told_so():
    data = bytearray(word(par("正文。")))
    for sign, place in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        start = -1
        while (start := data.find(sign, start + 1)) >= 0:
            data[start + place] |= 1
    with pytest.raises(UnreadableFile) as caught:
        docx.read("试.docx", bytes(data))
    assert str(caught.value) == "试.docx: DOCX 文件已加密，需要口令；请用口令打开后另存为不加密的文件"


def test_every_cut_and_every_flipped_byte_ends_in_one_message():
    data = word(par("一、工作目标") + par("到2025年，床位达到1000张。"))
    for place in range(0, len(data), 7):
        for hurt in (data[:place], data[:place] + bytes([data[place] ^ 0xFF]) + data[place + 1 :]):
            try:
                docx.read("试.docx", hurt)
            except IngestError as error:
                assert str(error).startswith("试.docx: DOCX ")
