"""Files of a corpus to readings: what has changed is read, and what has not is taken from the last build."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from index.errors import StoreError
from index.store import generations as stores
from index.store.codec import decode, encode
from index.store.corpus import CorpusListing, Entry, Reading
from ingest import read_document
from ingest.errors import IngestError, UnreadableFile
from ingest.records import Document

DOCUMENTS, RENDITIONS = "documents.jsonl", "renditions.jsonl"
"""Files of the store: the readings that are searched, and other renditions of their documents."""

Told = Callable[[int, int, str], None]
"""Told how many files are done, of how many, and the name of the next."""


@dataclass(frozen=True, slots=True)
class Readings:
    """What came of reading the corpus: an entry for each file, and the names and faults that a build reports."""

    entries: tuple[Entry, ...]
    reused: tuple[str, ...]
    kept: tuple[str, ...]
    faults: tuple[str, ...]


def entry_of(reading: Reading) -> Entry:
    """Put a reading into the form in which it is kept.

    :param reading: one source file with its document.
    :return: its entry, which holds all of it as one line.
    """
    document = reading.document
    return Entry(
        reading.name,
        document.key,
        document.source.sha256,
        document.metadata,
        len(document.clauses),
        sum(len(clause.sentences) for clause in document.clauses),
        encode(reading),
    )


def document_of(entry: Entry) -> Document:
    """Read the document of an entry back.

    :param entry: what :func:`entry_of` gave.
    :return: an equal document.
    """
    return decode(Reading, entry.line).document


def earlier_entries(store: Path, corpus: Path, reader: str) -> Mapping[str, Entry]:
    """Give what the last build of the same corpus read.

    :param store: folder of the store.
    :param corpus: folder of the documents.
    :param reader: fingerprint of the reading; what another one read is of no use.
    :return: entries by file name; none when they cannot be relied on.
    """
    try:
        generation = stores.read(store, (DOCUMENTS, RENDITIONS))
        if generation.facts["reader"] != reader or generation.corpus.resolve() != corpus.resolve():
            return {}
        lines = (line for name in (DOCUMENTS, RENDITIONS) for line in generation.files[name].splitlines(keepends=True))
        entries = (entry_of(decode(Reading, line)) for line in lines)
        return {entry.name: entry for entry in entries}
    except (StoreError, KeyError):
        return {}


def read_all(listing: CorpusListing, earlier: Mapping[str, Entry], lists: Path | None, tell: Told) -> Readings:
    """Read every file that has changed; a file at fault leaves what an earlier build read of it.

    :param listing: the files.
    :param earlier: entries by name, as :func:`earlier_entries` gives them.
    :param lists: folder of the office's lists of words; None where it keeps none.
    :param tell: told before each file.
    :return: entries in order of name.
    """
    faults = {fault.file: fault for fault in listing.faults}
    entries: dict[str, Entry] = {}
    reused: list[str] = []
    for done, file in enumerate(listing.files):
        tell(done, len(listing.files), file.name)
        before = earlier.get(file.name)
        if before and before.sha256 == file.sha256:
            entries[file.name] = before
            reused.append(file.name)
            continue
        try:
            entries[file.name] = entry_of(_read(file.name, file.path, lists))
        except IngestError as fault:
            faults[file.name] = fault
    kept = {name: earlier[name] for name in sorted(faults) if name in earlier}
    every = {**entries, **kept}
    return Readings(
        tuple(every[name] for name in sorted(every)),
        tuple(reused),
        tuple(kept),
        tuple(str(faults[name]) for name in sorted(faults)),
    )


def _read(name: str, path: Path, lists: Path | None) -> Reading:
    document = read_document(path, lists)
    if not document.key or not any(clause.sentences for clause in document.clauses):
        raise UnreadableFile(name, "没有读出标题或条款", "请确认它是一份政策文件")
    return Reading(name, replace(document, source=replace(document.source, path=name)))
