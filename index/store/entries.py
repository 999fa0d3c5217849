"""What a base holds of each source file, and where: the list by which a generation is put together."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ingest.records import Document, Metadata, Stated

ENTRIES = "entries.jsonl"
"""File of a generation: its entries, a line each, by key, standing and name."""

SEARCHED, RENDITION, SUPERSEDED, EARLIER = "searched", "rendition", "superseded", "earlier"
"""What is searched and quoted; 另一版式, another file of the same text; and 旧文本: the text of a file whose document has a newer
text in another file, and the text that a file held before."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One source file with the document read from it; the name is that within the corpus."""

    name: str
    document: Document


@dataclass(frozen=True, slots=True)
class Entry:
    """One source file as a base holds it.

    ``key`` is that of its document in this base. ``clauses``, ``indexed`` and ``sentences`` count its clauses, those of them that
    have sentences, and these; ``statements`` are what it says of its own force. ``reader`` names what has read it (:func:`index.store.facts.read_by`). ``age`` counts the
    later texts that have taken the place of an earlier one. The reading is line ``row`` of its ``segment``, or lies among what is
    pending where that is empty.
    """

    name: str
    sha256: str
    key: str
    metadata: Metadata
    clauses: int
    indexed: int
    sentences: int
    statements: tuple[Stated, ...] = ()
    reader: str = ""
    standing: str = SEARCHED
    age: int = 0
    segment: str = ""
    row: int = -1

    @property
    def path(self) -> Path:
        """The name as a path, by which its format is known."""
        return Path(self.name)

    @property
    def order(self) -> tuple[str, bool, int, str]:
        """Where it stands among others: by key, what is searched first, then by age and name."""
        return self.key, self.standing != SEARCHED, self.age, self.name


def entry_of(name: str, document: Document) -> Entry:
    """Put down what was read.

    :param name: of the file within the corpus.
    :param document: read from it.
    :return: its entry, not yet in a segment.
    """
    return Entry(
        name,
        document.source.sha256,
        document.key,
        document.metadata,
        len(document.clauses),
        sum(bool(clause.sentences) for clause in document.clauses),
        sum(len(clause.sentences) for clause in document.clauses),
        document.statements,
    )
