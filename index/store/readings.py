"""Files of a corpus to readings: what has changed is read, in other processes, and what has not is taken from the base as it is."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

from index.references.twins import cited_apart
from index.store import pending
from index.store.codec import decode, encode
from index.store.corpus import CorpusFile, CorpusListing
from index.store.entries import Entry, Reading, entry_of
from index.store.sealed import unwritten
from ingest import MachineFault, each_within, read_document, size_of
from ingest.errors import IngestError, UnreadableFile
from ingest.records import Document, Metadata, Stated

Told = Callable[[int, int, str], None]
"""Told how many files are done, of how many, and what comes next."""

_MANY = 20
"""Files to read from which on the time that is left is told."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a file could not be read, with the digest of its bytes and what could not read them."""

    sha256: str
    reader: str
    text: str


@dataclass(frozen=True, slots=True)
class Readings:
    """What came of reading the corpus: an entry for each file, and the names and faults that a build reports.

    ``faults`` are by the name of the file; those of ``unread`` are of bytes that were looked at. ``kept`` are at fault now and
    stand as an earlier build read them.
    """

    entries: tuple[Entry, ...]
    read: tuple[str, ...]
    reused: tuple[str, ...]
    kept: tuple[str, ...]
    faults: Mapping[str, str]
    unread: Mapping[str, Fault] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Task:
    """A file to read, the fingerprint of the reading, the office's lists, and where its reading is put."""

    file: CorpusFile
    reader: str
    lists: Path | None
    target: Path


Given = tuple[Path, Path | None, CorpusFile]
"""Where a file lies, where the office's lists do, and what the file is in its corpus."""
Each = Callable[[Sequence[Task], Sequence[int]], Generator[tuple[Task, Entry | IngestError]]]
"""Reads files of so many bytes, and puts their readings among what is pending: each task in order, with its entry or fault."""


def read_all(
    listing: CorpusListing,
    earlier: Mapping[str, Entry],
    store: Path,
    reader: str,
    lists: Path | None,
    tell: Told,
    known: Mapping[str, Fault] | None = None,
    each: Each | None = None,
) -> Readings:
    """Read every file that has changed; a file at fault leaves what an earlier build read of it.

    :param listing: the files.
    :param earlier: what the base holds of each, by name.
    :param store: folder of the store, in which readings wait for their segment.
    :param reader: fingerprint of the reading; what another one read is read again.
    :param lists: folder of the office's lists of words; None where it keeps none.
    :param tell: told before each file.
    :param known: faults that were found before, by name; the same bytes are not tried again.
    :param each: where files are read; None for processes of this machine.
    :return: entries in order of name.
    :raises StoreError: when the store cannot be written.
    """
    entries = {file.name: before for file in listing.files if (before := _same(earlier, file, reader))}
    reused = tuple(sorted(entries))
    unread = {file.name: fault for file in listing.files if (fault := _known(known or {}, file, reader))}
    rest = (file for file in listing.files if file.name not in entries and file.name not in unread)
    try:
        for task, outcome in _outcomes([_task(file, store, reader, lists) for file in rest], tell, each or each_here):
            if isinstance(outcome, IngestError):
                unread[task.file.name] = Fault(task.file.sha256, reader, str(outcome))
            else:
                entries[task.file.name] = replace(outcome, reader=reader)
    except MachineFault as error:
        raise unwritten(store, error) from error
    faults = {
        **{fault.file: str(fault) for fault in listing.faults},
        **{name: one.text for name, one in unread.items()},
    }
    read = tuple(sorted(set(entries) - set(reused)))
    kept = {name: entry for name, entry in earlier.items() if name in faults or listing.hides(name)}
    every = {**entries, **kept}
    return Readings(tuple(every[name] for name in sorted(every)), read, reused, tuple(sorted(kept)), faults, unread)


def pending_reading(entry: Entry, store: Path) -> Path:
    """Name the piece that holds the reading of an entry which is in no segment yet.

    :param entry: of a file.
    :param store: folder of the store.
    :return: where it lies.
    """
    return pending.piece(store, "json", (Path(entry.name).stem, entry.sha256, entry.reader))


def _same(earlier: Mapping[str, Entry], file: CorpusFile, reader: str) -> Entry | None:
    before = earlier.get(file.name)
    return before if before and (before.sha256, before.reader) == (file.sha256, reader) else None


def _known(known: Mapping[str, Fault], file: CorpusFile, reader: str) -> Fault | None:
    fault = known.get(file.name)
    return fault if fault and (fault.sha256, fault.reader) == (file.sha256, reader) else None


def _task(file: CorpusFile, store: Path, reader: str, lists: Path | None) -> Task:
    return Task(file, reader, lists, pending.piece(store, "json", (file.path.stem, file.sha256, reader)))


def each_here(tasks: Sequence[Task], sizes: Sequence[int]) -> Generator[tuple[Task, Entry | IngestError]]:
    """Read files in processes of this machine, an :data:`Each`."""
    yield from each_within(read_task, tasks, lambda task: task.file.name, sizes=sizes)


def _outcomes(tasks: Sequence[Task], tell: Told, each: Each) -> Iterator[tuple[Task, Entry | IngestError]]:
    """Read files, those that a killed build has read not again."""
    started, count = time.monotonic(), len(tasks)

    def next_one(done: int) -> None:
        left = (time.monotonic() - started) / done * (count - done) if done else 0.0
        about = (
            f"（第 {done + 1} 份，共 {count} 份{f'，约剩 {_duration(left)}' if done else ''}）"
            if count >= _MANY
            else ""
        )
        if done < count:
            tell(done, count, f"读取 {tasks[done].file.name}{about}")

    next_one(0)
    with closing(each(tasks, [size_of(task.file.path) for task in tasks])) as outcomes:
        for done, (task, outcome) in enumerate(outcomes):
            yield task, outcome
            next_one(done + 1)


def _duration(seconds: float) -> str:
    return f"{seconds:.0f} 秒" if seconds < 90 else f"{seconds / 60:.0f} 分钟"


def read_task(task: Task) -> Entry:
    """Read one file and put its reading among what is pending; runs in a process of its own.

    :param task: what to read.
    :return: its entry.
    :raises IngestError: when it cannot be read, or is no document.
    :raises MachineFault: when the store cannot be written.
    """
    held = held_entry(task)
    if held is not None:
        return held
    document = read_file(task.file.path, task.lists, task.file)
    put_reading(task, encode(Reading(task.file.name, document)))
    return entry_of(task.file.name, document)


def held_entry(task: Task) -> Entry | None:
    """Give the entry of a file that a killed build has read; None where none has."""
    found = pending.get(task.target)
    return None if found is None else entry_of(task.file.name, decode(Reading, found).document)


def read_file(path: Path, lists: Path | None, file: CorpusFile) -> Document:
    """Read one file of a corpus.

    :param path: where its bytes lie.
    :param lists: folder of the office's lists; None where it keeps none.
    :param file: what it is in its corpus.
    :return: the document, under the file's name there.
    :raises IngestError: when it cannot be read, is no document, or has other bytes now.
    """
    document = read_document(path, lists)
    if not document.key or not any(clause.sentences for clause in document.clauses):
        raise UnreadableFile(file.name, "没有读出标题或条款", "请确认它是一份政策文件")
    if document.source.sha256 != file.sha256:
        raise UnreadableFile(file.name, "读取时文件正在变化", "请等它写完后重试")
    return replace(document, source=replace(document.source, path=file.name))


def read_given(given: Given) -> tuple[Entry, bytes]:
    """Read one file that lies elsewhere than in its corpus; runs in a process of its own, which starts soon as this module needs little.

    :param given: the file.
    :return: its entry, and the line of its reading.
    :raises IngestError: as :func:`read_file`.
    """
    path, lists, file = given
    document = read_file(path, lists, file)
    return entry_of(file.name, document), encode(Reading(file.name, document))


def put_reading(task: Task, line: bytes) -> None:
    """Put a reading among what is pending.

    :param task: of the file.
    :param line: its encoded :class:`index.store.entries.Reading`.
    :raises MachineFault: when the store cannot be written.
    """
    try:
        pending.put(task.target, line)
    except OSError as error:
        raise MachineFault(str(error.strerror)) from error


def named(document: Document, name: str, key: str) -> Document:
    """Give a document the name of its file and the key that it has in a base; ids of its clauses begin with it, citations tell it.

    :param document: as it was read.
    :param name: of its file within the corpus.
    :param key: of the document.
    :return: the same where nothing changes.
    """
    if document.source.path != name:
        document = replace(document, source=replace(document.source, path=name))
    if document.key == key:
        return document
    old, metadata = document.key, document.metadata
    clauses = (
        replace(
            one,
            clause_id=key + one.clause_id.removeprefix(old),
            citation=cited_apart(one.citation, metadata, old, key),
        )
        for one in document.clauses
    )
    return replace(
        document,
        identity="" if key == (metadata.number or metadata.title) else key,
        clauses=tuple(clauses),
        statements=tuple(moved(one, metadata, old, key) for one in document.statements),
    )


def moved(stated: Stated, metadata: Metadata, old: str, key: str) -> Stated:
    """Put a statement below the key that its document has in a base; one that stands in no clause stays.

    :param stated: as it stands under the key ``old``.
    :param metadata: of its document.
    :param old: the document's key so far.
    :param key: its key.
    :return: the statement.
    """
    if old == key or not stated.clause_id:
        return stated
    citation = cited_apart(stated.citation, metadata, old, key) if stated.citation else ""
    return replace(stated, clause_id=key + stated.clause_id.removeprefix(old), citation=citation)
