"""Puts every question to a system, keeps of what comes back what is judged, and measures it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from eval.measures.metrics import measure, summarise
from eval.measures.positions import part_of
from eval.measures.reading import characters_read, held, shown
from eval.records import Outcome, Question, Run
from eval.systems.chunks import stand_in
from eval.systems.registry import Search
from index.errors import QueryError
from index.records import SearchResult


def run(name: str, search: Search, questions: Sequence[Question], by_order: bool = False) -> Run:
    """Put all questions to one system and measure what comes back.

    :param name: of the system, for the report.
    :param search: the system.
    :param questions: at least one.
    :param by_order: judge what is listed beside a refusal as well.
    :return: the outcomes in the order of the questions, with their measures.
    :raises QueryError: naming the question, where one is too long to be put or otherwise at fault.
    """
    return collect(name, ((question, _put(question, search)) for question in questions), by_order)


def collect(name: str, results: Iterable[tuple[Question, SearchResult]], by_order: bool = False) -> Run:
    """Measure results, wherever they come from.

    :param name: of the system, for the report.
    :param results: questions with what came back for them; at least one.
    :param by_order: judge what is listed beside a refusal as well.
    :return: the outcomes in the order of the questions, with their measures.
    """
    outcomes = tuple(outcome(question, result) for question, result in results)
    values = measure(outcomes, by_order)
    return Run(name, outcomes, values, summarise(outcomes, values), by_order)


def outcome(question: Question, result: SearchResult) -> Outcome:
    """Keep of a result what is judged.

    :param question: as it was put.
    :param result: as it came back.
    :return: the clause ids in the order of the hits, the sentence that a person is shown first, and how far they
        read until the answer. A chunk stands for the gold clauses that it answers with (:func:`eval.systems.chunks.stand_in`).
    """
    first = [sentence for hit in result.hits[:1] for sentence in shown(hit)]
    named = stand_in([hit.clause for hit in result.hits], question)
    return Outcome(
        question=question,
        refused=result.status == "not_found",
        ranking=tuple(name for name, _ in named),
        sentence=first[0] if first else None,
        read=characters_read(question.gold, result.hits),
        parts=tuple(tuple(dict.fromkeys(map(part_of, (name, *held(clause))))) for name, clause in named),
    )


def _put(question: Question, search: Search) -> SearchResult:
    try:
        return search(question.query)
    except QueryError as error:
        raise QueryError(f"问题 {question.id}：{error.problem}", error.remedy) from error
