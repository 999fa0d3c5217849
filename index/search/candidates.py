"""The first search: which sentences are like a question, by words and by vectors, and which clauses to put in order.

Each way of searching scores sentences. The *lexical* way is BM25 over the question's content words and, at a lower
weight, the official words that its everyday words stand for. The *dense* way is the cosine of vectors. Both are
brought to the range 0 to 1 and added with fixed shares; a clause scores as its best sentence does, plus a little for
its second. Equal scores are ordered by clause id. What was tried and what it gave stands in docs/retrieval.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from index.question import words
from index.question.asked import Asked
from index.search.dense import DenseIndex, Vectors
from index.search.embedder import Embedder
from index.search.lexical import LexicalIndex
from index.search.passages import Passage
from index.search.ranking import CLAUSES as RANKED
from index.search.ranking import Scores

LEXICAL, DENSE = "lexical", "dense"
WAYS = (LEXICAL, DENSE)


@dataclass(frozen=True, slots=True)
class SearchSettings:
    """What the fusion was set to by measurement.

    ``lexical_share`` is the share of the lexical score in the sum; ``official_weight`` the weight of official words
    that the question does not hold itself; ``second_sentence`` what a clause gets of its second sentence's score;
    ``document_share`` what it gets at most for what else of its document was found, when clauses are chosen to be put
    in order.
    ``depth`` sentences are taken from each way; a way has found a clause when one of its sentences is among the
    way's first ``found_depth``. Evidence are the sentences that score at least ``evidence_share`` of the best, at
    most ``evidence_count``. A cross-encoder, where one is set, orders the first ``reranked`` clauses.

    ``issued_too`` lets documents with a number give as many candidates as all; ``heading_is_no_evidence`` passes over a
    sentence that only repeats its heading, where the clause has another.
    """

    lexical_share: float = 0.6
    official_weight: float = 0.6
    second_sentence: float = 0.2
    document_share: float = 0.15
    depth: int = 200
    found_depth: int = 30
    evidence_share: float = 0.75
    evidence_count: int = 3
    reranked: int = 20
    issued_too: bool = True
    heading_is_no_evidence: bool = True


@dataclass(frozen=True, slots=True)
class Scored:
    """Fused scores of sentences by row, and the first sentences of each way.

    ``each`` holds the lexical score of every sentence by the question's own words and by the official ones, and
    ``vector`` the question's vector.
    """

    fused: Mapping[int, float]
    found: Mapping[str, frozenset[int]]
    each: tuple[Scores, Scores]
    vector: Vectors


class FirstSearch:
    """Finds sentences by both indexes.

    ``rows`` are the sentences of each clause, ``parts`` those of each document.

    :param passages: sentences in the order of both indexes.
    :param lexical: BM25 over them.
    :param dense: their vectors.
    :param embedder: what made the vectors.
    :param settings: how the ways are fused.
    """

    def __init__(
        self,
        passages: Sequence[Passage],
        lexical: LexicalIndex,
        dense: DenseIndex,
        embedder: Embedder,
        settings: SearchSettings,
    ) -> None:
        self._passages = passages
        self._lexical = lexical
        self._dense = dense
        self._embedder = embedder
        self._settings = settings
        self._names = [passage.clause.clause_id for passage in passages]
        self.rows = _runs(self._names)
        self.parts = _runs(passage.document.key for passage in passages)
        issued = [passages[part.start].document.metadata.number is not None for part in self.parts.values()]
        self._issued = frozenset(key for key, is_issued in zip(self.parts, issued, strict=True) if is_issued)

    def score(self, asked: Asked, keys: Sequence[str], ways: Sequence[str]) -> Scored:
        """Score the candidates of each way by both ways, and add the scores up.

        Where both ways are used, documents with a number give as many candidates as all; see :meth:`to_rank`.

        :param asked: what is asked.
        :param keys: keys of the documents to search.
        :param ways: the ways to use.
        :return: the scores.
        """
        parts = self._parts_of(keys)
        own, official = (each * self._mask(parts) for each in self._lexical_scores(asked))
        lexical = own + official
        vector: Vectors = self._embedder.encode_queries([asked.sought])[0]
        by_way = self._candidates(lexical, vector, parts)
        chosen = {row for way in ways for row in by_way[way]}
        if len(ways) > 1 and self._settings.issued_too and not self._issued.issuperset(keys):
            issued = self._parts_of([key for key in keys if key in self._issued])
            more = self._candidates(lexical * self._mask(issued), vector, issued)
            chosen.update(row for way in ways for row in more[way])
        candidates = np.array(sorted(chosen), dtype=np.int64)
        cosines = self._dense.cosines(vector, candidates)
        shares = {way: self._share(way, ways) for way in WAYS}
        fused = shares[LEXICAL] * scaled(lexical[candidates]) + shares[DENSE] * scaled(cosines)
        found = {way: frozenset(by_way[way][: self._settings.found_depth]) for way in ways}
        by_row = dict(zip(candidates.tolist(), fused.tolist(), strict=True))
        return Scored(by_row, found, (own, official), vector)

    def gather(self, fused: Mapping[int, float]) -> list[tuple[str, float]]:
        """Gather sentences into clauses: the best sentence's score, and a share of the second's.

        :param fused: scores of sentences by row.
        :return: clause ids with their scores above 0, best first, ties by id.
        """
        by_clause: dict[str, list[float]] = {}
        for row, score in fused.items():
            by_clause.setdefault(self._names[row], []).append(score)
        share = self._settings.second_sentence
        totals = [(name, _with_second(scores, share)) for name, scores in by_clause.items()]
        return sorted(((name, total) for name, total in totals if total > 0), key=lambda pair: (-pair[1], pair[0]))

    def to_rank(self, ranked: Sequence[tuple[str, float]]) -> list[str]:
        """Choose the clauses to put in order: the first of all, and the first of documents with a number.

        A base that holds laws as well would else bring nothing but those.

        :param ranked: clauses of the first search with their scores, best first.
        :return: their ids, each once.
        """
        names = self._with_documents(ranked)
        if not self._settings.issued_too:
            return names[:RANKED]
        issued = (name for name in names if self.key_of(name) in self._issued)
        return list(dict.fromkeys([*names[:RANKED], *islice(issued, RANKED)]))

    def key_of(self, clause_id: str) -> str:
        """Give the key of a clause's document.

        :param clause_id: id of a clause of the base.
        :return: key of its document.
        """
        return self._passages[self.rows[clause_id].start].document.key

    def _with_documents(self, ranked: Sequence[tuple[str, float]]) -> list[str]:
        """Order clauses also by what else of their document was found: what stands together belongs together.

        A document's evidence is how far its clauses among the first :data:`RANKED` stand above the last of those.
        """
        first = ranked[:RANKED]
        least = first[-1][1] if first else 0.0
        evidence: dict[str, float] = {}
        for name, score in first:
            key = self.key_of(name)
            evidence[key] = evidence.get(key, 0.0) + score - least
        share = self._settings.document_share / (max(evidence.values(), default=0.0) or 1.0)
        totals = ((name, score + share * evidence.get(self.key_of(name), 0.0)) for name, score in ranked)
        return [name for name, _ in sorted(totals, key=lambda pair: (-pair[1], pair[0]))]

    def _parts_of(self, keys: Iterable[str]) -> list[range]:
        return _joined(self.parts[key] for key in keys if key in self.parts)

    def _mask(self, parts: Iterable[range]) -> NDArray[np.bool_]:
        mask = np.zeros(len(self._passages), dtype=bool)
        for part in parts:
            mask[part.start : part.stop] = True
        return mask

    def _candidates(self, lexical: Scores, vector: Vectors, parts: Iterable[range]) -> dict[str, list[int]]:
        """List the rows of the best sentences of each way, best first."""
        depth = self._settings.depth
        near = [pair for part in parts for pair in self._dense.nearest(vector, depth, part)]
        nearest = sorted(near, key=lambda pair: (-pair[1], pair[0]))[:depth]
        return {LEXICAL: _best(lexical, depth), DENSE: [row for row, _ in nearest]}

    def _share(self, way: str, ways: Sequence[str]) -> float:
        if len(ways) == 1:
            return float(way in ways)
        return self._settings.lexical_share if way == LEXICAL else 1 - self._settings.lexical_share

    def _lexical_scores(self, asked: Asked) -> tuple[Scores, Scores]:
        """BM25 of the question's own words, and of what its everyday words stand for, weighted.

        The official words of one everyday word are one thing said in several ways: the best of them counts, at a lower
        weight, so that no word outweighs the others by having many synonyms. A longer form of a word that the documents
        use themselves (养老床位, 养老机构床位) adds nothing but what it is made of, and is left out.
        """
        own = dict.fromkeys(words.tokens(words.content_form(asked.sought) or asked.sought), 1.0)
        official = np.zeros(len(self._passages), dtype=np.float32)
        for said, meant in asked.readings:
            known = self._lexical.holds(said)
            new = [word for word in meant if not (known and set(said) <= set(word))]
            each = [dict.fromkeys((token for token in words.tokens(word) if token not in own), 1.0) for word in new]
            if each:
                best = np.maximum.reduce([self._lexical.scores(tokens) for tokens in each])
                official += np.float32(self._settings.official_weight) * best
        return self._lexical.scores(own), official


def _runs(names: Iterable[str]) -> dict[str, range]:
    """Find which rows bear each name in a sequence in which equal names lie together."""
    runs: dict[str, range] = {}
    for row, name in enumerate(names):
        runs[name] = range(runs[name].start if name in runs else row, row + 1)
    return runs


def _joined(parts: Iterable[range]) -> list[range]:
    """Join ranges that follow on one another: a base of many documents is then looked through at once."""
    joined: list[range] = []
    for part in parts:
        if joined and joined[-1].stop == part.start:
            joined[-1] = range(joined[-1].start, part.stop)
        else:
            joined.append(part)
    return joined


def _best(scores: NDArray[np.float32], depth: int) -> list[int]:
    """List the rows of the highest scores above 0, best first, ties by row."""
    rows = np.flatnonzero(scores > 0)
    if len(rows) > depth:
        rows = rows[scores[rows] >= np.partition(scores[rows], -depth)[-depth]]
    order = np.lexsort((rows, -scores[rows]))[:depth]
    return [int(row) for row in rows[order]]


def scaled(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Bring scores to 0 to 1 by the highest; negative ones count as 0.

    :param scores: any scores.
    :return: each as a share of the highest.
    """
    highest = scores.max(initial=np.float32(1e-9))
    return np.asarray(np.maximum(scores, 0) / highest, dtype=np.float32)


def _with_second(scores: Sequence[float], share: float) -> float:
    """Best score and a share of the second, brought back to at most 1."""
    best, *rest = sorted(scores, reverse=True)
    return (best + share * (rest[0] if rest else 0.0)) / (1 + share)
