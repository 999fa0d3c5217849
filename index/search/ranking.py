"""The order of the clauses found, by how well a sentence answers beyond how like it is: 重排.

The first search brings sentences that are like the question. Each sentence of the best clauses is then measured by what
the question asks: whether it covers the telling words, gives the number asked for, is of the region named, and looks
back or ahead as the question does. The score is a weighted sum; the weights are fitted to the calibration questions
(``python -m eval ranking --fit``), and say what each measure adds (docs/retrieval.md).
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.question.asked import Asked
from index.question.details import gives
from index.question.regions import regions_in
from index.question.years import years
from index.search.coverage import Covering, Telling, coverings
from index.search.passages import Passage
from ingest.records import Document

Scores = NDArray[np.float32]

FILE = Path(__file__).parent / "data" / "ranking.json"
"""Weights that come with the package."""

FEATURES = ("lexical", "official", "dense", "apart", "gives", "scope", "year", "tense", "issued")
"""The measures of a sentence, in the order of the weights; see :func:`rate`."""

CLAUSES = 100
"""How many of the clauses found are put in order; as many as one may ask for."""

_REVIEW = re.compile(r"回顾|成就|成效|成绩|现状|发展基础|工作基础")
_BELOW = re.compile(r"[区县镇乡]|街道")


def rate(telling: Telling, clause: Sequence[Passage], found: Scores) -> Scores:
    """Measure the sentences of one clause.

    - lexical, official, dense: the scores of the search, each as a share of the question's best.
    - apart: share of the telling words met, see :class:`index.search.coverage.Covering`.
    - gives: 1 where all the details asked for are given.
    - scope: 1 where the document is that of the region or level named, −1 where it is another's.
    - year: 1 where a year named is stated, −1 where only others are.
    - tense: −1 where a sentence looks back and the question ahead, 1 where both look back.
    - issued: 1 where the document has a number (发文字号): in a base that holds laws as well, what the authorities here
      have set down comes before what any law says of the same.

    :param telling: what is asked, weighed.
    :param clause: all sentences of one clause.
    :param found: the first three measures of each, one row a sentence.
    :return: one row a sentence, in the order of :data:`FEATURES`.
    """
    asked = telling.asked
    scope, issued = _scope(asked, clause[0].document), float(clause[0].document.metadata.number is not None)
    rows = []
    for one, scores in zip(coverings(clause, telling), found, strict=True):
        given = bool(asked.details) and all(
            gives(one.shown, one.passage.clause.kind == "row", name, form) for name, form in asked.details
        )
        of_time = (_year(asked, one), _tense(asked, one))
        rows.append((*scores, one.apart, float(given), scope, *of_time, issued))
    return np.array(rows, dtype=np.float32)


def _scope(asked: Asked, document: Document) -> float:
    """Say whether a document is that of the region named: a district's is not the city's, nor is a law or what names nobody.

    Where a question names several, or a region and the whole city, it compares them, and none is preferred.
    """
    issuer = document.metadata.issuer or ""
    own = _region_of(issuer)
    if asked.is_of_city:
        return 0.0 if asked.regions else -1.0 if _BELOW.search(issuer) else float(own is not None)
    if len(asked.regions) != 1 or not own:
        return 0.0
    return 1.0 if asked.regions[0] == own else -1.0


def _region_of(issuer: str) -> str | None:
    """Find the region of an issuer, the last where a larger one stands before it (上海市浦东新区民政局)."""
    named = regions_in(issuer)
    return named[-1] if named else None


def _year(asked: Asked, one: Covering) -> float:
    stated = years(one.shown) if asked.years else frozenset()
    return (1.0 if stated & asked.years else -1.0) if stated else 0.0


def _tense(asked: Asked, one: Covering) -> float:
    issued = (one.passage.document.metadata.date or "")[:4]
    is_back = asked.intent.back or bool(asked.years and issued and max(asked.years) < int(issued))
    if not (is_back or asked.intent.ahead) or not _looks_back(one, issued):
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


@cache
def made_with() -> dict[str, str]:
    """Say what the weights were fitted with.

    :return: as :func:`index.search.fitted.fitted_with` names it.
    """
    raw: Any = json.loads(FILE.read_text(encoding="utf-8"))
    return dict(raw["fitted_with"])
