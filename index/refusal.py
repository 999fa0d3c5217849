"""Whether the best clauses answer a question, or are only near it: 未找到依据.

A handful of measures say how well the sentences found cover the question; a logistic model, fitted to the calibration
questions (``python -m eval refusal --fit``), turns them into the chance that the question is answered. All measures are
shares, or in units of the weight of a word that no sentence holds, so that they mean the same in a larger base.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from typing import Any

from index import words
from index.coverage import Concept, Covering, Telling, concepts, coverings, is_met, plain, read_question
from index.details import affairs, asked_details, gives, levels, places, years
from index.lexical import LexicalIndex
from index.passages import Passage
from ingest.records import Document

Test = Callable[[Covering], bool]

FILE = words.DATA / "refusal.json"
"""Weights and threshold of the model that comes with the package."""

CLAUSES = 5
"""How many of the best clauses are looked at."""

FEATURES = (
    "supported", "held", "content", "detail", "scope", "foreign", "absent", "indicator", "counts", "literal", "official",
    "near", "score",
)  # fmt: skip
"""The measures, in the order of the model's weights; see :func:`measure`."""

_MOST = 2.0  # strength and content beyond this say nothing more
_MOST_SINGLE = 4.0
_MOST_ABSENT = 3
_CONTENT = 1.2  # words beyond this weight are content enough
_NO_NUMBER = 0.5  # what stands for the share of an indicator where no number is asked for
_QUOTED = re.compile(r"《[^》]*》|<[^>]*>|〈[^〉]*〉")


@dataclass(frozen=True, slots=True)
class Finding:
    """What a search found: the text searched for, the sentences of each of the best clauses, and how strong the best is.

    ``strength`` is the best lexical score in units of the idf of a word that no sentence holds; ``literal`` and
    ``official`` are the best by the question's own words alone, and by official words for everyday ones. ``near`` is the
    best cosine among the sentences, ``score`` that of the first clause (:mod:`index.ranking`). ``own`` are the places
    whose documents the base holds.
    """

    question: str
    clauses: tuple[tuple[Passage, ...], ...]
    strength: float
    own: frozenset[str] = frozenset()
    literal: float = 0.0
    official: float = 0.0
    near: float = 0.0
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class RefusalModel:
    """Logistic model over :data:`FEATURES`, each less its ``mean`` and over its ``deviation``."""

    means: tuple[float, ...]
    deviations: tuple[float, ...]
    weights: tuple[float, ...]
    bias: float
    threshold: float

    def chance(self, features: Sequence[float]) -> float:
        """Estimate the chance that a question is answered.

        :param features: its measures, in the order of :data:`FEATURES`.
        :return: a number between 0 and 1.
        """
        scaled = (
            (one - mean) / deviation for one, mean, deviation in zip(features, self.means, self.deviations, strict=True)
        )
        total = self.bias + sum(weight * one for weight, one in zip(self.weights, scaled, strict=True))
        return 1 / (1 + math.exp(-max(-60.0, min(60.0, total))))


@cache
def model() -> RefusalModel:
    """Read the model that comes with the package.

    :return: the model; a measure that the file does not name weighs nothing.
    """
    raw: Any = json.loads(FILE.read_text(encoding="utf-8"))
    rows = [raw["features"].get(name, {"mean": 0, "deviation": 1, "weight": 0}) for name in FEATURES]
    means, deviations, weights = (tuple(float(row[key]) for row in rows) for key in ("mean", "deviation", "weight"))
    return RefusalModel(means, deviations, weights, float(raw["bias"]), float(raw["threshold"]))


def own_places(documents: Iterable[Document]) -> frozenset[str]:
    """List the places whose documents these are, by title and issuer.

    :param documents: documents of a base.
    :return: names as in ``data/places.txt``.
    """
    return frozenset(place for document in documents for place in places(words.segment(_scope(document))))


def measure(finding: Finding, lexical: LexicalIndex) -> tuple[float, ...]:
    """Measure how well a finding answers its question.

    - supported: the weighted share of the question's words that the best sentence covers, with its clause, headings and
      title, directly or through the thesaurus; times what is left of it by the two gaps.
    - held: the strength times what is left of it by the gaps.
    - content: weight of all the telling words.
    - detail, scope: the gaps: how much less is covered by sentences that give the details asked for, and that are
      about the years, places and levels named.
    - foreign: matters of another bureau in the question (at most two) that the best clause does not speak of.
    - absent: matters of the question (at most three) that the base has in no words, neither everyday nor official.
    - indicator: where a detail is asked for, the share of the matters that stand in the indicator of a target of the
      clauses found: whether the number found counts what is asked; one half where none is.
    - counts: 1 where a detail is asked for, which sets what indicator is measured from.
    - literal, official, near, score: see :class:`Finding`.

    :param finding: what was found.
    :param lexical: the base's words.
    :return: the measures, in the order of :data:`FEATURES`.
    """
    question = read_question(finding.question, lexical)
    sentences = [one for clause in finding.clauses for one in coverings(clause, question)]
    best = max(sentences, key=lambda one: one.covered, default=None)
    if best is None:
        return (0.0,) * len(FEATURES)
    detail = _detail_gap(question, sentences, best)
    scope = _scope_gap(question, sentences, best.covered, finding.own)
    left = 1 - max(detail, scope)
    return (
        best.covered * left,
        min(finding.strength, _MOST) * left,
        min(question.content, _CONTENT),
        detail,
        scope,
        min(len(_foreign(question, best)), 2) / 2,
        *_matters(question, finding, lexical),
        min(finding.literal, _MOST_SINGLE),
        min(finding.official, _MOST_SINGLE),
        finding.near,
        finding.score,
    )


def _matters(question: Telling, finding: Finding, lexical: LexicalIndex) -> tuple[float, float, float]:
    """Say how many matters the base does not have, and how many of them the best indicator speaks of."""
    matters = concepts(question, lexical)
    absent = sum(not one.is_known and len(one.said) > 1 for one in matters)
    is_counted = bool(asked_details(question.form))
    counted = max((_share(matters, name) for name in _indicators(finding)), default=0.0) if is_counted else _NO_NUMBER
    return min(absent, _MOST_ABSENT) / _MOST_ABSENT, counted, float(is_counted)


def _indicators(finding: Finding) -> Iterator[str]:
    """List what the numbers of the clauses found are of."""
    for clause in finding.clauses:
        for target in clause[0].clause.targets:
            yield plain(target.indicator + (target.definition or ""))


def _share(matters: Sequence[Concept], form: str) -> float:
    met = sum(one.weight for one in matters if any(word in form for word in one.words))
    return met / (sum(one.weight for one in matters) or 1.0)


def _gap(sentences: Iterable[Covering], covered: float, test: Test) -> float:
    """Say which share of what the best sentence covers is lost when only sentences count that pass a test."""
    within = max((one.covered for one in sentences if test(one)), default=0.0)
    return (covered - within) / covered if covered else 0.0


def _scope_gap(question: Telling, sentences: Sequence[Covering], covered: float, own: frozenset[str]) -> float:
    """Say what is lost when a sentence must be about all years and places named; where places are compared, about each.

    A policy of the city holds in its districts, so the base's own places count only where a detail is asked for: a figure
    of the city is not the district's.
    """
    of_year, of_place = list(_years_named(question)), list(_places_named(question, own))
    tests = [*of_year, *of_place]
    if len(of_place) < 2 and len(of_year) < 2:
        return _gap(sentences, covered, lambda one: all(test(one) for test in tests))
    return max(_gap(sentences, covered, test) for test in tests)


def _detail_gap(question: Telling, sentences: Iterable[Covering], best: Covering) -> float:
    """Say what is lost when the sentence must give the details asked for; what stands in others of its clause counts little."""
    details = asked_details(question.form)
    if not details or not best.covered:
        return 0.0
    within = max(
        (one.apart for one in sentences if all(_gives(one, name, given) for name, given in details)),
        default=0.0,
    )
    return max(0.0, best.covered - within) / best.covered


def _gives(one: Covering, name: str, given: re.Pattern[str]) -> bool:
    """A sentence gives a detail; 什么时候 is also answered by the year of the plan that the sentence stands in."""
    if name == "when" and years(one.passage.document.metadata.title):
        return True
    return gives(one.shown, one.passage.clause.kind == "row", name, given)


def _years_named(question: Telling) -> Iterable[Test]:
    for year in sorted(years(question.form)):
        yield partial(_is_of_year, year=year)


def _places_named(question: Telling, own: frozenset[str]) -> Iterable[Test]:
    """List the tests for each place, and each level (全市), that a question names."""
    exact = bool(asked_details(question.form)) or "目标" in question.form
    for place in question.places:
        if place in own and not exact:
            continue
        official = tuple(meant for said, meanings in question.readings if place in said for meant in meanings)
        yield partial(_is_about, place=place, official=official)
    for _, stated, below in levels(question.form) if exact else ():
        yield partial(_is_at_level, stated=stated, below=below)


def _is_at_level(one: Covering, stated: re.Pattern[str], below: re.Pattern[str]) -> bool:
    return bool(stated.search(one.shown) or not below.search(one.passage.document.metadata.issuer or ""))


def _is_of_year(one: Covering, year: int) -> bool:
    """A sentence that states years is about those; one that states none, about those of what stands round it."""
    own = years(one.shown)
    if own:
        return year in own
    near = years(one.around) | _years_of(one.passage.document)
    return year in near or year in _section_years(one.passage)


def _section_years(passage: Passage) -> frozenset[int]:
    path = passage.clause.heading_path
    return years(plain("".join(clause.text for clause in passage.document.clauses if clause.heading_path == path)))


def _is_about(one: Covering, place: str, official: Iterable[str]) -> bool:
    """Tell whether a sentence is about a place: it or its heading says so, or its document is that place's own."""
    scope = _scope(one.passage.document)
    if place in one.shown or place in plain(one.passage.headings) or place in scope:
        return True
    own = places(words.segment(scope))
    return (not own and place in one.around) or any(plain(word) in one.around for word in official)


def _scope(document: Document) -> str:
    """Name whose document it is; a title that it quotes is another's."""
    facts = document.metadata
    return _own_title(facts.title) + plain(facts.issuer or "")


@lru_cache(maxsize=1 << 12)
def _own_title(title: str) -> str:
    return plain(_QUOTED.sub("", title) or title)


def _years_of(document: Document) -> frozenset[int]:
    """Read the years of a document from its title, what it quotes included; without any, the year of issue."""
    return years(document.metadata.title) or years((document.metadata.date or "")[:4])


def _foreign(question: Telling, best: Covering) -> list[str]:
    """List the matters of other bureaus that a question names and the best sentence, with what is round it, does not.

    The thesaurus does not help here: it reads any 工资 as the pay that the base speaks of.
    """
    return [word for word in affairs(question.form) if not is_met(word, best.around)]
