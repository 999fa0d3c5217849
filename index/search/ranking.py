"""The order of the clauses found, by how well a sentence answers beyond how like it is: 重排.

The first search brings sentences that are like the question. Each sentence of the best clauses is then measured by what
the question asks: whether it covers the telling words, gives the number asked for, is of the place named, and looks
back or ahead as the question does. The score is a weighted sum; the weights are fitted to the calibration questions
(``python -m eval ranking --fit``), and say what each measure adds (docs/retrieval.md).
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.question.details import asked_details, gives
from index.question.regions import levels, places_in
from index.question.years import years
from index.search.coverage import Covering, Telling, coverings, read_question
from index.search.lexical import LexicalIndex
from index.search.passages import Passage
from ingest.records import Document

Scores = NDArray[np.float32]

FILE = Path(__file__).parent / "data" / "ranking.json"
"""Weights that come with the package."""

FEATURES = ("lexical", "official", "dense", "apart", "gives", "scope", "year", "tense", "issued")
"""The measures of a sentence, in the order of the weights; see :func:`rate`."""

CLAUSES = 100
"""How many of the clauses found are put in order; as many as one may ask for."""

_AHEAD = re.compile(r"以后|今后|将来|未来|接下来|往后|会不会|要不要|打算|准备|计划|目标|今年|明年|会[涨加增多建]")
_BACK = re.compile(r"已经|过去|以前|前几年|那几年|那会儿|当年|目前|现有|做了|成绩|成效")
_REVIEW = re.compile(r"回顾|成就|成效|成绩|现状|发展基础|工作基础")
_BELOW = re.compile(r"[区县镇乡]|街道")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question asks for besides its words.

    ``telling`` are its words, ``details`` what must be given (:func:`index.question.details.asked_details`), ``place`` the one
    place named, ``is_city`` whether it speaks of the whole city, neither where it compares them, ``years`` the years named, ``ahead`` and ``back``
    whether it asks for what is to come or what was done.
    """

    telling: Telling
    details: tuple[tuple[str, re.Pattern[str]], ...]
    place: str | None
    is_city: bool
    years: frozenset[int]
    ahead: bool
    back: bool


def read_asked(text: str, lexical: LexicalIndex) -> Asked:
    """Read what a question asks for.

    :param text: what is searched for.
    :param lexical: the base's words.
    :return: what it asks for.
    """
    telling = read_question(text, lexical)
    form, named = telling.asks, telling.places
    is_city = any(name == "city" for name, _, _ in levels(form))
    return Asked(
        telling=telling,
        details=asked_details(form),
        place=named[0] if len(named) == 1 and not is_city else None,
        is_city=is_city and not named,
        years=years(form),
        ahead=bool(_AHEAD.search(form)),
        back=bool(_BACK.search(form)),
    )


def rate(asked: Asked, clause: Sequence[Passage], found: Scores) -> Scores:
    """Measure the sentences of one clause.

    - lexical, official, dense: the scores of the search, each as a share of the question's best.
    - apart: share of the telling words met, see :class:`index.search.coverage.Covering`.
    - gives: 1 where all the details asked for are given.
    - scope: 1 where the document is that of the place or level named, −1 where it is another's.
    - year: 1 where a year named is stated, −1 where only others are.
    - tense: −1 where a sentence looks back and the question ahead, 1 where both look back.
    - issued: 1 where the document has a number (发文字号): in a base that holds laws as well, what the authorities here
      have set down comes before what any law says of the same.

    :param asked: what is asked.
    :param clause: all sentences of one clause.
    :param found: the first three measures of each, one row a sentence.
    :return: one row a sentence, in the order of :data:`FEATURES`.
    """
    scope, issued = _scope(asked, clause[0].document), float(clause[0].document.metadata.number is not None)
    rows = []
    for one, scores in zip(coverings(clause, asked.telling), found, strict=True):
        given = bool(asked.details) and all(
            gives(one.shown, one.passage.clause.kind == "row", name, form) for name, form in asked.details
        )
        of_time = (_year(asked, one), _tense(asked, one))
        rows.append((*scores, one.apart, float(given), scope, *of_time, issued))
    return np.array(rows, dtype=np.float32)


def _scope(asked: Asked, document: Document) -> float:
    """Say whether a document is that of the place named: a district's is not the city's, nor is a law or what names nobody."""
    issuer = document.metadata.issuer or ""
    own = _place_of(issuer)
    if asked.is_city:
        return -1.0 if _BELOW.search(issuer) else float(own is not None)
    if not asked.place or not own:
        return 0.0
    return 1.0 if asked.place == own else -1.0


def _place_of(issuer: str) -> str | None:
    """Find the place of an issuer, the last where a larger one stands before it (上海市浦东新区民政局)."""
    named = places_in(issuer)
    return named[-1] if named else None


def _year(asked: Asked, one: Covering) -> float:
    stated = years(one.shown) if asked.years else frozenset()
    return (1.0 if stated & asked.years else -1.0) if stated else 0.0


def _tense(asked: Asked, one: Covering) -> float:
    issued = (one.passage.document.metadata.date or "")[:4]
    is_back = asked.back or bool(asked.years and issued and max(asked.years) < int(issued))
    if not (is_back or asked.ahead) or not _looks_back(one, issued):
        return 0.0
    return 1.0 if is_back else -1.0


def _looks_back(one: Covering, issued: str) -> bool:
    """A sentence looks back that stands in a review, or speaks only of years before its document."""
    if any(_REVIEW.search(heading) for heading in one.passage.clause.heading_path):
        return True
    named = years(one.shown)
    return bool(named and issued) and max(named) < int(issued)


@cache
def weights() -> Scores:
    """Read the weights that come with the package.

    :return: one weight a measure, in the order of :data:`FEATURES`; 0 for one that the file does not name.
    """
    raw: Any = json.loads(FILE.read_text(encoding="utf-8"))
    return np.array([float(raw["weights"].get(name, 0.0)) for name in FEATURES], dtype=np.float32)
