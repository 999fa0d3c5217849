"""The first search: which clauses are like a question by their words, and which by the meaning of one of their sentences.

The *lexical* way is BM25 over characters and pairs of them, of a clause below its title and headings. The *dense* way is the
cosine of the vectors of sentences; a clause is as near as its nearest sentence. The best of both ways are put in order by
:mod:`index.search.ranking`. Equal scores are ordered by clause id.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

import numpy as np
from numpy.typing import NDArray

from index.question import words
from index.question.asked import Asked
from index.search.arrays import Vectors
from index.search.dense import DenseIndex
from index.search.embedder import Embedder
from index.search.lexical import LexicalIndex
from index.search.passages import Passage, outline_of

_MEANT = 2
"""Official words of an everyday one that a question is read with."""

LEXICAL, DENSE = "lexical", "dense"
WAYS = (LEXICAL, DENSE)

Scores = NDArray[np.float32]


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

    ``best`` are the clauses of each way with their scores, ``lexical`` the share that each clause of the base has of the highest
    score by words that there can be, ``vector`` the question's.
    """

    best: Mapping[str, tuple[tuple[str, float], ...]]
    lexical: Scores
    vector: Vectors

    @property
    def clauses(self) -> tuple[str, ...]:
        """Ids of the clauses of all ways, each once."""
        return tuple(dict.fromkeys(name for way in WAYS for name, _ in self.best[way]))


class FirstSearch:
    """Finds clauses by both indexes.

    ``names`` are the ids of clauses in the order of the lexical index, ``places`` where each stands in it, ``rows`` the sentences of
    each in the dense index.

    :param passages: sentences in the order of the dense index.
    :param lexical: BM25 over their clauses.
    :param dense: their vectors.
    :param embedder: what made the vectors.
    :param settings: how much is found.
    """

    def __init__(
        self,
        passages: Sequence[Passage],
        lexical: LexicalIndex,
        dense: DenseIndex,
        embedder: Embedder,
        settings: SearchSettings,
    ) -> None:
        self._lexical = lexical
        self._dense = dense
        self._embedder = embedder
        self._settings = settings
        outline = outline_of(passages)
        self.names = outline.names
        starts = [0, *accumulate(outline.sizes)]
        self.rows = {name: range(*pair) for name, pair in zip(self.names, pairwise(starts), strict=True)}
        self.places = {name: place for place, name in enumerate(self.names)}
        self._owners = outline.keys
        self._clauses = runs(self._owners)
        self._sentences = {key: range(starts[one.start], starts[one.stop]) for key, one in self._clauses.items()}
        self._clause_of = np.repeat(np.arange(len(self.names)), np.array(outline.sizes, dtype=np.int64))
        # The same question comes again for its list and its sides; one tuple, so that threads do not mix two.
        self._last: tuple[list[str], Vectors] = ([], np.zeros(dense.dimension, dtype=np.float32))

    @property
    def keys(self) -> tuple[str, ...]:
        """Keys of all documents."""
        return tuple(self._clauses)

    def key_of(self, clause_id: str) -> str:
        """Give the key of a clause's document.

        :param clause_id: id of a clause of the base.
        :return: key of its document.
        """
        return self._owners[self.places[clause_id]]

    def find(self, asked: Asked, keys: Sequence[str]) -> Found:
        """Find clauses.

        :param asked: what is asked.
        :param keys: keys of the documents to search.
        :return: what was found.
        """
        shares = self._shares(asked)
        vector = self._vector(asked)
        within = np.zeros(len(self.names), dtype=bool)
        for part in (self._clauses[key] for key in keys if key in self._clauses):
            within[part.start : part.stop] = True
        best = {LEXICAL: self._first(shares * within), DENSE: self._nearest(vector, keys)}
        return Found(best, shares, vector)

    def cosines(self, found: Found, clauses: Sequence[str]) -> dict[str, Scores]:
        """Give the cosines of the sentences of clauses.

        :param found: for the question.
        :param clauses: their ids.
        :return: one cosine a sentence, by clause.
        """
        rows = np.array([row for name in clauses for row in self.rows[name]], dtype=np.int64)
        starts = np.cumsum([0, *(len(self.rows[name]) for name in clauses)], dtype=np.int64)
        cosines = self._dense.cosines(found.vector, rows)
        return {name: cosines[starts[at] : starts[at + 1]] for at, name in enumerate(clauses)}

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

    def _shares(self, asked: Asked) -> Scores:
        """BM25 of the question's own words, and of the official ones that the office's thesaurus has for them, as a share.

        The official words of one everyday word are one thing said in several ways: the best of them counts.
        """
        own = dict.fromkeys(words.character_tokens(asked.sought), 1.0)
        scores = self._lexical.scores(own)
        for _, meant in asked.readings:
            each = [
                dict.fromkeys((one for one in words.character_tokens(word) if one not in own), 1.0) for word in meant
            ]
            best = np.maximum.reduce([self._lexical.scores(tokens) for tokens in each])
            scores = scores + np.float32(self._settings.official_weight) * best
        return np.asarray(scores / np.float32(self._lexical.highest(own)), dtype=np.float32)

    def _first(self, shares: Scores) -> tuple[tuple[str, float], ...]:
        """List the clauses of the highest shares above 0, best first, ties by id."""
        depth = self._settings.depth
        places = np.flatnonzero(shares > 0)
        if len(places) > depth:
            places = places[shares[places] >= np.partition(shares[places], -depth)[-depth]]
        pairs = sorted(((self.names[place], float(shares[place])) for place in places), key=_best_first)
        return tuple(pairs[:depth])

    def _nearest(self, vector: Vectors, keys: Iterable[str]) -> tuple[tuple[str, float], ...]:
        """List the clauses of the nearest sentences; as many sentences are looked at as it takes."""
        depth = self._settings.depth
        parts = joined(self._sentences[key] for key in keys if key in self._sentences)
        every, many = sum(map(len, parts)), 0
        best: dict[str, float] = {}
        while len(best) < depth and many < every:
            many = min(4 * many or 2 * depth, every)
            near = [pair for part in parts for pair in self._dense.nearest(vector, many, part)]
            best = {}
            for row, cosine in sorted(near, key=lambda pair: (-pair[1], pair[0]))[:many]:
                best.setdefault(self.names[self._clause_of[row]], cosine)
        return tuple(sorted(best.items(), key=_best_first)[:depth])


def runs(names: Iterable[str]) -> dict[str, range]:
    """Find which rows bear each name in a sequence in which equal names lie together.

    :param names: one a row.
    :return: rows by name, in order.
    """
    found: dict[str, range] = {}
    for row, name in enumerate(names):
        found[name] = range(found[name].start if name in found else row, row + 1)
    return found


def joined(parts: Iterable[range]) -> list[range]:
    """Join ranges that follow on one another: a base of many documents is then looked through at once.

    :param parts: in order.
    :return: as few ranges as hold the same.
    """
    whole: list[range] = []
    for part in parts:
        if whole and whole[-1].stop == part.start:
            whole[-1] = range(whole[-1].start, part.stop)
        else:
            whole.append(part)
    return whole


def _best_first(pair: tuple[str, float]) -> tuple[float, str]:
    return -pair[1], pair[0]
