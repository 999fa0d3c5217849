"""Fits the weights by which clauses are put in order (:mod:`index.search.ranking`).

The loss is the listwise softmax of Cao et al., "Learning to Rank: From Pairwise Approach to Listwise Approach", ICML
2007, over the clauses found for a question: a clause scores as its best sentence does, and the gold clauses together
should have all the probability. Weights are held near those that they start from, since the questions are few.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize, minimize_scalar

from index.search.ranking import FEATURES

Floats = NDArray[np.float64]

START: Mapping[str, float] = {"lexical": 0.5, "dense": 1.5, "scope": 0.05, "year": 0.05}
"""The weights that the fit is held to.

``scope`` and ``year`` start above 0, since a figure of another place or year misleads and few questions name one.
"""

SHARPNESS = 10.0
"""Scores are multiplied by this before the softmax; a lead of 0.1 then weighs e to 1."""

MOST_OF_READING = 5.0
"""The weight of what the cross-encoder says is sought below this."""

PENALTY = 0.01
"""Weight of the squared distance from :data:`START`."""


@dataclass(frozen=True, slots=True)
class Example:
    """The sentences found for one question, those of a clause together.

    ``rows`` has one row of measures a sentence, ``starts`` the first row of each clause, ``gold`` whether it answers.
    """

    rows: Floats
    starts: NDArray[np.int64]
    gold: NDArray[np.bool_]


def example_of(measures: Mapping[str, Any], wanted: Collection[str]) -> Example | None:
    """Put what was found for a question together.

    :param measures: of the sentences, by clause id.
    :param wanted: ids of the clauses that answer.
    :return: the example; None where none of them was found.
    """
    if measures.keys().isdisjoint(wanted):
        return None
    sizes = [len(rows) for rows in measures.values()]
    rows = np.concatenate(list(measures.values())).astype(np.float64)
    return Example(rows, np.cumsum([0, *sizes[:-1]]), np.array([name in wanted for name in measures]))


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


@dataclass(frozen=True, slots=True)
class Read:
    """The first clauses of one question as they were read: ``scores`` without that, ``shares`` as read, and which answer."""

    scores: Floats
    shares: Floats
    gold: NDArray[np.bool_]


def fit_reading(examples: Sequence[Read]) -> float:
    """Fit the weight of what the cross-encoder says, with all other weights as they are.

    :param examples: those of which a clause answers, and another does not, count.
    :return: the weight, at least 0; 0 where no example counts.
    """
    kept = [one for one in examples if one.gold.any() and not one.gold.all()]
    if not kept:
        return 0.0

    def loss(weight: float) -> float:
        return float(np.mean([_loss_of(SHARPNESS * (one.scores + weight * one.shares), one.gold) for one in kept]))

    return float(minimize_scalar(loss, bounds=(0.0, MOST_OF_READING), method="bounded").x)


def _loss_of(scores: Floats, gold: NDArray[np.bool_]) -> float:
    shares = np.exp(scores - scores.max())
    return float(np.log(shares.sum() / shares[gold].sum()))


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
