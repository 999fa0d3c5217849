"""Whether the best clauses state what is asked, are only near it, or have nothing to do with it: 原文写明, 相关, 未找到依据.

A handful of measures say how near the clauses found are to the question, and what of it they leave open. One logistic model turns
them into the chance that the base has clauses on the matter at all, fitted to questions put to bases of one to two hundred documents
with and without a document that answers; another into the chance that the first clause states what is asked, fitted to questions that
the base answers and such that were written near its documents and are answered by none (``python -m eval fit``). No measure knows
the business of an office.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from index.question.asked import Asked
from index.question.details import FIGURES, gives, stated_numbers, without_numbers
from index.question.years import years
from index.records import FOUND, NOT_FOUND, RELATED
from index.search.passages import Passage
from index.search.ranking import shown

FILE = Path(__file__).parent / "data" / "refusal.json"
"""Weights and thresholds of the model that comes with the package."""

CLAUSES = 10
"""How many of the best clauses are looked at."""

FEATURES = ("score", "lead", "near", "lexical", "detail", "asks", "place", "year")
"""The measures, in the order of the model's weights; see :func:`measure`."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a search found.

    ``clauses`` are the sentences of the best clauses and ``scores`` theirs in the order, ``near`` is the highest cosine of any
    clause, ``lexical`` the lexical share of the first. What the cross-encoder says has no part in it: it has learned to tell passages near a
    question apart, not that a question is none at all.
    """

    asked: Asked
    clauses: tuple[tuple[Passage, ...], ...]
    scores: tuple[float, ...]
    near: float
    lexical: float


@dataclass(frozen=True, slots=True)
class Logistic:
    """A logistic model over :data:`FEATURES`, each less its mean and over its deviation, and the ``threshold`` of its yes."""

    means: tuple[float, ...]
    deviations: tuple[float, ...]
    weights: tuple[float, ...]
    bias: float
    threshold: float

    def chance(self, measures: Sequence[float]) -> float:
        """Estimate a chance.

        :param measures: of what was found for a question, in the order of :data:`FEATURES`.
        :return: a number between 0 and 1.
        """
        columns = zip(self.weights, measures, self.means, self.deviations, strict=True)
        total = self.bias + sum(weight * (one - mean) / deviation for weight, one, mean, deviation in columns)
        return 1 / (1 + math.exp(-max(-60.0, min(60.0, total))))


@dataclass(frozen=True, slots=True)
class RefusalModel:
    """Whether the base has clauses on the matter of a question (``related``), and whether the first of them states it (``stated``).

    ``careful`` takes the place of the threshold of ``stated`` in a base with another model of vectors than it was ``made_with``.
    """

    stated: Logistic
    related: Logistic
    careful: float = 1.0
    made_with: Mapping[str, str] = field(default_factory=dict)

    def status(self, measures: Sequence[float], is_calibrated: bool) -> str:
        """Say how a question is answered.

        :param measures: of what was found for it, in the order of :data:`FEATURES`.
        :param is_calibrated: whether the base uses what the model was made with.
        :return: one of :data:`index.records.STATUSES`.
        """
        if self.related.chance(measures) < self.related.threshold:
            return NOT_FOUND
        least = self.stated.threshold if is_calibrated else self.careful
        return FOUND if self.stated.chance(measures) >= least else RELATED


@cache
def model() -> RefusalModel:
    """Read the model that comes with the package.

    :return: the model of :data:`FILE`.
    """
    return model_of(json.loads(FILE.read_text(encoding="utf-8")))


def model_of(raw: Mapping[str, Any]) -> RefusalModel:
    """Make a model of what its file holds.

    :param raw: what was fitted, as JSON holds it.
    :return: the model; a measure that it does not name weighs nothing.
    """
    return RefusalModel(_logistic(raw["stated"]), _logistic(raw["related"]), float(raw["careful"]), raw["fitted_with"])


def _logistic(raw: Mapping[str, Any]) -> Logistic:
    rows = [raw["features"].get(name, {"mean": 0, "deviation": 1, "weight": 0}) for name in FEATURES]
    means, deviations, weights = (tuple(float(row[key]) for row in rows) for key in ("mean", "deviation", "weight"))
    return Logistic(means, deviations, weights, float(raw["bias"]), float(raw["threshold"]))


def measure(finding: Finding) -> tuple[float, ...]:
    """Measure how well a finding answers its question.

    - score: of the first clause in the order.
    - lead: how far it stands above the mean of those behind it.
    - near: the highest cosine of any clause.
    - lexical: the share that the first clause has of the highest score by words that there can be.
    - detail: 1 where a detail is asked for that no sentence of the first clause gives, in figures other than those that the
      question states itself.
    - asks: 1 where a detail is asked for.
    - place: 1 where a region is named that neither the first clause nor its document is about.
    - year: 1 where a year is named that neither states.

    :param finding: what was found, at least one clause.
    :return: one number a measure, in the order of :data:`FEATURES`.
    """
    asked, best = finding.asked, finding.clauses[0]
    behind = finding.scores[1:]
    facts = best[0].document.metadata
    around = shown(f"{best[0].title} {best[0].headings} {facts.issuer or ''} {best[0].clause.text}")
    stated = years(around) | years((facts.date or "")[:4])
    return (
        finding.scores[0],
        finding.scores[0] - (sum(behind) / len(behind) if behind else 0.0),
        finding.near,
        finding.lexical,
        float(bool(asked.details) and not any(_gives_all(asked, one) for one in best)),
        float(bool(asked.details)),
        float(any(region not in around for region in asked.regions)),
        float(bool(asked.years - stated)),
    )


def _gives_all(asked: Asked, one: Passage) -> bool:
    """Tell whether a sentence gives all details asked for, in figures other than those that the question states itself."""
    stated = stated_numbers(asked.asks) if any(name in FIGURES for name, _ in asked.details) else frozenset[str]()
    form, is_row = without_numbers(shown(one.text), stated), one.clause.kind == "row"
    return all(gives(form, is_row, name, how) for name, how in asked.details)
