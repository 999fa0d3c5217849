"""The registry of readers, one a file format: everything that the rest of the project knows of formats stands here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import IngestError, UnreadableFile, UnsupportedFormat
from ingest.pages import Page
from ingest.readers import docx, html, markdown, ofd, office, pdf, text
from ingest.readers.limits import refuse_if_too_long
from ingest.readers.signature import NAMES, kind_of


@dataclass(frozen=True, slots=True)
class Reader:
    """One file format: how it is read, and what is to be known of it.

    ``name`` is what ``SourceFile.format`` holds, ``label`` (PDF 版) what users read. ``suffixes`` are lower case with the
    dot; ``kinds`` are those of ``signature.kind_of`` that its files may be of. Of several renditions (版式) of a document the one of lowest ``authority`` is quoted. ``has_pages`` where a clause
    has page numbers and a page can be drawn. ``read`` takes a file's name, for messages, and its bytes. ``version``
    changes whenever the same bytes may be read to other pages.
    """

    name: str
    label: str
    suffixes: tuple[str, ...]
    authority: int
    has_pages: bool
    version: str
    kinds: tuple[str | None, ...]
    read: Callable[[str, bytes], tuple[Page, ...]]

    @property
    def fingerprint(self) -> str:
        """Name and version, as pdf-1; another one may read a file differently."""
        return f"{self.name}-{self.version}"


READERS = (
    # What was issued is quoted before what was made from it: a Word file was still to be set, a web page was typed again.
    Reader("pdf", "PDF 版", (".pdf",), 0, True, pdf.VERSION, ("pdf", None), pdf.read),
    Reader("ofd", "OFD 版", (".ofd",), 1, True, "1", ("ofd", None), ofd.read),
    Reader("docx", "Word 版", (".docx",), 2, False, "1", ("docx", None), docx.read),
    Reader("doc", "Word 97 版", (".doc", ".wps"), 3, False, "1", ("doc", None), office.read),
    Reader("html", "网页版", (".html", ".htm"), 4, False, "2", ("html", None), html.read),
    Reader("md", "Markdown 版", (".md",), 5, False, "1", (None,), markdown.read),
    Reader("txt", "文本版", (".txt",), 6, False, "1", (None,), text.read),
)

_BY_NAME = {reader.name: reader for reader in READERS}
_BY_SUFFIX = {suffix: reader for reader in READERS for suffix in reader.suffixes}

SUFFIXES = tuple(_BY_SUFFIX)
"""File name endings that can be read."""


def reader_of(format_name: str) -> Reader:
    """Gives what is to be known of a format.

    >>> reader_of("html").label, reader_of("html").has_pages
    ('网页版', False)

    :param format_name: name of a format, as ``SourceFile.format`` holds it.
    :raises UnsupportedFormat: if no reader has that name.
    """
    try:
        return _BY_NAME[format_name]
    except KeyError:
        known = "、".join(_BY_NAME)
        raise UnsupportedFormat(format_name, "没有这种格式的读取程序", f"现有 {known}，请改用新版程序") from None


def reader_for(path: Path) -> Reader:
    """Chooses the reader of a file by its suffix, in capitals or not.

    :raises UnsupportedFormat: if no reader knows the suffix.
    """
    try:
        return _BY_SUFFIX[path.suffix.lower()]
    except KeyError:
        known = "、".join(SUFFIXES)
        raise UnsupportedFormat(path.name, f"不支持的文件类型“{path.suffix}”", f"请改用 {known} 文件") from None


def read_pages(path: Path, data: bytes) -> tuple[Page, ...]:
    """Reads the pages of a file.

    :raises UnsupportedFormat: if no reader knows the suffix, or the bytes are of another format than it says.
    :raises UnreadableFile: if the bytes are empty, damaged or encrypted.
    :raises NoText: if there is no text in it.
    """
    reader = reader_for(path)
    if not data:
        raise UnreadableFile(path.name, "文件是空的（0 字节）", "请重新下载或重新导出该文件")
    kind = kind_of(data)
    if kind not in reader.kinds:
        raise _misnamed(path, kind or "")
    pages = reader.read(path.name, data)
    refuse_if_too_long(path.name, sum(page.characters for page in pages))
    return pages


def _misnamed(path: Path, kind: str) -> IngestError:
    """What to say of a file whose bytes are of another kind than its name."""
    if kind == "sealed":
        return UnreadableFile(path.name, "文件已加密，需要口令", "请用口令打开后另存为不加密的文件")
    able = next((reader for reader in READERS if kind in reader.kinds), None)
    opened = "请用浏览器打开后另存为“网页，仅 HTML”" if kind == "mhtml" else "请用原软件打开，另存为 PDF 或 DOCX 文件"
    remedy = f"请把文件名的结尾改为“{able.suffixes[0]}”" if able else opened
    return UnsupportedFormat(path.name, f"文件名以“{path.suffix}”结尾，内容却是{NAMES[kind]}", remedy)
