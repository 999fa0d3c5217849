"""Puts every question to each way of searching, through the index package."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from eval.metrics import measure, summarise
from eval.records import Outcome, Question, Run
from index.errors import QueryError
from index.records import SearchResult

DEPTH = 10
"""How many clauses are asked for; MRR@10 and nDCG@10 look no further."""

SYSTEMS: Mapping[str, tuple[str, ...]] = {
    "bm25": ("lexical",),
    "dense": ("dense",),
    "fused": ("lexical", "dense"),
}
"""The systems by name, in the order of the report, each with the ways that it searches; all read references."""

Search = Callable[[str], SearchResult]
"""A system: a question in, clauses out."""


class Searchable(Protocol):
    """What is asked of a knowledge base; :class:`index.knowledge_base.KnowledgeBase` has it."""

    def search(self, text: str, k: int = ..., document: str | None = ..., ways: Sequence[str] = ...) -> SearchResult:
        """Find clauses by the ways named."""


def systems(base: Searchable, names: Sequence[str] = tuple(SYSTEMS)) -> dict[str, Search]:
    """Make systems of one knowledge base.

    :param base: an open knowledge base.
    :param names: names out of :data:`SYSTEMS`; one that is named twice is made once.
    :return: the systems by name, in the order of :data:`SYSTEMS` whatever the order of the names.
    """
    return {name: _search(base, ways) for name, ways in SYSTEMS.items() if name in names}


def run(name: str, search: Search, questions: Sequence[Question]) -> Run:
    """Put all questions to one system and measure what comes back.

    :param name: of the system, for the report.
    :param search: the system.
    :param questions: at least one.
    :return: the outcomes in the order of the questions, with their measures.
    :raises QueryError: naming the question, where one is too long to be put or otherwise at fault.
    """
    outcomes = tuple(outcome(question, _put(question, search)) for question in questions)
    values = measure(outcomes)
    return Run(name, outcomes, values, summarise(outcomes, values))


def outcome(question: Question, result: SearchResult) -> Outcome:
    """Keep of a result what is judged.

    :param question: as it was put.
    :param result: as it came back.
    :return: the clause ids in the order of the hits, and the sentence that a person is shown first.
    """
    sentences = [sentence.text for hit in result.hits[:1] for sentence in hit.evidence[:1]]
    return Outcome(
        question=question,
        refused=result.status == "not_found",
        ranking=tuple(hit.clause.clause_id for hit in result.hits),
        sentence=sentences[0] if sentences else None,
    )


def _put(question: Question, search: Search) -> SearchResult:
    try:
        return search(question.query)
    except QueryError as error:
        raise QueryError(f"问题 {question.id}：{error.problem}", error.remedy) from error


def _search(base: Searchable, ways: tuple[str, ...]) -> Search:
    return lambda query: base.search(query, k=DEPTH, ways=ways)
