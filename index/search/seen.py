"""What a look into the indexes shows of a question, what the weights make of it, and the judgement on that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from index.question.asked import Asked
from index.records import FOUND
from index.search.candidates import WAYS, Found
from index.search.ranking import Scores


@dataclass(frozen=True, slots=True)
class Seen:
    """What was found, before anything fitted has its say: the same whatever the weights.

    ``named`` are the clauses that the question names. ``measures`` has for each of the clauses ``found`` one row a sentence
    (:func:`index.search.ranking.rate`).
    """

    asked: Asked
    named: tuple[str, ...]
    found: Found
    measures: Mapping[str, Scores]


@dataclass(frozen=True, slots=True)
class Ordered:
    """Scores of the sentences of clauses, the clauses with their scores, best first, and the ways that they were found by.

    ``read`` has of the clauses that the cross-encoder read the share by which they are an answer.
    """

    scores: Mapping[str, tuple[float, ...]]
    clauses: tuple[tuple[str, float], ...]
    ways: tuple[str, ...] = WAYS
    read: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Judgement:
    """How a question is answered; where a reference settles it, ``chance`` is 0 or 1 and there are no ``measures``."""

    status: str
    chance: float
    measures: tuple[float, ...] = ()

    @property
    def found(self) -> bool:
        """Whether the base states what is asked."""
        return self.status == FOUND
