"""What comes from elsewhere: rankings in TREC's format as a system, and judgments in TREC's format as gold answers."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from eval.formats.trec import Rankings, read_qrels, read_run
from eval.questions import QuestionsError
from eval.records import UNANSWERABLE, Gold, Question
from eval.systems.registry import DEPTH, Searchable
from index.records import Hit, Query, SearchResult
from index.search.passages import Passage


def foreign_results(
    path: Path, base: Searchable, questions: Sequence[Question]
) -> Iterator[tuple[Question, SearchResult]]:
    """Take a file of rankings for what a system gave.

    A question that the file does not list was refused: wrong where something answers it. Clauses are read from
    their beginning, since the file marks no sentence.

    :param path: a run in TREC's format, with clause ids for documents.
    :param base: the base that was searched.
    :param questions: the questions.
    :return: each question with its result.
    :raises QuestionsError: when the file is at fault, lists a clause that the base does not hold, or none of the questions.
    """
    rankings = read_run(path)
    missing = [question.id for question in questions if question.id not in rankings]
    if len(missing) == len(questions):
        raise QuestionsError(str(path), "没有列出任何一个所评的问题", "请核对问题编号与 --split")
    if missing:
        sys.stderr.write(f"{path.name} 没有列出 {len(missing)} 题（如 {missing[0]}），按未找到依据计\n")
    firsts = {passage.clause.clause_id: passage for passage in reversed(base.searcher.passages)}
    _check(path, rankings, firsts)
    for question in questions:
        ranked = rankings.get(question.id, ())[:DEPTH]
        hits = tuple(_hit(rank, firsts[name]) for rank, name in enumerate(ranked, start=1))
        yield question, SearchResult(Query(question.query, DEPTH), "found" if hits else "not_found", hits)


def judged_by(path: Path, questions: Sequence[Question], clauses: Mapping[str, str]) -> tuple[Question, ...]:
    """Put judgments in the place of gold answers.

    :param path: qrels; each grade above 0 makes a gold clause.
    :param questions: questions; the sentences of a gold clause that is judged relevant again are kept.
    :param clauses: text of each clause by its id.
    :return: the questions that were judged to have an answer, and those that nothing answers, in their order.
    :raises QuestionsError: when the file is at fault, or names a question or clause that is not there.
    """
    known = {question.id: question for question in questions}
    golds: dict[str, list[Gold]] = {}
    for judgment in read_qrels(path):
        if judgment.query not in known or judgment.document not in clauses:
            fault = judgment.query if judgment.query not in known else judgment.document
            raise QuestionsError(str(path), f"没有问题或条款“{fault}”", "请核对编号", judgment.line)
        if judgment.grade > 0:
            before = {gold.clause_id: gold.sentences for gold in known[judgment.query].gold}
            gold = Gold(judgment.document, before.get(judgment.document, ()), judgment.grade, path.name)
            golds.setdefault(judgment.query, []).append(gold)
    kept = [one for one in questions if one.id in golds or one.kind == UNANSWERABLE]
    for one in kept:
        if one.kind == UNANSWERABLE and one.id in golds:
            raise QuestionsError(str(path), f"查无依据类的问题“{one.id}”被判有答案", "请改它的 class，或删去这条判定")
    return tuple(replace(one, gold=tuple(golds.get(one.id, ()))) for one in kept)


def _check(path: Path, rankings: Rankings, known: Mapping[str, Passage]) -> None:
    for query, names in rankings.items():
        unknown = next((name for name in names if name not in known), None)
        if unknown is not None:
            problem = f"问题“{query}”下列出“{unknown}”，知识库里没有这一条"
            raise QuestionsError(str(path), problem, "请核对条款编号，或指定它检索的知识库")


def _hit(rank: int, passage: Passage) -> Hit:
    return Hit(rank, 1 / rank, ("lexical",), passage.clause, (passage.sentence,), passage.document.metadata)
