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
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from index.question.affairs import affairs
from index.question.details import FIGURES, Detail, asked_details, gives, stated_numbers, without_numbers
from index.question.years import years
from index.search.coverage import Covering, Telling, concepts, coverings, is_met, plain, read_question
from index.search.lexical import LexicalIndex
from index.search.missing import missing_words
from index.search.passages import Passage
from index.search.scope import Scope, read_scope

FILE = Path(__file__).parent / "data" / "refusal.json"
"""Weights and threshold of the model that comes with the package."""

CLAUSES = 5
"""How many of the best clauses are looked at."""

FEATURES = (
    "supported", "held", "content", "detail", "scope", "foreign", "absent", "counts", "present", "chat", "literal",
    "official", "near", "score",
)  # fmt: skip
"""The measures, in the order of the model's weights; see :func:`measure`."""

_MOST = 2.0  # strength and content beyond this say nothing more
_MOST_SINGLE = 4.0
_MOST_ABSENT = 3
_CONTENT = 1.2  # words beyond this weight are content enough
_NEAR_BEST = 0.9  # a sentence that covers so much of what the best covers is about the same
_PRESENT = re.compile(
    r"现有|现在|目前|眼下|已经|如今|至今|到现在|实际|实测|登记在册|去年|前年|上个?月|原来有|最近一次|最新|测下来|测出来"
)
_CHAT = re.compile(  # thanks behind a question are manners, and 手语翻译 or 陪老人聊天 are services
    r"(?:帮|给|替)我[一-鿿]{0,4}(?:写|猜|起个|取个)|(?:帮|给|替)我(?:想|画|做|编|讲|推荐|翻译|订|算|选|挑|改|润色|拟)|给这[篇段]|标题改"
    r"|^写[个段首篇封]|写[段首篇封]|推荐[一几个下款部首点两]|^(?:谢谢|感谢你|多谢|在吗$)|翻译(?:一|成|这|下)|想(?:找人)?聊|陪我|[跟和]我聊|聊两句"
    r"|好无聊|讲个|笑话|唱首|作文|文案|发言稿|开场白|祝福语|段子|你(?:是谁|叫什么|觉得|喜欢|几岁|真|多大|说呢|说到底|讲慢)"
)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a search found: the text searched for, the sentences of each of the best clauses, and how strong the best is.

    ``strength`` is the best lexical score in units of the idf of a word that no sentence holds; ``literal`` and
    ``official`` are the best by the question's own words alone, and by official words for everyday ones. ``near`` is the
    best cosine among the sentences, ``score`` that of the first clause (:mod:`index.search.ranking`). ``own`` are the places
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
class Measures:
    """The measures of a finding, in the order of :data:`FEATURES`, and the sum of the vectors of the missing words."""

    features: tuple[float, ...]
    missing: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class RefusalModel:
    """Logistic model over :data:`FEATURES`, each less its ``mean`` and over its ``deviation``, and the missing words."""

    means: tuple[float, ...]
    deviations: tuple[float, ...]
    weights: tuple[float, ...]
    missing: tuple[float, ...]
    bias: float
    threshold: float

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

    :return: the model; a measure that the file does not name weighs nothing, nor do missing words where it has none.
    """
    raw: Any = json.loads(FILE.read_text(encoding="utf-8"))
    rows = [raw["features"].get(name, {"mean": 0, "deviation": 1, "weight": 0}) for name in FEATURES]
    means, deviations, weights = (tuple(float(row[key]) for row in rows) for key in ("mean", "deviation", "weight"))
    missing = tuple(map(float, raw.get("missing", "").split())) or (0.0,) * len(missing_words({}))
    return RefusalModel(means, deviations, weights, missing, float(raw["bias"]), float(raw["threshold"]))


def measure(finding: Finding, lexical: LexicalIndex) -> Measures:
    """Measure how well a finding answers its question.

    - supported: the weighted share of the question's words that the best sentence covers, with its clause, headings and
      title, directly or through the thesaurus; times what is left of it by the two gaps.
    - held: the strength times what is left of it by the gaps.
    - content: weight of all the telling words.
    - detail: a gap: how much less is covered by sentences that give the details asked for, in figures that the question
      does not state itself, and that are about the years, places and levels named.
    - scope: the other gap: how much less by sentences that are about those.
    - foreign: matters of another bureau in the question (at most two) that the best clause does not speak of.
    - absent: matters of the question (at most three) that the base has in no words, neither everyday nor official.
    - counts: 1 where a detail is asked for.
    - present: 1 where it is asked how things stand (现有多少), and the sentences found only say what is aimed at.
    - chat: 1 where the question is small talk, or wants something written.
    - literal, official, near, score: see :class:`Finding`.

    :param finding: what was found.
    :param lexical: the base's words.
    :return: the measures, and what the clauses found do not hold of the question.
    """
    question = read_question(finding.question, lexical)
    sentences = [one for clause in finding.clauses for one in coverings(clause, question)]
    best = max(sentences, key=lambda one: one.covered, default=None)
    if best is None:
        return Measures((0.0,) * len(FEATURES), missing_words({}))
    details = asked_details(question.asks)
    is_detailed = bool(details)
    about = read_scope(question, finding.own, is_detailed)
    fit = _fit(question, details, sentences) if is_detailed else sentences
    given = max((one.apart for one in fit if about.holds(one)), default=0.0)
    detail = _gap(best.covered, given) if is_detailed else 0.0
    scope = _scope_gap(about, sentences, best.covered)
    left = 1 - max(detail, scope)
    features = (
        best.covered * left,
        min(finding.strength, _MOST) * left,
        min(question.content, _CONTENT),
        detail,
        scope,
        min(len(_foreign(question, best)), 2) / 2,
        _absent(question, lexical),
        float(is_detailed),
        float(is_detailed and _is_aim_only(question, fit)),
        float(bool(_CHAT.search(question.asks))),
        min(finding.literal, _MOST_SINGLE),
        min(finding.official, _MOST_SINGLE),
        finding.near,
        finding.score,
    )
    return Measures(features, missing_words(_missing(question, sentences)))


def _missing(question: Telling, sentences: Sequence[Covering]) -> dict[str, float]:
    """Say for each telling word how much of it even the sentence that has most of it lacks."""
    return {word: 1 - max(one.met[place] for one in sentences) for place, word in enumerate(question.weights)}


def _absent(question: Telling, lexical: LexicalIndex) -> float:
    """Say how many matters the base does not have, as a share of the most that count."""
    absent = sum(not one.is_known and len(one.said) > 1 for one in concepts(question, lexical))
    return min(absent, _MOST_ABSENT) / _MOST_ABSENT


def _fit(question: Telling, details: Sequence[Detail], sentences: Sequence[Covering]) -> list[Covering]:
    """List the sentences that give all details asked for, in figures other than those that the question states itself."""
    stated = stated_numbers(question.asks) if any(name in FIGURES for name, _ in details) else frozenset[str]()
    return [one for one in sentences if all(_gives(one, name, given, stated) for name, given in details)]


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


def _is_aim_only(question: Telling, fit: Sequence[Covering]) -> bool:
    """Tell whether it is asked how things stand, and no sentence that fits as well as the best states a past figure."""
    if not _PRESENT.search(question.asks):
        return False
    most = max((one.apart for one in fit), default=0.0)
    return not any(_states_past_figure(one) for one in fit if one.apart > _NEAR_BEST * most)


def _states_past_figure(one: Covering) -> bool:
    sentence, targets = one.passage.sentence, one.passage.clause.targets
    own = (target for target in targets if sentence.start <= target.start < sentence.end)
    return any(target.kind == "achieved" or target.baseline is not None for target in own)


def _foreign(question: Telling, best: Covering) -> list[str]:
    """List the matters of other bureaus that a question names and the best sentence, with what is round it, does not.

    Of the thesaurus only what a longer everyday word around it stands for helps (跳广场舞 for 广场舞): it reads any 工资 as
    the pay that the base speaks of.
    """
    meant = [said for said, official in question.readings if any(plain(one) in best.around for one in official)]
    named = (word for word in affairs(question.asks) if not is_met(word, best.around))
    return [word for word in named if not any(word in said and word != said for said in meant)]
