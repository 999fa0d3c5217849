"""Fits the weights by which clauses are put in order (:mod:`index.search.ranking`), and says what they are worth.

The loss is the listwise softmax of Cao et al., "Learning to Rank: From Pairwise Approach to Listwise Approach", ICML
2007, over the clauses found for a question: a clause scores as its best sentence does, and the gold clauses together
should have all the probability. Weights are held near those that they start from, since the questions are few.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from eval import refusal
from eval.measures.metrics import SEED
from eval.records import CALIBRATION, REFERENCE, UNANSWERABLE, Question
from index.search.ranking import FEATURES

Floats = NDArray[np.float64]

START: Mapping[str, float] = {"lexical": 0.6, "official": 0.6, "dense": 0.4, "year": 0.3, "issued": 0.6}
"""The weights that the fit is held to.

``year`` starts above 0, since a figure of another year misleads and few questions name one.

``issued`` is the same for all clauses of the questions that are fitted to, and keeps its weight, which was chosen in
company (docs/retrieval.md).
"""

SHARPNESS = 10.0
"""Scores are multiplied by this before the softmax; a lead of 0.1 then weighs e to 1."""

PENALTY = 0.02
"""Weight of the squared distance from :data:`START`."""

FOLDS, SHUFFLES = 5, 3


@dataclass(frozen=True, slots=True)
class Example:
    """The sentences found for one question, those of a clause together.

    ``rows`` has one row of measures a sentence, ``starts`` the first row of each clause, ``gold`` whether it answers.
    """

    rows: Floats
    starts: NDArray[np.int64]
    gold: NDArray[np.bool_]


def golds_of(questions: Iterable[Question], examples: Iterable[refusal.Example]) -> list[tuple[str, frozenset[str]]]:
    """List the calibration questions with the clauses that answer them.

    :param questions: those by reference or without an answer are left out.
    :param examples: of the questions for refusing, those that name their clauses.
    :return: question and ids of its clauses.
    """
    kept = (one for one in questions if one.split == CALIBRATION and one.kind not in (REFERENCE, UNANSWERABLE))
    first = [(one.query, frozenset(gold.clause_id for gold in one.gold)) for one in kept]
    return [*first, *((one.query, frozenset(one.gold)) for one in examples if one.split == CALIBRATION and one.gold)]


def examples_of(
    golds: Iterable[tuple[str, frozenset[str]]], measures: Callable[[str], Mapping[str, Any]]
) -> list[Example]:
    """Measure what is found for each question.

    :param golds: questions with the ids of the clauses that answer; where none of them is found, it is left out.
    :param measures: gives the measures of the sentences by clause id.
    :return: the examples.
    """
    examples = []
    for query, wanted in golds:
        found = measures(query)
        if wanted.isdisjoint(found):
            continue
        sizes = [len(rows) for rows in found.values()]
        starts = np.cumsum([0, *sizes[:-1]])
        rows = np.concatenate(list(found.values())).astype(np.float64)
        examples.append(Example(rows, starts, np.array([name in wanted for name in found])))
    return examples


def fit(examples: Sequence[Example], without: Collection[str] = ()) -> Floats:
    """Fit the weights.

    :param examples: at least one.
    :param without: measures that are to weigh nothing.
    :return: one weight a measure, in the order of :data:`index.search.ranking.FEATURES`.
    """
    kept = np.array([float(name not in without) for name in FEATURES])
    first = start() * kept
    every, firsts = _together(examples)

    def loss(weights: Floats) -> tuple[float, Floats]:
        total, slope = _loss(weights, first, every, firsts)
        return total, slope * kept

    found = minimize(loss, first, jac=True, method="L-BFGS-B")
    return np.asarray(found.x, dtype=np.float64)


def start() -> Floats:
    """Give the weights that the fit starts from.

    :return: in the order of :data:`index.search.ranking.FEATURES`.
    """
    return np.array([START.get(name, 0.0) for name in FEATURES])


def _together(examples: Sequence[Example]) -> tuple[Example, NDArray[np.int64]]:
    """Put examples behind one another, and give the first clause of each: all are then worked out at once."""
    before = np.cumsum([0, *(len(one.rows) for one in examples)])
    starts = np.concatenate([one.starts + first for one, first in zip(examples, before, strict=False)])
    firsts = np.cumsum([0, *(len(one.starts) for one in examples[:-1])])
    rows, gold = (np.concatenate(each) for each in zip(*((one.rows, one.gold) for one in examples), strict=True))
    return Example(rows, starts, gold), firsts


def _loss(weights: Floats, first: Floats, every: Example, firsts: NDArray[np.int64]) -> tuple[float, Floats]:
    """Mean loss with its gradient, which goes to the best sentence of each clause."""
    scores = every.rows @ weights
    best = _best(scores, every.starts)
    each = SHARPNESS * scores[best]
    sizes = np.diff([*firsts, len(each)])
    shares = np.exp(each - np.repeat(np.maximum.reduceat(each, firsts), sizes))
    sums, golden = np.add.reduceat(shares, firsts), np.add.reduceat(shares * every.gold, firsts)
    away = weights - first
    total = float(np.log(sums / golden).mean()) + PENALTY * float(away @ away)
    excess = shares / np.repeat(sums, sizes) - shares * every.gold / np.repeat(golden, sizes)
    slope = SHARPNESS * excess @ every.rows[best] / len(firsts)
    return total, slope + 2 * PENALTY * away


def _best(scores: Floats, starts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Find the row of the best sentence of each clause, the first of equals."""
    sizes = np.diff([*starts, len(scores)])
    highest = np.flatnonzero(scores == np.repeat(np.maximum.reduceat(scores, starts), sizes))
    clauses = np.repeat(np.arange(len(starts)), sizes)[highest]
    return highest[np.unique(clauses, return_index=True)[1]]


def ranks(examples: Sequence[Example], weights: Floats) -> NDArray[np.int64]:
    """Say at which rank the first gold clause of each example stands.

    :param examples: the examples.
    :param weights: one a measure.
    :return: ranks from 1.
    """
    found = []
    for one in examples:
        scores = one.rows @ weights
        each = scores[_best(scores, one.starts)]
        found.append(1 + int((each > each[one.gold].max()).sum()))
    return np.array(found)


def held_out_ranks(examples: Sequence[Example]) -> Floats:
    """Rank each example by weights that were not fitted to it.

    :param examples: the examples.
    :return: ranks, one column an example, one row a way to cut.
    """
    random = np.random.default_rng(SEED)
    rows = np.zeros((SHUFFLES, len(examples)))
    for shuffle in range(SHUFFLES):
        order = random.permutation(len(examples))
        for fold in range(FOLDS):
            held = order[fold::FOLDS]
            rest = np.setdiff1d(order, held)
            weights = fit([examples[place] for place in rest])
            rows[shuffle, held] = ranks([examples[place] for place in held], weights)
    return rows


def report(examples: Sequence[Example], weights: Floats) -> Iterator[str]:
    """Say in lines of text what the weights are, and how often a gold clause stands first, or among the first five.

    :param examples: of the calibration questions.
    :param weights: in use.
    :return: the lines.
    """
    yield "权重：" + "，".join(f"{name} {weight:.3f}" for name, weight in zip(FEATURES, weights, strict=True))
    yield f"{len(examples)} 题                  首位      前五"
    for name, found in (
        ("起始权重", ranks(examples, start())),
        ("按权重（含拟合用题）", ranks(examples, weights)),
        (f"按权重（{FOLDS} 折交叉）", held_out_ranks(examples)),
    ):
        yield f"{name:<14}{100 * (found <= 1).mean():8.1f}{100 * (found <= 5).mean():8.1f}"
