"""Segments: readings of source files with all that finds their clauses, written once and shared by generations.

A segment is a sealed folder. Its first readings are indexed, in order of their keys: for these it has vectors, counts and search
forms; those behind them are kept only. What of it is in use is said by the entries of a generation.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.references.outlines import ClauseHead
from index.search.arrays import Buffer, Pieces, RowFile, Vectors, array_of
from index.search.counts import Postings, postings_from_files
from index.search.dense import Lists, lists_of
from index.search.lines import Lines, ends_name, lines_from_files
from index.store import sealed
from index.store.codec import decode, decode_all
from index.store.entries import Reading
from index.store.generations import SEGMENTS
from ingest.records import Clause

DOCUMENTS, CLAUSES, HEADS = "documents.jsonl", "clauses.jsonl", "heads.jsonl"
"""Readings without their clauses, a line each; the clauses of all of them, a line each; and the clauses again, without their texts."""
READINGS = (DOCUMENTS, CLAUSES, ends_name(CLAUSES))
"""What a reading is read back from."""
SIZES, WAYS = "sizes.npy", "ways.jsonl"
"""How many sentences each clause has; and the ways to clauses of indexed readings, a line each."""
VECTORS, LISTS, FORMS = "vectors.npy", "lists.faiss", "forms.txt"
"""Lists stand beside many vectors alone."""
INDEXED = ("sentences", "indexed")
"""What its facts count of each reading that is indexed, beside the ``clauses`` of all."""
_PIECES = (DOCUMENTS, CLAUSES, HEADS, VECTORS)
"""Files of which a question needs a little here and there."""
_CACHED = 4096
"""Clauses of a segment that are held when they have been read."""


@dataclass(frozen=True, slots=True)
class HeldWay:
    """A way to clauses (:meth:`index.references.outlines.DocumentOutline.ways`), and the rows of the readings that have such."""

    parts: tuple[str, ...]
    rows: tuple[int, ...]


@dataclass(frozen=True)
class Segment:
    """A segment that was read; what was not asked for of its files is not there."""

    digest: str
    facts: Mapping[str, Any]
    files: Mapping[str, Buffer]

    @cached_property
    def _document_ends(self) -> NDArray[np.int64]:
        whole = np.frombuffer(bytes(self.files[DOCUMENTS]), dtype=np.uint8)
        return np.flatnonzero(whole == ord("\n")).astype(np.int64) + 1

    def head(self, row: int) -> Reading:
        """Read a reading without its clauses."""
        ends = self._document_ends
        return decode(Reading, self.files[DOCUMENTS][int(ends[row - 1]) if row else 0 : int(ends[row])])

    @cached_property
    def clause(self) -> Callable[[int], Clause]:
        """Read a clause, by its place among those of all readings."""
        return lru_cache(maxsize=_CACHED)(self._clause)

    @cached_property
    def _clauses(self) -> Lines:
        return lines_from_files(CLAUSES, self.files)

    def _clause(self, place: int) -> Clause:
        return decode(Clause, self._clauses[place])

    def clauses(self, row: int) -> tuple[Clause, ...]:
        """Read the clauses of a reading."""
        return decode_all(Clause, self._clauses.together(self.part("clauses", row)))

    def reading(self, row: int) -> Reading:
        """Read a reading back."""
        head = self.head(row)
        return Reading(head.name, replace(head.document, clauses=self.clauses(row)))

    @cached_property
    def heads(self) -> Lines:
        """The clauses of all readings, without their texts, a line each."""
        return lines_from_files(HEADS, self.files)

    def head_of_clause(self, place: int) -> ClauseHead:
        """Read a clause without its text, by its place among those of all readings."""
        return decode(ClauseHead, self.heads[place])

    def heads_of(self, row: int) -> tuple[ClauseHead, ...]:
        """Read the clauses of a reading without their texts."""
        return decode_all(ClauseHead, self.heads.together(self.part("clauses", row)))

    @cached_property
    def sizes(self) -> NDArray[np.integer[Any]]:
        """The number of sentences of each clause of all readings."""
        return array_of(self.files[SIZES])

    @property
    def ways(self) -> tuple[HeldWay, ...]:
        """The ways to the clauses of all indexed readings."""
        return decode_all(HeldWay, bytes(self.files[WAYS]))

    def is_indexed(self, row: int) -> bool:
        """Tell whether a reading is indexed."""
        return row < len(self.facts["sentences"])

    @cached_property
    def vectors(self) -> Vectors:
        """Vectors of the sentences of all indexed readings, in order."""
        return array_of(self.files[VECTORS])

    @cached_property
    def lists(self) -> Lists | None:
        """What finds the nearest of many vectors."""
        return lists_of(self.files[LISTS]) if LISTS in self.files else None

    @cached_property
    def vector_rows(self) -> RowFile | None:
        """The same vectors, each read when it is asked for."""
        data = self.files[VECTORS]
        return RowFile(data) if isinstance(data, Pieces) else None

    def vectors_of(self, row: int) -> Vectors:
        """Give the vectors of the sentences of an indexed reading."""
        return self.vectors[self.part("sentences", row)]

    def part(self, kind: str, row: int) -> slice:
        """Tell where the parts of a reading lie among all: its ``clauses``, and of an indexed one ``sentences`` and clauses ``indexed``."""
        ends = self._sums[kind]
        return slice(int(ends[row]), int(ends[row + 1]))

    @cached_property
    def _sums(self) -> Mapping[str, NDArray[np.int64]]:
        return {kind: np.cumsum([0, *self.facts[kind]], dtype=np.int64) for kind in (*INDEXED, "clauses")}

    @cached_property
    def postings(self) -> Postings:
        """Counts of the clauses of all indexed readings, in order."""
        return postings_from_files(self.files)

    @cached_property
    def forms(self) -> Lines:
        """Search forms of the clauses of all indexed readings, in order, each with its line end."""
        return lines_from_files(FORMS, self.files)


def read_segment(store: Path, digest: str, names: Sequence[str] | None = None) -> Segment:
    """Read a segment.

    :param store: folder of the store.
    :param digest: of the segment.
    :param names: the files to read; None for all.
    :return: the segment.
    :raises FileNotFoundError: when it is not there.
    :raises StoreError: when it is damaged or of another version.
    """
    found = sealed.unseal(store, store / SEGMENTS / Path(digest).name, names, mapped=True, pieces=_PIECES)
    return Segment(found.digest, found.facts, found.files)
