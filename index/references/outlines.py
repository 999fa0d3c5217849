"""The clauses of documents without their texts: what a reference is resolved against, one document at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ingest.records import Clause


@dataclass(frozen=True, slots=True)
class ClauseHead:
    """A clause without its text, and with the number of its sentences."""

    clause_id: str
    kind: str
    heading_path: tuple[str, ...]
    paragraphs: int
    sentences: int


@dataclass(frozen=True, slots=True)
class DocumentOutline:
    """The clauses of one document.

    ``ids`` are theirs, in order; ``sections`` gives for the id of a table row that of the section that the table stands in;
    ``paragraphs`` how many a clause has, 1 where not given; ``headings`` those above a clause.
    """

    ids: Sequence[str]
    sections: Mapping[str, str] = field(default_factory=dict)
    paragraphs: Mapping[str, int] = field(default_factory=dict)
    headings: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def ways(self, key: str) -> Iterator[tuple[str, ...]]:
        """List the ways that lead to the clauses, each once: what follows the key in an id; of a table row first that of its section.

        :param key: of the document.
        """
        start, seen = len(key) + 1, dict[tuple[str, ...], None]()
        for one in self.ids:
            section = self.sections.get(one)
            seen[(section[start:], one[start:]) if section else (one[start:],)] = None
        return iter(seen)


class Owners:
    """Tells which document a clause id belongs to.

    :param keys: of the documents.
    """

    def __init__(self, keys: Iterable[str]) -> None:
        self._keys = frozenset(keys)
        self._has_slash = any("/" in key for key in self._keys)

    def of(self, clause_id: str) -> str | None:
        """Find the key that a clause id begins with, the longest: a title may itself hold a slash.

        :param clause_id: as it stands in the base.
        :return: key of its document; None where there is no such.
        """
        if not self._has_slash:
            key = clause_id.partition("/")[0]
            return key if key in self._keys else None
        parts = clause_id.split("/")
        prefixes = ("/".join(parts[:length]) for length in range(len(parts) - 1, 0, -1))
        return next((key for key in prefixes if key in self._keys), None)


def head_of(clause: Clause) -> ClauseHead:
    """Give the head of a clause."""
    paragraphs = clause.text.count("\n") + 1
    return ClauseHead(clause.clause_id, clause.kind, clause.heading_path, paragraphs, len(clause.sentences))


def outline_of(heads: Sequence[ClauseHead]) -> DocumentOutline:
    """Put together the clauses of a document.

    :param heads: of its clauses, in order.
    :return: the outline.
    """
    return DocumentOutline(
        [head.clause_id for head in heads],
        dict(_sections_of(heads)),
        {head.clause_id: head.paragraphs for head in heads},
        {head.clause_id: head.heading_path for head in heads},
    )


def outlines_of(keys: Iterable[str], clause_ids: Iterable[str], outline: DocumentOutline) -> dict[str, DocumentOutline]:
    """Part clauses into documents.

    :param keys: of the documents.
    :param clause_ids: of all clauses, each of one of the documents.
    :param outline: what is known of all of them.
    :return: the outline of each document by key.
    """
    ids: dict[str, list[str]] = {key: [] for key in keys}
    owners = Owners(ids)
    for clause_id in clause_ids:
        ids[owners.of(clause_id) or ""].append(clause_id)
    return {
        key: DocumentOutline(own, outline.sections, outline.paragraphs, outline.headings) for key, own in ids.items()
    }


def _sections_of(clauses: Sequence[ClauseHead]) -> Iterator[tuple[str, str]]:
    """Pair the id of each table row with that of its section: the one whose clauses have the same headings above them."""
    by_headings: dict[tuple[str, ...], str] = {}
    for clause in clauses:
        parts = clause.clause_id.split("/")
        skipped = len(parts) - len(clause.heading_path) - (parts[-1].startswith("第") and parts[-1].endswith("段"))
        for depth in range(1, len(clause.heading_path) + 1) if clause.kind == "clause" and skipped > 0 else ():
            by_headings.setdefault(clause.heading_path[:depth], "/".join(parts[: skipped + depth]))
    for clause in clauses:
        if clause.kind == "row":
            above = (clause.heading_path[:depth] for depth in range(len(clause.heading_path), 0, -1))
            if section := next((by_headings[path] for path in above if path in by_headings), None):
                yield clause.clause_id, section
