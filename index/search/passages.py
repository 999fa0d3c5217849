"""Documents to passages: the unit that is searched is the sentence, with its headings and title as context."""

from __future__ import annotations

from array import array
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from ingest.records import Clause, Document, Sentence

Text = TypeVar("Text", bound=Hashable)


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


@dataclass(frozen=True, slots=True)
class FieldTexts(Generic[Text]):
    """The fields of sentences, each different text kept once: sentence ``i`` has ``texts[rows[i, f]]`` in field ``f``.

    Headings and titles stand over many sentences; what is worked out of a text, its tokens or its vector, is worked
    out once for all of them.
    """

    texts: tuple[Text, ...]
    rows: NDArray[np.int32]


def passages_of(documents: Iterable[Document]) -> tuple[Passage, ...]:
    """List every sentence of every clause.

    :param documents: documents, in the order of the index.
    :return: passages in reading order; those of one document, and of one clause, lie together.
    """
    return tuple(
        Passage(sentence, clause, document, headings, title)
        for document in documents
        for clause in document.clauses
        for headings, title in [(" ".join(clause.heading_path), _title(document, clause))]
        for sentence in clause.sentences
    )


def fields_of(passages: Iterable[Passage]) -> FieldTexts[str]:
    """Gather the texts of passages by field: sentence, headings, title, the order of the lexical settings.

    :param passages: sentences; none of them is held.
    :return: their texts.
    """
    return gather((passage.text, passage.headings, passage.title) for passage in passages)


def gather(sentences: Iterable[Sequence[Text]]) -> FieldTexts[Text]:
    """Keep each different text once.

    >>> gather([("新增床位", "养老"), ("养老", "养老")]).rows.tolist()
    [[0, 1], [1, 1]]

    :param sentences: for each sentence the texts of its fields, of all the same number.
    :return: the texts in the order in which they first come, and where each sentence has them.
    """
    places: dict[Text, int] = {}
    rows, width = array("i"), 0
    for sentence in sentences:
        width = len(sentence)
        rows.extend(places.setdefault(text, len(places)) for text in sentence)
    return FieldTexts(tuple(places), np.array(rows, dtype=np.int32).reshape(-1, max(width, 1)))


def _title(document: Document, clause: Clause) -> str:
    """A covering notice is found by its own title, everything else by the plan's."""
    notice = document.metadata.notice_title if clause.kind == "notice" else None
    return notice or document.metadata.title
