"""What is asked to evidence: references first, then the clauses found, put in order, and whether they answer.

What is found comes from :mod:`index.search.candidates`, its order from :mod:`index.search.ranking`, and whether it answers from
:mod:`index.search.refusal`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from index.question import words
from index.question.asked import Asked
from index.records import Hit, SearchResult
from index.references.spelling import spelt
from index.search.candidates import LEXICAL, WAYS, FirstSearch, Scored, SearchSettings, scaled
from index.search.coverage import Telling, weigh
from index.search.dense import DenseIndex
from index.search.embedder import Embedder, Reranker
from index.search.fitted import fitted_with
from index.search.lexical import LexicalIndex
from index.search.passages import Passage
from index.search.ranking import Scores, made_with, rate, weights
from index.search.refusal import CLAUSES, Finding, Measures, measure, model
from index.search.scope import own_regions
from ingest.records import Sentence

REFERENCE = "reference"


@dataclass(frozen=True, slots=True)
class _Look:
    """What one look into the indexes gave: the question weighed, clauses named, scores, and clauses ranked."""

    telling: Telling
    named: tuple[str, ...]
    scores: Scored
    ranked: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether a question is answered; where a reference settles it, ``chance`` is 0 or 1 and there are no ``measures``."""

    found: bool
    chance: float
    measures: Measures | None = None


class Searcher:
    """Holds everything a question is put to.

    :param passages: sentences in the order of both indexes.
    :param lexical: BM25 over them.
    :param dense: their vectors.
    :param embedder: what made the vectors.
    :param settings: how the ways are fused.
    :param reranker: puts the first clauses in order once more; None where no model is named.
    """

    def __init__(
        self,
        passages: Sequence[Passage],
        lexical: LexicalIndex,
        dense: DenseIndex,
        embedder: Embedder,
        settings: SearchSettings = SearchSettings(),  # noqa: B008 - frozen
        reranker: Reranker | None = None,
    ) -> None:
        self._passages = passages
        self._lexical = lexical
        self._dense = dense
        self._embedder = embedder
        self._settings = settings
        self._reranker = reranker
        self._first = FirstSearch(passages, lexical, dense, embedder, settings)
        self._rows, self._parts = self._first.rows, self._first.parts
        self._own = own_regions(passages[part.start].document for part in self._parts.values())

    @property
    def passages(self) -> Sequence[Passage]:
        """Sentences in the order of both indexes."""
        return self._passages

    @property
    def embedder(self) -> Embedder:
        """What makes the vectors of questions."""
        return self._embedder

    @property
    def is_calibrated(self) -> bool:
        """Whether the weights were fitted with the model and the lists that are in use."""
        own = fitted_with(self._embedder)
        return own == model().made_with and own == made_with()

    def varied(
        self,
        lexical: LexicalIndex | None = None,
        dense: DenseIndex | None = None,
        embedder: Embedder | None = None,
        settings: SearchSettings | None = None,
    ) -> Searcher:
        """Make the same searcher with some of its parts exchanged, to measure what each of them gives.

        :param lexical: another index over the same passages.
        :param dense: other vectors of the same passages.
        :param embedder: what made those vectors.
        :param settings: other settings.
        :return: a searcher of its own.
        """
        return Searcher(
            self._passages,
            lexical or self._lexical,
            dense or self._dense,
            embedder or self._embedder,
            settings or self._settings,
            self._reranker,
        )

    def search(self, asked: Asked, ways: Sequence[str] = WAYS) -> SearchResult:
        """Search.

        :param asked: a question as it was read; the ``document`` of its query is the key of a document of the base.
        :param ways: the ways of :data:`WAYS` to use, fused when there are two; whether the question is answered is
            judged by both.
        :return: hits, best first, at most ``k`` of its query.
        """
        look, k = self._look(asked, ways), asked.query.k
        named = look.named
        if named and asked.is_bare:
            hits = [self._whole(rank, clause_id) for rank, clause_id in enumerate(named[:k], start=1)]
        else:
            near = dict(look.ranked)
            first = sorted(named, key=lambda clause_id: -near.get(clause_id, 0.0))
            order = [*((one, 1.0) for one in first), *(pair for pair in look.ranked if pair[0] not in named)][:k]
            hits = [self._hit(rank, *pair, look.scores, pair[0] in named) for rank, pair in enumerate(order, start=1)]
        whole = look if len(ways) > 1 else self._look(asked, WAYS)
        found = bool(hits) and self._judged(whole).found
        return SearchResult(asked.query, "found" if found else "not_found", tuple(hits))

    def sides(self, asked: Asked, keys: Sequence[str]) -> tuple[Hit, ...]:
        """Find the best clause of each of the best documents, in one search, where it answers.

        :param asked: a question as it was read.
        :param keys: documents to look into; none for all.
        :return: at most ``k`` hits, best first, each of another document.
        """
        scores = self._first.score(asked, keys or list(self._parts), WAYS)
        by_document: dict[str, list[str]] = {}
        for name, _ in self._first.gather(scores.fused):
            by_document.setdefault(self._first.key_of(name), []).append(name)
        best = [name for names in list(by_document.values())[: asked.query.k] for name in names[:CLAUSES]]
        telling = weigh(asked, self._lexical)
        scores = replace(scores, fused=self._rated(telling, best, scores))
        hits: list[Hit] = []
        seen: set[str] = set()
        ranked = self._first.gather(scores.fused)
        for name, score in ranked:
            key = self._first.key_of(name)
            own = tuple(pair for pair in ranked if self._first.key_of(pair[0]) == key)
            if key not in seen and self._judged(_Look(telling, (), scores, own)).found:
                hits.append(self._hit(len(hits) + 1, name, score, scores, False))
            seen.add(key)
        return tuple(hits)

    def judge(self, asked: Asked) -> Judgement:
        """Say whether the base answers a question, and by which measures; :meth:`search` gives its status by this.

        :param asked: a question as it was read.
        :return: the judgement.
        """
        return self._judged(self._look(asked, WAYS))

    def measures(self, asked: Asked) -> dict[str, Scores]:
        """Measure the sentences of the best clauses, as their order is made of it; see :func:`index.search.ranking.rate`.

        :param asked: a question as it was read.
        :return: by clause id, one row a sentence; the clauses in the order of the first search.
        """
        scores = self._first.score(asked, self._keys(asked), WAYS)
        return self._measures(
            weigh(asked, self._lexical), self._first.to_rank(self._first.gather(scores.fused)), scores
        )

    def _look(self, asked: Asked, ways: Sequence[str]) -> _Look:
        keys, telling = self._keys(asked), weigh(asked, self._lexical)
        scores = self._first.score(asked, keys, ways)
        ids = asked.reference.clause_ids
        named = tuple(one for one in ids if one in self._rows and self._first.key_of(one) in keys)
        ranked = self._first.gather(scores.fused)
        if len(ways) > 1:
            scores = replace(scores, fused=self._rated(telling, self._first.to_rank(ranked), scores))
            ranked = self._reranked(asked.sought, self._first.gather(scores.fused), scores)
        return _Look(telling, named, scores, tuple(ranked))

    def _keys(self, asked: Asked) -> list[str]:
        """Keys of the documents to search."""
        return [asked.query.document] if asked.query.document else list(asked.reference.documents) or list(self._parts)

    def _reranked(self, text: str, ranked: list[tuple[str, float]], scores: Scored) -> list[tuple[str, float]]:
        """Put the first clauses in the order of a cross-encoder, where one is set, by headings and best sentence of each."""
        count = self._settings.reranked
        if self._reranker is None or len(ranked) < 2:
            return ranked
        first = ranked[:count]
        best = [max(self._rows[name], key=lambda row: scores.fused.get(row, 0.0)) for name, _ in first]
        passages = [f"{self._passages[row].headings} {self._passages[row].text}".strip() for row in best]
        found = self._reranker(text, passages)
        order = sorted(range(len(first)), key=lambda at: (-float(found[at]), at))
        return [*((first[at][0], score) for at, (_, score) in zip(order, first, strict=True)), *ranked[count:]]

    def _measures(self, telling: Telling, clauses: Sequence[str], scores: Scored) -> dict[str, Scores]:
        rows = np.array([row for name in clauses for row in self._rows[name]], dtype=np.int64)
        parts = [*(each[rows] for each in scores.each), self._dense.cosines(scores.vector, rows)]
        highest = max(float((scores.each[0] + scores.each[1]).max(initial=0.0)), 1e-9)
        found = np.stack([parts[0] / highest, parts[1] / highest, scaled(parts[2])], axis=1)
        measures, start = {}, 0
        for name in clauses:
            own = self._passages[self._rows[name].start : self._rows[name].stop]
            measures[name] = rate(telling, own, found[start : start + len(own)])
            start += len(own)
        return measures

    def _rated(self, telling: Telling, clauses: Sequence[str], scores: Scored) -> dict[int, float]:
        """Score the sentences of the best clauses by the measures, 1 for all that can be had."""
        factors = weights()
        most = float(factors[factors > 0].sum())
        rated = self._measures(telling, clauses, scores)
        pairs = ((zip(self._rows[name], rows @ factors / most, strict=True)) for name, rows in rated.items())
        return {row: float(score) for each in pairs for row, score in each}

    def _judged(self, look: _Look) -> Judgement:
        """Clauses that are named are found, what is named and not there is not; all else is judged by what was found."""
        asked, reference = look.telling.asked, look.telling.asked.reference
        if look.named:
            return Judgement(True, 1.0)
        best = [tuple(self._passages[row] for row in self._rows[name]) for name, _ in look.ranked[:CLAUSES]]
        missing = reference.missing
        if asked.is_bare and missing and (reference.ambiguous or not _cites(best, missing)):
            return Judgement(False, 0.0)
        if asked.is_bare and reference.documents:
            return Judgement(True, 1.0)
        if not best or not _cites(best, reference.unknown):
            return Judgement(False, 0.0)
        measures = measure(self._finding(look, best))
        chance = model().chance(measures)
        least = model().threshold if self.is_calibrated else model().careful
        return Judgement(chance >= least, chance, measures)

    def _finding(self, look: _Look, best: Sequence[tuple[Passage, ...]]) -> Finding:
        scores, rarest = look.scores, self._lexical.rarity("")  # "" is a token that no sentence has
        rows = np.array([row for name, _ in look.ranked[:CLAUSES] for row in self._rows[name]], dtype=np.int64)
        near = float(self._dense.cosines(scores.vector, rows).max(initial=0.0))
        literal, official = (float(each.max(initial=0.0)) / rarest for each in scores.each)
        score = look.ranked[0][1] if look.ranked else 0.0
        return Finding(look.telling, tuple(best), self._own, literal, official, near, score)

    def _whole(self, rank: int, clause_id: str) -> Hit:
        """A clause that is asked for by its place alone is its own answer."""
        passage = self._passages[self._rows[clause_id].start]
        return Hit(rank, 1.0, (REFERENCE,), passage.clause, passage.clause.sentences, passage.document.metadata)

    def _hit(self, rank: int, clause_id: str, score: float, scores: Scored, named: bool) -> Hit:
        rows = self._rows[clause_id]
        passage = self._passages[rows.start]
        ways = tuple(way for way in WAYS if scores.found.get(way, frozenset()).intersection(rows))
        evidence = self._evidence(rows, scores.fused)
        found_by = (REFERENCE,) if named else ways or (LEXICAL,)
        return Hit(rank, round(score, 6), found_by, passage.clause, evidence, passage.document.metadata)

    def _evidence(self, rows: range, fused: Mapping[int, float]) -> tuple[Sentence, ...]:
        """Choose the sentences of a clause that answer; one that only repeats its heading says nothing new."""
        scored = [(fused.get(row, 0.0), row) for row in rows]
        telling = [pair for pair in scored if not _is_heading(self._passages[pair[1]])] or scored
        ranked = sorted(telling, key=lambda pair: (-pair[0], pair[1]))
        least = ranked[0][0] * self._settings.evidence_share
        chosen = [row for score, row in ranked if score >= least][: self._settings.evidence_count]
        return tuple(self._passages[row].sentence for row in chosen)


def _cites(clauses: Sequence[Sequence[Passage]], names: Sequence[str]) -> bool:
    """Tell whether the best clause holds all names of documents that are not the base's own."""
    text = spelt(clauses[0][0].clause.text) if names and clauses else ""
    return all(spelt(name).strip("《》") in text for name in names)


def _is_heading(passage: Passage) -> bool:
    path = passage.clause.heading_path
    return bool(path) and words.search_form(passage.text) == words.search_form(path[-1])
