"""Whether the best clauses answer a question, or are only near it: 未找到依据.

A handful of measures say how well the sentences found cover the question, and the vectors of its words that none of them
holds say what is missing; a logistic model, fitted to the calibration questions (``python -m eval refusal --fit``), turns
them into the chance that the question is answered. All measures are shares, or in units of the weight of a word that no
sentence holds, so that they mean the same in a larger base.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from index.question.affairs import affairs
from index.question.asked import Asked
from index.question.details import FIGURES, gives, stated_numbers, without_numbers
from index.question.years import years
from index.search.coverage import Covering, Telling, coverings, is_met, plain
from index.search.missing import missing_words
from index.search.passages import Passage
from index.search.scope import Scope, read_scope

FILE = Path(__file__).parent / "data" / "refusal.json"
"""Weights and threshold of the model that comes with the package."""

CLAUSES = 5
"""How many of the best clauses are looked at."""

FEATURES = (
    "supported", "detail", "scope", "foreign", "counts", "present", "chat", "literal", "official", "near", "score",
)  # fmt: skip
"""The measures, in the order of the model's weights; see :func:`measure`."""

_MOST = 4.0  # lexical scores beyond this say nothing more
_NEAR_BEST = 0.9  # a sentence that covers so much of what the best covers is about the same


@dataclass(frozen=True, slots=True)
class Finding:
    """What a search found: the question weighed, the sentences of each of the best clauses, and how strong they are.

    ``literal`` and ``official`` are the best lexical scores by the question's own words and by official words for everyday
    ones, in units of the idf of a word that no sentence holds. ``near`` is the best cosine among the sentences, ``score``
    that of the first clause (:mod:`index.search.ranking`). ``own`` are the regions whose documents the base holds.
    """

    telling: Telling
    clauses: tuple[tuple[Passage, ...], ...]
    own: frozenset[str] = frozenset()
    literal: float = 0.0
    official: float = 0.0
    near: float = 0.0
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Measures:
    """The measures of a finding, in the order of :data:`FEATURES`, and the sum of the vectors of the missing words."""

    features: tuple[float, ...]
    missing: tuple[float, ...]

    def scored(self, score: float) -> Measures:
        """Give the same with another score, the one measure that the weights of the order go into."""
        return Measures((*self.features[: FEATURES.index("score")], score), self.missing)


@dataclass(frozen=True, slots=True)
class RefusalModel:
    """Logistic model over :data:`FEATURES`, each less its ``mean`` and over its ``deviation``, and the missing words.

    From ``threshold`` on a question is answered; from ``careful`` on in a base with another model or other lists than the
    model was ``made_with``.
    """

    means: tuple[float, ...]
    deviations: tuple[float, ...]
    weights: tuple[float, ...]
    missing: tuple[float, ...]
    bias: float
    threshold: float
    careful: float = 1.0
    made_with: Mapping[str, str] = field(default_factory=dict)

    def chance(self, measures: Measures) -> float:
        """Estimate the chance that a question is answered.

        :param measures: of what was found for it.
        :return: a number between 0 and 1.
        """
        columns = zip(self.weights, measures.features, self.means, self.deviations, strict=True)
        total = self.bias + sum(weight * (one - mean) / deviation for weight, one, mean, deviation in columns)
        total += sum(weight * one for weight, one in zip(self.missing, measures.missing, strict=True))
        return 1 / (1 + math.exp(-max(-60.0, min(60.0, total))))


@cache
def model() -> RefusalModel:
    """Read the model that comes with the package.

    :return: the model of :data:`FILE`.
    """
    return model_of(json.loads(FILE.read_text(encoding="utf-8")))


def model_of(raw: Mapping[str, Any]) -> RefusalModel:
    """Make a model of what its file holds.

    :param raw: what was fitted, as JSON holds it.
    :return: the model; a measure that it does not name weighs nothing, nor do missing words where it has none.
    """
    rows = [raw["features"].get(name, {"mean": 0, "deviation": 1, "weight": 0}) for name in FEATURES]
    means, deviations, weights = (tuple(float(row[key]) for row in rows) for key in ("mean", "deviation", "weight"))
    missing = tuple(map(float, raw.get("missing", "").split())) or (0.0,) * len(missing_words({}))
    limits = float(raw["bias"]), float(raw["threshold"]), float(raw["careful"])
    return RefusalModel(means, deviations, weights, missing, *limits, raw["fitted_with"])


def measure(finding: Finding) -> Measures:
    """Measure how well a finding answers its question.

    - supported: the weighted share of the question's words that the best sentence covers, with its clause, headings and
      title, directly or through the thesaurus; times what is left of it by the two gaps.
    - detail: a gap: how much less is covered by sentences that give the details asked for, in figures that the question
      does not state itself, and that are about the years, regions and levels named.
    - scope: the other gap: how much less by sentences that are about those.
    - foreign: matters of another bureau in the question (at most two) that the best clause does not speak of.
    - counts: 1 where a detail is asked for.
    - present: 1 where it is asked how things stand (现有多少), and the sentences found only say what is aimed at.
    - chat: 1 where the question is small talk, or wants something written.
    - literal, official, near, score: see :class:`Finding`.

    :param finding: what was found.
    :return: the measures, and what the clauses found do not hold of the question.
    """
    telling, asked = finding.telling, finding.telling.asked
    sentences = [one for clause in finding.clauses for one in coverings(clause, telling)]
    best = max(sentences, key=lambda one: one.covered, default=None)
    if best is None:
        return Measures((0.0,) * len(FEATURES), missing_words({}))
    is_detailed = bool(asked.details)
    about = read_scope(asked, finding.own, is_detailed)
    fit = _fit(asked, sentences) if is_detailed else sentences
    given = max((one.apart for one in fit if about.holds(one)), default=0.0)
    detail = _gap(best.covered, given) if is_detailed else 0.0
    scope = _scope_gap(about, sentences, best.covered)
    features = (
        best.covered * (1 - max(detail, scope)),
        detail,
        scope,
        min(len(_foreign(asked, best)), 2) / 2,
        float(is_detailed),
        float(is_detailed and asked.intent.present and _is_aim_only(fit)),
        float(asked.intent.chat),
        min(finding.literal, _MOST),
        min(finding.official, _MOST),
        finding.near,
        finding.score,
    )
    return Measures(features, missing_words(_missing(telling, sentences)))


def _missing(telling: Telling, sentences: Sequence[Covering]) -> dict[str, float]:
    """Say for each telling word how much of it even the sentence that has most of it lacks."""
    return {word: 1 - max(one.met[row] for one in sentences) for row, word in enumerate(telling.weights)}


def _fit(asked: Asked, sentences: Sequence[Covering]) -> list[Covering]:
    """List the sentences that give all details asked for, in figures other than those that the question states itself."""
    stated = stated_numbers(asked.asks) if any(name in FIGURES for name, _ in asked.details) else frozenset[str]()
    return [one for one in sentences if all(_gives(one, name, given, stated) for name, given in asked.details)]


def _gives(one: Covering, name: str, given: re.Pattern[str], stated: frozenset[str]) -> bool:
    """A sentence gives a detail; 什么时候 is also answered by the year of the plan that the sentence stands in."""
    if name in ("when", "date") and years(one.passage.document.metadata.title):
        return True
    return gives(without_numbers(one.shown, stated), one.passage.clause.kind == "row", name, given)


def _gap(covered: float, within: float) -> float:
    """Say which share of what the best sentence covers is lost where less counts."""
    return max(0.0, covered - within) / covered if covered else 0.0


def _scope_gap(about: Scope, sentences: Sequence[Covering], covered: float) -> float:
    """Say what is lost when a sentence must be about all that is named; where two are compared, about each."""
    tests = about.tests if about.is_compared else (about.holds,)
    return max(_gap(covered, max((one.covered for one in sentences if test(one)), default=0.0)) for test in tests)


def _is_aim_only(fit: Sequence[Covering]) -> bool:
    """Tell whether no sentence that fits as well as the best states a past figure."""
    most = max((one.apart for one in fit), default=0.0)
    return not any(_states_past_figure(one) for one in fit if one.apart > _NEAR_BEST * most)


def _states_past_figure(one: Covering) -> bool:
    sentence, targets = one.passage.sentence, one.passage.clause.targets
    own = (target for target in targets if sentence.start <= target.start < sentence.end)
    return any(target.kind == "achieved" or target.baseline is not None for target in own)


def _foreign(asked: Asked, best: Covering) -> list[str]:
    """List the matters of other bureaus that a question names and the best sentence, with what is round it, does not.

    Of the thesaurus only what a longer everyday word around it stands for helps (跳广场舞 for 广场舞): it reads any 工资 as
    the pay that the base speaks of.
    """
    meant = [said for said, official in asked.readings if any(plain(one) in best.around for one in official)]
    named = (word for word in affairs(asked.asks) if not is_met(word, best.around))
    return [word for word in named if not any(word in said and word != said for said in meant)]
