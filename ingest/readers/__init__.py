"""One reader a file format: bytes to pages. The suffix of the file name chooses the reader."""

from __future__ import annotations

from pathlib import Path

from ingest.errors import UnreadableFile, UnsupportedFormat
from ingest.readers import html, pdf
from ingest.records import Page

READERS = {".pdf": ("pdf", pdf.read), ".html": ("html", html.read), ".htm": ("html", html.read)}
"""Suffix to (format name, reader)."""


def format_of(path: Path) -> str:
    """Names the format that a file's suffix stands for.

    :raises UnsupportedFormat: if no reader knows the suffix.
    """
    try:
        return READERS[path.suffix.lower()][0]
    except KeyError:
        known = "、".join(READERS)
        raise UnsupportedFormat(path.name, f"不支持的文件类型“{path.suffix}”", f"请改用 {known} 文件") from None


def read_pages(path: Path, data: bytes) -> tuple[Page, ...]:
    """Reads the pages of a file.

    :raises UnsupportedFormat: if no reader knows the suffix.
    :raises UnreadableFile: if the bytes are empty, damaged or encrypted.
    :raises NoText: if there is no text in it.
    """
    format_of(path)
    if not data:
        raise UnreadableFile(path.name, "文件是空的（0 字节）", "请重新下载或重新导出该文件")
    return READERS[path.suffix.lower()][1](path.name, data)
