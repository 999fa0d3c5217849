"""What a base holds, shown without a question: clauses and what they refer to, targets, comparisons, renditions, force."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from functools import cached_property

from index.answer.comparing import compare_documents
from index.answer.library import Library
from index.errors import ClauseNotFound, DocumentNotFound, QueryError
from index.links.cited import Cited, cited_not_held, citing, followed
from index.links.linker import Linker
from index.question.limits import checked_day
from index.records import Comparison, CrossReference, Force, Statement
from index.references.reader import ReferenceReader
from ingest import compare_renditions
from ingest.records import Clause, Difference, Document

_LONGEST = 200
"""Characters of a name that is not there which are compared with the names that are."""


class Holdings:
    """The documents of a base, by number, title or clause.

    :param library: the documents by key, and other renditions of them.
    :param reader: reads references to them.
    """

    def __init__(self, library: Library, reader: ReferenceReader) -> None:
        self._library = library
        self._documents = library.documents
        self._reader = reader
        self._linker = Linker(library.documents)

    def statements(self, document: str | None = None, contains: str = "") -> list[Statement]:
        """List what the documents promise by how much and when.

        :param document: a document number in any spelling; None for all.
        :param contains: words that the indicator holds; empty for all.
        :return: targets, achieved figures and conditions, in the documents' order.
        :raises QueryError: when the base does not hold the document.
        """
        keys = [self.document_key(document)] if document else None
        return [one for one in self._library.statements(keys) if contains in one.target.indicator]

    def forces(self, day: str, document: str | None = None) -> tuple[tuple[Document, Force], ...]:
        """Say which documents are in force on a day, by which words.

        :param day: a day, as 2022-06-30 or 2022年6月30日.
        :param document: a document number in any spelling; None for all.
        :return: each document with its force, in order of their keys.
        :raises QueryError: when the base does not hold the document, or the day is none.
        """
        said, keys = checked_day(day), [self.document_key(document)] if document else list(self._documents)
        return tuple((self._documents[key], self._library.force(key, said)) for key in keys)

    def force_of(self, clause_id: str, day: str) -> Force:
        """Say what the force of a clause's document is on a day.

        :param clause_id: id of a clause.
        :param day: a day, as 2022-06-30 or 2022年6月30日.
        :return: its force.
        :raises QueryError: when there is no such clause, or the day is none.
        """
        return self._library.force(self.document_of(clause_id).key, checked_day(day))

    def cited(self) -> tuple[Cited, ...]:
        """List the documents that the base cites and does not hold, most cited first."""
        return cited_not_held(self._followed)

    def citing(self, clause_id: str) -> tuple[Clause, ...]:
        """List the clauses that refer to a clause: as such, or to its whole article or part.

        :param clause_id: its id, in any widths and brackets.
        :return: other clauses, in the documents' order.
        :raises ClauseNotFound: when there is none of that id.
        """
        named = self._citing.get(self.show(clause_id).clause_id, ())
        return tuple(self._library.clauses[one][1] for one in named)

    @cached_property
    def _followed(self) -> Mapping[str, tuple[CrossReference, ...]]:
        return followed(self._documents, self._linker)

    @cached_property
    def _citing(self) -> Mapping[str, tuple[str, ...]]:
        return citing(self._followed)

    def compare(self, left: str, right: str) -> tuple[Comparison, ...]:
        """Put side by side all indicators that two documents share.

        :param left: a document number in any spelling.
        :param right: another.
        :return: one comparison for each indicator.
        :raises QueryError: when the base does not hold one of them, or they are the same.
        """
        keys = [self.document_key(left), self.document_key(right)]
        if keys[0] == keys[1]:
            raise QueryError(f"两次给出的是同一份文件“{keys[0]}”", "请给出两份不同的文件")
        return compare_documents(keys[0], keys[1], self._library)

    def renditions(self, document: str) -> tuple[tuple[str, tuple[Difference, ...]], ...]:
        """Show where the source files of one document differ.

        :param document: a document number in any spelling.
        :return: for each other file its name and the differences, clause by clause; the file that is quoted is ours.
        :raises QueryError: when the base does not hold the document.
        """
        key = self.document_key(document)
        others = self._library.renditions.get(key, ())
        return tuple((other.source.path, compare_renditions(self._documents[key], other)) for other in others)

    def show(self, clause_id: str) -> Clause:
        """Give a clause.

        :param clause_id: its id, in any widths and brackets.
        :return: the clause.
        :raises ClauseNotFound: when there is none of that id.
        """
        found = self._reader.clause(clause_id)
        if found is None:
            if old := self._library.earlier_clause(clause_id):
                raise ClauseNotFound(f"条款“{old.clause_id}”已变更，现在没有这个编号", f"它原来的文字是：“{old.text}”")
            near = _nearest(clause_id, self._library.clauses, 0.6)
            remedy = f"是否为“{near}”？" if near else "条款编号形如 浦民发〔2023〕74号/四/（二）/2"
            raise ClauseNotFound(f"知识库里没有条款“{clause_id[:100]}”", remedy, near)
        return self._library.clauses[found][1]

    def references(self, clause_id: str) -> tuple[CrossReference, ...]:
        """Tell what a clause refers to: other clauses of its document, other documents held or not.

        :param clause_id: its id, in any widths and brackets.
        :return: references in the order of its words.
        :raises ClauseNotFound: when there is none of that id.
        """
        key, clause = self._library.clauses[self.show(clause_id).clause_id]
        return self._linker.references(clause, key)

    def document_of(self, clause_id: str) -> Document:
        """Give the document of a clause.

        :param clause_id: id of a clause.
        :return: its document.
        :raises ClauseNotFound: when there is no such clause.
        """
        return self._documents[self._library.clauses[self.show(clause_id).clause_id][0]]

    def documents(self) -> tuple[Document, ...]:
        """Give the documents that are searched.

        :return: documents in order of their keys.
        """
        return tuple(self._documents.values())

    def clauses(self) -> dict[str, str]:
        """Give the text of every clause.

        :return: text by clause id, in reading order.
        """
        return {clause_id: clause.text for clause_id, (_, clause) in self._library.clauses.items()}

    def clause_count(self) -> int:
        """Count the clauses; none of them is read."""
        return len(self._library.clauses)

    def document_key(self, document: str) -> str:
        """Find a document by its number or title.

        :param document: a document number in any spelling, or a title.
        :return: its key, with which clause ids begin.
        :raises DocumentNotFound: when the base does not hold it, or it is not clear which.
        """
        key = document if document in self._documents else self._reader.document(document)
        if key is None:
            near = _nearest(document, self._documents, 0.4)
            raise DocumentNotFound(f"知识库里没有文件“{document[:100]}”", "现有：" + "、".join(self._documents), near)
        return key

    def document(self, document: str) -> Document:
        """Give a document.

        :param document: a document number in any spelling, or a title.
        :return: the document.
        :raises QueryError: when the base does not hold it, or it is not clear which.
        """
        return self._documents[self.document_key(document)]

    def document_of_file(self, sha256: str) -> Document | None:
        """Give the document that is quoted from a source file.

        :param sha256: digest of the file.
        :return: its document; None where the base quotes none from it.
        """
        return next((one for one in self._documents.values() if one.source.sha256 == sha256), None)


def _nearest(name: str, names: Iterable[str], cutoff: float) -> str:
    """The name that is spelt most like one that is not there; empty where none is like it."""
    return next(iter(difflib.get_close_matches(name[:_LONGEST], names, n=1, cutoff=cutoff)), "")
