"""The registry of readers, one a file format: everything that the rest of the project knows of formats stands here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import UnreadableFile, UnsupportedFormat
from ingest.readers import html, pdf
from ingest.records import Page


@dataclass(frozen=True, slots=True)
class Reader:
    """One file format: how it is read, and what is to be known of it.

    ``name`` is what ``SourceFile.format`` holds, ``label`` (PDF 版) what users read. ``suffixes`` are lower case with the
    dot. Of several renditions (版式) of a document the one of lowest ``authority`` is quoted. ``has_pages`` where a clause
    has page numbers and a page can be drawn. ``read`` takes a file's name, for messages, and its bytes. ``version``
    changes whenever the same bytes may be read to other pages.
    """

    name: str
    label: str
    suffixes: tuple[str, ...]
    authority: int
    has_pages: bool
    version: str
    read: Callable[[str, bytes], tuple[Page, ...]]

    @property
    def fingerprint(self) -> str:
        """Name and version, as pdf-1; another one may read a file differently."""
        return f"{self.name}-{self.version}"


READERS = (
    # A PDF with a text layer is what was issued; a web page was typed again.
    Reader("pdf", "PDF 版", (".pdf",), authority=0, has_pages=True, version=pdf.VERSION, read=pdf.read),
    Reader("html", "网页版", (".html", ".htm"), authority=1, has_pages=False, version="1", read=html.read),
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

    :raises UnsupportedFormat: if no reader knows the suffix.
    :raises UnreadableFile: if the bytes are empty, damaged or encrypted.
    :raises NoText: if there is no text in it.
    """
    reader = reader_for(path)
    if not data:
        raise UnreadableFile(path.name, "文件是空的（0 字节）", "请重新下载或重新导出该文件")
    return reader.read(path.name, data)
