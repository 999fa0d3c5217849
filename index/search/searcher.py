"""What is asked to evidence: references first, then the clauses found, put in order, and whether they answer.

What is found comes from :mod:`index.search.candidates`, its order from :mod:`index.search.ranking`, and whether it answers from
:mod:`index.search.refusal`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from index.question.asked import Asked
from index.records import FOUND, NOT_FOUND, RELATED, Hit, SearchResult
from index.search.candidates import LEXICAL, WAYS, FirstSearch, SearchSettings, scope_of
from index.search.dense import DenseIndex
from index.search.embedder import Embedder, Reranker
from index.search.evidence import cites, evidence_of
from index.search.fitted import Fitted, shipped
from index.search.lexical import LexicalIndex
from index.search.local import LocalVectors
from index.search.passages import Passage, outline_of
from index.search.places import Places
from index.search.ranking import FEATURES, rate
from index.search.reading import Reader, reader_of, reranked, with_reading
from index.search.refusal import CLAUSES, Finding, measure
from index.search.seen import Judgement, Ordered, Seen
from index.search.vector_store import Scope, VectorStore

REFERENCE = "reference"


class Searcher:
    """Holds everything a question is put to.

    :param passages: sentences in the order of the vectors.
    :param lexical: BM25 over their clauses.
    :param dense: their vectors.
    :param embedder: what made the vectors.
    :param settings: how much is found and shown.
    :param reranker: puts the first clauses in order once more; None where no model is named.
    :param fitted: weights and model of refusing; None for those that come with the package.
    :param reader: reads the first clauses; None for the cross-encoder that comes with the embedder.
    :param vectors: finds clauses; None for both indexes themselves.
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
        reader: Reader | None = None,
        vectors: VectorStore | None = None,
    ) -> None:
        self._passages = passages
        self._lexical = lexical
        self._dense = dense
        self._embedder = embedder
        self._settings = settings
        self._reranker = reranker
        self._own_fitted = fitted
        self._reader = reader or (reader_of(embedder.reranker) if embedder.reranker and settings.read else None)
        self._places = Places(outline_of(passages))
        self._vectors = vectors or LocalVectors(self._places, lexical, dense)
        self._first = FirstSearch(lexical, self._vectors, embedder, settings)

    @property
    def passages(self) -> Sequence[Passage]:
        """Sentences in the order of the vectors."""
        return self._passages

    @property
    def lexical(self) -> LexicalIndex:
        """BM25 over the clauses."""
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
        """Whether the weights were fitted with the models that are in use."""
        return self._fitted.is_for(self._embedder) and (self._reader is not None or not self._fitted.read)

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
            None if embedder or settings else self._reader,
            None if lexical or dense or embedder else self._vectors,
        )

    def search(self, asked: Asked, ways: Sequence[str] = WAYS) -> SearchResult:
        """Search.

        :param asked: a question as it was read; the ``document`` of its query is the key of a document of the base.
        :param ways: the ways of :data:`WAYS` to use, put in order together when there are two; whether the question is answered is
            judged by both.
        :return: hits, best first, at most ``k`` of its query.
        """
        seen = self.see(asked)
        return self.result(seen, None if len(ways) > 1 else self._by_one_way(seen, *ways))

    def see(self, asked: Asked, scope: Scope | None = None) -> Seen:
        """Look into both indexes, and measure the sentences of the best clauses; :meth:`result` makes hits of it.

        :param asked: a question as it was read.
        :param scope: where to search; None for the documents that it names, or all.
        :return: what was found; the same for searchers that differ in what is fitted alone.
        """
        within = scope or self._scope(asked)
        found = self._first.find(asked, within)
        ids, keys = asked.reference.clause_ids, within.documents
        known = (one for one in ids if one in self._places)
        named = tuple(one for one in known if keys is None or self._places.key_of(one) in keys)
        cosines = self._first.cosines(found, found.clauses)
        measures = {
            name: rate(asked, self._sentences(name), found.lexical[name], cosines[name]) for name in found.clauses
        }
        return Seen(asked, named, found, measures)

    def result(self, seen: Seen, order: Ordered | None = None) -> SearchResult:
        """Put in order what was found, and say whether it answers.

        :param seen: what :meth:`see` gave, of this searcher or of one that differs in what is fitted alone.
        :param order: another order of clauses; None for that by the weights.
        :return: hits, best first, at most ``k`` of the query.
        """
        own = self.order(seen)
        shown = order or own
        asked, named = seen.asked, seen.named
        k = asked.query.k
        if named and asked.is_bare:
            hits = [self._whole(rank, clause_id) for rank, clause_id in enumerate(named[:k], start=1)]
        else:
            near = dict(shown.clauses)
            first = sorted(named, key=lambda clause_id: -near.get(clause_id, 0.0))
            pairs = [*((one, 1.0) for one in first), *(pair for pair in shown.clauses if pair[0] not in named)][:k]
            hits = [self._hit(rank, *pair, shown, seen) for rank, pair in enumerate(pairs, start=1)]
        status = self.judged(seen, own).status if hits else NOT_FOUND
        return SearchResult(asked.query, status, tuple(hits))

    def order(self, seen: Seen) -> Ordered:
        """Put the clauses that were found in order by the weights, 1 for all that can be had.

        :param seen: what :meth:`see` gave.
        :return: scores of their sentences, and the clauses, best first.
        """
        factors, whole = self._fitted.weights, self._fitted.whole
        scores = {name: tuple((rows @ factors / whole).tolist()) for name, rows in seen.measures.items()}
        ranked = sorted(((name, max(each)) for name, each in scores.items()), key=lambda pair: (-pair[1], pair[0]))
        found = self._read(seen.asked.sought, Ordered(scores, tuple(ranked)), self._settings.read)
        if self._reranker is None:
            return found
        first = found.clauses[: self._settings.reranked]
        best = [self._sentences(name)[int(np.argmax(scores[name]))] for name, _ in first]
        return replace(found, clauses=reranked(self._reranker, seen.asked.sought, found.clauses, best))

    def _read(self, text: str, order: Ordered, count: int) -> Ordered:
        """Let the cross-encoder read the best sentence of the first clauses; what it says is added, and nothing to the others."""
        weight = self._fitted.read
        if self._reader is None or not weight:
            return order
        first = [name for name, _ in order.clauses[:count]]
        best = [self._sentences(name)[int(np.argmax(order.scores[name]))] for name in first]
        read = dict(zip(first, self._reader.shares(text, best), strict=True))
        return with_reading(order, read, self._fitted.whole, weight)

    def sides(self, asked: Asked, keys: Sequence[str]) -> tuple[Hit, ...]:
        """Find the best clause of each of the best documents, in one search, where it answers.

        :param asked: a question as it was read.
        :param keys: documents to look into; none for all.
        :return: at most ``k`` hits, best first, each of another document.
        """
        seen = self.see(asked, scope_of(asked.query, keys, self._places))
        order = self.order(seen)
        by_document: dict[str, list[tuple[str, float]]] = {}
        for pair in order.clauses:
            by_document.setdefault(self._places.key_of(pair[0]), []).append(pair)
        hits: list[Hit] = []
        for own in list(by_document.values())[: asked.query.k]:
            side = Ordered(order.scores, tuple(own), read=order.read)
            if own[0][0] not in order.read:
                side = self._read(asked.sought, side, 1)
            if self.judged(seen, side).found:
                hits.append(self._hit(len(hits) + 1, *own[0], order, seen))
        return tuple(hits)

    def judge(self, asked: Asked) -> Judgement:
        """Say whether the base answers a question, and by which measures; :meth:`search` gives its status by this.

        :param asked: a question as it was read.
        :return: the judgement.
        """
        seen = self.see(asked)
        return self.judged(seen, self.order(seen))

    def judged(self, seen: Seen, order: Ordered) -> Judgement:
        """Say whether what was found answers, in an order of clauses.

        Clauses that are named are found, what is named and not there is not; all else is judged by what was found.

        :param seen: what :meth:`see` gave.
        :param order: its clauses in order.
        :return: the judgement.
        """
        asked, reference = seen.asked, seen.asked.reference
        if seen.named:
            return Judgement(FOUND, 1.0)
        best = self._sentences(order.clauses[0][0]) if order.clauses else ()
        missing = reference.missing
        if asked.is_bare and missing and (reference.ambiguous or not best or not cites(best, missing)):
            return Judgement(NOT_FOUND, 0.0)
        if asked.is_bare and reference.documents:
            return Judgement(FOUND, 1.0)
        if not best:
            return Judgement(NOT_FOUND, 0.0)
        if not cites(best, reference.unknown):
            return Judgement(RELATED if reference.documents else NOT_FOUND, 0.0)
        measures = measure(self._finding(seen, order))
        model = self._fitted.refusal
        # Where no word or character of it stands anywhere in the base, what its vector is near to means nothing.
        status = model.status(measures, self.is_calibrated) if seen.found.any_word else NOT_FOUND
        return Judgement(status, model.stated.chance(measures), measures)

    def _finding(self, seen: Seen, order: Ordered) -> Finding:
        first = order.clauses[:CLAUSES]
        near = max(float(rows[:, FEATURES.index("dense")].max()) for rows in seen.measures.values())
        lexical = seen.found.lexical[first[0][0]]
        clauses, scores = (
            tuple(self._sentences(name) for name, _ in first),
            tuple(max(order.scores[name]) for name, _ in first),
        )
        return Finding(seen.asked, clauses, scores, near, lexical)

    def _by_one_way(self, seen: Seen, way: str) -> Ordered:
        column = FEATURES.index(way)
        scores = {name: tuple(seen.measures[name][:, column].tolist()) for name, _ in seen.found.best[way]}
        return Ordered(scores, seen.found.best[way], (way,))

    def _scope(self, asked: Asked) -> Scope:
        named = [asked.query.document] if asked.query.document else asked.reference.documents
        return scope_of(asked.query, named, self._places)

    def _sentences(self, clause_id: str) -> tuple[Passage, ...]:
        rows = self._places.rows(clause_id)
        return tuple(self._passages[rows.start : rows.stop])

    def _whole(self, rank: int, clause_id: str) -> Hit:
        """A clause that is asked for by its place alone is its own answer."""
        passage = self._passages[self._places.rows(clause_id).start]
        return Hit(rank, 1.0, (REFERENCE,), passage.clause, passage.clause.sentences, passage.document.metadata)

    def _hit(self, rank: int, clause_id: str, score: float, order: Ordered, seen: Seen) -> Hit:
        clause, depth = self._sentences(clause_id), self._settings.found_depth
        ways = tuple(way for way in order.ways if any(name == clause_id for name, _ in seen.found.best[way][:depth]))
        scores = order.scores.get(clause_id) or (0.0,) * len(clause)
        evidence = evidence_of(clause, scores, self._settings)
        found_by = (REFERENCE,) if clause_id in seen.named else ways or (LEXICAL,)
        return Hit(rank, round(score, 6), found_by, clause[0].clause, evidence, clause[0].document.metadata)
