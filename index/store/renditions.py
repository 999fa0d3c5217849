"""Which of several files of one document (版式) is searched and quoted, and which are only kept beside it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from index.store.corpus import Entry
from ingest import reader_for


def choose_renditions(entries: Iterable[Entry]) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
    """Of the files that are one document, choose the one that is searched: by the authority of its format, then by name.

    :param entries: everything that was read.
    :return: one entry a document in order of document key, and the other renditions.
    """

    def order(entry: Entry) -> tuple[str, int, str]:
        return entry.key, reader_for(Path(entry.name)).authority, entry.name

    chosen: dict[str, Entry] = {}
    others = [entry for entry in sorted(entries, key=order) if chosen.setdefault(entry.key, entry) is not entry]
    return tuple(chosen.values()), tuple(others)
