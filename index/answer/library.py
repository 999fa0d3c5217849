"""What an answer may draw on: the documents of the base, their targets, and other renditions of them; indexed once."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from index.question import words
from index.question.regions import district_of
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

    @cached_property
    def forms(self) -> Forms:
        """The words of all clauses, to be looked up as they stand."""
        return Forms([clause.text for _, clause in self.clauses.values()])

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
    def districts(self) -> frozenset[str]:
        """The districts whose offices issued documents, without 区 and 县."""
        found = (district_of(document.metadata.issuer or "") for document in self.documents.values())
        return frozenset(name for name in found if name)

    @cached_property
    def _statements(self) -> Mapping[str, tuple[Statement, ...]]:
        return {
            key: tuple(
                statement(clause, target, document.metadata) for clause in document.clauses for target in clause.targets
            )
            for key, document in self.documents.items()
        }

    def statements(self, keys: Iterable[str] | None = None) -> list[Statement]:
        """List the targets of documents, in their order.

        :param keys: keys of documents; None for all.
        :return: targets, achieved figures and conditions with where they stand.
        """
        return [one for key in (self.documents if keys is None else keys) for one in self._statements[key]]

    def key_of(self, one: Statement) -> str:
        """Give the key of the document that states something.

        :param one: a statement of a document of the base.
        :return: its key.
        """
        return self.clauses[one.clause_id][0]


class Forms:
    """Search forms without blanks of many texts in one string, in which a word is found in all of them at once.

    :param texts: the texts, in the order of their rows.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        forms = [words.plain(text) for text in texts]
        self._starts = [0]
        for form in forms:
            self._starts.append(self._starts[-1] + len(form) + 1)
        self._whole = "\n".join(forms)

    def rows(self, word: str) -> set[int]:
        """Find the texts that hold a word.

        :param word: search form without blanks.
        :return: their rows; none for an empty word.
        """
        found: set[int] = set()
        at = self._whole.find(word) if word else -1
        while at >= 0:
            row = bisect_right(self._starts, at) - 1
            found.add(row)
            at = self._whole.find(word, self._starts[row + 1])
        return found


def statement(clause: Clause, target: Target, document: Metadata) -> Statement:
    """A target with its place."""
    sentence = next((one for one in clause.sentences if one.start <= target.start < one.end), clause.sentences[0])
    page = next((page for page in sentence.pages if page > 0), None)
    return Statement(target, clause.clause_id, clause.citation, page, sentence.text, document)


def listed_hit(rank: int, clause: Clause, key: str, library: Library, terms: Sequence[str] = ()) -> Hit:
    """A clause that fits as a whole, as a hit; ``terms`` tell which of its sentences to show first."""
    evidence = tuple(one for one in clause.sentences if any(term in one.text for term in terms)) or clause.sentences[:1]
    return Hit(rank, 1.0, ("lexical",), clause, evidence, library.documents[key].metadata)
