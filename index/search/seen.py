"""What a look into the indexes shows of a question, what the weights make of it, and the judgement on that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from index.search.coverage import Telling
from index.search.dense import Vectors
from index.search.ranking import Scores
from index.search.refusal import Measures


@dataclass(frozen=True, slots=True)
class Seen:
    """What was found, before anything fitted has its say: the same whatever the weights.

    ``named`` are the clauses that the question names, ``found`` the rows of the first sentences of each way, ``vector`` that of the
    question. ``literal`` and ``official`` are as :class:`index.search.refusal.Finding` has them. ``measures`` has for each
    of the best clauses, in the order of the first search, one row a sentence (:func:`index.search.ranking.rate`). ``kept``
    are the measures of refusing by the clauses that stood first, for other weights that put the same ones first.
    """

    telling: Telling
    named: tuple[str, ...]
    found: Mapping[str, frozenset[int]]
    vector: Vectors
    literal: float
    official: float
    measures: Mapping[str, Scores]
    kept: dict[tuple[str, ...], Measures] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Ordered:
    """Scores of sentences by row, the rows that each way found first, and the clauses with their scores, best first."""

    scores: Mapping[int, float]
    found: Mapping[str, frozenset[int]]
    clauses: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether a question is answered; where a reference settles it, ``chance`` is 0 or 1 and there are no ``measures``."""

    found: bool
    chance: float
    measures: Measures | None = None
