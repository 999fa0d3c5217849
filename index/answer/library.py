"""What an answer may draw on: the documents of the base, their targets, and other renditions of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from index.records import Hit, Statement
from ingest.records import Clause, Document, Metadata, Target


@dataclass(frozen=True)
class Library:
    """What an answer may draw on: documents by key, and other renditions of them."""

    documents: Mapping[str, Document]
    renditions: Mapping[str, tuple[Document, ...]]

    @cached_property
    def clauses(self) -> Mapping[str, tuple[str, Clause]]:
        """Every clause by its id, with its document's key, in reading order."""
        return {
            clause.clause_id: (key, clause) for key, document in self.documents.items() for clause in document.clauses
        }

    def statements(self, keys: Iterable[str] | None = None) -> list[Statement]:
        """Every target of the documents, in their order."""
        chosen = self.documents if keys is None else keys
        return [
            statement(clause, target, self.documents[key].metadata)
            for key in chosen
            for clause in self.documents[key].clauses
            for target in clause.targets
        ]


def statement(clause: Clause, target: Target, document: Metadata) -> Statement:
    """A target with its place."""
    sentence = next((one for one in clause.sentences if one.start <= target.start < one.end), clause.sentences[0])
    page = next((page for page in sentence.pages if page > 0), None)
    return Statement(target, clause.clause_id, clause.citation, page, sentence.text, document)


def listed_hit(rank: int, clause: Clause, key: str, library: Library, terms: Sequence[str] = ()) -> Hit:
    """A clause that fits as a whole, as a hit; ``terms`` tell which of its sentences to show first."""
    evidence = tuple(one for one in clause.sentences if any(term in one.text for term in terms)) or clause.sentences[:1]
    return Hit(rank, 1.0, ("lexical",), clause, evidence, library.documents[key].metadata)
