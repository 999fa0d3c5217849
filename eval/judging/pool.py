"""Pools clauses to be judged: for each question all that any system puts among its first, in an order that tells nothing.

K. Sparck Jones, C. J. van Rijsbergen, Report on the need for and provision of an "ideal" information retrieval test
collection (1975); a clause outside the pool is not judged, and counts as no answer.
"""

from __future__ import annotations

import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from eval.judging.sheet import Row
from eval.measures.metrics import SEED
from eval.questions import QuestionsError, lines_of
from eval.systems.registry import Search
from index.errors import QueryError
from ingest.records import Clause

FORMAT = '每行写成 {"id": "q001", "query": "…"}，可以另有 class、split、note、gold'


@dataclass(frozen=True, slots=True)
class Topic:
    """A question that may have no answers yet; ``given`` is its line as it stands in the file."""

    id: str
    query: str
    line: int
    given: Mapping[str, Any] = field(default_factory=dict)


def load_topics(path: Path) -> tuple[Topic, ...]:
    """Read questions, of which only id and words are needed; empty lines are passed over.

    :param path: UTF-8 file, one JSON object a line.
    :return: the questions in the file's order.
    :raises QuestionsError: at the first fault, with its line.
    """
    topics: dict[str, Topic] = {}
    for number, line in enumerate(lines_of(path), start=1):
        if not line.strip():
            continue
        topic = _topic(path, number, line)
        if topic.id in topics:
            problem = f"编号“{topic.id}”与第{topics[topic.id].line}行重复"
            raise QuestionsError(str(path), problem, "每个问题用不同的 id", number)
        topics[topic.id] = topic
    if not topics:
        raise QuestionsError(str(path), "没有任何问题", FORMAT)
    return tuple(topics.values())


def pool(
    topics: Sequence[Topic],
    searches: Mapping[str, Search],
    k: int,
    seed: int = SEED,
    clauses: Mapping[str, Clause] = MappingProxyType({}),
) -> tuple[Row, ...]:
    """Put every question to every system and pool what comes first, with what the file has for an answer.

    Questions keep their order. The clauses of one are shuffled by the seed and its id, from an order of their own, so that
    neither system nor rank can be seen, and another question in the file changes nothing.

    :param topics: the questions.
    :param searches: systems by name.
    :param k: of how many clauses a system's part is.
    :param seed: of the order.
    :param clauses: of the base by id, for the gold clauses of the file, which are judged like the others.
    :return: each clause once a question.
    :raises QueryError: naming the question, where one is too long to be put or otherwise at fault.
    """
    rows: list[Row] = []
    for topic in topics:
        hits = {hit.clause.clause_id: hit.clause for search in searches.values() for hit in _hits(topic, search)[:k]}
        hits |= {id_: clauses[id_] for id_ in given_answers(topic) if id_ in clauses}
        order = sorted(hits)
        random.Random(f"{seed} {topic.id}").shuffle(order)
        rows += [Row(topic.id, topic.query, id_, hits[id_].citation, hits[id_].text) for id_ in order]
    return tuple(rows)


def given_answers(topic: Topic) -> dict[str, list[str]]:
    """List the clauses that the file has for answers, with their sentences.

    :param topic: a question as the file has it.
    :return: sentences by clause id, as they stand there; none where it says nothing that can be used.
    """
    gold = topic.given.get("gold")
    rows = [row for row in gold if isinstance(row, dict)] if isinstance(gold, list) else []
    return {str(row.get("clause_id")): list(row.get("sentences") or []) for row in rows}


def _hits(topic: Topic, search: Search) -> Sequence[Any]:
    try:
        return search(topic.query).hits
    except QueryError as error:
        raise QueryError(f"问题 {topic.id}：{error.problem}", error.remedy) from error


def _topic(path: Path, number: int, line: str) -> Topic:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise QuestionsError(str(path), "不是有效的 JSON", FORMAT, number) from error
    if not isinstance(row, dict):
        raise QuestionsError(str(path), "不是 JSON 对象", FORMAT, number)
    for key in ("id", "query"):
        if not isinstance(row.get(key), str) or not row[key].strip():
            raise QuestionsError(str(path), f"“{key}”缺失、为空或不是文字", FORMAT, number)
    return Topic(row["id"], row["query"], number, row)
