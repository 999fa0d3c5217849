"""What an answer may draw on: the documents of the base, their targets, and other renditions of them; indexed once."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from index.answer.agreement import stem
from index.answer.force import forces_of, on
from index.answer.forms import Forms, forms_chunks
from index.answer.repeals import Repeal, repeals_of
from index.question import words
from index.question.regions import district_of
from index.records import Force, Hit, Statement
from index.references.spelling import spelt
from index.search.lines import Lines, lines_of
from ingest.records import Clause, Document, Metadata, Target


class Clauses(Mapping[str, tuple[str, Clause]]):
    """Every clause by its id, with its document's key, in reading order."""

    @abstractmethod
    def at(self, row: int) -> tuple[str, Clause]:
        """Give a clause by its row."""


@dataclass(frozen=True)
class Library:
    """What an answer may draw on: documents by key, other renditions of them, and the search forms that a store keeps.

    ``earlier`` are texts that later ones of the document replaced, the latest first. ``stored_clauses`` are the clauses where
    they need not be read to be looked up.
    """

    documents: Mapping[str, Document]
    renditions: Mapping[str, tuple[Document, ...]]
    stored: Sequence[tuple[Lines, range]] | None = None
    earlier: Mapping[str, tuple[Document, ...]] = field(default_factory=dict)
    stored_clauses: Clauses | None = None

    @cached_property
    def clauses(self) -> Mapping[str, tuple[str, Clause]]:
        """Every clause by its id, with its document's key, in reading order."""
        if self.stored_clauses is not None:
            return self.stored_clauses
        return {
            clause.clause_id: (key, clause) for key, document in self.documents.items() for clause in document.clauses
        }

    def earlier_clause(self, clause_id: str) -> Clause | None:
        """Give a clause of an earlier text.

        :param clause_id: its id, in any widths and brackets.
        :return: the clause as it last stood; None where there was none of that id.
        """
        wanted = spelt(clause_id)
        every = (clause for texts in self.earlier.values() for text in texts for clause in text.clauses)
        return next((clause for clause in every if spelt(clause.clause_id) == wanted), None)

    @cached_property
    def forms(self) -> Forms:
        """The words of all clauses, to be looked up as they stand."""
        if self.stored is not None:
            return Forms(self.stored)
        lines = lines_of(forms_chunks(clause.text for _, clause in self.clauses.values()))
        return Forms([(lines, range(len(lines)))])

    def clause_at(self, row: int) -> tuple[str, Clause]:
        """Give a clause by its row among :attr:`forms`, with its document's key."""
        return self.stored_clauses.at(row) if self.stored_clauses is not None else self._in_order[row]

    @cached_property
    def _in_order(self) -> tuple[tuple[str, Clause], ...]:
        return tuple(self.clauses.values())

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """Search form without blanks of each document's title, by key."""
        return {key: words.plain(document.metadata.title) for key, document in self.documents.items()}

    @cached_property
    def title_words(self) -> frozenset[str]:
        """The content words of all titles."""
        titles = {document.metadata.title for document in self.documents.values()}
        return frozenset(word for title in titles for word in words.content_words(title))

    @cached_property
    def _stems(self) -> dict[str, str]:
        """Those that were asked for, by indicator."""
        return {}

    def stem_of(self, indicator: str) -> str:
        """Tell what an indicator is of.

        :param indicator: as a target names it.
        :return: search form without blanks: every word that names it stands therein.
        """
        if indicator not in self._stems:
            self._stems[indicator] = words.plain(stem(indicator))
        return self._stems[indicator]

    @cached_property
    def repeals(self) -> Mapping[str, tuple[Repeal, ...]]:
        """By key of a document, those that say that they repeal or replace it."""
        return repeals_of(self.documents)

    @cached_property
    def _forces(self) -> Mapping[str, Force]:
        return forces_of(self.documents, self.repeals)

    def force(self, key: str, day: str) -> Force:
        """Say what the force of a document is on a day.

        :param key: its key.
        :param day: ISO 8601.
        :return: the status with all that it stands on.
        """
        return on(self._forces[key], day)

    @cached_property
    def districts(self) -> frozenset[str]:
        """The districts whose offices issued documents, without 区 and 县."""
        found = (district_of(document.metadata.issuer or "") for document in self.documents.values())
        return frozenset(name for name in found if name)

    @cached_property
    def _statements(self) -> dict[str, tuple[Statement, ...]]:
        """Those that were asked for, by key."""
        return {}

    def statements(self, keys: Iterable[str] | None = None) -> list[Statement]:
        """List the targets of documents, in their order.

        :param keys: keys of documents; None for all.
        :return: targets, achieved figures and conditions with where they stand.
        """
        return [one for key in (self.documents if keys is None else keys) for one in self._stated(key)]

    def _stated(self, key: str) -> tuple[Statement, ...]:
        if key not in self._statements:
            document = self.documents[key]
            self._statements[key] = tuple(
                statement(clause, target, document.metadata) for clause in document.clauses for target in clause.targets
            )
        return self._statements[key]

    def key_of(self, one: Statement) -> str:
        """Give the key of the document that states something.

        :param one: a statement of a document of the base.
        :return: its key.
        """
        return self.clauses[one.clause_id][0]


def statement(clause: Clause, target: Target, document: Metadata) -> Statement:
    """A target with its place."""
    sentence = next((one for one in clause.sentences if one.start <= target.start < one.end), clause.sentences[0])
    page = next((page for page in sentence.pages if page > 0), None)
    return Statement(target, clause.clause_id, clause.citation, page, sentence.text, document)


def listed_hit(rank: int, clause: Clause, key: str, library: Library, terms: Sequence[str] = ()) -> Hit:
    """A clause that fits as a whole, as a hit; ``terms`` tell which of its sentences to show first."""
    evidence = tuple(one for one in clause.sentences if any(term in one.text for term in terms)) or clause.sentences[:1]
    return Hit(rank, 1.0, ("lexical",), clause, evidence, library.documents[key].metadata)
