"""A store to everything that questions are put to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.answer.library import Library
from index.errors import StoreError
from index.question import lists
from index.references.held import Way
from index.references.reader import ReferenceReader, reader_of_outlines
from index.search import embedder as embedders
from index.search.counts import Postings
from index.search.dense import DenseIndex, DensePart
from index.search.embedder import EmbedderSettings, Reranker, settings_of
from index.search.lexical import LexicalIndex, LexicalSettings
from index.search.lexical_part import GONE
from index.search.lines import Lines
from index.search.passages import Passage
from index.search.searcher import Searcher
from index.search.vector_store import VectorStore
from index.store import generations as stores
from index.store.codec import decode_all
from index.store.collector import without_collector
from index.store.entries import ENTRIES, RENDITION, SEARCHED, Entry
from index.store.facts import check
from index.store.generations import Generation
from index.store.segments import Segment, read_segment
from index.store.stored import StoredClauses, documents_of, passages_of_store
from index.store.writing import LISTS
from ingest.records import Document

Elsewhere = Callable[[Sequence[Passage], LexicalIndex, str], VectorStore]
"""Opens what finds the clauses of a generation in another place, from its passages, its counts and its digest."""
_AT_ONCE = 2
"""Segments that are read at once."""


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
def open_store(
    store: Path,
    settings: EmbedderSettings | None = None,
    reranker: Reranker | None = None,
    elsewhere: Elsewhere | None = None,
) -> Opened:
    """Open a store, read-only and verified, and take up the lists of its office.

    :param store: folder of the store.
    :param settings: the model for questions; None for the one that the store was built with.
    :param reranker: a cross-encoder for the first clauses; None for none.
    :param elsewhere: opens what finds clauses, whose vectors are then not read here; None for the indexes of the store.
    :return: all that it holds.
    :raises StoreError: when there is no store, or it is damaged, of another version, or of another model.
    :raises EmbedderError: when the model cannot be loaded.
    :raises VectorStoreError: when another place does not answer, or does not hold the generation.
    """
    return stores.read_with(store, lambda generation: _opened(store, generation, settings, reranker, elsewhere))


def _opened(
    store: Path,
    generation: Generation,
    settings: EmbedderSettings | None,
    reranker: Reranker | None,
    elsewhere: Elsewhere | None,
) -> Opened:
    facts, files = generation.facts, generation.files
    office = {name.removeprefix(LISTS): bytes(data).decode() for name, data in files.items() if name.startswith(LISTS)}
    lists.use(office)
    check(facts, store)
    segments = _segments(store, facts)
    model = facts["embedder"]
    embedder = embedders.load(settings or settings_of(model))
    if embedder.fingerprint != model["fingerprint"]:
        raise StoreError(
            f"知识库 {store} 是用另一个向量模型（{model['name'] or '自带模型'}）建立的，与现在的模型不符",
            "请换回原来的模型，或运行 python -m index build 重建",
        )
    entries = decode_all(Entry, bytes(files[ENTRIES]))
    live = [entry for entry in entries if entry.standing == SEARCHED]
    documents = {one.key: one for one in documents_of(live, segments)}
    aside: dict[bool, dict[str, tuple[Document, ...]]] = {True: {}, False: {}}
    others = [entry for entry in entries if entry.standing != SEARCHED]
    for entry, document in zip(others, documents_of(others, segments), strict=True):
        kind = aside[entry.standing == RENDITION]
        kind[entry.key] = (*kind.get(entry.key, ()), document)
    clauses = StoredClauses(live, segments)
    dense = DenseIndex(() if elsewhere else _vectors(live, segments), model["dimension"])
    lexical = LexicalIndex(list(_counts(live, segments)), LexicalSettings())
    passages = passages_of_store(live, documents, clauses, segments)
    found_by = elsewhere(passages, lexical, generation.digest) if elsewhere else None
    searcher = Searcher(passages, lexical, dense, embedder, reranker=reranker, vectors=found_by)
    library = Library(documents, aside[True], _forms(live, segments), aside[False], clauses)
    heads = {entry.key: entry.metadata for entry in live}
    references = reader_of_outlines(heads, clauses.outline, _ways(live, segments))
    return Opened(library, searcher, references, generation.corpus, generation.digest, office)


def _segments(store: Path, facts: Mapping[str, Any]) -> dict[str, Segment]:
    """Read the segments of a generation, several at once: nearly all of the time goes by in digesting them."""
    digests = stores.segments_of(facts)
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        return dict(zip(digests, pool.map(partial(read_segment, store), digests), strict=True))


def _vectors(live: Sequence[Entry], segments: Mapping[str, Segment]) -> Iterator[DensePart]:
    """Give the vectors of each segment, where they lie, with the place that each of its sentences has in the base."""
    for digest, places in _places(live, segments, "sentences").items():
        one = segments[digest]
        yield DensePart(one.vectors, places, one.lists, one.vector_rows if one.lists else None)


def _counts(live: Sequence[Entry], segments: Mapping[str, Segment]) -> Iterator[tuple[Postings, NDArray[np.int64]]]:
    """Give the counts of each segment with the place that each of its clauses has in the base."""
    for digest, places in _places(live, segments, "indexed").items():
        yield segments[digest].postings, places


def _places(live: Sequence[Entry], segments: Mapping[str, Segment], kind: str) -> dict[str, NDArray[np.int64]]:
    """Give the place that each part of a segment's indexed readings has in the base, :data:`GONE` where it is no longer there."""
    places = {digest: np.full(sum(one.facts[kind]), GONE, np.int64) for digest, one in segments.items()}
    first = 0
    for entry in live:
        part = segments[entry.segment].part(kind, entry.row)
        places[entry.segment][part] = np.arange(first, first + part.stop - part.start)
        first += part.stop - part.start
    return places


def _forms(live: Sequence[Entry], segments: Mapping[str, Segment]) -> list[tuple[Lines, range]]:
    """Give the search forms of documents in order, of those that lie behind one another in a segment at once."""
    held = [(segments[entry.segment], segments[entry.segment].part("clauses", entry.row)) for entry in live]
    found, start = list[tuple[Lines, range]](), 0
    for at, (segment, part) in enumerate(held):
        if at + 1 == len(held) or held[at + 1][0] is not segment or held[at + 1][1].start != part.stop:
            found.append((segment.forms, range(held[start][1].start, part.stop)))
            start = at + 1
    return found


def _ways(live: Sequence[Entry], segments: Mapping[str, Segment]) -> Iterator[Way]:
    """Give the ways to all clauses with the places of their documents."""
    places = {(entry.segment, entry.row): at for at, entry in enumerate(live)}
    for digest, segment in segments.items():
        for way in segment.ways:
            yield way.parts, [places[digest, row] for row in way.rows if (digest, row) in places]
