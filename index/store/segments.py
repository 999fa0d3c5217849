"""Segments: readings of source files with all that finds their clauses, written once and shared by generations.

A segment is a sealed folder. Its first readings are indexed, in order of their keys: for these it has vectors, counts and search
forms; those behind them are kept only. What of it is in use is said by the entries of a generation.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import accumulate
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.answer.forms import forms_chunks
from index.question import words
from index.references.reader import ClauseHead, head_of
from index.search.arrays import Buffer, Chunks, Vectors, array_chunks, array_of
from index.search.counts import Postings, TokenCounter, postings_files, postings_from_files
from index.search.dense import checked
from index.search.lexical import LexicalSettings
from index.search.passages import clause_contexts
from index.store import sealed
from index.store.codec import decode, decode_all, encode
from index.store.entries import SEARCHED, Entry, Reading
from index.store.generations import SEGMENTS
from ingest.records import Clause

DOCUMENTS, CLAUSES, ENDS, HEADS = "documents.jsonl", "clauses.jsonl", "clause_ends.npy", "heads.jsonl"
"""Readings without their clauses, a line each; the clauses of all of them, a line each; where each of these lines ends; and the
clauses again, without their texts."""
READINGS = (DOCUMENTS, CLAUSES, ENDS)
"""What a reading is read back from."""
VECTORS, FORMS = "vectors.npy", "forms.txt"
_INDEXED = ("sentences", "indexed")
"""What its facts count of each reading that is indexed, beside the ``clauses`` of all."""
_CACHED = 4096
"""Clauses of a segment that are held when they have been read."""


@dataclass(frozen=True)
class Segment:
    """A segment that was read; what was not asked for of its files is not there."""

    digest: str
    facts: Mapping[str, Any]
    files: Mapping[str, Buffer]

    @cached_property
    def _document_ends(self) -> NDArray[np.int64]:
        return np.flatnonzero(np.frombuffer(self.files[DOCUMENTS], dtype=np.uint8) == ord("\n")).astype(np.int64) + 1

    @cached_property
    def _clause_ends(self) -> NDArray[np.int64]:
        return array_of(self.files[ENDS])

    def head(self, row: int) -> Reading:
        """Read a reading without its clauses."""
        return decode(Reading, _line(self.files[DOCUMENTS], self._document_ends, row))

    @cached_property
    def clause(self) -> Callable[[int], Clause]:
        """Read a clause, by its place among those of all readings."""
        return lru_cache(maxsize=_CACHED)(self._clause)

    def _clause(self, place: int) -> Clause:
        return decode(Clause, _line(self.files[CLAUSES], self._clause_ends, place))

    def clauses(self, row: int) -> tuple[Clause, ...]:
        """Read the clauses of a reading."""
        part = self.part("clauses", row)
        return tuple(self._clause(place) for place in range(part.start, part.stop))

    def reading(self, row: int) -> Reading:
        """Read a reading back."""
        head = self.head(row)
        return Reading(head.name, replace(head.document, clauses=self.clauses(row)))

    @cached_property
    def heads(self) -> tuple[ClauseHead, ...]:
        """The clauses of all readings, without their texts."""
        return decode_all(ClauseHead, bytes(self.files[HEADS]))

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
        """Tell where the parts of a reading lie among all: its ``clauses``, and of an indexed one ``sentences`` and clauses ``indexed``."""
        ends = self._sums[kind]
        return slice(int(ends[row]), int(ends[row + 1]))

    @cached_property
    def _sums(self) -> Mapping[str, NDArray[np.int64]]:
        return {kind: np.cumsum([0, *self.facts[kind]], dtype=np.int64) for kind in (*_INDEXED, "clauses")}

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
    """A reading that goes into a segment, with the vectors of its sentences where it is indexed."""

    reading: Reading
    vectors: Vectors | None = None


def _line(data: Buffer, ends: NDArray[np.int64], row: int) -> bytes:
    return bytes(memoryview(data)[int(ends[row - 1]) if row else 0 : int(ends[row])])


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
    counter = TokenCounter(LexicalSettings().kinds)
    vectors, forms, documents, heads = (
        [np.zeros((0, dimension), np.float32)],
        list[bytes](),
        list[bytes](),
        list[bytes](),
    )
    ends = array("q")

    def clauses() -> Iterator[bytes]:
        for material in materials:
            document, end = material.reading.document, ends[-1] if ends else 0
            if material.vectors is not None:
                vectors.append(checked(material.vectors))
                forms.extend(forms_chunks(clause.text for clause in document.clauses))
                for text in clause_contexts(document):
                    counter.add(words.tokens(text))
            documents.append(encode(Reading(material.reading.name, replace(document, clauses=()))))
            heads.extend(encode(head_of(clause)) for clause in document.clauses)
            lines = [encode(clause) for clause in document.clauses]
            ends.extend(accumulate((len(line) for line in lines), initial=end))
            del ends[-len(lines) - 1]
            yield from lines

    def files() -> Iterator[tuple[str, Chunks]]:
        yield CLAUSES, clauses()
        yield ENDS, array_chunks(np.array(ends, dtype=np.int64))
        yield DOCUMENTS, documents
        yield HEADS, heads
        yield VECTORS, array_chunks(np.concatenate(vectors))
        yield FORMS, forms
        yield from postings_files(counter.postings()).items()

    indexed = [entry for entry in entries if entry.standing == SEARCHED]
    parts = {kind: [getattr(entry, kind) for entry in indexed] for kind in _INDEXED}
    every = {"clauses": [entry.clauses for entry in entries]}
    return sealed.seal(store / SEGMENTS, {**facts, **parts, **every}, files())
