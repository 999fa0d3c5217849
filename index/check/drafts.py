"""A draft's file to its text, read in a process of its own within limits of time and memory."""

from __future__ import annotations

from pathlib import Path

from index.errors import QueryError
from ingest import draft_text, each_within, size_of
from ingest.errors import IngestError


def read_draft(path: str | Path) -> str:
    """Read a draft of any format that documents are read of: DOCX, TXT, Markdown, PDF and others.

    :param path: the file; of tracked changes what stands when all are accepted is read, footnotes where their marks stand.
    :return: its text, a line for each paragraph.
    :raises QueryError: when it cannot be read.
    """
    name = Path(path).name
    [(_, read)] = each_within(draft_text, [path], lambda _: name, workers=1, sizes=[size_of(path)])
    if isinstance(read, IngestError):
        raise QueryError(f"文稿 {name} 读不了：{read.problem}", read.remedy)
    return read
