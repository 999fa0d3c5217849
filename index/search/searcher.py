"""What is asked to evidence: references first, then the clauses found, put in order, and whether they answer.

What is found comes from :mod:`index.search.candidates`, its order from :mod:`index.search.ranking`, and whether it answers from
:mod:`index.search.refusal`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from index.question.asked import Asked
from index.records import Hit, SearchResult
from index.search.candidates import LEXICAL, WAYS, FirstSearch, Scored, SearchSettings, scaled
from index.search.coverage import weigh
from index.search.dense import DenseIndex
from index.search.embedder import Embedder, Reranker
from index.search.evidence import cites, evidence_of
from index.search.fitted import Fitted, shipped
from index.search.lexical import LexicalIndex
from index.search.passages import Passage
from index.search.ranking import rate
from index.search.refusal import CLAUSES, Finding, measure
from index.search.scope import own_regions
from index.search.seen import Judgement, Ordered, Seen

REFERENCE = "reference"


class Searcher:
    """Holds everything a question is put to.

    :param passages: sentences in the order of both indexes.
    :param lexical: BM25 over them.
    :param dense: their vectors.
    :param embedder: what made the vectors.
    :param settings: how the ways are fused.
    :param reranker: puts the first clauses in order once more; None where no model is named.
    :param fitted: weights and model of refusing; None for those that come with the package.
    """

    def __init__(
        self,
        passages: Sequence[Passage],
        lexical: LexicalIndex,
        dense: DenseIndex,
        embedder: Embedder,
        settings: SearchSettings = SearchSettings(),  # noqa: B008 - frozen
        reranker: Reranker | None = None,
        fitted: Fitted | None = None,
    ) -> None:
        self._passages = passages
        self._lexical = lexical
        self._dense = dense
        self._embedder = embedder
        self._settings = settings
        self._reranker = reranker
        self._own_fitted = fitted
        self._first = FirstSearch(passages, lexical, dense, embedder, settings)
        self._rows, self._parts = self._first.rows, self._first.parts
        self._own = own_regions(passages[part.start].document for part in self._parts.values())

    @property
    def passages(self) -> Sequence[Passage]:
        """Sentences in the order of both indexes."""
        return self._passages

    @property
    def lexical(self) -> LexicalIndex:
        """BM25 over the sentences."""
        return self._lexical

    @property
    def dense(self) -> DenseIndex:
        """The vectors of the sentences."""
        return self._dense

    @property
    def embedder(self) -> Embedder:
        """What makes the vectors of questions."""
        return self._embedder

    @property
    def is_calibrated(self) -> bool:
        """Whether the weights were fitted with the model and the lists that are in use."""
        return self._fitted.is_for(self._embedder)

    @property
    def _fitted(self) -> Fitted:
        return self._own_fitted or shipped()

    def varied(
        self,
        lexical: LexicalIndex | None = None,
        dense: DenseIndex | None = None,
        embedder: Embedder | None = None,
        settings: SearchSettings | None = None,
        fitted: Fitted | None = None,
    ) -> Searcher:
        """Make the same searcher with some of its parts exchanged, to measure what each of them gives.

        :param lexical: another index over the same passages.
        :param dense: other vectors of the same passages.
        :param embedder: what made those vectors.
        :param settings: other settings.
        :param fitted: other weights and another model of refusing.
        :return: a searcher of its own.
        """
        return Searcher(
            self._passages,
            lexical or self._lexical,
            dense or self._dense,
            embedder or self._embedder,
            settings or self._settings,
            self._reranker,
            fitted or self._own_fitted,
        )

    def search(self, asked: Asked, ways: Sequence[str] = WAYS) -> SearchResult:
        """Search.

        :param asked: a question as it was read; the ``document`` of its query is the key of a document of the base.
        :param ways: the ways of :data:`WAYS` to use, fused when there are two; whether the question is answered is
            judged by both.
        :return: hits, best first, at most ``k`` of its query.
        """
        seen = self.see(asked)
        return self.result(seen, None if len(ways) > 1 else self._by_one_way(asked, ways))

    def see(self, asked: Asked) -> Seen:
        """Look into both indexes, and measure the sentences of the best clauses; :meth:`result` makes hits of it.

        :param asked: a question as it was read.
        :return: what was found; the same for searchers that differ in what is fitted alone.
        """
        keys = self._keys(asked)
        scores = self._first.score(asked, keys, WAYS)
        return self._seen(asked, keys, scores, self._first.to_rank(self._first.gather(scores.fused)))

    def result(self, seen: Seen, order: Ordered | None = None) -> SearchResult:
        """Put in order what was found, and say whether it answers.

        :param seen: what :meth:`see` gave, of this searcher or of one that differs in what is fitted alone.
        :param order: another order of clauses; None for that by the weights.
        :return: hits, best first, at most ``k`` of the query.
        """
        own = self.order(seen)
        shown = order or own
        asked, named = seen.telling.asked, seen.named
        k = asked.query.k
        if named and asked.is_bare:
            hits = [self._whole(rank, clause_id) for rank, clause_id in enumerate(named[:k], start=1)]
        else:
            near = dict(shown.clauses)
            first = sorted(named, key=lambda clause_id: -near.get(clause_id, 0.0))
            pairs = [*((one, 1.0) for one in first), *(pair for pair in shown.clauses if pair[0] not in named)][:k]
            hits = [self._hit(rank, *pair, shown, pair[0] in named) for rank, pair in enumerate(pairs, start=1)]
        found = bool(hits) and self.judged(seen, own).found
        return SearchResult(asked.query, "found" if found else "not_found", tuple(hits))

    def order(self, seen: Seen) -> Ordered:
        """Put the clauses that were found in order by the weights, 1 for all that can be had.

        :param seen: what :meth:`see` gave.
        :return: scores of their sentences, and the clauses, best first.
        """
        factors = self._fitted.weights
        most = float(factors[factors > 0].sum()) or 1.0
        places = [row for name in seen.measures for row in self._rows[name]]
        rated = np.concatenate([*seen.measures.values(), np.zeros((0, len(factors)), np.float32)]) @ factors / most
        scores = dict(zip(places, rated.tolist(), strict=True))
        return Ordered(
            scores, seen.found, self._reranked(seen.telling.asked.sought, self._first.gather(scores), scores)
        )

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
        seen = self._seen(asked, (), scores, best)
        order = self.order(seen)
        hits: list[Hit] = []
        met: set[str] = set()
        for name, score in order.clauses:
            key = self._first.key_of(name)
            own = tuple(pair for pair in order.clauses if self._first.key_of(pair[0]) == key)
            if key not in met and self.judged(seen, replace(order, clauses=own)).found:
                hits.append(self._hit(len(hits) + 1, name, score, order, False))
            met.add(key)
        return tuple(hits)

    def judge(self, asked: Asked) -> Judgement:
        """Say whether the base answers a question, and by which measures; :meth:`search` gives its status by this.

        :param asked: a question as it was read.
        :return: the judgement.
        """
        seen = self.see(asked)
        return self.judged(seen, self.order(seen))

    def _seen(self, asked: Asked, keys: Sequence[str], scores: Scored, clauses: Sequence[str]) -> Seen:
        """Weigh the question, and measure the sentences of clauses; of those it names, the ones in documents of these keys."""
        telling, rarest = weigh(asked, self._lexical), self._lexical.rarity("")  # "" is a token that no sentence has
        ids = asked.reference.clause_ids
        named = tuple(one for one in ids if one in self._rows and self._first.key_of(one) in keys)
        rows = np.array([row for name in clauses for row in self._rows[name]], dtype=np.int64)
        parts = [*(each[rows] for each in scores.each), self._dense.cosines(scores.vector, rows)]
        highest = max(float((scores.each[0] + scores.each[1]).max(initial=0.0)), 1e-9)
        columns = np.stack([parts[0] / highest, parts[1] / highest, scaled(parts[2])], axis=1)
        measures, start = {}, 0
        for name in clauses:
            own = self._passages[self._rows[name].start : self._rows[name].stop]
            measures[name] = rate(telling, own, columns[start : start + len(own)])
            start += len(own)
        literal, official = (float(each.max(initial=0.0)) / rarest for each in scores.each)
        return Seen(telling, named, scores.found, scores.vector, literal, official, measures)

    def _by_one_way(self, asked: Asked, ways: Sequence[str]) -> Ordered:
        scores = self._first.score(asked, self._keys(asked), ways)
        return Ordered(scores.fused, scores.found, tuple(self._first.gather(scores.fused)))

    def _keys(self, asked: Asked) -> list[str]:
        """Keys of the documents to search."""
        return [asked.query.document] if asked.query.document else list(asked.reference.documents) or list(self._parts)

    def _reranked(
        self, text: str, ranked: list[tuple[str, float]], scores: Mapping[int, float]
    ) -> tuple[tuple[str, float], ...]:
        """Put the first clauses in the order of a cross-encoder, where one is set, by headings and best sentence of each."""
        count = self._settings.reranked
        if self._reranker is None or len(ranked) < 2:
            return tuple(ranked)
        first = ranked[:count]
        best = [max(self._rows[name], key=lambda row: scores.get(row, 0.0)) for name, _ in first]
        passages = [f"{self._passages[row].headings} {self._passages[row].text}".strip() for row in best]
        found = self._reranker(text, passages)
        order = sorted(range(len(first)), key=lambda at: (-float(found[at]), at))
        return (*((first[at][0], score) for at, (_, score) in zip(order, first, strict=True)), *ranked[count:])

    def judged(self, seen: Seen, order: Ordered) -> Judgement:
        """Say whether what was found answers, in an order of clauses.

        Clauses that are named are found, what is named and not there is not; all else is judged by what was found.

        :param seen: what :meth:`see` gave.
        :param order: its clauses in order.
        :return: the judgement.
        """
        asked, reference = seen.telling.asked, seen.telling.asked.reference
        if seen.named:
            return Judgement(True, 1.0)
        best = [tuple(self._passages[row] for row in self._rows[name]) for name, _ in order.clauses[:CLAUSES]]
        missing = reference.missing
        if asked.is_bare and missing and (reference.ambiguous or not cites(best, missing)):
            return Judgement(False, 0.0)
        if asked.is_bare and reference.documents:
            return Judgement(True, 1.0)
        if not best or not cites(best, reference.unknown):
            return Judgement(False, 0.0)
        first = tuple(name for name, _ in order.clauses[:CLAUSES])
        if first not in seen.kept:
            seen.kept[first] = measure(self._finding(seen, order, best))
        measures = seen.kept[first].scored(order.clauses[0][1])
        model = self._fitted.refusal
        chance = model.chance(measures)
        return Judgement(chance >= (model.threshold if self.is_calibrated else model.careful), chance, measures)

    def _finding(self, seen: Seen, order: Ordered, best: Sequence[tuple[Passage, ...]]) -> Finding:
        rows = np.array([row for name, _ in order.clauses[:CLAUSES] for row in self._rows[name]], dtype=np.int64)
        near = float(self._dense.cosines(seen.vector, rows).max(initial=0.0))
        return Finding(seen.telling, tuple(best), self._own, seen.literal, seen.official, near, order.clauses[0][1])

    def _whole(self, rank: int, clause_id: str) -> Hit:
        """A clause that is asked for by its place alone is its own answer."""
        passage = self._passages[self._rows[clause_id].start]
        return Hit(rank, 1.0, (REFERENCE,), passage.clause, passage.clause.sentences, passage.document.metadata)

    def _hit(self, rank: int, clause_id: str, score: float, order: Ordered, named: bool) -> Hit:
        rows = self._rows[clause_id]
        passage = self._passages[rows.start]
        ways = tuple(way for way in WAYS if order.found.get(way, frozenset()).intersection(rows))
        clause = self._passages[rows.start : rows.stop]
        evidence = evidence_of(clause, [order.scores.get(row, 0.0) for row in rows], self._settings)
        found_by = (REFERENCE,) if named else ways or (LEXICAL,)
        return Hit(rank, round(score, 6), found_by, passage.clause, evidence, passage.document.metadata)
