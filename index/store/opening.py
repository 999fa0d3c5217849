"""A store to everything that questions are put to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.answer.library import Library
from index.errors import StoreError
from index.question import lists
from index.references.reader import ReferenceReader, reader_of
from index.search import embedder as embedders
from index.search.arrays import Vectors
from index.search.counts import Postings
from index.search.dense import build_dense
from index.search.embedder import EmbedderSettings, Reranker, settings_of
from index.search.lexical import GONE, LexicalIndex, LexicalSettings
from index.search.passages import passages_of
from index.search.searcher import Searcher
from index.store import generations as stores
from index.store.codec import decode_all
from index.store.collector import without_collector
from index.store.entries import ENTRIES, RENDITION, SEARCHED, Entry
from index.store.facts import check
from index.store.generations import Generation
from index.store.readings import named
from index.store.segments import Segment, read_segment
from index.store.writing import LISTS
from ingest.records import Document


@dataclass(frozen=True, slots=True)
class Opened:
    """A store in memory: documents, what questions are put to, what reads references, where the files lay, and its lists."""

    library: Library
    searcher: Searcher
    reader: ReferenceReader
    corpus: Path
    sha: str
    office: Mapping[str, str]


@without_collector()
def open_store(store: Path, settings: EmbedderSettings | None = None, reranker: Reranker | None = None) -> Opened:
    """Open a store, read-only and verified, and take up the lists of its office.

    :param store: folder of the store.
    :param settings: the model for questions; None for the one that the store was built with.
    :param reranker: a cross-encoder for the first clauses; None for none.
    :return: all that it holds.
    :raises StoreError: when there is no store, or it is damaged, of another version, or of another model.
    :raises EmbedderError: when the model cannot be loaded.
    """
    return stores.read_with(store, lambda generation: _opened(store, generation, settings, reranker))


def _opened(
    store: Path, generation: Generation, settings: EmbedderSettings | None, reranker: Reranker | None
) -> Opened:
    facts, files = generation.facts, generation.files
    office = {name.removeprefix(LISTS): bytes(data).decode() for name, data in files.items() if name.startswith(LISTS)}
    lists.use(office)
    check(facts, store)
    segments = {digest: read_segment(store, digest) for digest in stores.segments_of(facts)}
    model = facts["embedder"]
    embedder = embedders.load(settings or settings_of(model))
    if embedder.fingerprint != model["fingerprint"]:
        raise StoreError(
            f"知识库 {store} 是用另一个向量模型（{model['name'] or '自带模型'}）建立的，与现在的模型不符",
            "请换回原来的模型，或运行 python -m index build 重建",
        )
    entries = decode_all(Entry, bytes(files[ENTRIES]))
    live = [entry for entry in entries if entry.standing == SEARCHED]
    documents = {entry.key: _document(entry, segments) for entry in live}
    aside: dict[bool, dict[str, tuple[Document, ...]]] = {True: {}, False: {}}
    for entry in entries:
        if entry.standing != SEARCHED:
            kind = aside[entry.standing == RENDITION]
            kind[entry.key] = (*kind.get(entry.key, ()), _document(entry, segments))
    dense = build_dense(_joined([segments[entry.segment].vectors_of(entry.row) for entry in live], model["dimension"]))
    lexical = LexicalIndex(list(_placed(live, segments)), LexicalSettings())
    searcher = Searcher(passages_of(documents.values()), lexical, dense, embedder, reranker=reranker)
    forms = b"".join(
        b"".join(segments[one.segment].forms[segments[one.segment].part("clauses", one.row)]) for one in live
    )
    library = Library(documents, aside[True], forms, aside[False])
    return Opened(library, searcher, reader_of(documents.values()), generation.corpus, generation.digest, office)


def _document(entry: Entry, segments: Mapping[str, Segment]) -> Document:
    return named(segments[entry.segment].reading(entry.row).document, entry.name, entry.key)


def _joined(parts: Sequence[Vectors], dimension: int) -> Vectors:
    return parts[0] if len(parts) == 1 else np.concatenate([np.zeros((0, dimension), np.float32), *parts])


def _placed(live: Sequence[Entry], segments: Mapping[str, Segment]) -> Iterator[tuple[Postings, NDArray[np.int64]]]:
    """Give the counts of each segment with the place that each of its clauses has in the base."""
    places = {digest: np.full(len(one.postings.lengths), GONE, np.int64) for digest, one in segments.items()}
    first = 0
    for entry in live:
        places[entry.segment][segments[entry.segment].part("indexed", entry.row)] = range(first, first + entry.indexed)
        first += entry.indexed
    yield from ((segments[digest].postings, places[digest]) for digest in segments)
