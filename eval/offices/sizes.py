"""The same questions put to bases of few documents: what a base without the answer looks like, and a small one with it."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from eval.measures.metrics import SEED
from eval.records import REFERENCE, Question
from index.question.asked import Asked
from index.search.searcher import Searcher
from index.search.seen import Seen
from index.search.vector_store import Scope

SIZES = (1, 5, 50)
"""Documents of the bases beside the whole one."""


@dataclass(frozen=True, slots=True)
class Case:
    """A question put to a base of ``size`` documents, whether that base answers it, what was seen, and the fold of its office."""

    question: Question
    answerable: bool
    size: int
    seen: Seen
    fold: int


def cases(
    searcher: Searcher,
    asked: Sequence[Asked],
    questions: Sequence[Question],
    folds: Sequence[int],
    near: Mapping[str, str],
) -> Iterator[Case]:
    """Put questions to bases of each of :data:`SIZES`: one with a document that answers, where there is one, and one without.

    :param searcher: of the whole base.
    :param asked: the questions as they were read.
    :param questions: the same with their gold clauses; those by reference are left out.
    :param folds: of each.
    :param near: key of a document that the question was written near to, by its id; it is in the base of one without an answer.
    :return: the cases; the same seed draws the same documents.
    """
    keys = sorted({passage.document.key for passage in searcher.passages})
    owner = {passage.clause.clause_id: passage.document.key for passage in searcher.passages}
    for read, question, fold in zip(asked, questions, folds, strict=True):
        if question.kind == REFERENCE:
            continue
        chance = random.Random(f"{SEED} {question.id}")
        answers = sorted({owner[gold.clause_id] for gold in question.gold if gold.clause_id in owner})
        others = [key for key in keys if key not in answers and key != near.get(question.id)]
        for size in SIZES:
            drawn = chance.sample(others, min(size, len(others)))
            if answers:
                yield Case(question, True, size, searcher.see(read, Scope([*drawn[1:], chance.choice(answers)])), fold)
                yield Case(question, False, size, searcher.see(read, Scope(drawn)), fold)
            elif not question.gold:
                first = [near[question.id]] if question.id in near else drawn[:1]
                yield Case(question, False, size, searcher.see(read, Scope([*first, *drawn[1:]])), fold)
