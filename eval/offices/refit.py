"""What is fitted, fitted to some questions on documents of other offices, and those left out answered by it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from eval import ranking, refusal
from eval.offices.folds import FOLDS, fitted_to, held_out
from eval.offices.questions import OfficeQuestion
from eval.offices.sizes import Case
from eval.records import REFERENCE, Question
from index.records import SearchResult
from index.search.fitted import Fitted, fitted_with
from index.search.ranking import READ, Scores
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


@dataclass(frozen=True, slots=True)
class Home:
    """Questions at home that may be fitted to, with what the base of the corpus shows of each."""

    searcher: Searcher
    seen: tuple[tuple[refusal.Example, Seen], ...] = ()

    def judged(self, weights: Scores, read: float) -> Iterator[refusal.Judged]:
        """Judge them in the order by some weights, ``read`` that of the cross-encoder."""
        ordering = self.searcher.varied(fitted=_ordering(self.searcher, weights, read))
        for example, seen in self.seen:
            yield refusal.Judged(replace(example, file=refusal.HOME), ordering.judged(seen, ordering.order(seen)))


class Fitter:
    """Fits what is fitted to the questions of all folds but one; an order in which no measure is left out is worked out once.

    :param searcher: what has shown the questions.
    :param asked: the questions with their offices.
    :param folds: fold by office.
    :param shown: what the base shows of each question, in the same order.
    :param cases: the same questions put to smaller bases.
    :param home: questions at home that are fitted to as well, whether to refuse; none of them is judged here.
    """

    def __init__(
        self,
        searcher: Searcher,
        asked: Sequence[OfficeQuestion],
        folds: Mapping[str, int],
        shown: Sequence[Shown],
        cases: Sequence[Case] = (),
        home: Home | None = None,
    ) -> None:
        self.cases = cases
        self.home = home
        self.searcher = searcher
        self._asked = asked
        self._folds = folds
        self.shown = shown
        self._ordered: dict[int, _Ordered] = {}

    def results(self, without: Without = Without()) -> list[SearchResult]:  # noqa: B008 - frozen
        """Answer each question by what was fitted to the other folds.

        :param without: measures that are to weigh nothing.
        :return: results in the order of the questions.
        """
        found: dict[int, SearchResult] = {}
        for fold in range(FOLDS):
            own = held_out(self._asked, self._folds, fold)
            if own:
                judge = self.searcher.varied(fitted=self._fitted(fold, without))
                found.update((place, judge.result(self.shown[place].seen)) for place in own)
        return [found[place] for place in range(len(self._asked))]

    def judged(self) -> list[dict[str, Any]]:
        """Judge each question, in the whole base (``size`` 0) and in smaller ones, by what was fitted to the other folds.

        :return: rows of ``size``, ``kind``, ``answerable``, ``status`` and ``chance``; those that a reference settles are left out.
        """
        rows = []
        for fold in range(FOLDS):
            judge = self.searcher.varied(fitted=self._fitted(fold, Without()))
            whole = [(one.question, 0, one.question.answerable, one.seen) for one in self.shown if one.fold == fold]
            small = [(one.question, one.size, one.answerable, one.seen) for one in self.cases if one.fold == fold]
            for question, size, answerable, seen in (*whole, *small):
                found = judge.judged(seen, judge.order(seen))
                if found.measures:
                    facts = {"size": size, "kind": question.kind, "answerable": answerable}
                    rows.append({**facts, "status": found.status, "chance": found.chance})
        return rows

    def _fitted(self, fold: int, without: Without) -> Fitted:
        rest = [self.shown[place] for place in fitted_to(self._asked, self._folds, fold)]
        ids = {one.question.id for one in rest}
        cases = [case for case in self.cases if case.question.id in ids]
        if without.order:
            return fit(self.searcher, rest, cases, self.home, without)
        if fold not in self._ordered:
            self._ordered[fold] = _order(self.searcher, rest, cases, self.home, ())
        return _fitted(self.searcher, self._ordered[fold], without.refusal)


@dataclass(frozen=True, slots=True)
class _Ordered:
    """Weights of the order, and what is measured of the questions in that order."""

    weights: Scores
    read: float
    judged: tuple[refusal.Judged, ...]


def fit(
    searcher: Searcher,
    shown: Sequence[Shown],
    cases: Sequence[Case] = (),
    home: Home | None = None,
    without: Without = Without(),  # noqa: B008 - frozen
) -> Fitted:
    """Fit the weights of the order, and by that order the model that refuses.

    :param searcher: what has shown the questions.
    :param shown: questions of both sorts with what the base shows of them; the folds are to the thresholds of refusing what
        files are in :mod:`eval.refusal`.
    :param cases: the same questions put to smaller bases.
    :param home: questions at home.
    :param without: measures that are to weigh nothing.
    :return: what is fitted to them.
    :raises ValueError: when one of the sorts is missing.
    """
    return _fitted(searcher, _order(searcher, shown, cases, home, without.order), without.refusal)


def _order(
    searcher: Searcher, shown: Sequence[Shown], cases: Sequence[Case], home: Home | None, without: Sequence[str]
) -> _Ordered:
    weights = ranking.fit(list(_examples(shown)), without).astype(np.float32)
    read = 0.0 if READ in without else _weight_of_reading(searcher, weights, shown)
    ordering = searcher.varied(fitted=_ordering(searcher, weights, read))
    whole = (_judged(ordering, one.question, one.question.answerable, one.seen, one.fold, 0) for one in shown)
    small = (_judged(ordering, one.question, one.answerable, one.seen, one.fold, one.size) for one in cases)
    return _Ordered(weights, read, (*whole, *small, *(home.judged(weights, read) if home else ())))


def _weight_of_reading(searcher: Searcher, weights: Scores, shown: Sequence[Shown]) -> float:
    fitted = _ordering(searcher, weights, read=1.0)
    reading = searcher.varied(fitted=fitted)
    examples = []
    for one in shown:
        if one.question.kind != REFERENCE and one.question.gold:
            order, wanted = reading.order(one.seen), {gold.clause_id for gold in one.question.gold}
            names = tuple(order.read)
            scores = np.array([max(order.scores[name]) * fitted.whole for name in names])
            shares = np.array([order.read[name] for name in names])
            examples.append(ranking.Read(scores, shares, np.array([name in wanted for name in names], dtype=bool)))
    return ranking.fit_reading(examples)


def _ordering(searcher: Searcher, weights: Scores, read: float) -> Fitted:
    """Weights of the order, with a model that refuses nothing."""
    by = fitted_with(searcher.embedder)
    nothing = {"features": {}, "bias": 0, "threshold": 0}
    refuses_nothing = model_of({"stated": nothing, "related": nothing, "careful": 0, "fitted_with": by})
    return Fitted(weights, by, refuses_nothing, read)


def _fitted(searcher: Searcher, ordered: _Ordered, without: Sequence[str]) -> Fitted:
    by = fitted_with(searcher.embedder)
    return Fitted(ordered.weights, by, model_of(refusal.fit(ordered.judged, by, without)), ordered.read)


def _examples(shown: Iterable[Shown]) -> Iterator[ranking.Example]:
    for one in shown:
        if one.question.kind != REFERENCE:
            example = ranking.example_of(one.seen.measures, {gold.clause_id for gold in one.question.gold})
            if example:
                yield example


def _judged(searcher: Searcher, asked: Question, answerable: bool, seen: Seen, fold: int, size: int) -> refusal.Judged:
    """Judge a question; one whose answer is not in the base is of no kind that was written to have none."""
    example = refusal.Example(asked.id, asked.kind, asked.query, answerable, asked.split, file=f"fold{fold}", size=size)
    return refusal.Judged(example, searcher.judged(seen, searcher.order(seen)))
