"""Documents of a store that are read when they are looked into: of those that nobody asks for only the heads are held."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields
from functools import lru_cache, partial
from itertools import accumulate
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from index.answer.library import Clauses
from index.references.outlines import DocumentOutline, Owners, outline_of
from index.search.passages import ClausePassages, HeldOutline, Passage, passages_of_clause
from index.store.entries import Entry
from index.store.identity import natural_key
from index.store.readings import moved, named
from index.store.segments import Segment
from ingest import reader_for
from ingest.records import Clause, Document, SourceFile

_GIVEN = 1 << 14
"""Ids that are held when they were given out."""
_READ, _HELD = 64, 512
"""Documents that are held when they have been read, and such whose clauses without texts are."""


class StoredDocument(Document):
    """A document that lies in a segment; what it says of itself is known, all else is read when it is asked for.

    :param read: reads the whole document; None where all fields are given.
    :param fields: those that are known.
    """

    def __init__(self, read: Callable[[], Document] | None = None, **fields: Any) -> None:
        self.__dict__.update(fields, _read=read)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Document) and all(getattr(self, one) == getattr(other, one) for one in _FIELDS)

    def __hash__(self) -> int:
        return hash(self.key)


_FIELDS = tuple(field.name for field in fields(Document))


def _known_or_read(name: str) -> property:
    def value(self: StoredDocument) -> Any:  # noqa: ANN401 - of any field
        held = self.__dict__
        return held[name] if name in held else getattr(held["_read"](), name)

    return property(value)


for _name in _FIELDS:  # the fields of the record are slots of its own class; these take their place
    setattr(StoredDocument, _name, _known_or_read(_name))


def documents_of(entries: Sequence[Entry], segments: Mapping[str, Segment]) -> tuple[StoredDocument, ...]:
    """Give the documents of entries.

    :param entries: of a generation.
    :param segments: its segments by digest.
    :return: documents in the same order.
    """

    @lru_cache(maxsize=_READ)
    def read(entry: Entry) -> Document:
        return named(segments[entry.segment].reading(entry.row).document, entry.name, entry.key)

    return tuple(StoredDocument(partial(read, entry), **_told(entry)) for entry in entries)


def _told(entry: Entry) -> dict[str, Any]:
    """Give what an entry tells of its document."""
    natural = natural_key(entry.metadata)
    return {
        "source": SourceFile(entry.name, entry.sha256, reader_for(entry.path).name),
        "metadata": entry.metadata,
        "identity": "" if entry.key == natural else entry.key,
        "statements": tuple(moved(one, entry.metadata, natural, entry.key) for one in entry.statements),
    }


class StoredClauses(Clauses):
    """Every clause of some documents by its id, with its document's key; read when it is asked for.

    :param entries: of the documents, in order.
    :param segments: their segments by digest.
    """

    def __init__(self, entries: Sequence[Entry], segments: Mapping[str, Segment]) -> None:
        self._entries = {entry.key: entry for entry in entries}
        self._segments = segments
        self._keys = tuple(self._entries)
        self._starts = [*accumulate((entry.clauses for entry in entries), initial=0)]
        self._owners = Owners(self._keys)
        self.outline = lru_cache(maxsize=_HELD)(self._outline)
        self._rows = lru_cache(maxsize=_HELD)(self._rows_of)

    def _outline(self, key: str) -> DocumentOutline:
        """Give the clauses of a document without their texts."""
        entry = self._entries[key]
        return outline_of(self._segments[entry.segment].heads_of(entry.row))

    def _rows_of(self, key: str) -> dict[str, int]:
        """Tell which row of its document each clause is."""
        entry = self._entries[key]
        return {head.clause_id: row for row, head in enumerate(self._segments[entry.segment].heads_of(entry.row))}

    def row(self, clause_id: str) -> tuple[str, int] | None:
        """Find a clause: the key of its document, and its row there; None where there is none of that id."""
        key = self._owners.of(clause_id)
        row = self._rows(key).get(clause_id) if key is not None else None
        return None if key is None or row is None else (key, row)

    def __getitem__(self, clause_id: str) -> tuple[str, Clause]:
        found = self.row(clause_id)
        if found is None:
            raise KeyError(clause_id)
        return found[0], self._clause(*found)

    def at(self, row: int) -> tuple[str, Clause]:
        """Give a clause by its row among all."""
        document = bisect_right(self._starts, row) - 1
        key = self._keys[document]
        return key, self._clause(key, row - self._starts[document])

    def _clause(self, key: str, row: int) -> Clause:
        entry = self._entries[key]
        segment = self._segments[entry.segment]
        return segment.clause(segment.part("clauses", entry.row).start + row)

    def __iter__(self) -> Iterator[str]:
        return (name for key in self._keys for name in self.outline(key).ids)

    def __len__(self) -> int:
        return self._starts[-1]


class _Names(Sequence[str]):
    """Ids of the clauses that have sentences, each read when it is asked for.

    ``given`` are the places of those that were given out of late, which are asked for a moment later.

    :param homes: of each clause the place of its document, and its own among those of the document's segment.
    :param segments: of each document.
    """

    def __init__(self, homes: NDArray[np.int32], segments: Sequence[Segment]) -> None:
        self._homes = homes
        self._segments = segments
        self.given: dict[str, int] = {}

    def __len__(self) -> int:
        return int(self._homes.shape[1])

    @overload
    def __getitem__(self, at: int) -> str: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[str, ...]: ...

    def __getitem__(self, at: int | slice) -> str | tuple[str, ...]:
        if isinstance(at, slice):
            return tuple(self[place] for place in range(len(self))[at])
        name = self._segments[int(self._homes[0, at])].head_of_clause(int(self._homes[1, at])).clause_id
        if len(self.given) >= _GIVEN:
            self.given = {}
        self.given[name] = int(at)
        return name


def passages_of_store(
    entries: Sequence[Entry], documents: Mapping[str, Document], clauses: StoredClauses, segments: Mapping[str, Segment]
) -> ClausePassages:
    """Give the passages of documents, read when they are asked for.

    :param entries: of the documents, in order.
    :param documents: the documents by key.
    :param clauses: their clauses.
    :param segments: their segments by digest.
    :return: passages in reading order.
    """
    parts = [segments[entry.segment].part("clauses", entry.row) for entry in entries]
    sizes = [segments[entry.segment].sizes[part] for entry, part in zip(entries, parts, strict=True)]
    within = [np.flatnonzero(each) for each in sizes]  # rows of a document's clauses that have sentences
    ends = np.cumsum([0, *map(len, within)])
    homes = np.zeros((2, ends[-1]), dtype=np.int32)
    for at, (part, rows) in enumerate(zip(parts, within, strict=True)):
        homes[0, ends[at] : ends[at + 1]] = at
        homes[1, ends[at] : ends[at + 1]] = part.start + rows
    keys, places = [entry.key for entry in entries], {entry.key: at for at, entry in enumerate(entries)}
    counted = [each[rows] for each, rows in zip(sizes, within, strict=True)]
    starts = np.cumsum(np.concatenate([np.zeros(1, np.int64), *counted]), dtype=np.int64)

    names = _Names(homes, [segments[entry.segment] for entry in entries])

    def find(clause_id: str) -> int | None:
        if (given := names.given.get(clause_id)) is not None:
            return given
        found = clauses.row(clause_id)
        if found is None:
            return None
        at, row = places[found[0]], found[1]
        place = int(np.searchsorted(within[at], row))
        return int(ends[at]) + place if place < len(within[at]) and within[at][place] == row else None

    def load(place: int) -> tuple[Passage, ...]:
        at, row = homes[:, place].tolist()
        clause = segments[entries[at].segment].clause(row)
        return passages_of_clause(documents[keys[at]], clause)

    spans = {key: range(int(ends[at]), int(ends[at + 1])) for at, key in enumerate(keys)}
    return ClausePassages(HeldOutline(names, find, spans, starts), load)
