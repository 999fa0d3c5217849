"""What goes into a search and what comes out."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.records import Clause, Metadata, Sentence


@dataclass(frozen=True, slots=True)
class Query:
    """A question, as asked; ``document`` restricts the search to one 发文字号."""

    text: str
    k: int = 5
    document: str | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """依据: a clause returned for a question.

    ``evidence`` are the sentences of ``clause`` that answer, best first; ``found_by`` names the ways that
    found it: ``reference``, ``lexical``, ``dense``. ``score`` falls with ``rank``; it orders, it is no
    probability.
    """

    rank: int
    score: float
    found_by: tuple[str, ...]
    clause: Clause
    evidence: tuple[Sentence, ...]
    document: Metadata


@dataclass(frozen=True, slots=True)
class SearchResult:
    """All hits for one query; ``status`` is ``found`` or ``not_found`` (then hits are only near)."""

    query: Query
    status: str
    hits: tuple[Hit, ...]
