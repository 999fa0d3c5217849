"""A file read before it is added: what was understood of it, and what the base has of its document; nothing is changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from index.errors import CorpusError, StoreError
from index.store import pending
from index.store.changing import key_of
from index.store.codec import decode
from index.store.corpus import CorpusFile, CorpusListing, corpus_file, lists_of
from index.store.entries import EARLIER, SEARCHED, SUPERSEDED, Entry, Reading
from index.store.facts import read_by
from index.store.held import Held, whole_held
from index.store.identity import differ, natural_key, place
from index.store.origin import origin_of
from index.store.previews import ANOTHER, HELD, NAMESAKE, NEW, RENDITION, HeldFile, Preview
from index.store.readings import Readings, pending_reading, read_all
from index.store.sealed import unwritten
from index.store.writing import Progress
from ingest import reader_for
from ingest.errors import IngestError
from ingest.records import Clause, Document


def preview(files: Sequence[str | Path], store: str | Path, progress: Progress | None = None) -> tuple[Preview, ...]:
    """Read files as they would be read if they were added, each in a process of its own within limits.

    :param files: source files; what is put down on the way lies beside them until they are read.
    :param store: folder of the store.
    :param progress: told how far it is.
    :return: what was understood of each, in their order.
    :raises CorpusError: when the folder of the corpus or one of its lists is at fault.
    :raises StoreError: when there is no store, it is damaged, or nothing can be written beside the files.
    """
    store, tell = Path(store), progress or (lambda share, step: None)
    corpus = _corpus_of(store)
    found: list[Preview] = []
    for done, path in enumerate(map(Path, files)):
        tell(done / len(files), f"读取 {path.name}")
        found.append(_preview(path, store, corpus))
    return tuple(found)


def files_of(document: str, store: str | Path) -> tuple[HeldFile, ...]:
    """List the source files that a base has of a document, the one that is searched first.

    :param document: its number or title, or its key in the base.
    :param store: folder of the store.
    :return: its files.
    :raises QueryError: when the base does not hold it, or holds several of that name.
    :raises StoreError: when there is no store, or it is damaged.
    """
    held = whole_held(Path(store), _corpus_of(Path(store)))
    key = key_of(document, held)
    return tuple(_held_file(entry) for entry in held.entries if entry.key == key and entry.standing != EARLIER)


def _held_file(entry: Entry) -> HeldFile:
    is_searched, is_earlier = entry.standing == SEARCHED, entry.standing == SUPERSEDED
    return HeldFile(entry.name, entry.sha256, entry.key, entry.metadata, entry.clauses, is_searched, is_earlier)


def _corpus_of(store: Path) -> Path:
    corpus = origin_of(store).corpus
    if corpus is None:
        raise StoreError(f"{store} 里没有知识库，或已损坏", "请先运行 python -m index build")
    return corpus


def _preview(path: Path, store: Path, corpus: Path) -> Preview:
    try:
        file = corpus_file(path.parent, path.name)
    except IngestError as error:
        raise CorpusError(str(error), "知识库未动") from error
    try:
        with TemporaryDirectory(prefix=".", dir=path.parent, ignore_cleanup_errors=True) as scratch:
            read, document = _read(file, Path(scratch), corpus)
    except OSError as error:
        raise unwritten(path.parent, error.strerror) from error
    if document is None:
        return Preview(path.name, file.sha256, fault=read.faults[path.name])
    try:
        met = _met(read.entries[0], document, whole_held(store, corpus))
    except StoreError:  # another generation may have taken its place while it was looked into
        met = _met(read.entries[0], document, whole_held(store, corpus))
    return _told(read.entries[0], document, *met)


def _read(file: CorpusFile, scratch: Path, corpus: Path) -> tuple[Readings, Document | None]:
    """Read one file; what it gives waits in a folder of its own, not among what is pending in the store."""
    listing = CorpusListing((file,), (), ())
    read = read_all(listing, {}, scratch, read_by(corpus).reader, lists_of(corpus), lambda done, of, step: None)
    line = pending.get(pending_reading(read.entries[0], scratch)) if read.entries else None
    if read.entries and line is None:
        raise StoreError(f"读过的 {file.name} 又丢失了", "请检查磁盘后重试")
    return read, decode(Reading, line).document if line else None


def _met(new: Entry, document: Document, held: Held) -> tuple[str, str, tuple[str, ...]]:
    """Tell how a file stands to the base, which document of it it meets, and the files of that."""
    others = [entry for entry in held.entries if entry.name != new.name and entry.standing != EARLIER]
    texts = held.texts_with(lambda entry: _document(entry, new, document, held))
    placed = place([*others, new], held.entries, texts)
    keys = {entry.name: entry.key for entry in placed.entries}

    def files(key: str) -> tuple[str, ...]:
        return tuple(entry.name for entry in others if entry.key == key)

    for entry in held.current.values():
        if entry.sha256 == new.sha256:
            return HELD, entry.key, files(entry.key)
    same = [entry for entry in others if entry.key == keys[new.name]]
    if same:
        unlike = any(differ(new, one, texts) for one in same if one.standing != SUPERSEDED)
        return ANOTHER if unlike else RENDITION, same[0].key, files(same[0].key)
    known = natural_key(new.metadata)
    key = next((entry.key for entry in others if natural_key(entry.metadata) == known), "")
    return NAMESAKE if key else NEW, key, files(key)


def _document(entry: Entry, new: Entry, document: Document, held: Held) -> Document:
    return document if (entry.name, entry.sha256) == (new.name, new.sha256) else held.document(entry)


def _told(entry: Entry, document: Document, standing: str, key: str, files: tuple[str, ...]) -> Preview:
    reader = reader_for(entry.path)
    return Preview(
        name=entry.name,
        sha256=entry.sha256,
        label=reader.label,
        pages=len(document.page_sizes) if reader.has_pages else 0,
        metadata=document.metadata,
        outline=tuple(_outline(document.clauses)),
        clauses=len(document.clauses),
        targets=sum(len(clause.targets) for clause in document.clauses),
        tables=tuple((one.caption, len(one.columns), len(one.rows)) for one in document.tables),
        warnings=document.warnings,
        account=document.account,
        standing=standing,
        key=key,
        files=files,
    )


def _outline(clauses: Iterable[Clause]) -> Iterator[tuple[int, str]]:
    """Give each heading once, in the order of the text, with its depth."""
    seen: set[tuple[str, ...]] = set()
    for clause in clauses:
        for depth, heading in enumerate(clause.heading_path):
            path = clause.heading_path[: depth + 1]
            if path not in seen:
                seen.add(path)
                yield depth, heading
