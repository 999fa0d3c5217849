"""What is fitted, fitted to some questions on documents of other offices, and those left out answered by it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from eval import ranking, refusal
from eval.offices.folds import FOLDS, fitted_to, held_out
from eval.offices.questions import Asked
from eval.records import REFERENCE, Question
from index.records import SearchResult
from index.search.fitted import Fitted, fitted_with
from index.search.refusal import model_of
from index.search.searcher import Searcher
from index.search.seen import Seen


@dataclass(frozen=True, slots=True)
class Without:
    """Measures that are to weigh nothing: of the order (:data:`index.search.ranking.FEATURES`) and of refusing."""

    order: tuple[str, ...] = ()
    refusal: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """A question with its gold clauses and what the base shows of it, whatever the weights; ``fold`` is its own."""

    question: Question
    seen: Seen
    fold: int


def answered_by_folds(
    searcher: Searcher,
    asked: Sequence[Asked],
    folds: Mapping[str, int],
    shown: Sequence[Shown],
    without: Without = Without(),  # noqa: B008 - frozen
) -> list[SearchResult]:
    """Answer each question by what was fitted to the other folds.

    :param searcher: what has shown it.
    :param asked: the questions with their offices.
    :param folds: fold by office.
    :param shown: what the base shows of each, in the same order.
    :param without: measures that are to weigh nothing.
    :return: results in the order of the questions.
    """
    results: dict[int, SearchResult] = {}
    for fold in range(FOLDS):
        own = held_out(asked, folds, fold)
        if own:
            fitted = fit(searcher, [shown[place] for place in fitted_to(asked, folds, fold)], without)
            judge = searcher.varied(fitted=fitted)
            results.update((place, judge.result(shown[place].seen)) for place in own)
    return [results[place] for place in range(len(asked))]


def fit(searcher: Searcher, shown: Sequence[Shown], without: Without = Without()) -> Fitted:  # noqa: B008 - frozen
    """Fit the weights of the order, and by that order the model that refuses.

    :param searcher: what has shown the questions.
    :param shown: questions of both sorts with what the base shows of them; the folds are to the threshold of refusing what
        files are at home (:mod:`eval.refusal`).
    :param without: measures that are to weigh nothing.
    :return: what is fitted to them.
    :raises ValueError: when one of the sorts is missing.
    """
    by = fitted_with(searcher.embedder)
    weights = ranking.fit(list(_examples(shown)), without.order).astype(np.float32)
    first = Fitted(weights, by, model_of({"features": {}, "bias": 0, "threshold": 0, "careful": 0, "fitted_with": by}))
    ordering = searcher.varied(fitted=first)
    judged = [
        refusal.Judged(_example(one), ordering.judged(one.seen, ordering.order(one.seen))) for one in shown
    ]
    return Fitted(weights, by, model_of(refusal.fit(judged, by, without.refusal)))


def _examples(shown: Iterable[Shown]) -> Iterable[ranking.Example]:
    kept = (one for one in shown if one.question.kind != REFERENCE and one.question.gold)
    for one in kept:
        golds = [("", frozenset(gold.clause_id for gold in one.question.gold))]
        yield from ranking.examples_of(golds, lambda _, seen=one.seen: seen.measures)  # type: ignore[misc]


def _example(one: Shown) -> refusal.Example:
    question = one.question
    return refusal.Example(
        question.id, question.kind, question.query, question.answerable, question.split, file=f"fold{one.fold}"
    )
