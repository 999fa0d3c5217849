"""What a file named .html really is: web page, or an office document, PDF, archive or picture under that name."""

from __future__ import annotations

import re

from ingest.errors import UnreadableFile

_SIGNATURES = (
    (b"%PDF-", "PDF 文件", ".pdf"),
    (b"{\\rtf", "RTF（写字板、Word）文件", ".rtf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧版 Word（.doc）或 WPS 文件", ".doc"),
    (b"\x89PNG", "图片", ".png"),
    (b"\xff\xd8\xff", "图片", ".jpg"),
    (b"\x1f\x8b", "gzip 压缩文件", ".gz"),
)
_WORD_XML = re.compile(rb"<\?mso-application\s+progid=\"Word\.Document\"|<w:wordDocument\b")
_ARCHIVE = re.compile(rb"^(?:From:|MIME-Version:|Content-Type:\s*multipart/related)", re.IGNORECASE | re.MULTILINE)
_HEAD = 2048


def refuse_other_formats(name: str, data: bytes) -> None:
    """Says what the file is where its first bytes are not those of a web page.

    :raises UnreadableFile: with the true kind and what to do.
    """
    head = data[:_HEAD].lstrip()
    for signature, kind, suffix in _SIGNATURES:
        if head.startswith(signature):
            raise UnreadableFile(name, f"不是网页，其实是{kind}", f"请把扩展名改为 {suffix} 再读取，或另存为网页")
    if head.startswith(b"PK\x03\x04"):
        kind, suffix = _zipped(data)
        raise UnreadableFile(name, f"不是网页，其实是{kind}", f"请把扩展名改为 {suffix} 再读取")
    if _WORD_XML.search(data[:_HEAD]):
        raise UnreadableFile(name, "不是网页，其实是 Word 2003 XML 文档", "请用 Word 打开后另存为 .docx")
    if b"<html" not in head.lower()[:600] and len(_ARCHIVE.findall(head)) >= 2:
        raise UnreadableFile(name, "不是网页，其实是 MHTML（单个文件网页）", "请用浏览器打开后另存为“网页，仅 HTML”")


def _zipped(data: bytes) -> tuple[str, str]:
    """Kind and suffix of a zip package, told by the names of its parts."""
    for part, kind, suffix in (
        (b"word/", "Word 文档", ".docx"),
        (b"xl/", "Excel 表格", ".xlsx"),
        (b"OFD.xml", "OFD 版式文件", ".ofd"),
    ):
        if part in data:
            return kind, suffix
    return "压缩文件", ".zip"
