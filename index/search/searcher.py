"""Question to evidence: references first, then the clauses found, put in order, and whether they answer.

What is found comes from :mod:`index.search.candidates`, its order from :mod:`index.search.ranking`, and whether it answers from
:mod:`index.search.refusal`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from index.question import words
from index.records import Hit, Query, Reference, SearchResult
from index.references.reader import ReferenceReader
from index.references.spelling import spelt
from index.search.candidates import LEXICAL, WAYS, FirstSearch, Scored, SearchSettings, scaled
from index.search.dense import DenseIndex
from index.search.embedder import Embedder, Reranker
from index.search.lexical import LexicalIndex
from index.search.passages import Passage
from index.search.ranking import Scores, rate, read_asked, weights
from index.search.refusal import CLAUSES, Finding, Measures, measure, model
from index.search.scope import own_places
from ingest.records import Sentence

REFERENCE = "reference"


@dataclass(frozen=True, slots=True)
class _Look:
    """What one look into the indexes gave: the reference read, the text searched for, clauses named and clauses ranked."""

    reference: Reference
    bare: bool
    text: str
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
    :param reader: reads references to their documents and clauses.
    :param settings: how the ways are fused.
    :param reranker: puts the first clauses in order once more; None where no model is named.
    """

    def __init__(
        self,
        passages: Sequence[Passage],
        lexical: LexicalIndex,
        dense: DenseIndex,
        embedder: Embedder,
        reader: ReferenceReader,
        settings: SearchSettings = SearchSettings(),  # noqa: B008 - frozen
        reranker: Reranker | None = None,
    ) -> None:
        self._passages = passages
        self._lexical = lexical
        self._dense = dense
        self._embedder = embedder
        self._reader = reader
        self._settings = settings
        self._reranker = reranker
        self._first = FirstSearch(passages, lexical, dense, embedder, settings)
        self._places, self._parts = self._first.places, self._first.parts
        self._own = own_places(passages[part.start].document for part in self._parts.values())

    @property
    def passages(self) -> Sequence[Passage]:
        """Sentences in the order of both indexes."""
        return self._passages

    @property
    def embedder(self) -> Embedder:
        """What makes the vectors of questions."""
        return self._embedder

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
            self._reader,
            settings or self._settings,
            self._reranker,
        )

    def search(self, query: Query, ways: Sequence[str] = WAYS) -> SearchResult:
        """Search.

        :param query: a checked question; ``document`` is the key of a document of the base.
        :param ways: the ways of :data:`WAYS` to use, fused when there are two; whether the question is answered is
            judged by both.
        :return: hits, best first, at most ``query.k``.
        """
        look = self._look(query, ways)
        named, scores = look.named, look.scores
        if named and look.bare:
            hits = [self._whole(rank, clause_id) for rank, clause_id in enumerate(named[: query.k], start=1)]
        else:
            near = dict(look.ranked)
            first = sorted(named, key=lambda clause_id: -near.get(clause_id, 0.0))
            order = [*((one, 1.0) for one in first), *(pair for pair in look.ranked if pair[0] not in named)][: query.k]
            hits = [self._hit(rank, *pair, scores, pair[0] in named) for rank, pair in enumerate(order, start=1)]
        whole = look if len(ways) > 1 else self._look(query, WAYS)
        found = bool(hits) and self._judged(whole).found
        return SearchResult(query, "found" if found else "not_found", tuple(hits))

    def judge(self, query: Query) -> Judgement:
        """Say whether the base answers a question, and by which measures; :meth:`search` gives its status by this.

        :param query: a checked question.
        :return: the judgement.
        """
        return self._judged(self._look(query, WAYS))

    def _look(self, query: Query, ways: Sequence[str]) -> _Look:
        reference = self._reader.read(query.meant)
        bare = not words.content_words(reference.rest)
        keys, text = self._asked(query, reference)
        scores = self._first.score(text, keys, ways)
        named = tuple(one for one in reference.clause_ids if one in self._places and self._first.key_of(one) in keys)
        ranked = self._first.gather(scores.fused)
        if len(ways) > 1:
            scores = replace(scores, fused=self._rated(text, self._first.to_rank(ranked), scores))
            ranked = self._reranked(text, self._first.gather(scores.fused), scores)
        return _Look(reference, bare, text, named, scores, tuple(ranked))

    def _asked(self, query: Query, reference: Reference) -> tuple[list[str], str]:
        """Keys of the documents to search, and the text to search for."""
        keys = [query.document] if query.document else list(reference.documents) or list(self._parts)
        return keys, self._wording(reference, query.meant)

    def _reranked(self, text: str, ranked: list[tuple[str, float]], scores: Scored) -> list[tuple[str, float]]:
        """Put the first clauses in the order of a cross-encoder, where one is set, by headings and best sentence of each."""
        count = self._settings.reranked
        if self._reranker is None or len(ranked) < 2:
            return ranked
        first = ranked[:count]
        best = [max(self._places[name], key=lambda place: scores.fused.get(place, 0.0)) for name, _ in first]
        passages = [f"{self._passages[place].headings} {self._passages[place].text}".strip() for place in best]
        found = self._reranker(text, passages)
        order = sorted(range(len(first)), key=lambda at: (-float(found[at]), at))
        return [*((first[at][0], score) for at, (_, score) in zip(order, first, strict=True)), *ranked[count:]]

    def measures(self, query: Query) -> dict[str, Scores]:
        """Measure the sentences of the best clauses, as their order is made of it; see :func:`index.search.ranking.rate`.

        :param query: a checked question.
        :return: by clause id, one row a sentence; the clauses in the order of the first search.
        """
        keys, text = self._asked(query, self._reader.read(query.meant))
        scores = self._first.score(text, keys, WAYS)
        return self._measures(text, self._first.to_rank(self._first.gather(scores.fused)), scores)

    def _measures(self, text: str, clauses: Sequence[str], scores: Scored) -> dict[str, Scores]:
        asked = read_asked(text, self._lexical)
        places = np.array([place for name in clauses for place in self._places[name]], dtype=np.int64)
        parts = [*(each[places] for each in scores.each), self._dense.cosines(scores.vector, places)]
        highest = max(float((scores.each[0] + scores.each[1]).max(initial=0.0)), 1e-9)
        found = np.stack([parts[0] / highest, parts[1] / highest, scaled(parts[2])], axis=1)
        measures, start = {}, 0
        for name in clauses:
            own = self._passages[self._places[name].start : self._places[name].stop]
            measures[name] = rate(asked, own, found[start : start + len(own)])
            start += len(own)
        return measures

    def _rated(self, text: str, clauses: Sequence[str], scores: Scored) -> dict[int, float]:
        """Score the sentences of the best clauses by the measures, 1 for all that can be had."""
        factors = weights()
        most = float(factors[factors > 0].sum())
        rated = self._measures(text, clauses, scores)
        pairs = ((zip(self._places[name], rows @ factors / most, strict=True)) for name, rows in rated.items())
        return {place: float(score) for each in pairs for place, score in each}

    def _judged(self, look: _Look) -> Judgement:
        """Clauses that are named are found, what is named and not there is not; all else is judged by what was found."""
        if look.named:
            return Judgement(True, 1.0)
        best = [tuple(self._passages[place] for place in self._places[name]) for name, _ in look.ranked[:CLAUSES]]
        missing, ambiguous = look.reference.missing, look.reference.ambiguous
        if look.bare and missing and (ambiguous or not self._cites(best, missing)):
            return Judgement(False, 0.0)
        if look.bare and look.reference.documents:
            return Judgement(True, 1.0)
        if not best or not self._cites(best, look.reference.unknown):
            return Judgement(False, 0.0)
        measures = measure(self._finding(look, best), self._lexical)
        chance = model().chance(measures)
        return Judgement(chance >= model().threshold, chance, measures)

    def _finding(self, look: _Look, best: Sequence[tuple[Passage, ...]]) -> Finding:
        scores, rarest = look.scores, self._lexical.rarity("")
        places = np.array([place for name, _ in look.ranked[:CLAUSES] for place in self._places[name]], dtype=np.int64)
        near = float(self._dense.cosines(scores.vector, places).max(initial=0.0))
        literal, official = (float(each.max(initial=0.0)) / rarest for each in scores.each)
        score = look.ranked[0][1] if look.ranked else 0.0
        return Finding(look.text, tuple(best), scores.strength, self._own, literal, official, near, score)

    def _cites(self, clauses: Sequence[Sequence[Passage]], names: Sequence[str]) -> bool:
        """Tell whether the best clause holds all names of documents that are not the base's own."""
        text = spelt(clauses[0][0].clause.text) if names and clauses else ""
        return all(spelt(name).strip("《》") in text for name in names)

    def _wording(self, reference: Reference, question: str) -> str:
        """What is left to search for; a question that only names a document asks what that document is about."""
        if words.content_words(reference.rest) or not reference.documents:
            return reference.rest or question
        return self._passages[self._parts[reference.documents[0]].start].document.metadata.title

    def _whole(self, rank: int, clause_id: str) -> Hit:
        """A clause that is asked for by its place alone is its own answer."""
        passage = self._passages[self._places[clause_id].start]
        return Hit(rank, 1.0, (REFERENCE,), passage.clause, passage.clause.sentences, passage.document.metadata)

    def _hit(self, rank: int, clause_id: str, score: float, scores: Scored, named: bool) -> Hit:
        places = self._places[clause_id]
        passage = self._passages[places.start]
        ways = tuple(way for way in WAYS if scores.found.get(way, frozenset()).intersection(places))
        evidence = self._evidence(places, scores.fused)
        found_by = (REFERENCE,) if named else ways or (LEXICAL,)
        return Hit(rank, round(score, 6), found_by, passage.clause, evidence, passage.document.metadata)

    def _evidence(self, places: range, fused: Mapping[int, float]) -> tuple[Sentence, ...]:
        """Choose the sentences of a clause that answer; one that only repeats its heading says nothing new."""
        scored = [(fused.get(place, 0.0), place) for place in places]
        telling = [pair for pair in scored if not _is_heading(self._passages[pair[1]])] or scored
        ranked = sorted(telling, key=lambda pair: (-pair[0], pair[1]))
        least = ranked[0][0] * self._settings.evidence_share
        chosen = [place for score, place in ranked if score >= least][: self._settings.evidence_count]
        return tuple(self._passages[place].sentence for place in chosen)


def _is_heading(passage: Passage) -> bool:
    path = passage.clause.heading_path
    return bool(path) and words.search_form(passage.text) == words.search_form(path[-1])
