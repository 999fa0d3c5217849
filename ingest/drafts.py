"""A draft (文稿) as one text: its paragraphs as a reader sees them, tables cell by cell, each footnote where its mark stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from ingest.display import display
from ingest.errors import UnreadableFile
from ingest.furniture import furniture
from ingest.layer import Layer
from ingest.pages import Footnote
from ingest.paragraphs import join
from ingest.readers import read_pages
from ingest.readers.notes import raised
from ingest.records import Span


def draft_text(path: str | Path) -> str:
    """Reads a draft of any format that documents are read of; of tracked changes what stands when all are accepted.

    :param path: the file.
    :return: its text, a line for each paragraph and each cell; a footnote stands in brackets （） in the place of its mark, one whose
        mark is nowhere behind the text.
    :raises IngestError: if the file is missing, damaged, encrypted, of an unknown kind or without text.
    """
    path = Path(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(path.name, f"文件打不开（{error.strerror}）", "请检查路径和读取权限") from error
    pages = read_pages(path, data)
    layer = Layer(pages)
    paragraphs = join(pages, furniture(pages), layer)
    shown = display(layer.text, layer.drawn_wide(), layer.raised())
    spans = [span for one in paragraphs for span in _spans(one.cells) or [one.span]]
    lines = [text for span in spans if (text := shown.of(span).strip())]
    return _with_notes("\n".join(lines), [note for page in pages for note in page.footnotes])


def _spans(cells: Sequence[Sequence[Span | None]]) -> list[Span]:
    return list(dict.fromkeys(cell for row in cells for cell in row if cell is not None))


def _with_notes(text: str, notes: Sequence[Footnote]) -> str:
    """Put notes into a text, each behind the one before it where their marks are the same."""
    parts: list[str] = []
    at = 0
    left: list[str] = []
    for note in notes:
        words = "".join(note.text.split("\n")).strip()
        mark = re.compile(rf"(?<![⁰¹²³⁴⁵⁶⁷⁸⁹]){re.escape(raised(note.mark))}(?![⁰¹²³⁴⁵⁶⁷⁸⁹])")
        found = mark.search(text, at)
        if found:
            parts += [text[at : found.start()], f"（{words.rstrip('。')}）"]
            at = found.end()
        else:
            left.append(words)
    return "\n".join(["".join([*parts, text[at:]]), *left])
