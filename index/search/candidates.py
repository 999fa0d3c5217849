"""The first search: which clauses are like a question by their words, and which by the meaning of one of their sentences.

The *lexical* way is BM25 over characters and pairs of them, of a clause below its title and headings. The *dense* way is the
cosine of the vectors of sentences; a clause is as near as its nearest sentence. The best of both ways are put in order by
:mod:`index.search.ranking`. Equal scores are ordered by clause id.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from index.question import words
from index.question.asked import Asked
from index.records import Query
from index.search.arrays import Vectors
from index.search.embedder import Embedder
from index.search.lexical import LexicalIndex
from index.search.places import Places
from index.search.vector_store import Scope, Scores, VectorStore, WordQuery

_MEANT = 2
"""Official words of an everyday one that a question is read with."""

LEXICAL, DENSE = "lexical", "dense"
WAYS = (LEXICAL, DENSE)


@dataclass(frozen=True, slots=True)
class SearchSettings:
    """How much is found and shown.

    ``depth`` clauses are taken from each way to be put in order, and a way has found a clause when it is among the way's first
    ``found_depth``. Words of the office's thesaurus count ``official_weight`` of what the question's own do. Evidence are the
    sentences of a clause that score less than ``evidence_lead`` below its best, at most ``evidence_count``. The cross-encoder
    of the model reads the first ``read`` clauses; another one, where it is set, orders the first ``reranked``.
    """

    depth: int = 100
    found_depth: int = 30
    official_weight: float = 0.5
    evidence_lead: float = 0.03
    evidence_count: int = 3
    read: int = 5
    reranked: int = 20


@dataclass(frozen=True, slots=True)
class Found:
    """What the first search found.

    ``best`` are the clauses of each way with their scores, ``lexical`` the share that each of these has of the highest score by
    words that there can be, ``any_word`` whether a word of the question stands anywhere in the base, ``vector`` the question's.
    """

    best: Mapping[str, tuple[tuple[str, float], ...]]
    lexical: Mapping[str, float]
    any_word: bool
    vector: Vectors

    @property
    def clauses(self) -> tuple[str, ...]:
        """Ids of the clauses of all ways, each once."""
        return tuple(dict.fromkeys(name for way in WAYS for name, _ in self.best[way]))


class FirstSearch:
    """Finds clauses by their words and by their vectors.

    :param lexical: counts of the clauses, by which words are weighed.
    :param vectors: finds clauses.
    :param embedder: what made the vectors.
    :param settings: how much is found.
    """

    def __init__(
        self, lexical: LexicalIndex, vectors: VectorStore, embedder: Embedder, settings: SearchSettings
    ) -> None:
        self._lexical = lexical
        self._vectors = vectors
        self._embedder = embedder
        self._settings = settings
        # The same question comes again for its list and its sides; one tuple, so that threads do not mix two.
        self._last: tuple[list[str], Vectors] = ([], np.zeros(embedder.dimension, dtype=np.float32))

    def find(self, asked: Asked, scope: Scope) -> Found:
        """Find clauses.

        :param asked: what is asked.
        :param scope: where to search.
        :return: what was found.
        """
        depth, own = self._settings.depth, dict.fromkeys(words.character_tokens(asked.sought), 1.0)
        query, vector = self._query(asked, own), self._vector(asked)
        highest = np.float32(self._lexical.highest(own))
        by_words = tuple(self._vectors.by_words(query, scope, depth))
        by_vector = tuple(self._vectors.by_vector(vector, scope, depth))
        shares = {name: float(np.float32(score) / highest) for name, score in by_words}
        others = [name for name, _ in by_vector if name not in shares]
        scores = self._vectors.word_scores(query, others)
        every = shares | {name: float(score / highest) for name, score in zip(others, scores, strict=True)}
        best = {LEXICAL: tuple(shares.items()), DENSE: by_vector}
        return Found(best, every, bool(by_words) or self._has_word(query), vector)

    def cosines(self, found: Found, clauses: Sequence[str]) -> dict[str, Scores]:
        """Give the cosines of the sentences of clauses.

        :param found: for the question.
        :param clauses: their ids.
        :return: one cosine a sentence, by clause.
        """
        return self._vectors.cosines(found.vector, clauses)

    def _vector(self, asked: Asked) -> Vectors:
        """Give the vector of a question: half its own words, half these with what the office's thesaurus reads them as."""
        meant = "、".join(word for _, words_ in asked.readings for word in words_[:_MEANT])
        texts = [asked.sought, f"{asked.sought}（{meant}）"] if meant else [asked.sought]
        before, vector = self._last
        if texts != before:
            mean = self._embedder.encode_queries(texts).mean(axis=0)
            vector = np.asarray(mean / max(float(np.linalg.norm(mean)), 1e-9), dtype=np.float32)
            self._last = texts, vector
        return vector

    def _query(self, asked: Asked, own: Mapping[str, float]) -> WordQuery:
        """Weigh the question's own words, and the official ones that the office's thesaurus has for them."""
        readings = tuple(
            tuple(
                self._lexical.weights({one: 1.0 for one in words.character_tokens(word) if one not in own})
                for word in meant
            )
            for _, meant in asked.readings
        )
        return WordQuery(self._lexical.weights(own), readings, self._settings.official_weight)

    def _has_word(self, query: WordQuery) -> bool:
        """Tell whether any word of a question stands anywhere in the base, be it out of its scope."""
        every = (query.own, *(weights for reading in query.readings for weights in reading))
        return any(self._lexical.clauses(token) for weights in every for token in weights)


def scope_of(query: Query, keys: Sequence[str], places: Places) -> Scope:
    """Give where to search: in some documents, of these those that may be in force on the day asked for, and that filters let through.

    :param query: of the question.
    :param keys: of documents; none for all.
    :param places: of the base.
    :return: the scope.
    """
    if not keys and not query.is_narrowed:
        return Scope()
    return Scope(tuple(query.kept(keys or tuple(places.documents))), None if keys else query.where)
