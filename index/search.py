"""Question to evidence: references first, then words and vectors, fused; sentences gathered into their clauses.

Each way of searching scores sentences. The *lexical* way is BM25 over the question's content words and, at a lower
weight, the official words that its everyday words stand for. The *dense* way is the cosine of vectors. Both are
brought to the range 0 to 1 and added with fixed shares; a clause scores as its best sentence does, plus a little for
its second. Equal scores are ordered by clause id. What was tried and what it gave stands in docs/retrieval.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from index import words
from index.dense import DenseIndex, Vectors
from index.embedder import Embedder
from index.lexical import LexicalIndex
from index.passages import Passage
from index.ranking import CLAUSES as RANKED
from index.ranking import Scores, rate, read_asked, weights
from index.records import Hit, Query, SearchResult
from index.references import Reference, ReferenceReader, plain_form
from index.refusal import CLAUSES, Finding, measure, model, own_places
from index.thesaurus import read_as
from ingest.records import Sentence

LEXICAL, DENSE, REFERENCE = "lexical", "dense", "reference"
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
    most ``evidence_count``.
    """

    lexical_share: float = 0.6
    official_weight: float = 0.6
    second_sentence: float = 0.2
    document_share: float = 0.15
    depth: int = 200
    found_depth: int = 30
    evidence_share: float = 0.75
    evidence_count: int = 3


@dataclass(frozen=True, slots=True)
class _Scores:
    """Fused scores of sentences by place, the first sentences of each way, and the strength of the best lexical score.

    ``each`` holds the lexical score of every sentence by the question's own words and by the official ones, and
    ``vector`` the question's vector.
    """

    fused: Mapping[int, float]
    found: Mapping[str, frozenset[int]]
    strength: float
    each: tuple[Scores, Scores]
    vector: Vectors


@dataclass(frozen=True, slots=True)
class _Look:
    """What one look into the indexes gave: the reference read, the text searched for, clauses named and clauses ranked."""

    reference: Reference
    bare: bool
    text: str
    named: tuple[str, ...]
    scores: _Scores
    ranked: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether a question is answered. ``features`` and ``chance`` are empty and 0 or 1 where a reference settles it."""

    found: bool
    chance: float
    features: tuple[float, ...] = ()


class Searcher:
    """Holds everything a question is put to.

    :param passages: sentences in the order of both indexes.
    :param lexical: BM25 over them.
    :param dense: their vectors.
    :param embedder: what made the vectors.
    :param reader: reads references to their documents and clauses.
    :param settings: how the ways are fused.
    """

    def __init__(
        self,
        passages: Sequence[Passage],
        lexical: LexicalIndex,
        dense: DenseIndex,
        embedder: Embedder,
        reader: ReferenceReader,
        settings: SearchSettings = SearchSettings(),  # noqa: B008 - frozen
    ) -> None:
        self._passages = passages
        self._lexical = lexical
        self._dense = dense
        self._embedder = embedder
        self._reader = reader
        self._settings = settings
        self._places = _runs(passage.clause.clause_id for passage in passages)
        self._parts = _runs(passage.document.key for passage in passages)
        issued = [passages[part.start].document.metadata.number is not None for part in self._parts.values()]
        self._issued = frozenset(key for key, is_issued in zip(self._parts, issued, strict=True) if is_issued)
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
        keys = [query.document] if query.document else list(reference.documents) or list(self._parts)
        text = self._wording(reference, query.meant)
        scores = self._scores(text, keys, ways)
        named = tuple(one for one in reference.clause_ids if one in self._places and self._document(one) in keys)
        ranked = self._ranked(scores.fused)
        if len(ways) > 1:
            scores = replace(scores, fused=self._rated(text, self._to_rank(ranked), scores))
            ranked = self._ranked(scores.fused)
        return _Look(reference, bare, text, named, scores, tuple(ranked))

    def measures(self, query: Query) -> dict[str, Scores]:
        """Measure the sentences of the best clauses, as their order is made of it; see :func:`index.ranking.rate`.

        :param query: a checked question.
        :return: by clause id, one row a sentence; the clauses in the order of the first search.
        """
        reference = self._reader.read(query.meant)
        text = self._wording(reference, query.meant)
        scores = self._scores(text, list(reference.documents) or list(self._parts), WAYS)
        return self._measures(text, self._to_rank(self._ranked(scores.fused)), scores)

    def _to_rank(self, ranked: Sequence[tuple[str, float]]) -> list[str]:
        """Choose the clauses to put in order: the first of all, and the first of documents with a number.

        A base that holds laws as well would else bring nothing but those.
        """
        names = self._with_documents(ranked)
        issued = (name for name in names if self._document(name) in self._issued)
        return list(dict.fromkeys([*names[:RANKED], *islice(issued, RANKED)]))

    def _with_documents(self, ranked: Sequence[tuple[str, float]]) -> list[str]:
        """Order clauses also by what else of their document was found: what stands together belongs together.

        A document's evidence is how far its clauses among the first :data:`RANKED` stand above the last of those.
        """
        first = ranked[:RANKED]
        least = first[-1][1] if first else 0.0
        evidence: dict[str, float] = {}
        for name, score in first:
            key = self._document(name)
            evidence[key] = evidence.get(key, 0.0) + score - least
        share = self._settings.document_share / (max(evidence.values(), default=0.0) or 1.0)
        totals = ((name, score + share * evidence.get(self._document(name), 0.0)) for name, score in ranked)
        return [name for name, _ in sorted(totals, key=lambda pair: (-pair[1], pair[0]))]

    def _measures(self, text: str, clauses: Sequence[str], scores: _Scores) -> dict[str, Scores]:
        asked = read_asked(text, self._lexical)
        places = np.array([place for name in clauses for place in self._places[name]], dtype=np.int64)
        parts = [*(each[places] for each in scores.each), self._dense.cosines(scores.vector, places)]
        highest = max(float((scores.each[0] + scores.each[1]).max(initial=0.0)), 1e-9)
        found = np.stack([parts[0] / highest, parts[1] / highest, _scaled(parts[2])], axis=1)
        measures, start = {}, 0
        for name in clauses:
            own = self._passages[self._places[name].start : self._places[name].stop]
            measures[name] = rate(asked, own, found[start : start + len(own)])
            start += len(own)
        return measures

    def _rated(self, text: str, clauses: Sequence[str], scores: _Scores) -> dict[int, float]:
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
        if look.bare and look.reference.missing and not self._cites(best, look.reference.missing):
            return Judgement(False, 0.0)
        if look.bare and look.reference.documents:
            return Judgement(True, 1.0)
        if not best or not self._cites(best, look.reference.unknown):
            return Judgement(False, 0.0)
        features = measure(self._finding(look, best), self._lexical)
        chance = model().chance(features)
        return Judgement(chance >= model().threshold, chance, features)

    def _finding(self, look: _Look, best: Sequence[tuple[Passage, ...]]) -> Finding:
        scores, rarest = look.scores, self._lexical.rarity("")
        places = np.array([place for name, _ in look.ranked[:CLAUSES] for place in self._places[name]], dtype=np.int64)
        near = float(self._dense.cosines(scores.vector, places).max(initial=0.0))
        literal, official = (float(each.max(initial=0.0)) / rarest for each in scores.each)
        score = look.ranked[0][1] if look.ranked else 0.0
        return Finding(look.text, tuple(best), scores.strength, self._own, literal, official, near, score)

    def _cites(self, clauses: Sequence[Sequence[Passage]], names: Sequence[str]) -> bool:
        """Tell whether the best clause holds all names of documents that are not the base's own."""
        text = plain_form(clauses[0][0].clause.text) if names and clauses else ""
        return all(plain_form(name).strip("《》") in text for name in names)

    def _wording(self, reference: Reference, question: str) -> str:
        """What is left to search for; a question that only names a document asks what that document is about."""
        if words.content_words(reference.rest) or not reference.documents:
            return reference.rest or question
        return self._passages[self._parts[reference.documents[0]].start].document.metadata.title

    def _document(self, clause_id: str) -> str:
        return self._passages[self._places[clause_id].start].document.key

    def _scores(self, text: str, keys: Sequence[str], ways: Sequence[str]) -> _Scores:
        """Score the candidates of each way by both ways, and add the scores up.

        Where both ways are used, documents with a number give as many candidates as all; see :meth:`_to_rank`.
        """
        parts = self._parts_of(keys)
        own, official = (each * self._mask(parts) for each in self._lexical_scores(text))
        lexical = own + official
        vector: Vectors = self._embedder.encode_queries([text])[0]
        by_way = self._candidates(lexical, vector, parts)
        chosen = {place for way in ways for place in by_way[way]}
        if len(ways) > 1 and not self._issued.issuperset(keys):
            issued = self._parts_of([key for key in keys if key in self._issued])
            more = self._candidates(lexical * self._mask(issued), vector, issued)
            chosen.update(place for way in ways for place in more[way])
        candidates = np.array(sorted(chosen), dtype=np.int64)
        cosines = self._dense.cosines(vector, candidates)
        shares = {way: self._share(way, ways) for way in WAYS}
        fused = shares[LEXICAL] * _scaled(lexical[candidates]) + shares[DENSE] * _scaled(cosines)
        found = {way: frozenset(by_way[way][: self._settings.found_depth]) for way in ways}
        strength = float(lexical.max(initial=0.0)) / self._lexical.rarity("")  # "" is a token that no sentence has
        by_place = dict(zip(candidates.tolist(), fused.tolist(), strict=True))
        return _Scores(by_place, found, strength, (own, official), vector)

    def _parts_of(self, keys: Iterable[str]) -> list[range]:
        return _joined(self._parts[key] for key in keys if key in self._parts)

    def _mask(self, parts: Iterable[range]) -> NDArray[np.bool_]:
        mask = np.zeros(len(self._passages), dtype=bool)
        for part in parts:
            mask[part.start : part.stop] = True
        return mask

    def _candidates(self, lexical: Scores, vector: Vectors, parts: Iterable[range]) -> dict[str, list[int]]:
        """List the places of the best sentences of each way, best first."""
        depth = self._settings.depth
        near = [pair for part in parts for pair in self._dense.nearest(vector, depth, part)]
        nearest = sorted(near, key=lambda pair: (-pair[1], pair[0]))[:depth]
        return {LEXICAL: _best(lexical, depth), DENSE: [place for place, _ in nearest]}

    def _share(self, way: str, ways: Sequence[str]) -> float:
        if len(ways) == 1:
            return float(way in ways)
        return self._settings.lexical_share if way == LEXICAL else 1 - self._settings.lexical_share

    def _lexical_scores(self, text: str) -> tuple[Scores, Scores]:
        """BM25 of the question's own words, and of what its everyday words stand for, weighted.

        The official words of one everyday word are one thing said in several ways: the best of them counts, at a lower
        weight, so that no word outweighs the others by having many synonyms. A longer form of a word that the documents
        use themselves (养老床位, 养老机构床位) adds nothing but what it is made of, and is left out.
        """
        own = dict.fromkeys(words.tokens(words.content_form(text) or text), 1.0)
        official = np.zeros(len(self._passages), dtype=np.float32)
        for said, meant in read_as(text):
            known = self._lexical.holds(said)
            new = [word for word in meant if not (known and set(said) <= set(word))]
            each = [dict.fromkeys((token for token in words.tokens(word) if token not in own), 1.0) for word in new]
            if each:
                best = np.maximum.reduce([self._lexical.scores(tokens) for tokens in each])
                official += np.float32(self._settings.official_weight) * best
        return self._lexical.scores(own), official

    def _ranked(self, fused: Mapping[int, float]) -> list[tuple[str, float]]:
        """Gather sentences into clauses: the best sentence's score, and a share of the second's."""
        by_clause: dict[str, list[float]] = {}
        for place, score in fused.items():
            by_clause.setdefault(self._passages[place].clause.clause_id, []).append(score)
        share = self._settings.second_sentence
        totals = [(name, _with_second(scores, share)) for name, scores in by_clause.items()]
        return sorted(((name, total) for name, total in totals if total > 0), key=lambda pair: (-pair[1], pair[0]))

    def _whole(self, rank: int, clause_id: str) -> Hit:
        """A clause that is asked for by its place alone is its own answer."""
        passage = self._passages[self._places[clause_id].start]
        return Hit(rank, 1.0, (REFERENCE,), passage.clause, passage.clause.sentences, passage.document.metadata)

    def _hit(self, rank: int, clause_id: str, score: float, scores: _Scores, named: bool) -> Hit:
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


def _runs(names: Iterable[str]) -> dict[str, range]:
    """Find where each name stands in a sequence in which equal names lie together."""
    runs: dict[str, range] = {}
    for place, name in enumerate(names):
        runs[name] = range(runs[name].start if name in runs else place, place + 1)
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
    """List the places of the highest scores above 0, best first, ties by place."""
    places = np.flatnonzero(scores > 0)
    if len(places) > depth:
        places = places[scores[places] >= np.partition(scores[places], -depth)[-depth]]
    order = np.lexsort((places, -scores[places]))[:depth]
    return [int(place) for place in places[order]]


def _scaled(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Bring scores to 0 to 1 by the highest; negative ones count as 0."""
    highest = scores.max(initial=np.float32(1e-9))
    return np.asarray(np.maximum(scores, 0) / highest, dtype=np.float32)


def _with_second(scores: Sequence[float], share: float) -> float:
    """Best score and a share of the second, brought back to at most 1."""
    best, *rest = sorted(scores, reverse=True)
    return (best + share * (rest[0] if rest else 0.0)) / (1 + share)


def _is_heading(passage: Passage) -> bool:
    path = passage.clause.heading_path
    return bool(path) and words.search_form(passage.text) == words.search_form(path[-1])
