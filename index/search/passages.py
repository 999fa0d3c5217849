"""Documents to passages: the unit that is searched is the sentence, with its headings and title as context."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ingest.records import Clause, Document, Sentence


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence as it is searched: its own words, the headings it stands under, and its document's title."""

    sentence: Sentence
    clause: Clause
    document: Document
    headings: str
    title: str

    @property
    def text(self) -> str:
        """The sentence's own words."""
        return self.sentence.text


def passages_of(documents: Iterable[Document]) -> tuple[Passage, ...]:
    """List every sentence of every clause.

    :param documents: documents, in the order of the index.
    :return: passages in reading order; those of one document, and of one clause, lie together.
    """
    return tuple(
        Passage(sentence, clause, document, " ".join(clause.heading_path), _title(document, clause))
        for document in documents
        for clause in document.clauses
        for sentence in clause.sentences
    )


def _title(document: Document, clause: Clause) -> str:
    """A covering notice is found by its own title, everything else by the plan's."""
    notice = document.metadata.notice_title if clause.kind == "notice" else None
    return notice or document.metadata.title
