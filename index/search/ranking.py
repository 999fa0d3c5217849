"""The order of the clauses found: a weighted sum of few measures of a sentence; a clause stands where its best sentence does.

The weights are fitted to questions on documents of many offices, each judged by weights that were fitted to others
(``python -m eval fit --offices DIR``); docs/retrieval.md says what each measure adds.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.question.asked import Asked
from index.question.details import gives
from index.question.regions import regions_in
from index.question.years import years
from index.search.passages import Passage
from ingest.records import Document

Scores = NDArray[np.float32]

FILE = Path(__file__).parent / "data" / "ranking.json"
"""Weights that come with the package."""

FEATURES = ("lexical", "dense", "gives", "scope", "year", "tense")
"""The measures of a sentence, in the order of the weights; see :func:`rate`."""

READ = "read"
"""The weight of what the cross-encoder says of the best sentence of the first clauses (:mod:`index.search.reading`)."""

_REVIEW = re.compile(r"回顾|成就|成效|成绩|现状|发展基础|工作基础")
_BELOW = re.compile(r"[区县镇乡]|街道")


def rate(asked: Asked, clause: Sequence[Passage], lexical: float, cosines: Scores) -> Scores:
    """Measure the sentences of one clause.

    - lexical: the clause's share of the highest score by words that there can be.
    - dense: the cosine of the sentence.
    - gives: 1 where all the details asked for are given.
    - scope: 1 where the document is that of the region or level named, −1 where it is another's.
    - year: 1 where a year named is stated, −1 where only others are.
    - tense: −1 where a sentence looks back and the question ahead, 1 where both look back.

    :param asked: what is asked.
    :param clause: all sentences of one clause.
    :param lexical: of the clause.
    :param cosines: of the sentences.
    :return: one row a sentence, in the order of :data:`FEATURES`.
    """
    scope = _scope(asked, clause[0].document)
    rows = []
    for passage, cosine in zip(clause, cosines, strict=True):
        form = shown(passage.text)
        is_row = passage.clause.kind == "row"
        given = bool(asked.details) and all(gives(form, is_row, name, how) for name, how in asked.details)
        rows.append((lexical, cosine, float(given), scope, _year(asked, form), _tense(asked, passage, form)))
    return np.array(rows, dtype=np.float32)


@lru_cache(maxsize=1 << 16)
def shown(text: str) -> str:
    """Put a sentence into the form in which details are found: NFKC, lower case, without blanks.

    :param text: any text.
    :return: its form; those of sentences are kept for the next question.
    """
    return "".join(unicodedata.normalize("NFKC", text).lower().split())


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


def _year(asked: Asked, form: str) -> float:
    stated = years(form) if asked.years else frozenset()
    return (1.0 if stated & asked.years else -1.0) if stated else 0.0


def _tense(asked: Asked, passage: Passage, form: str) -> float:
    issued = (passage.document.metadata.date or "")[:4]
    is_back = asked.intent.back or bool(asked.years and issued and max(asked.years) < int(issued))
    if not (is_back or asked.intent.ahead) or not _looks_back(passage, form, issued):
        return 0.0
    return 1.0 if is_back else -1.0


def _looks_back(passage: Passage, form: str, issued: str) -> bool:
    """A sentence looks back that stands in a review, or speaks only of years before its document."""
    if any(_REVIEW.search(heading) for heading in passage.clause.heading_path):
        return True
    named = years(form)
    return bool(named and issued) and max(named) < int(issued)


@cache
def weights() -> Scores:
    """Read the weights that come with the package.

    :return: one weight a measure, in the order of :data:`FEATURES`; 0 for one that the file does not name.
    """
    raw: Any = json.loads(FILE.read_text(encoding="utf-8"))
    return np.array([float(raw["weights"].get(name, 0.0)) for name in FEATURES], dtype=np.float32)


@cache
def weight_of_reading() -> float:
    """Read the weight of :data:`READ` that comes with the package.

    :return: the weight; 0 where the file does not name it.
    """
    raw: Any = json.loads(FILE.read_text(encoding="utf-8"))
    return float(raw["weights"].get(READ, 0.0))


@cache
def made_with() -> dict[str, str]:
    """Say what the weights were fitted with.

    :return: as :func:`index.search.fitted.fitted_with` names it.
    """
    raw: Any = json.loads(FILE.read_text(encoding="utf-8"))
    return dict(raw["fitted_with"])
