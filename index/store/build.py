"""Folder of documents to store: read what is new, tell documents apart, index what is not yet indexed, write a new generation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from index.errors import CorpusError
from index.question import lists
from index.search import embedder as embedders
from index.search.embedder import EmbedderSettings
from index.store.corpus import CorpusFile, CorpusListing, list_corpus, lists_of, office_lists
from index.store.entries import RENDITION, SEARCHED
from index.store.facts import read_by
from index.store.held import Held
from index.store.history import earlier_texts
from index.store.identity import Placed
from index.store.lock import locked
from index.store.readings import Readings, read_all
from index.store.sending import each_sent
from index.store.writing import READING, Progress, Work, write_base
from ingest.records import Metadata


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did; names are those of files within the corpus, ``faults`` are messages for the user.

    ``read`` were read now; ``reused`` were read by an earlier build and have not changed; ``kept`` are at fault now and stand
    in the store as an earlier build read them; ``gone`` are no longer in the corpus; ``removed`` were taken out of the base and
    are passed over; ``renditions`` are other files of a document that is searched already. ``notes`` tell what collided.
    """

    generation: str
    documents: tuple[Metadata, ...]
    clauses: int
    sentences: int
    renditions: tuple[str, ...]
    reused: tuple[str, ...]
    kept: tuple[str, ...]
    unsupported: tuple[str, ...]
    faults: tuple[str, ...]
    read: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def build(
    corpus: Path,
    store: Path,
    settings: EmbedderSettings,
    progress: Progress,
    compact: bool = True,
    noted: bool = False,
    cluster: str | None = None,
) -> BuildReport:
    """Build the store, or bring it up to date.

    :param corpus: folder of documents.
    :param store: folder of the store.
    :param settings: which model makes the vectors.
    :param progress: told how far it is.
    :param compact: whether all that is kept is written anew in the order of a first build; else only what is new is written.
    :param noted: as for :class:`index.store.held.Held`.
    :param cluster: of ray, on whose workers files are read (:func:`index.store.cluster.each_across`); None for this machine alone.
    :return: what was done.
    :raises CorpusError: when there is nothing to read; the store stays as it was.
    :raises ClusterError: when the cluster is not reached, or fails.
    :raises StoreError: when the store is in use or cannot be written.
    :raises EmbedderError: when the model cannot be loaded.
    """
    with locked(store):
        listing, by = list_corpus(corpus, store), read_by(corpus)
        held = Held(store, corpus, verify=True, noted=noted)
        removed = dict(held.facts.get("removed", {}))
        listing, passed = _without(listing, removed)
        read = read_all(
            listing, held.current, store, by.reader, lists_of(corpus),
            lambda done, of, step: progress(READING * done / of, step), {} if compact else held.faults,
            each_sent(cluster) if cluster else None,
        )  # fmt: skip
        if not read.entries:
            faults = "；".join(read.faults[name] for name in sorted(read.faults))
            raise CorpusError(f"{corpus} 里没有一个文件能读：{faults}", "原有知识库未动，请更换文件后重试")
        lists.use(office_lists(corpus))
        work = Work(corpus, store, by, settings, embedders.load(settings), progress)
        entries = [*read.entries, *earlier_texts(read, held)]
        state = state_of(listing.files, removed, read)
        placed, generation = write_base(work, held, entries, state, compact)
    progress(1.0, "完成")
    here = {entry.name for entry in read.entries}
    gone = tuple(name for name in sorted(held.current) if name not in here)
    return report_of(generation, placed, read, listing.unsupported, gone, passed)


def state_of(files: Iterable[CorpusFile], removed: Mapping[str, str], read: Readings) -> dict[str, dict[str, Any]]:
    """Put together what a base says of the files of its corpus (:func:`index.store.facts.facts_of`)."""
    sources = {file.name: file.sha256 for file in files}
    return {"sources": sources, "removed": dict(removed), "faults": {n: asdict(one) for n, one in read.unread.items()}}


def report_of(
    generation: str,
    placed: Placed,
    read: Readings,
    unsupported: Sequence[str] = (),
    gone: Sequence[str] = (),
    removed: Sequence[str] = (),
) -> BuildReport:
    """Put together what a build did."""
    chosen = [entry for entry in placed.entries if entry.standing == SEARCHED]
    return BuildReport(
        generation=generation,
        documents=tuple(entry.metadata for entry in chosen),
        clauses=sum(entry.clauses for entry in chosen),
        sentences=sum(entry.sentences for entry in chosen),
        renditions=tuple(entry.name for entry in placed.entries if entry.standing == RENDITION),
        reused=read.reused,
        kept=read.kept,
        unsupported=tuple(unsupported),
        faults=tuple(read.faults[name] for name in sorted(read.faults)),
        read=read.read,
        gone=tuple(gone),
        removed=tuple(removed),
        notes=placed.notes,
    )


def _without(listing: CorpusListing, removed: dict[str, str]) -> tuple[CorpusListing, tuple[str, ...]]:
    """Pass over the files that were taken out of the base; one that has changed since is a new one."""
    passed = tuple(file.name for file in listing.files if removed.get(file.name) == file.sha256)
    for name in set(removed) - set(passed):
        del removed[name]
    left = set(passed)
    return replace(listing, files=tuple(file for file in listing.files if file.name not in left)), passed
