"""A base that is built in memory over any documents, with the product's own indexes and its own search."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from eval.systems.cache import Cache
from index.errors import ClauseNotFound
from index.question import words
from index.question.asked import Asked, QuestionReader
from index.question.limits import checked_number, checked_question
from index.question.slips import SlipReader
from index.records import Query, SearchResult
from index.references.reader import ReferenceReader, reader_of
from index.search.candidates import WAYS
from index.search.counts import count_tokens
from index.search.dense import DenseIndex, build_dense
from index.search.embedder import Embedder
from index.search.lexical import LexicalIndex, LexicalSettings
from index.search.passages import Passage, clause_contexts, passages_of
from index.search.searcher import Searcher
from index.search.vectors import sentence_vectors
from ingest.records import Clause, Document


class MemoryBase:
    """Answers like a knowledge base that was opened from a store.

    :param searcher: what questions are put to.
    :param references: reads references to its documents.
    """

    def __init__(self, searcher: Searcher, references: ReferenceReader) -> None:
        self.searcher = searcher
        titles = {passage.document.key: passage.document.metadata.title for passage in searcher.passages}
        self._questions = QuestionReader(references, titles, SlipReader(searcher.lexical))
        self._clauses = {passage.clause.clause_id: passage.clause for passage in searcher.passages}

    def search(self, text: str, k: int = 5, document: str | None = None, ways: Sequence[str] = WAYS) -> SearchResult:
        """Put a question.

        :param text: the question.
        :param k: how many clauses at most.
        :param document: key of a document, to search that document only; None for all.
        :param ways: the ways of searching.
        :return: the clauses, best first.
        :raises QueryError: when question or number is at fault.
        """
        return self.searcher.search(self.read(text, k, document), ways)

    def read(self, text: str, k: int = 5, document: str | None = None) -> Asked:
        """Read a question as the product does.

        :param text: the question.
        :param k: how many clauses at most.
        :param document: key of a document, to search that document only; None for all.
        :return: the question as it was read.
        :raises QueryError: when question or number is at fault.
        """
        return self._questions.read(Query(checked_question(text), checked_number(k), document))

    def show(self, clause_id: str) -> Clause:
        """Look up a clause.

        :param clause_id: its id.
        :return: the clause.
        :raises ClauseNotFound: when no clause has the id.
        """
        if clause_id not in self._clauses:
            raise ClauseNotFound(f"没有条款“{clause_id}”", "请核对条款编号")
        return self._clauses[clause_id]


def build_in_memory(
    documents: Sequence[Document], embedder: Embedder, cache: Cache, references: bool = True
) -> MemoryBase:
    """Index documents as the product indexes a corpus.

    :param documents: the documents.
    :param embedder: makes the vectors.
    :param cache: keeps the indexes.
    :param references: whether questions may name the documents and their clauses; False where the ids of clauses
        are not made of ordinals.
    :return: the base.
    """
    passages = passages_of(documents)
    reader = reader_of(documents) if references else ReferenceReader({}, ())
    lexical, dense = lexical_of(passages, cache), dense_of(passages, embedder, cache)
    return MemoryBase(Searcher(passages, lexical, dense, embedder), reader)


def lexical_of(
    passages: Sequence[Passage],
    cache: Cache,
    settings: LexicalSettings = LexicalSettings(),  # noqa: B008 - frozen
) -> LexicalIndex:
    """Index the clauses of passages by the product's tokens.

    :param passages: sentences.
    :param cache: keeps the index.
    :param settings: of the formula.
    :return: the index.
    """
    facts = {"tokens": "product", "settings": asdict(settings)}
    documents = {passage.document.key: passage.document for passage in passages}
    texts = (text for document in documents.values() for text in clause_contexts(document))
    return cache.lexical(passages, facts, lambda: count_tokens(texts, words.tokens, settings.kinds), settings)


def dense_of(passages: Sequence[Passage], embedder: Embedder, cache: Cache) -> DenseIndex:
    """Index the vectors of passages.

    :param passages: sentences.
    :param embedder: makes the vectors.
    :param cache: keeps the index.
    :return: the index.
    """
    facts = {"embedder": embedder.fingerprint}
    return cache.dense(passages, facts, lambda: build_dense(sentence_vectors(passages, embedder)))
