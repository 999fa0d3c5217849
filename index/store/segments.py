"""Segments: readings of source files with all that finds their clauses, written once and shared by generations.

A segment is a sealed folder. Its first readings are indexed, in order of their keys: for these it has vectors, counts and search
forms; those behind them are kept only. What of it is in use is said by the entries of a generation.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.answer.forms import forms_chunks
from index.question import words
from index.search.arrays import Buffer, Chunks, Vectors, array_chunks, array_of
from index.search.counts import Postings, TokenCounter, postings_files, postings_from_files
from index.search.dense import checked
from index.search.lexical import LexicalSettings
from index.search.passages import clause_contexts
from index.store import sealed
from index.store.codec import decode
from index.store.entries import Entry, Reading
from index.store.generations import SEGMENTS
from ingest.records import Document

DOCUMENTS, VECTORS, FORMS = "documents.jsonl", "vectors.npy", "forms.txt"
_PARTS = ("sentences", "indexed", "clauses")
"""What its facts count of each indexed reading."""


@dataclass(frozen=True)
class Segment:
    """A segment that was read; what was not asked for of its files is not there."""

    digest: str
    facts: Mapping[str, Any]
    files: Mapping[str, Buffer]

    @cached_property
    def _ends(self) -> NDArray[np.int64]:
        return np.flatnonzero(np.frombuffer(self.files[DOCUMENTS], dtype=np.uint8) == ord("\n")).astype(np.int64) + 1

    def line(self, row: int) -> bytes:
        """Give the line of a reading."""
        start = int(self._ends[row - 1]) if row else 0
        return bytes(memoryview(self.files[DOCUMENTS])[start : int(self._ends[row])])

    def reading(self, row: int) -> Reading:
        """Read a reading back."""
        return decode(Reading, self.line(row))

    def is_indexed(self, row: int) -> bool:
        """Tell whether a reading is indexed."""
        return row < len(self.facts["sentences"])

    @cached_property
    def vectors(self) -> Vectors:
        """Vectors of the sentences of all indexed readings, in order."""
        return array_of(self.files[VECTORS])

    def vectors_of(self, row: int) -> Vectors:
        """Give the vectors of the sentences of an indexed reading."""
        return self.vectors[self.part("sentences", row)]

    def part(self, kind: str, row: int) -> slice:
        """Tell where the parts of an indexed reading lie among all: its ``sentences``, its clauses ``indexed``, or all ``clauses``."""
        ends = self._sums[kind]
        return slice(int(ends[row]), int(ends[row + 1]))

    @cached_property
    def _sums(self) -> Mapping[str, NDArray[np.int64]]:
        return {kind: np.cumsum([0, *self.facts[kind]], dtype=np.int64) for kind in _PARTS}

    @cached_property
    def postings(self) -> Postings:
        """Counts of the clauses of all indexed readings, in order."""
        return postings_from_files(self.files)

    @cached_property
    def forms(self) -> Sequence[bytes]:
        """Search forms of the clauses of all indexed readings, in order, each with its line end."""
        return bytes(self.files[FORMS]).splitlines(keepends=True)


@dataclass(frozen=True, slots=True)
class Material:
    """A reading that goes into a segment: its line, its document, and the vectors of its sentences where it is indexed."""

    line: bytes
    document: Document
    vectors: Vectors | None = None


def read_segment(store: Path, digest: str, names: Sequence[str] | None = None) -> Segment:
    """Read a segment.

    :param store: folder of the store.
    :param digest: of the segment.
    :param names: the files to read; None for all.
    :return: the segment.
    :raises FileNotFoundError: when it is not there.
    :raises StoreError: when it is damaged or of another version.
    """
    found = sealed.unseal(store, store / SEGMENTS / Path(digest).name, names, mapped=True)
    return Segment(found.digest, found.facts, found.files)


def write_segment(
    store: Path, facts: Mapping[str, Any], counted: Sequence[Entry], materials: Iterable[Material], dimension: int
) -> str:
    """Write a segment.

    :param store: folder of the store, which the caller holds.
    :param facts: what it is made by: the layout of its ``records``, and the ``recipe`` of what finds clauses.
    :param counted: entries of the readings that are indexed, in order.
    :param materials: readings, those first; each is asked for once, and only its index is held.
    :param dimension: of the vectors.
    :return: its digest.
    :raises OSError: when the disk refuses.
    """
    counter = TokenCounter(LexicalSettings().kinds)
    vectors, forms = [np.zeros((0, dimension), np.float32)], list[bytes]()

    def lines() -> Iterator[bytes]:
        for material in materials:
            if material.vectors is not None:
                vectors.append(checked(material.vectors))
                forms.extend(forms_chunks(clause.text for clause in material.document.clauses))
                for text in clause_contexts(material.document):
                    counter.add(words.tokens(text))
            yield material.line

    def files() -> Iterator[tuple[str, Chunks]]:
        yield DOCUMENTS, lines()
        yield VECTORS, array_chunks(np.concatenate(vectors))
        yield FORMS, forms
        yield from postings_files(counter.postings()).items()

    parts = {kind: [getattr(entry, kind) for entry in counted] for kind in _PARTS}
    return sealed.seal(store / SEGMENTS, {**facts, **parts}, files())
