"""Documents of a store that are read when they are looked into: of those that nobody asks for only the heads are held."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields
from functools import lru_cache, partial
from typing import Any

from index.references.reader import ClauseHead
from index.search.passages import ClausePassages, Outline, Passage, passages_of_clause
from index.store.entries import Entry
from index.store.identity import natural_key
from index.store.readings import moved, named
from index.store.segments import Segment
from ingest import reader_for
from ingest.records import Clause, Document, SourceFile

_HELD = 64
"""Documents that are held when they have been read."""


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

    @lru_cache(maxsize=_HELD)
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


def heads_of(entry: Entry, segments: Mapping[str, Segment]) -> tuple[ClauseHead, ...]:
    """Give the clauses of an entry without their texts."""
    segment = segments[entry.segment]
    return segment.heads[segment.part("clauses", entry.row)]


class StoredClauses(Mapping[str, tuple[str, Clause]]):
    """Every clause of some documents by its id, with its document's key; read when it is asked for.

    :param entries: of the documents, in order.
    :param segments: their segments by digest.
    """

    def __init__(self, entries: Sequence[Entry], segments: Mapping[str, Segment]) -> None:
        self._segments = segments
        self._places: dict[str, tuple[str, str, int]] = {}
        for entry in entries:
            first = segments[entry.segment].part("clauses", entry.row).start
            for place, head in enumerate(heads_of(entry, segments), first):
                self._places[head.clause_id] = entry.key, entry.segment, place

    def __getitem__(self, clause_id: str) -> tuple[str, Clause]:
        key, digest, place = self._places[clause_id]
        return key, self._segments[digest].clause(place)

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


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
    heads = [(entry.key, head) for entry in entries for head in heads_of(entry, segments) if head.sentences]
    outline = Outline(
        tuple(head.clause_id for _, head in heads),
        tuple(key for key, _ in heads),
        tuple(head.sentences for _, head in heads),
    )

    def load(place: int) -> tuple[Passage, ...]:
        return passages_of_clause(documents[outline.keys[place]], clauses[outline.names[place]][1])

    return ClausePassages(outline, load)
