"""Readings to a segment: each is looked at once, and what finds its clauses is written beside it."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path
from typing import Any

import numpy as np

from index.answer.forms import forms_chunks
from index.question import words
from index.references.outlines import head_of, outline_of
from index.search.arrays import Chunks, Vectors, array_chunks, slim
from index.search.counts import TokenCounter, postings_files
from index.search.dense import MANY, checked, lists_chunks
from index.search.lexical import LexicalSettings
from index.search.lines import ends_name, lines_files, lines_of
from index.search.passages import clause_contexts
from index.store import sealed
from index.store.codec import encode
from index.store.entries import SEARCHED, Entry, Reading
from index.store.generations import SEGMENTS
from index.store.segments import (
    CLAUSES,
    DOCUMENTS,
    FORMS,
    HEADS,
    INDEXED,
    LISTS,
    SIZES,
    VECTORS,
    WAYS,
    HeldWay,
)
from ingest.records import Document


@dataclass(frozen=True, slots=True)
class Material:
    """A reading that goes into a segment, with the vectors of its sentences where it is indexed."""

    reading: Reading
    vectors: Vectors | None = None


def write_segment(
    store: Path, facts: Mapping[str, Any], entries: Sequence[Entry], materials: Iterable[Material], dimension: int
) -> str:
    """Write a segment.

    :param store: folder of the store, which the caller holds.
    :param facts: what it is made by: the layout of its ``records``, and the ``recipe`` of what finds clauses.
    :param entries: of its readings, those that are searched first.
    :param materials: the readings; each is asked for once, and only its index is held.
    :param dimension: of the vectors.
    :return: its digest.
    :raises OSError: when the disk refuses.
    """
    indexed = [entry for entry in entries if entry.standing == SEARCHED]
    parts = {kind: [getattr(entry, kind) for entry in indexed] for kind in INDEXED}
    every = {"clauses": [entry.clauses for entry in entries]}
    return sealed.seal(store / SEGMENTS, {**facts, **parts, **every}, _files(materials, dimension))


def _files(materials: Iterable[Material], dimension: int) -> Iterator[tuple[str, Chunks]]:
    documents, heads, ends, sizes = list[bytes](), list[bytes](), array("q"), array("i")
    index = _Index(dimension)

    def clauses() -> Iterator[bytes]:
        for material in materials:
            document = material.reading.document
            index.add(document, material.vectors)
            documents.append(encode(Reading(material.reading.name, replace(document, clauses=()))))
            heads.extend(encode(head_of(clause)) for clause in document.clauses)
            sizes.extend(len(clause.sentences) for clause in document.clauses)
            lines = [encode(clause) for clause in document.clauses]
            ends.extend(accumulate((len(line) for line in lines), initial=ends[-1] if ends else 0))
            del ends[-len(lines) - 1]
            yield from lines

    yield CLAUSES, clauses()
    yield ends_name(CLAUSES), array_chunks(slim(np.array(ends, dtype=np.int64)))
    yield DOCUMENTS, documents
    yield from lines_files(HEADS, lines_of(heads)).items()
    yield SIZES, array_chunks(slim(np.array(sizes, dtype=np.int64)))
    yield from index.files()


class _Index:
    """What finds the clauses of readings, taken up one after another."""

    def __init__(self, dimension: int) -> None:
        self._counter = TokenCounter(LexicalSettings().kinds)
        self._vectors = [np.zeros((0, dimension), np.float32)]
        self._forms: list[bytes] = []
        self._ways: dict[tuple[str, ...], list[int]] = {}

    def add(self, document: Document, vectors: Vectors | None) -> None:
        """Take up a reading, where it is indexed."""
        if vectors is None:
            return
        row = len(self._vectors) - 1
        self._vectors.append(checked(vectors))
        self._forms.extend(forms_chunks(clause.text for clause in document.clauses))
        for text in clause_contexts(document):
            self._counter.add(words.tokens(text))
        for way in outline_of([head_of(clause) for clause in document.clauses]).ways(document.key):
            self._ways.setdefault(way, []).append(row)

    def files(self) -> Iterator[tuple[str, Chunks]]:
        vectors = np.concatenate(self._vectors)
        yield VECTORS, array_chunks(vectors)
        if len(vectors) >= MANY:
            yield LISTS, lists_chunks(vectors)
        yield from lines_files(FORMS, lines_of(self._forms)).items()
        yield WAYS, [encode(HeldWay(way, tuple(rows))) for way, rows in sorted(self._ways.items())]
        yield from postings_files(self._counter.postings()).items()
