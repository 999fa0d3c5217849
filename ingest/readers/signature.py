"""What a file's first bytes say that it is, whatever its name says."""

from __future__ import annotations

import io
import re
import zipfile

_SIGNS = (
    (b"%PDF-", "pdf"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "doc"), (b"{\\rtf", "rtf"),
    (b"\x89PNG", "image"), (b"\xff\xd8\xff", "image"), (b"GIF8", "image"), (b"II*\x00", "image"), (b"MM\x00*", "image"),
    (b"Rar!\x1a\x07", "rar"), (b"7z\xbc\xaf\x27\x1c", "7z"), (b"\x1f\x8b", "gzip"),
)  # fmt: skip
_ZIPPED = (("word/", "docx"), ("OFD.xml", "ofd"), ("xl/", "xlsx"), ("ppt/", "pptx"), ("content.xml", "odt"))
_PAGE = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!DOCTYPE\s+html|html|head|body)[\s>]", re.IGNORECASE | re.DOTALL
)
_WORD_XML = re.compile(rb"<\?mso-application\s+progid=.Word.Document.|<w:wordDocument\b")
_MAIL = re.compile(rb"^(?:From:|MIME-Version:|Content-Type:\s*multipart/related)", re.IGNORECASE | re.MULTILINE)
"""Head lines of a page saved with its pictures in one file; they come in any order."""

_FIRST = 4096
_SEALED = "EncryptedPackage".encode("utf-16-le")
"""A stream of an Office file that is encrypted: the file is an OLE container then, whatever it was."""

NAMES = {
    "pdf": "PDF 文件", "doc": "Word 97—2003 或 WPS 文件", "rtf": "RTF 文件", "image": "图片", "rar": "RAR 压缩包", "7z": "7z 压缩包",
    "gzip": "gzip 压缩包", "docx": "Word 文件（DOCX）", "ofd": "OFD 文件", "xlsx": "Excel 文件", "pptx": "PowerPoint 文件",
    "odt": "ODF 文件", "word xml": "Word 2003 XML 文档", "sealed": "加密的 Office 文件", "zip": "ZIP 压缩包", "html": "网页", "mhtml": "单文件网页（MHTML）",
}  # fmt: skip
"""What users call each kind of file."""


def kind_of(data: bytes) -> str | None:
    """The kind of a file by its first bytes, a key of ``NAMES``; None where they say nothing, as in a plain text.

    >>> kind_of(b"%PDF-1.7 ..."), kind_of("第一条".encode())
    ('pdf', None)
    """
    start = data[:_FIRST].removeprefix(b"\xef\xbb\xbf")
    if start.startswith(b"PK"):
        return _zipped(data)
    for sign, kind in _SIGNS:
        if start.startswith(sign):
            return "sealed" if kind == "doc" and _SEALED in data else kind
    if b"%PDF-" in start[:1024]:
        return "pdf"
    if _WORD_XML.search(start):
        return "word xml"
    if b"<html" not in start[:600].lower() and len(_MAIL.findall(start[:2048])) >= 2:
        return "mhtml"
    return "html" if _PAGE.match(start) else None


def _zipped(data: bytes) -> str:
    """What a zip file holds; a damaged one is told by the names of its parts, which stand in it unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            names = [name.replace("\\", "/").lstrip("/") for name in file.namelist()]
    except (zipfile.BadZipFile, NotImplementedError, UnicodeDecodeError, ValueError, OSError):
        names = [found.decode() for found in re.findall(rb"word/|OFD\.xml|xl/|ppt/", data)]
    return next((kind for sign, kind in _ZIPPED if any(name.startswith(sign) for name in names)), "zip")
