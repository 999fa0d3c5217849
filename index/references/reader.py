"""References read exactly: "74号文第四部分第（二）项第2点" to clause ids, before any likeness of words is looked at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from index.records import Reference
from index.references.documents import named_documents
from index.references.find import find
from index.references.held import Base
from index.references.resolve import resolve
from index.references.spelling import spelling, spelt
from ingest.records import Clause, Document


def reader_of(documents: Iterable[Document]) -> ReferenceReader:
    """Make the reader of a base.

    :param documents: its documents.
    :return: what reads references to them.
    """
    known = tuple(documents)
    clauses = [clause for document in known for clause in document.clauses]
    return ReferenceReader(
        {document.key: document.metadata.title for document in known},
        [clause.clause_id for clause in clauses],
        notices={document.key: document.metadata.notice_title or "" for document in known},
        sections={name: section for document in known for name, section in _sections_of(document.clauses)},
        paragraphs={clause.clause_id: clause.text.count("\n") + 1 for clause in clauses},
        headings={clause.clause_id: clause.heading_path for clause in clauses},
        issuers={document.key: document.metadata.issuer or "" for document in known},
    )


class ReferenceReader:
    """Reads references to the documents and clauses of a base.

    :param titles: title of each document by its key (its number, or its title where it has none).
    :param clause_ids: ids of all clauses; each begins with the key of its document and a slash.
    :param notices: title of the covering notice by key.
    :param sections: for the clause id of a table row, the id of the section that the table stands in.
    :param paragraphs: number of paragraphs of a clause by id; 1 where not given.
    :param headings: headings above a clause by id; one that follows its ordinal is part of the reference.
    :param issuers: who issued a document by key.
    """

    def __init__(
        self,
        titles: Mapping[str, str],
        clause_ids: Iterable[str],
        *,
        notices: Mapping[str, str] | None = None,
        sections: Mapping[str, str] | None = None,
        paragraphs: Mapping[str, int] | None = None,
        headings: Mapping[str, Sequence[str]] | None = None,
        issuers: Mapping[str, str] | None = None,
    ) -> None:
        self._base = Base(titles, clause_ids, notices or {}, sections or {}, paragraphs or {}, issuers or {})
        self._headings = headings or {}

    def clause(self, text: str) -> str | None:
        """Find a clause by its id, whatever widths, brackets and blanks it is typed with.

        :param text: what was typed.
        :return: the id as it stands in the base, or None.
        """
        given = spelt(text)
        found = self._base.clause(given)
        return found[0] if found and found[1] == len(given) else None

    def document(self, text: str) -> str | None:
        """Find the one document that a text names.

        :param text: a document number in any spelling, or a title, whole or short.
        :return: its key, or None where the base does not hold it or it is not clear which.
        """
        whole = self._base.titles.named(text) if text.strip() else ()
        if len(whole) == 1:
            return whole[0]
        question = spelling(text)
        mentions = find(question, self._base.vocabulary).documents
        named = {one.key for one in named_documents(question, mentions, self._base)}
        meant = named or set(self._base.titles.meant(text))
        return meant.pop() if len(meant) == 1 else None

    def read(self, text: str) -> Reference:
        """Read the references out of a question.

        :param text: the question.
        :return: documents and clauses in the order named, and the rest of the question.
        """
        question = spelling(text)
        return resolve(question, find(question, self._base.vocabulary), self._base, self._headings)


def _sections_of(clauses: Sequence[Clause]) -> Iterator[tuple[str, str]]:
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
